"""Pledges as people read them, in three voices. Ana Keller, Ben Albrecht and Cem Demir are invented."""

from dataclasses import replace
from datetime import date

import pytest

from domain.absence import Absence
from domain.nudging import Period
from domain.outcomes.pledging.partners import PartnerFound, PartnersFound
from domain.outcomes.pledging.pledges import (
    LastWord,
    PledgeCard,
    PledgeLine,
    PledgeList,
    Proposed,
)
from domain.outcomes.pledging.talks import Sealed, TalkAsked, TalkMoved
from domain.pledges import Acts, Side, State, Status
from domain.voice import Voice
from messages.catalogue import words
from messages.pledging.render import render
from tests.messages.reading import labels, presses, read

SENTENCE = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."
INVITATION = Proposed(2, 1, "Ben Albrecht", SENTENCE, Side.COUNTERPART, Acts.AUTHOR, date(2027, 7, 20))
CARD = PledgeCard(
    pledge_id=2,
    title="Ehrenamtspauschale",
    text=SENTENCE,
    other="Ana Keller",
    side=Side.PROMISER,
    acts=Acts.AUTHOR,
    state=State.ACTIVE,
    made_on=date(2027, 1, 20),
    deadline=date(2027, 7, 20),
    talk_on=None,
    mine=None,
    theirs=LastWord(Status.MOVING, date(2027, 4, 9), "Gut so."),
    period=Period.M3,
)


def said(outcome: object, voice: Voice = Voice.DU) -> str:
    return read(render(outcome, words(voice)))


INVITED = {
    Voice.DU: """**Ben Albrecht lädt dich zu einem Versprechen ein**
Ben verspricht: „Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Euer Tag: 20. Juli.
So geht es weiter: Einmal im Monat frage ich euch beide, wie es läuft. Eure Antworten lest nur ihr zwei.
Bleibt es lange still, bekommt erst das Gegenüber einen Hinweis, später das Team. Sonst erfährt es niemand.
[Ich bin dabei]
[Satz anpassen] [Anderes Datum]
[Lieber nicht] [Nein, weil …]
[Melden]""",
    Voice.SIE: """**Ben Albrecht lädt Sie zu einem Versprechen ein**
Ben Albrecht verspricht: „Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Ihr gemeinsamer Tag: 20. Juli.
So geht es weiter: Einmal im Monat frage ich Sie beide, wie es läuft. Die Antworten lesen nur Sie beide.
Bleibt es lange still, bekommt erst das Gegenüber einen Hinweis, später das Team. Sonst erfährt es niemand.
[Ich bin dabei]
[Satz anpassen] [Anderes Datum]
[Lieber nicht] [Nein, weil …]
[Melden]""",
    Voice.EN: """**Ben Albrecht invites you to a promise**
Ben promises: “Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.”
Your day: 20 July.
What follows: once a month I ask you both how it is going. Only the two of you read the answers.
If it stays quiet for long, the other one gets a hint first, later the team. Nobody else.
[Count me in]
[Adjust sentence] [Another date]
[Rather not] [No, because …]
[Report]""",
}
DEAL = {
    Voice.DU: "**Abgemacht.** „Ehrenamtspauschale“ mit Ana\nIhr sprecht wieder am 3. Februar. "
    "Ich melde mich am 22. Februar.\n",
    Voice.SIE: "**Abgemacht.** „Ehrenamtspauschale“ mit Ana Keller\nSie sprechen wieder am 3. Februar. "
    "Ich melde mich am 22. Februar.\n",
    Voice.EN: "**It's a deal.** “Ehrenamtspauschale” with Ana\nYou talk again on 3 February. "
    "I'll be in touch on 22 February.\n",
}


@pytest.mark.parametrize("voice", Voice)
def test_an_invitation(voice):
    assert said(INVITATION, voice) == INVITED[voice]


def test_the_yes_is_to_one_revision():
    assert presses(render(replace(INVITATION, revision=3), words(Voice.DU)))[0] == "accept:2:3"


