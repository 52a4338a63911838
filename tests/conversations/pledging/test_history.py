"""Verlauf: both read what happened to their pledge, the newest first, and nothing of it outlives its writer."""

import pytest
from sqlalchemy import text, update

from db.models import Pledge, PledgeEvent
from domain.history import EventKind
from domain.pledges import State
from domain.voice import Voice
from tests.cast import BUS, PAY, guest, pair
from tests.conversations.pledges import a_month_on, answers, pledge, proposes, state_of, statuses
from tests.people import TestPerson


async def reworded(world, *voices):
    """Ben's proposal to Ana, which she has put differently; the pledge's id."""
    ana, ben = await pair(world, *voices)
    number = await proposes(ben, ana, PAY)
    await ana.sends_button_data(f"adjust:{number}")
    await ana.says(BUS)
    return ana, ben, number


async def history(person: TestPerson, number):
    """The lines below the title, the newest first."""
    await person.sends_button_data(f"history:{number}:0")
    return person.last.split("\n")[1:]


async def test_both_may_read_how_it_was_before(sqlite_world):
    ana, ben, number = await reworded(sqlite_world)
    assert "Verlauf" in ben.buttons, "under the changed proposal"
    await ben.taps("Verlauf", message=ben.newest)
    assert ben.last == (
        "Verlauf: „Bürgerbus“\n"
        f"12. April, Ana: andere Worte „{BUS}“ bis 12. Oktober\n"
        f"12. April, du: Vorschlag „{PAY}“ bis 12. Oktober"
    )
    assert f"12. April, Ben: Vorschlag „{PAY}“ bis 12. Oktober" in await history(ana, number)
    await ben.sends_button_data(f"accept:{number}:2")
    assert (await history(ana, number))[0] == "12. April, Ben: dabei"


@pytest.mark.parametrize(
    ("voice", "said"),
    [(Voice.SIE, "12. April, Sie: Vorschlag „"), (Voice.EN, "12 April, you: proposal “")],
)
async def test_it_is_told_in_every_voice(sqlite_world, voice, said):
    _, ben, number = await reworded(sqlite_world, Voice.DU, voice)
    assert (await history(ben, number))[1].startswith(said)


async def test_another_day_is_a_line_of_its_own(sqlite_world):
    ana, ben, number = await reworded(sqlite_world)
    await ben.sends_button_data(f"deadline:{number}")
    await ben.sends_button_data(f"deadline_in:{number}:3")
    assert (await history(ana, number))[0] == "12. April, Ben: anderer Tag bis 12. Juli"


async def test_what_was_only_proposed_has_no_history(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, PAY)
    await ben.sends_button_data(f"pledge:{number}")
    assert "Verlauf" not in ben.buttons


