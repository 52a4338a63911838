"""What the texts of joining and of rights must say, besides existing at all."""

from datetime import date

import pytest

import messages
from domain import consents, topics
from domain.outcomes.choices import Direction, Offer, ProfileQuestion, Purpose
from domain.outcomes.joining import (
    Asked,
    ConsentAsked,
    Joining,
    Profile,
    TopicDoubt,
    TopicsBrowsed,
    TopicsHeard,
    Welcome,
)
from domain.outcomes.rights import ConsentsListed, MyData, Privacy, Rights
from domain.roles import Role
from domain.voice import Voice
from messages.buttons import Verb
from messages.callback_data import decode

TODAY = date(2027, 1, 20)
PER_VOICE = pytest.mark.parametrize("voice", Voice)


def buttons(outcome: Joining | Rights, voice: Voice = Voice.DU) -> dict[str, str]:
    """Labels by the data that their buttons send."""
    keyboard = messages.of(outcome, voice, TODAY).keyboard
    rows = keyboard.inline_keyboard if keyboard else ()
    return {str(button.callback_data): button.text for row in rows for button in row}


def verbs(outcome: Joining | Rights, voice: Voice = Voice.DU) -> set[Verb]:
    return {press.verb for data in buttons(outcome, voice) if (press := decode(data))}


def profile(**changed: object) -> Profile:
    known: dict[str, object] = {
        "name": "Ana Keller", "role": Role.TOWN_HALL, "confirmed": False, "organisation": "", "place": "Nordtal",
        "land": "BY", "seeks": ("ehrenamt",), "seek_words": ("Dorfkino retten",), "offers": (), "offer_words": (),
        "announcements": True, "hour": 10, "voice": Voice.DU, "workshops": (), "finished": True,
    }  # fmt: skip
    return Profile(**(known | changed))  # type: ignore[arg-type]


@PER_VOICE
@pytest.mark.parametrize("purpose", Purpose)
def test_each_consent_is_answered_by_a_yes_and_a_no(purpose: Purpose, voice: Voice):
    labels = list(buttons(ConsentAsked(purpose, "Träger", 3), voice).values())
    yes, no = ("Yes", "No") if voice is Voice.EN else ("Ja", "Nein")
    assert sum(label.startswith(yes) for label in labels) == 1
    assert sum(label.startswith(no) for label in labels) == 1


@PER_VOICE
def test_before_consent_workshop_and_voice_travel_in_the_buttons(voice: Voice):
    welcome = buttons(Welcome("Träger", 3, "Nordtal", None, None, ()), voice)
    assert {f"begin:3:{voice}", f"read:3:{voice}", f"without:3:{voice}"} <= welcome.keys()
    assert f"greet:3:{voice}" not in welcome
    fingerprint = consents.text(Purpose.CORE, voice).fingerprint("T")
    asked = buttons(ConsentAsked(Purpose.CORE, "T", 3), voice)
    assert {f"k_yes:3:{voice}:{fingerprint}", f"k_no:3:{voice}"} <= asked.keys()


def test_small_workshops_show_no_figures():
    text = messages.of(Welcome("Träger", 3, "Nordtal", None, None, ()), Voice.DU, TODAY).text
    assert "Schon dabei" not in text
    assert "Gefragt" not in text
    assert "None" not in text


@PER_VOICE
def test_the_welcome_says_today_on_the_workshops_day_only(voice: Voice):
    said = [
        messages.of(Welcome("Träger", 3, "Nordtal", None, None, (), today=today), voice, TODAY).text
        for today in (True, False)
    ]
    assert ["Heute" in text or "Today" in text for text in said] == [True, False]


def test_without_a_workshop_the_welcome_asks_for_its_code():
    text = messages.of(Welcome("Träger", None, None, None, None, ()), Voice.DU, TODAY).text
    assert "Code" in text


def test_a_consent_names_who_stores_the_data_literally():
    text = messages.of(ConsentAsked(Purpose.CORE, "A & B <gGmbH>", None), Voice.DU, TODAY).text
    assert "A &amp; B &lt;gGmbH&gt;" in text


@PER_VOICE
@pytest.mark.parametrize(
    "question", [ProfileQuestion.SEEKS, ProfileQuestion.OFFERS, ProfileQuestion.ORGANISATION]
)
def test_what_may_stay_open_can_be_skipped(question: ProfileQuestion, voice: Voice):
    skip = "Skip" if voice is Voice.EN else "Überspringen"
    assert buttons(Asked(question, Role.ASSOCIATION, False), voice)[f"skip:{question}"] == skip


def test_the_likely_laender_come_first_and_none_is_missing():
    asked = [
        data
        for data in buttons(Asked(ProfileQuestion.LAND, None, False, ("TH", "BB"), "Neustadt"))
        if "land" in data
    ]
    assert asked[:2] == ["land:TH", "land:BB"]
    assert len(asked) == 16 + 1  # and the way round


@pytest.mark.parametrize("role", [Role.MP, Role.AUTHORITY, Role.OFFICE])
def test_houses_are_asked_what_they_can_do_and_see_what_they_took(role: Role):
    asked = buttons(Asked(ProfileQuestion.OFFERS, role, False, chosen=(Offer.TALK.topic,)))
    assert asked["offer:talk"] == "✓ Gespräch anbieten"
    assert asked["offer:visit"] == "Vor Ort vorbeikommen"
    assert "topics_ok:offers" in asked


