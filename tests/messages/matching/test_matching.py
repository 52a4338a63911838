"""Suggestions and the meet card as people read them. Ana Keller and Ben Albrecht are invented."""

from dataclasses import replace

import pytest

from domain.outcomes.choices import ContactKind, Meeting
from domain.outcomes.matching import (
    Because,
    Card,
    ContactAsked,
    ContactReceived,
    IntroAsked,
    IntroExpired,
    MeetCard,
    Near,
    NobodyYet,
    Suggested,
    Why,
)
from domain.roles import Role
from domain.voice import Voice
from messages.catalogue import words
from messages.matching.cards import reason
from messages.matching.render import render
from tests.messages.reading import presses, read

BEN = Card("Ben Albrecht", Role.MP, True, "", "Nordtal", "BY")
FUNDING = Because(Why.THEY_OFFER, "foerdermittel", None, None, near=None)
OWN_WORDS = replace(FUNDING, topic=None, words="Dorfkino retten")
MEET = MeetCard(5, BEN, OWN_WORDS, 7, None, None, 8)


def said(outcome: object, voice: Voice = Voice.DU) -> str:
    return read(render(outcome, words(voice)))


SUGGESTION = {
    Voice.DU: """**Ein Gespräch, das passen könnte**
Ben Albrecht · Bundestag oder Landtag
Vom Team bestätigt
Nordtal · Bayern
Warum: Du suchst „Dorfkino retten“, Ben bietet genau das an.
Sagst du Ja, frage ich Ben. Ein Nein erfährt niemand.
[Kennenlernen]
[Weiter] [Nicht mein Thema]""",
    Voice.SIE: """**Ein Gespräch, das passen könnte**
Ben Albrecht · Bundestag oder Landtag
Vom Team bestätigt
Nordtal · Bayern
Warum: Sie suchen „Dorfkino retten“, Ben Albrecht bietet genau das an.
Sagen Sie Ja, frage ich Ben Albrecht. Ein Nein erfährt niemand.
[Kennenlernen]
[Weiter] [Nicht mein Thema]""",
    Voice.EN: """**A conversation that could fit**
Ben Albrecht · Bundestag or Landtag
Confirmed by the team
Nordtal · Bavaria
Why: you are looking for “Dorfkino retten”, Ben offers just that.
If you say yes, I'll ask Ben. Nobody ever learns of a no.
[Meet]
[Next] [Not my topic]""",
}
BOTH_YES = {
    Voice.DU: """**Ihr wollt euch beide kennenlernen!**
Ben Albrecht und du, zu: „Dorfkino retten“
Treffpunkt: Stehtisch 7, am besten jetzt.
Zum Einstieg, wenn ihr mögt: Was hat bei euch schon einmal funktioniert?
[Bin da]
[5 Minuten später] [Klappt nicht]
[Kontakt tauschen] [Versprechen geben]""",
    Voice.SIE: """**Sie möchten sich beide kennenlernen.**
Ben Albrecht und Sie, zu: „Dorfkino retten“
Treffpunkt: Stehtisch 7, am besten jetzt.
Zum Einstieg, wenn Sie mögen: Was hat bei Ihnen schon einmal funktioniert?
[Bin da]
[5 Minuten später] [Klappt nicht]
[Kontakt tauschen] [Versprechen geben]""",
    Voice.EN: """**You'd both like to meet!**
Ben Albrecht and you, on: “Dorfkino retten”
Where: standing table 7, ideally now.
To get started, if you like: what has worked for you before?
[I'm here]
[5 minutes later] [Can't make it]
[Swap contacts] [Make a promise]""",
}


@pytest.mark.parametrize("voice", Voice)
def test_a_suggestion(voice):
    assert said(Suggested(3, BEN, OWN_WORDS), voice) == SUGGESTION[voice]


KNOWN = {
    Voice.DU: "Ihr kennt euch aus „Werkstatt &lt;Nord&gt;“.",
    Voice.SIE: "Sie kennen sich aus „Werkstatt &lt;Nord&gt;“.",
    Voice.EN: "You know each other from “Werkstatt &lt;Nord&gt;”.",
}


@pytest.mark.parametrize("voice", Voice)
def test_where_they_know_each_other_from_stands_below_the_reason(voice):
    """In every message that names the other first."""
    title = "Werkstatt <Nord>"
    for outcome, line in (
        (Suggested(3, BEN, OWN_WORDS, title), 5),
        (IntroAsked(4, BEN, OWN_WORDS, title), 5),
        (replace(MEET, known_from=title), 2),
    ):
        assert render(outcome, words(voice)).text.splitlines()[line] == KNOWN[voice]