async def test_a_draft_leaves_no_trace(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await ben.sends_button_data("pledge_search")
    await ben.says("Ana")
    await ben.taps_data(f"pledge_with:{ana.row}")
    assert await sqlite_world.rows(PledgeEvent) == []


async def test_from_the_yes_to_the_end_everything_is_told_to_both(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await pledge(ben, ana, PAY)
    await ben.sends_button_data(f"talk_move:{number}:2w")
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "running")
    await ben.taps("Ein Satz dazu")
    await ben.says("Der Ausschuss tagt am Dienstag.")
    await ana.sends_button_data(f"report:{number}:m1:kept")
    await ben.sends_button_data(f"agree:{number}:kept")
    assert await state_of(world, number) is State.ENDED
    told = await history(ana, number)
    assert [line.partition(": ")[2] for line in told[:6]] == [
        "abgeschlossen",
        "erfüllt",
        "erfüllt",
        "Notiz „Der Ausschuss tagt am Dienstag.“",
        "läuft",
        "nächstes Gespräch am 26. April",
    ]
    assert [line.partition(": ")[0] for line in told[1:3]] == ["12. Mai, Ben", "12. Mai, du"]


async def test_a_correction_adds_a_row_and_an_undo_takes_the_answer_out_of_the_story(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    for status in ("running", "stuck"):
        await ben.sends_button_data(f"report:{number}:m1:{status}")
    assert [line.partition(": ")[2] for line in await history(ana, number)] == ["hängt", "läuft"]
    assert await statuses(world) == ["stuck"]
    await ben.sends_button_data(f"undo:{number}:m1")
    assert await statuses(world) == []
    assert await history(ana, number) == ["Hier ist noch nichts festgehalten."]
    kinds = await world.rows(PledgeEvent.kind)
    assert kinds == [EventKind.SAID, EventKind.SAID, EventKind.TAKEN_BACK], "rows are only added"


async def test_who_taps_is_stored_beside_for_whom(sqlite_world):
    world = sqlite_world
    _, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    (said,) = await world.rows(PledgeEvent)
    assert (said.party_id, said.actor_id) == (ben.row, ben.row)


async def test_what_the_clock_does_is_told_as_its_own(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await world.clock.advance(days=16)
    assert await state_of(world, number) is State.ENDED
    assert (await history(ana, number))[0].endswith(", ich: abgeschlossen")
    *_, ended = await world.rows(PledgeEvent)
    assert (ended.party_id, ended.actor_id) == (None, None)


async def test_who_sees_it_otherwise_is_told_so(sqlite_world):
    ana, ben, number = await a_month_on(sqlite_world)
    await answers(ben, number, "kept")
    await ana.sends_button_data(f"disagree:{number}")
    assert (await history(ben, number))[0] == "12. Mai, Ana: andere Sicht der Dinge"


async def test_a_long_story_is_turned_by_pages(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    for status in ("running", "stuck") * 5:
        await ben.sends_button_data(f"report:{number}:m1:{status}")
    assert len(await history(ana, number)) == 8
    await ana.taps_data(f"history:{number}:1")
    assert len(ana.last.split("\n")[1:]) == 2
    await ana.sends_button_data(f"history:{number}:9")
    assert len(ana.last.split("\n")[1:]) == 2, "the last page"


async def test_nobody_else_reads_it(sqlite_world):
    *_, number = await reworded(sqlite_world)
    cem = await guest(sqlite_world, 1, "Cem Demir")
    await cem.sends_button_data(f"history:{number}:0")
    assert "Dieser Knopf ist nicht mehr aktuell." in cem.last


async def test_a_line_that_cannot_be_read_is_left_out(sqlite_world):
    world = sqlite_world
    _, ben, number = await reworded(world)
    world.expected_errors = True
    async with world.database.writer.begin() as session:
        await session.execute(
            text("UPDATE pledge_events SET text = :junk WHERE kind = 'proposed'"), {"junk": b"junk"}
        )
    assert await history(ben, number) == [f"12. April, Ana: andere Worte „{BUS}“ bis 12. Oktober"]


async def test_a_damaged_note_stops_no_answer(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    await ben.taps("Ein Satz dazu")
    await ben.says("Der Ausschuss tagt am Dienstag.")
    world.expected_errors = True
    async with world.database.writer.begin() as session:
        await session.execute(
            text("UPDATE pledge_events SET notes = :junk WHERE notes IS NOT NULL"), {"junk": b"junk"}
        )
    await ana.sends_button_data(f"pledge:{number}")
    assert "Ben am 12. Mai: läuft." in ana.last
    await answers(ana, number, "moving")
    assert await history(ana, number) == ["12. Mai, du: geht voran", "12. Mai, Ben: läuft"]


async def test_the_words_of_the_erased_go_with_them(sqlite_world):
    world = sqlite_world
    ana, ben, number = await reworded(world)
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    assert await world.rows(PledgeEvent.text) == [BUS, None]
    assert await history(ana, number) == [
        "12. April, ich: abgeschlossen",
        f"12. April, du: andere Worte „{BUS}“ bis 12. Oktober",
    ]


async def test_a_name_leaves_the_other_ones_words(sqlite_world):
    world = sqlite_world
    ana, *_ = await reworded(world)
    async with world.database.writer.begin() as session:
        await session.execute(update(PledgeEvent).values(text="Ana Keller und ich laden ein."))
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    world.forgotten.add(ana.id)
    left, _ = await world.rows(PledgeEvent.text)
    assert "Keller" not in left
    assert "und ich laden ein." in left


async def test_words_end_with_those_of_the_pledge_and_what_was_tapped_stays(sqlite_world):
    world = sqlite_world
    ana, ben, number = await reworded(world)
    await ben.sends_button_data(f"deadline_in:{number}:3")
    await ana.sends_button_data(f"accept:{number}:3")
    await world.clock.advance(months=6, days=7)
    assert await world.rows(Pledge.text) == [None]
    assert set(await world.rows(PledgeEvent.text)) == {None}
    assert "12. April 2027, Ana: andere Worte bis 12. Oktober 2027" not in await history(ben, number)
    assert "12. April, Ana: andere Worte bis 12. Oktober" in await history(ben, number)