def test_offers_have_a_name_in_the_profile():
    for offer in Offer:
        assert "offer-" not in messages.of(profile(offers=(offer.topic,)), Voice.EN, TODAY).text


def test_a_question_asked_again_can_be_left():
    assert Verb.CANCEL in verbs(Asked(ProfileQuestion.NAME, None, editing=True))
    assert Verb.CANCEL not in verbs(Asked(ProfileQuestion.NAME, None, editing=False))


def test_a_doubt_is_asked_before_anything_is_confirmed():
    doubt = TopicDoubt(4, "weniger Papierkram", ("buerokratieabbau", "foerdermittel"))
    heard = buttons(TopicsHeard(Direction.SEEKS, ((1, "kita"),), (), doubt))
    assert heard["topic_all:4"] == "Beides"
    assert "topic_none:4" in heard
    assert "topics_ok:seeks" not in heard


@PER_VOICE
@pytest.mark.parametrize("meant", [("kita",), ("kita", "schule")])
def test_what_was_only_presumed_says_so(meant: tuple[str, ...], voice: Voice):
    word = "Presumably" if voice is Voice.EN else "Vermutlich"
    for presumed in (True, False):
        doubt = TopicDoubt(4, "weniger Papierkram", meant, presumed)
        assert (
            word in messages.of(TopicsHeard(Direction.SEEKS, (), (), doubt), voice, TODAY).text
        ) is presumed


def test_one_topic_is_not_offered_for_striking():
    assert Verb.TOPICS_DROP not in verbs(TopicsHeard(Direction.SEEKS, ((1, "kita"),), (), None))
    assert Verb.TOPICS_DROP in verbs(TopicsHeard(Direction.SEEKS, ((1, "kita"),), ((2, "Dorfkino"),), None))


def test_every_topic_can_be_reached_in_the_list():
    found = set()
    for group in topics.load().groups():
        page = 0
        while toggles := [
            data.split(":")[2]
            for data in buttons(TopicsBrowsed(Direction.SEEKS, group.id, page, ()))
            if data.startswith("topic_toggle")
        ]:
            found |= set(toggles)
            page += 1
    assert found == topics.load().topics.keys()


def test_a_chosen_topic_carries_a_mark():
    browsed = buttons(TopicsBrowsed(Direction.SEEKS, "bildung", 0, ("kita",)))
    assert browsed["topic_toggle:seeks:kita:0"].startswith("✓ ")
    assert not browsed["topic_toggle:seeks:schule:0"].startswith("✓")


def test_joining_ends_in_confirming_the_profile_and_every_line_can_be_changed():
    joining = buttons(profile(finished=False))
    assert next(iter(joining.items())) == ("profile_ok", "Bestätigen")
    for shown in (joining, buttons(profile())):
        assert sum(data.startswith("edit:") for data in shown) == len(ProfileQuestion) - 1


@PER_VOICE
def test_where_two_lines_share_a_row_no_word_of_theirs_is_broken(voice: Voice):
    shown = messages.of(profile(), voice, TODAY).keyboard
    assert shown is not None
    shared = [row for row in shown.inline_keyboard if len(row) > 1]
    assert max(len(word) for row in shared for button in row for word in button.text.split()) <= 12


def test_only_a_mandate_is_called_unconfirmed():
    assert "noch nicht bestätigt" in messages.of(profile(role=Role.MP), Voice.DU, TODAY).text
    assert "bestätigt" not in messages.of(profile(), Voice.DU, TODAY).text


@PER_VOICE
def test_the_long_text_names_what_the_law_asks_for(voice: Voice):
    text = messages.of(Privacy("Träger", "daten@example.org", 45, "bot", None, None), voice, TODAY).text
    for needed in ("Träger", "daten@example.org", "Art. 6", "Art. 9", "Art. 49", "45", "16"):
        assert needed in text
    assert len(text) <= 3500


def test_the_long_text_can_be_answered_where_it_interrupted():
    read = verbs(Privacy("Träger", "daten@example.org", 90, "bot", 3, Purpose.CORE))
    assert read == {Verb.CORE_YES, Verb.CORE_NO}


def test_who_reads_it_unasked_may_begin_or_use_the_rights():
    assert verbs(Privacy("Träger", "daten@example.org", 90, "bot", None, None)) == {Verb.BEGIN}
    known = verbs(Privacy("Träger", "daten@example.org", 90, "bot", 3, None))
    assert known == {Verb.MY_DATA, Verb.CONSENTS, Verb.ERASE}


def test_each_purpose_is_taken_back_by_one_tap():
    listed = buttons(
        ConsentsListed(tuple((purpose, purpose is not Purpose.SHOW_TELEGRAM) for purpose in Purpose))
    )
    assert {"consent_off:K", "consent_off:U", "consent_off:A", "consent_on:G"} <= listed.keys()


def test_my_data_comes_as_a_file_beside_its_summary():
    given = ((Purpose.CORE, date(2027, 1, 20), True), (Purpose.CORE, date(2027, 2, 1), False))
    message = messages.of(MyData(profile(), given, 2, 1, None, None, b'{"a": 1}'), Voice.EN, TODAY)
    assert message.document is not None
    assert (message.document.name, message.document.content) == ("my-data.json", b'{"a": 1}')
    assert "Connect and remind: no" in message.text
    assert "since" not in message.text
