"""The team hears of codes that were guessed at, once, and deletes an entry for whoever turns to it."""

from sqlalchemy import select

from db.models import Audit
from tests.conversations.pledges import state_of
from tests.conversations.pledging.entering import agreed_with, entered_people


async def opens_nothing(person, times):
    for number in range(times):
        await person.start(f"c_ABCDEFGH{number:02}")


async def test_the_team_hears_once_of_five_wrong_codes(world):
    orga = await world.organiser()
    ana = await world.joined_already("Ana Keller")
    stranger = await world.person("Fremd")
    await opens_nothing(ana, 4)
    await world.clock.advance(minutes=1)
    assert "Links" not in orga.last
    await opens_nothing(ana, 3)
    await opens_nothing(stranger, 5)
    await world.clock.advance(minutes=1)
    await world.clock.advance(minutes=1)
    told = [
        each.text for each in orga.messages if each.text.startswith("Persönliche Links, die nichts öffnen")
    ]
    assert len(told) == 2, orga.screen()
    assert ["Ana Keller" in each for each in told].count(True) == 1
    noted = await world.chosen(select(Audit.person_id).where(Audit.action == "told of wrong codes"))
    assert sorted(noted, key=str) == sorted([ana.row, None], key=str)


async def test_the_team_deletes_an_entry_in_two_steps_and_whoever_made_it_is_told(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    ana, number = await agreed_with(world)
    await orga.says("/orga")
    await orga.taps("Ohne Telegram")
    assert "1 Ben Albrecht (Landratsamt Nordtal), eingetragen von Ana Keller" in orga.last
    await orga.taps("1 Ben Albrecht")
    assert await entered_people(world)
    await orga.taps("Ja, löschen")
    assert not await entered_people(world)
    assert ana.last.startswith("Ein Eintrag ist gelöscht")
    assert await state_of(world, number) == "ended"
    assert "Niemand ist eingetragen." in orga.last
    assert not any("Ben" in each.text for each in (*orga.messages, *ana.messages))
