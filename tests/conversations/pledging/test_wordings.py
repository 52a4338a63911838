"""Former wordings stay: whoever reads the card may read what it said before, and nothing of it outlives its writer."""

from sqlalchemy import update

from db.models import Pledge, Wording
from tests.cast import BUS, PAY, guest, pair
from tests.conversations.pledges import proposes
from tests.people import TestPerson


async def reworded(world):
    """Ben's proposal to Ana, which she has put differently; the pledge's id."""
    ana, ben = await pair(world)
    number = await proposes(ben, ana, PAY)
    await ana.taps("Satz anpassen")
    await ana.says(BUS)
    return ana, ben, number


async def history(person: TestPerson, number):
    await person.sends_button_data(f"pledge:{number}")
    await person.taps("Verlauf", message=person.newest)
    return person.last


async def test_both_may_read_how_it_was_before(sqlite_world):
    ana, ben, number = await reworded(sqlite_world)
    assert "Verlauf" in ben.buttons, "under the changed proposal"
    assert await history(ben, number) == (
        f"So hieß es vorher: „Bürgerbus“\nBis 12. April, von dir: „{PAY}“ Euer Tag: 12. Oktober."
    )
    assert f"Bis 12. April, von Ben: „{PAY}“" in await history(ana, number)
    await ben.sends_button_data(f"accept:{number}:2")
    assert f"von Ben: „{PAY}“" in await history(ana, number)


async def test_another_day_keeps_the_one_before(sqlite_world):
    ana, ben, number = await reworded(sqlite_world)
    await ben.sends_button_data(f"deadline:{number}")
    await ben.sends_button_data(f"deadline_in:{number}:3")
    said = await history(ana, number)
    assert [line.split(":")[0] for line in said.split("\n")[1:]] == [
        "Bis 12. April, von dir",
        "Bis 12. April, von Ben",
    ]
    assert f"„{BUS}“ Euer Tag: 12. Oktober." in said


async def test_what_was_never_changed_has_no_history(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, PAY)
    await ben.sends_button_data(f"pledge:{number}")
    assert "Verlauf" not in ben.buttons
    await ben.sends_button_data(f"history:{number}:0")
    assert "Eine frühere Fassung ist nicht gespeichert." in ben.last


async def test_nobody_else_reads_it(sqlite_world):
    *_, number = await reworded(sqlite_world)
    cem = await guest(sqlite_world, 1, "Cem Demir")
    await cem.sends_button_data(f"history:{number}:0")
    assert "Dieser Knopf ist nicht mehr aktuell." in cem.last


async def test_the_words_of_the_erased_go_with_them(sqlite_world):
    world = sqlite_world
    ana, ben, number = await reworded(world)
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    assert await world.rows(Wording.text) == []
    await ana.sends_button_data(f"history:{number}:0")
    assert "Eine frühere Fassung ist nicht gespeichert." in ana.last


async def test_a_name_leaves_the_other_ones_former_words(sqlite_world):
    world = sqlite_world
    ana, *_ = await reworded(world)
    async with world.database.writer.begin() as session:
        await session.execute(update(Wording).values(text="Ana Keller und ich laden ein."))
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    world.forgotten.add(ana.id)
    (left,) = await world.rows(Wording.text)
    assert "Keller" not in left
    assert "und ich laden ein." in left


async def test_they_end_with_the_words_of_the_pledge(sqlite_world):
    world = sqlite_world
    ana, ben, number = await reworded(world)
    await ben.sends_button_data(f"deadline_in:{number}:3")
    await ana.sends_button_data(f"accept:{number}:3")
    await world.clock.advance(months=6, days=7)
    assert await world.rows(Pledge.text) == [None]
    assert await world.rows(Wording.text) == []
