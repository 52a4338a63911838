"""What old buttons do without both core consents: nothing, until they are given (again)."""

from db.models import Person, Pledge
from domain.pledges import State
from tests.cast import pair
from tests.conversations.pledges import proposes


async def test_without_a_core_consent_no_old_button_speaks_for_anybody(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await proposes(ben, ana, "Ich rufe Ana Keller an.")
    await ana.says("/widerruf")
    await ana.taps("Nein: Weg über Telegram")
    for data in (f"accept:{number}:1", f"decline:{number}", "pledge_new", "role:association", "edit:name"):
        await ana.sends_button_data(data)
        assert "Dieser Knopf ist nicht mehr aktuell." in "\n".join(each.text for each in ana.messages[-2:])
    assert set(await world.rows(Pledge.state)) == {State.PROPOSED}
    await ana.says("/widerruf")
    await ana.taps_data("consent_on:U")
    await ana.taps("Ja, über Telegram")
    await ana.sends_button_data(f"accept:{number}:1")
    assert set(await world.rows(Pledge.state)) == {State.ACTIVE}


async def test_an_organiser_who_takes_no_part_leaves_no_profile(sqlite_world):
    world = sqlite_world
    organiser = await world.organiser()
    await organiser.says("/orga")
    for data in ("role:association", "edit:name", "profile", "code", "announce_yes"):
        await organiser.sends_button_data(data)
    await organiser.says("Olga Sommer")
    assert await world.rows(Person.role) == [None]
    assert await world.rows(Person.name) == [None]
