"""A wish that is the whole message is heard first, in every state; thanks are nobody's note."""

import pytest

from db.models import Draft, DraftKind, Person, Pledge
from domain.voice import Voice
from tests.cast import guest, open_workshop, pair
from tests.conversations.joining.door import newcomer, nothing_is_stored_about
from tests.conversations.pledges import a_month_on, begins, given, noted

WISHES = (
    ("Hilfe", "Das geht hier"),
    ("help", "Das geht hier"),
    ("Menü", "Das geht hier"),
    ("Datenschutz", "Deine Daten"),
    ("pause", "Eine Weile Ruhe?"),
    ("stopp", "Was soll aufhören?"),
    ("ich will nicht mehr", "Was soll aufhören?"),
    ("abmelden", "Was soll aufhören?"),
    ("unsubscribe", "Was soll aufhören?"),
    ("löschen", "Alles löschen?"),
    ("Lösch mich!", "Alles löschen?"),
)


@pytest.mark.parametrize(("said", "heard"), WISHES)
async def test_after_a_question_a_wish_is_no_note(sqlite_world, said, heard):
    ana, _, _ = await a_month_on(sqlite_world)
    assert (await ana.says(said)).startswith(heard)
    assert len(ana.new) == 1
    assert await sqlite_world.rows(Draft.id) == []
    assert len(await sqlite_world.rows(Person.id)) == 2, "erasing takes a second step"


async def test_while_a_sentence_is_awaited_a_wish_is_no_sentence(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await begins(ana, ben)
    for said, heard in WISHES:
        assert (await ana.says(said)).startswith(heard), said
    assert await sqlite_world.rows(Pledge.text) == [""] or await sqlite_world.rows(Pledge.text) == [None]
    await ana.says("Ich helfe Ben, bis er stopp sagt.")
    assert await sqlite_world.rows(Pledge.text) == ["Ich helfe Ben, bis er stopp sagt."]


@pytest.mark.parametrize("until", ["role", "name", "place", "organisation", "announcements"])
async def test_while_joining_a_wish_is_no_answer(sqlite_world, until):
    ana = await sqlite_world.joined("Ana Keller", until=until)
    for said, heard in WISHES:
        assert (await ana.says(said)).startswith(heard), said
    (name, _) = sorted((name or "" for name in await sqlite_world.rows(Person.name)), reverse=True)
    assert name in ("", "Ana Keller")


async def test_where_topics_are_asked_for_datenschutz_is_one(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="seeks")
    assert (await ana.says("Datenschutz")).startswith("Verstanden: Datenschutz")
    assert (await ana.says("Hilfe")).startswith("Das geht hier")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Hilfe", "Das geht hier"),
        ("datenschutz", "Deine Daten"),
        ("lösch mich", "Über dich ist nichts gespeichert."),
    ],
)
async def test_before_consent_a_wish_is_heard_and_nothing_is_stored(sqlite_world, said, heard):
    ana = await newcomer(sqlite_world)
    await ana.taps_data("begin:")
    assert (await ana.says(said)).startswith(heard)
    await nothing_is_stored_about(sqlite_world, ana)
    assert "Und der Weg: Telegram." in await ana.says("Ja"), "the question stays open"


async def test_before_consent_stopping_is_a_no_and_short(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps_data("begin:")
    assert (await ana.says("stopp")).startswith("In Ordnung.")
    assert "Gespeichert ist nichts." in ana.last
    await nothing_is_stored_about(sqlite_world, ana)


async def test_stopping_offers_a_pause_a_withdrawal_and_erasure(sqlite_world):
    ana, _ = await pair(sqlite_world, Voice.SIE)
    await ana.says("stopp")
    assert ana.buttons == ["Pause machen", "Einwilligungen", "Alles löschen", "Nichts davon"]
    await ana.taps("Pause machen")
    assert ana.last.startswith("Eine Weile Ruhe?")
    await ana.says("STOP")
    await ana.taps("Einwilligungen")
    assert ana.shows("consent_off:")
    await ana.says("Ich möchte nicht mehr.")
    await ana.taps("Alles löschen")
    assert ana.shows("erase_yes")
    await ana.says("aufhören")
    assert "Gut, alles bleibt." in await ana.says("nein")


@pytest.mark.parametrize("said", ["Schön war's!", "danke", "Vielen Dank für alles", "super"])
async def test_thanks_get_a_kind_word_and_are_no_note(sqlite_world, said):
    ana, _, _ = await a_month_on(sqlite_world)
    assert (await ana.says(said)).startswith("Das freut mich!")
    assert await sqlite_world.rows(Draft.id) == []
    assert await given(sqlite_world) == []


async def test_thanks_in_a_note_that_is_asked_for_are_the_note(sqlite_world):
    _, ben, _ = await a_month_on(sqlite_world)
    await ben.says("läuft")
    await ben.taps("Ein Satz dazu")
    await ben.says("Danke für alles")
    assert await noted(sqlite_world) == [["Danke für alles"]]
    assert DraftKind.UNASKED not in await sqlite_world.rows(Draft.kind)


async def test_what_fits_nowhere_shows_the_newest_answers_again(sqlite_world):
    workshop = await open_workshop(sqlite_world)
    ana = await guest(sqlite_world, workshop, "Ana Keller", seeks=("ehrenamt",))
    await guest(sqlite_world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await ana.says("/partner")
    for said in ("hm", "vielleicht"):
        assert await ana.says(said) == "Das habe ich nicht zuordnen können.\nMeinst du eine dieser Antworten?"
        assert ana.buttons == ["Kennenlernen", "Weiter", "Nicht mein Thema"]
    assert "Ich frage Ben Albrecht" in await ana.says("kennenlernen")


async def test_of_the_erased_the_answers_shown_again_are_covered(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await ana.sends_button_data("pledge_new")
    await begins(ana, ben)
    await ana.says("/abbrechen")
    await ana.says("/versprechen")
    await ana.says("Quark")
    shown = ana.newest
    assert any("Ben" in label for label in shown.buttons)
    await ben.says("/loeschen")
    await ben.taps("Ja, alles löschen")
    after = next(each for each in ana.messages if each.id == shown.id)
    assert not any("Ben" in label for label in after.buttons)