def test_whose_pledge_it_is_is_said_to_the_reader():
    mine = replace(INVITATION, side=Side.PROMISER, acts=Acts.PARTNER)
    assert "Dein Versprechen, wie Ben es vorschlägt: „Ich" in said(mine)
    assert "Ben schlägt euch beiden vor: „Ich" in said(replace(mine, acts=Acts.BOTH))


def test_a_long_name_stands_whole_in_the_second_line():
    text = said(replace(INVITATION, proposer="Wilhelmine von Beispielhausen-Musterdorf"))
    assert text.startswith(
        "**Einladung zu einem Versprechen**\nWilhelmine von Beispielhausen-Musterdorf verspricht: „"
    )


TALK = TalkAsked(
    2, "Ben Albrecht", "Ana Keller", "Ehrenamtspauschale", SENTENCE, date(2027, 7, 20), typed=False
)


def test_it_counts_and_when_they_talk_again():
    message = render(TALK, words(Voice.DU))
    assert read(message).startswith(
        "**Es gilt!**\n"
        "Ben Albrecht und Ana Keller: „Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“\n"
        "Euer Tag: 20. Juli.\n"
        "**Wann sprecht ihr wieder?**\n"
    )
    assert labels(message) == [["In 2 Wochen", "In 4 Wochen"], ["Datum wählen", "Noch offen"]]
    assert presses(message) == ["talk:2:2w", "talk:2:4w", "talk:2:date", "talk:2:open"]


def test_another_day_to_talk():
    asked = replace(TALK, change=True, talk_on=date(2027, 2, 3))
    assert said(asked) == (
        "**Wann sprecht ihr wieder?**\n"
        "Bisher ist der 3. Februar abgemacht. Ana erfährt den neuen Tag von mir.\n"
        "[In 2 Wochen] [In 4 Wochen]\n[Datum wählen] [Noch offen]\n[So lassen]"
    )
    assert presses(render(asked, words(Voice.DU)))[0] == "talk_move:2:2w"
    assert said(TalkMoved(2, "Ehrenamtspauschale", "Ana Keller", date(2027, 2, 5)), Voice.SIE) == (
        "**Zu „Ehrenamtspauschale“**\n"
        "Ana Keller schlägt für Ihr gemeinsames Gespräch einen neuen Tag vor: 5. Februar.\n"
        "[Anderer Gesprächstag]\n[Versprechen ansehen]"
    )


def test_whoever_is_asked_to_begin_has_two_days_to_choose_from():
    assert said(replace(TALK, days=(date(2027, 2, 3), date(2027, 2, 10)))) == (
        "**Wann sprecht ihr wieder?**\n"
        "Zu „Ehrenamtspauschale“ mit Ana ist noch kein Tag abgemacht. Vielleicht machst du den Anfang: Passt einer "
        "dieser Tage?\n"
        "[3. Februar] [10. Februar]\n[Datum wählen] [Noch offen]"
    )


@pytest.mark.parametrize("voice", Voice)
def test_a_deal(voice):
    sealed = Sealed(
        2,
        "Ehrenamtspauschale",
        SENTENCE,
        "Ana Keller",
        date(2027, 7, 20),
        date(2027, 2, 3),
        date(2027, 2, 22),
    )
    assert said(sealed, voice).startswith(DEAL[voice])


def test_a_card_shows_what_was_said_and_asks():
    assert said(CARD) == (
        "**Ehrenamtspauschale** · mit Ana Keller\n"
        "„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“\n"
        "Versprochen von dir.\n"
        "Euer Tag: 20. Juli.\n"
        "Ana am 9. April: geht voran. „Gut so.“\n"
        "Wie steht es heute?\n"
        "[Läuft] [Hängt] [Erfüllt]\n"
        "[Anderes]\n"
        "[Gesprächstag vorschlagen]\n"
        "[Kalender, Beleg und mehr]\n"
        "[Alle Versprechen] [Melden]"
    )


def test_what_is_rarely_done_takes_the_place_of_what_is_usual():
    assert labels(render(replace(CARD, more=True, provable=True, evidence=2), words(Voice.DU))) == [
        ["Läuft", "Hängt", "Erfüllt"],
        ["Anderes"],
        ["Beleg hinzufügen", "Belege (2)"],
        ["Über Mutmacher"],
        ["Kalendereintrag"],
        ["Wann meldest du dich?"],
        ["Alle Versprechen", "Melden"],
    ]