@pytest.mark.parametrize("voice", Voice)
def test_a_double_yes(voice):
    assert said(MEET, voice) == BOTH_YES[voice]


def test_the_reason_is_told_from_the_readers_side():
    du = words(Voice.DU)
    both = Because(Why.BOTH, "ehrenamt", "kita", None, near=Near.LAND)
    assert reason(FUNDING, "Ben Albrecht", du).startswith("Du suchst Förder")
    assert reason(replace(FUNDING, why=Why.YOU_OFFER, topic="ehrenamt"), "Ben Albrecht", du) == (
        "Ben sucht Ehrenamt, du bietest genau das an."
    )
    assert reason(both, "Ben Albrecht", du) == (
        "Du suchst Kita und Kinderbetreuung, Ben bietet es an; Ben sucht Ehrenamt, du bietest es an, "
        "und das im selben Bundesland."
    )
    assert reason(replace(both, why=Why.SAME, near=Near.PLACE), "Ben Albrecht", words(Voice.SIE)) == (
        "Sie beschäftigen sich beide mit dem Thema Ehrenamt, und das im selben Ort."
    )
    assert "for volunteering, Ben" in reason(
        replace(FUNDING, topic="ehrenamt"), "Ben Albrecht", words(Voice.EN)
    )


def test_an_offer_tapped_from_the_four_can_be_a_reason():
    assert "Gespräch" in reason(replace(FUNDING, topic="offer-talk"), "Ben Albrecht", words(Voice.DU))


def test_only_a_mandate_is_confirmed_or_not():
    unconfirmed = said(Suggested(3, replace(BEN, confirmed=False), OWN_WORDS))
    assert "Bundestag oder Landtag\nNoch nicht bestätigt\n" in unconfirmed
    assert "bestätigt" not in said(Suggested(3, replace(BEN, role=Role.TOWN_HALL), OWN_WORDS))


def test_a_typed_name_cannot_say_that_a_role_is_confirmed():
    posing = replace(BEN, name="Anna · Bundestag oder Landtag, bestätigt", role=Role.OTHER, confirmed=False)
    text = said(Suggested(3, posing, OWN_WORDS))
    assert "\nVom Team bestätigt\n" not in text
    assert "\nVom Team bestätigt\n" in said(Suggested(3, BEN, OWN_WORDS))


def test_the_asked_one_sees_who_asks():
    text = said(IntroAsked(4, BEN, OWN_WORDS))
    assert text.startswith("**Ben Albrecht möchte dich kennenlernen**\nBen Albrecht · Bundestag")
    assert text.endswith("[Kennenlernen]\n[Lieber nicht]")


def test_what_the_other_said_stands_on_the_card():
    text = said(replace(MEET, mine=Meeting.FIVE, theirs=Meeting.HERE))
    assert text.startswith("**Ben ist da.**\nBen Albrecht und du")
    assert "\nNotiert: Du kommst 5 Minuten später.\n[Bin da]" in text


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (
            "mine",
            "Kein Problem: heute nicht, Interesse bleibt. Wie wollt ihr euch verabreden?\n[Kontakt tauschen]",
        ),
        ("theirs", "Das Ja von euch beiden gilt weiter. Wann passt es besser?"),
    ],
)
def test_not_today_keeps_the_ways_to_another_day(who, told):
    text = said(replace(MEET, **{who: Meeting.CANT}))
    assert told in text
    assert text.startswith("**Ben schafft es heute nicht.**") == (who == "theirs")
    assert "[Kontakt tauschen]" in text
    assert "Stehtisch" not in text


def test_expired_and_nobody_yet():
    assert "Heute hat es zeitlich nicht gepasst." in said(IntroExpired())
    assert "melde mich, sobald sich das ändert." in said(NobodyYet())


def test_a_telegram_name_can_be_tapped_by_the_one_who_gets_it():
    message = render(
        ContactReceived("Ben Albrecht", ContactKind.TELEGRAM, "ben_albrecht", 8, 5, in_return=False),
        words(Voice.DU),
    )
    assert '<a href="https://t.me/ben_albrecht">@ben_albrecht</a>' in message.text
    assert message.protect


@pytest.mark.parametrize("value", ["x", 'ben"><b>', "ben/../evil", "ben albrecht", "b" * 49])
def test_what_is_no_telegram_name_is_no_link(value):
    got = ContactReceived("Ben", ContactKind.TELEGRAM, value, 8, 5, in_return=False)
    assert "<a" not in render(got, words(Voice.DU)).text


def test_without_a_telegram_name_it_is_not_offered():
    assert presses(render(ContactAsked(5, "Ben Albrecht", has_username=False), words(Voice.DU))) == [
        "contact_by:5:phone", "contact_by:5:email", "contact_by:5:none",
    ]  # fmt: skip
