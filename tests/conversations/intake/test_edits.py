"""Edited messages: an edit counts while what was made of the message is open; what reads as before is passed over."""

import pytest

from db.models import Broadcast, BroadcastState, Person, Pledge
from tests.cast import gather, pair
from tests.conversations.pledges import a_month_on, all_pledges, begins, column_of, noted, writes
from tests.world import OWNER

TYPO = "Ich rufe bei der Stifftung an."
RIGHT = "Ich rufe bei der Stiftung an."


def typed(world, person, text):
    """The message of theirs that says this."""
    return next(b["message_id"] for b in reversed(world.messages(person.id)) if b.get("text") == text)


async def test_the_sentence_of_a_draft_follows_its_message(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ana, ben, TYPO)
    preview = ana.newest
    await ana.edits(typed(world, ana, TYPO), RIGHT)
    assert await column_of(world, number, Pledge.text) == RIGHT
    assert ana.newest.id == preview.id, "the preview itself changes"
    assert RIGHT in ana.last
    assert ana.buttons == preview.buttons
    assert await ana.edits(typed(world, ana, RIGHT), RIGHT) == "", "a preview of a link is no change"
    await ana.taps_data("propose:")
    assert RIGHT in ben.last


async def test_a_sentence_that_was_too_long_may_be_shortened_in_place(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await begins(ana, ben)
    long = "Ich rufe an und sage Bescheid. " * 30
    assert "Das ist etwas lang für mich." in await ana.says(long)
    await ana.edits(typed(world, ana, long.strip()), RIGHT)
    assert [each.text for each in await all_pledges(world)] == [RIGHT]
    assert ana.shows("propose:")


async def test_once_it_is_proposed_an_edit_is_answered_once_and_changes_nothing(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ana, ben, TYPO)
    await ana.taps_data("propose:")
    told = len(ben.messages)
    mine = typed(world, ana, TYPO)
    assert (await ana.edits(mine, RIGHT)).startswith("Eine Änderung zählt hier nicht.")
    assert await ana.edits(mine, f"{RIGHT} Bald.") == "", "said once"
    assert await ana.edits(mine, TYPO) == ""
    assert await column_of(world, number, Pledge.text) == TYPO
    assert len(ben.messages) == told


async def test_of_two_wordings_only_the_later_may_be_edited(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ana, ben, "Ich schreibe einen Brief.")
    await ana.taps_data("sentence:")
    await ana.says(TYPO)
    assert "Eine Änderung zählt hier nicht." in await ana.edits(
        typed(world, ana, "Ich schreibe einen Brief."), "Ich schreibe zwei Briefe."
    )
    await ana.edits(typed(world, ana, TYPO), RIGHT)
    assert await column_of(world, number, Pledge.text) == RIGHT


async def test_a_typed_day_follows_its_message(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ana, ben, RIGHT)
    await ana.taps_data("deadline:")
    await ana.says("1.9.2027")
    before = await column_of(world, number, Pledge.deadline)
    mine = typed(world, ana, "1.9.2027")
    assert await ana.edits(mine, "1.9.2027") == ""
    await ana.edits(mine, "11.9.2027")
    after = await column_of(world, number, Pledge.deadline)
    assert (before.day, after.day) == (1, 11)
    assert "11. September" in ana.last


async def test_a_note_that_is_offered_follows_its_message(sqlite_world):
    world = sqlite_world
    ana, _, _ = await a_month_on(world)
    await ana.says("Der Auschuss hat zugesagt.")
    offer, mine = ana.newest, typed(world, ana, "Der Auschuss hat zugesagt.")
    await ana.edits(mine, "Der Ausschuss hat zugesagt.")
    assert (ana.newest.id, "Der Ausschuss hat zugesagt." in ana.last) == (offer.id, True)
    await ana.taps("Ja, speichern")
    assert await noted(world) == [["Der Ausschuss hat zugesagt."]]
    assert await ana.edits(mine, "Der Ausschuss hat zugesagt.") == ""
    assert "Eine Änderung zählt hier nicht." in await ana.edits(mine, "Der Ausschuss hat abgesagt.")
    assert await noted(world) == [["Der Ausschuss hat zugesagt."]]


async def test_a_search_follows_its_message(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    await ana.sends_button_data("pledge_search")
    assert "finde ich niemanden" in await ana.says("Bnejamin")
    await ana.edits(typed(world, ana, "Bnejamin"), "Ben")
    assert ana.shows("pledge_with:")
    shown = ana.newest
    assert await ana.edits(typed(world, ana, "Ben"), "Ben") == ""
    assert "finde ich niemanden" in await ana.edits(shown and typed(world, ana, "Ben"), "Xaver")


async def test_name_and_place_follow_their_messages_while_joining(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keler", until="seeks")
    name, place = typed(world, ana, "Ana Keler"), typed(world, ana, "Dresden")
    heard = await ana.edits(name, "Ana Keller")
    assert heard.startswith("Die neue Fassung gilt.")
    assert "Was treibt dich" in ana.last
    assert "Ana Keller" in await world.rows(Person.name)
    assert await ana.edits(name, "Ana Keller") == ""
    await ana.edits(place, "Erfurt")
    assert ("Erfurt", "TH") in zip(await world.rows(Person.place), await world.rows(Person.land), strict=True)
    assert "Was treibt dich" in ana.last


async def test_after_joining_an_edited_name_is_answered_once(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller")
    mine = typed(world, ana, "Ana Keller")
    assert await ana.edits(mine, "Ana Keller") == ""
    assert "Eine Änderung zählt hier nicht." in await ana.edits(mine, "Ganz anders")
    assert await ana.edits(mine, "Noch einmal anders") == ""
    assert "Ganz anders" not in await world.rows(Person.name)


async def test_a_line_of_the_summary_follows_its_message(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:organisation")
    await ana.says("Stadt Dreseden")
    mine = typed(world, ana, "Stadt Dreseden")
    assert "Stadt Dresden" in await ana.edits(mine, "Stadt Dresden")
    assert "Stadt Dresden" in await world.rows(Person.organisation)
    assert await ana.edits(mine, "Stadt Dresden") == ""


async def test_an_edit_cannot_bring_in_what_a_message_cannot(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="seeks")
    mine = typed(world, ana, "Ana Keller")
    assert "Das klingt, als wärst du das Team." in await ana.edits(mine, "Team Mutmacher")
    assert "Ana Keller" in await world.rows(Person.name)
    before = await world.count(Person)
    await ana.edits(mine, "Ich bin 15")
    assert await world.count(Person) == before - 1, "under sixteen is heard here, too"
    world.forgotten.add(ana.id)


async def test_an_edit_of_small_talk_is_not_answered(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    await ana.says("/hilfe")
    assert await ana.edits(typed(world, ana, "/hilfe"), "Hilfe!") == ""


@pytest.fixture
async def announcing(sqlite_world):
    people = await gather(sqlite_world, ana={"name": "Ana Keller"}, ben={"name": "Ben Albrecht"})
    orga = await sqlite_world.organiser()
    await orga.says("/ankuendigung")
    await orga.says("Der Raum ist 2.41")
    return sqlite_world, orga, people


async def test_an_announcement_is_previewed_anew_and_goes_as_it_reads_now(announcing):
    world, orga, people = announcing
    mine = typed(world, orga, "Der Raum ist 2.41")
    assert "An wen?" in await orga.edits(mine, "Der Raum ist 2.14")
    assert await orga.edits(mine, "Der Raum ist 2.14") == "", "a preview of a link is no change"
    await orga.taps("An alle")
    assert orga.new[0].text == "Der Raum ist 2.14\n\nVom Team: Werkstatt Berlin"
    await orga.edits(mine, "Der Raum ist 2.15")
    assert orga.new[0].text == "Der Raum ist 2.15\n\nVom Team: Werkstatt Berlin"
    assert orga.last.startswith("So geht es an 2 Menschen")
    assert "Die Ankündigung ist" in await orga.says("2")
    await world.clock.advance(minutes=1)
    for each in people.values():
        (got,) = [m.text for m in each.messages if m.text.startswith("Der Raum")]
        assert got.startswith("Der Raum ist 2.15\n")
    assert await world.rows(Broadcast.state) == [BroadcastState.DROPPED, BroadcastState.FINISHED]
    assert "Eine Änderung zählt hier nicht." in await orga.edits(mine, "Der Raum ist weg")


async def test_a_count_is_not_typed_by_an_edit(announcing):
    world, orga, people = announcing
    await orga.taps("An alle")
    await orga.says("3")
    await orga.edits(typed(world, orga, "3"), "2")
    assert not [m for each in people.values() for m in each.messages if m.text.startswith("Der Raum")]
    assert orga.id == OWNER


async def test_what_is_edited_into_a_command_is_neither_done_nor_a_name(sqlite_world):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="seeks")
    mine = typed(world, ana, "Ana Keller")
    assert (await ana.edits(mine, "/loeschen")).startswith("Eine Änderung zählt hier nicht.")
    assert await ana.edits(mine, "/abbrechen") == "", "said once"
    assert "Ana Keller" in await world.rows(Person.name)
    assert not ana.can("erase_yes")