def test_a_card_shows_all_answers_when_opened():
    assert [label for row in labels(render(replace(CARD, opened=True), words(Voice.DU))) for label in row] == [
        "Läuft", "Hängt", "Erfüllt", "Geplant", "Teilweise", "Anders gelöst", "Verschoben",
        "Hat nicht geklappt", "Gemeinsam beendet", "Gesprächstag vorschlagen", "Kalender, Beleg und mehr",
        "Alle Versprechen", "Melden",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "text", "offered"),
    [
        (State.DRAFT, "", ["sentence:2", "drop:2", "pledges"]),
        (State.DRAFT, SENTENCE, ["propose:2", "sentence:2", "drop:2", "pledges"]),
        (State.PROPOSED, SENTENCE, ["drop:2", "pledges"]),
        (State.ENDED, SENTENCE, ["complain_notes:2", "pledges"]),
    ],
)
def test_a_card_offers_what_its_state_allows(state, text, offered):
    card = replace(CARD, state=state, text=text, period=None)
    assert presses(render(card, words(Voice.DU))) == offered


def test_an_erased_person_has_no_name():
    text = said(replace(CARD, other="", theirs=None, mine=LastWord(Status.RUNNING, date(2027, 3, 1), "")))
    assert text.startswith("**Ehrenamtspauschale** · mit einer gelöschten Person\n")
    assert "nichts gehört" not in text, "perhaps something was, and is erased"


def test_whose_other_rests_is_told():
    assert "\nAna: pausiert.\n" in said(replace(CARD, other="Ana Keller", absence=Absence.PAUSED))


@pytest.mark.parametrize("voice", Voice)
def test_the_button_of_a_pledge_with_somebody_erased_has_the_title_alone(voice):
    line = PledgeLine(2, "Ehrenamtspauschale", "", State.ENDED, False, date(2027, 7, 20))
    message = render(PledgeList((line,), can_start=True, ended=True), words(voice))
    assert labels(message)[0] == ["1 Ehrenamtspauschale"]


def test_the_list_says_where_each_pledge_is():
    line = PledgeLine(2, "Ehrenamtspauschale", "Ana Keller", State.ACTIVE, False, date(2027, 7, 20))
    waiting = PledgeLine(3, "Bürgerbus", "Cem Demir", State.PROPOSED, True, None)
    assert said(PledgeList((line, waiting), can_start=True)) == (
        "**Deine Versprechen**\n"
        "**1 Ehrenamtspauschale** · Ana Keller · bis 20. Juli\n"
        "**2 Bürgerbus** · Cem Demir · wartet auf dein Ja\n"
        "[1 Ehrenamtspauschale, Ana]\n"
        "[2 Bürgerbus, Cem]\n"
        "[Neues Versprechen]"
    )


def test_hits_of_one_name_are_told_apart_by_place():
    hits = (
        PartnerFound(4, "Ana Keller", "Nordtal"),
        PartnerFound(5, "Ana Keller", "Südtal"),
        PartnerFound(6, "Anna Kern"),
    )
    assert said(PartnersFound(hits)) == (
        "**Wen meinst du?**\nAna Keller · Nordtal\nAna Keller · Südtal\nAnna Kern\n"
        "[Mit Ana Keller · Nordtal]\n[Mit Ana Keller · Südtal]\n[Mit Anna Kern]\n[Anderer Name]\n[Abbrechen]"
    )


def test_a_draft_without_a_sentence_has_no_day_yet():
    text = said(replace(CARD, title="", text="", state=State.DRAFT, period=None))
    assert text.startswith("**Entwurf** · mit Ana Keller\n")
    assert "Euer Tag" not in text


def test_a_text_that_went_with_its_writer_leaves_a_neutral_name():
    text = said(replace(CARD, title="", text="", other="", state=State.ENDED, period=None))
    assert text.startswith("**Ein Versprechen** · mit einer gelöschten Person\n")
    assert "„“" not in text
