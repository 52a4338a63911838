"""Finding somebody by name: what it tells of them, to whom, and that nobody reads a workshop's names by counting."""

from datetime import timedelta

from sqlalchemy import select

from db.models import Introduction, IntroState, Membership, Person, Suggestion
from domain.outcomes.matching import Why
from tests.cast import guest, open_workshop, pair
from tests.conversations.pledges import all_pledges

STALE = "Dieser Knopf ist nicht mehr aktuell."


async def searches(person, name):
    await person.sends_button_data("pledge_search")
    return await person.says(name)


async def test_a_search_tells_the_name_and_nothing_else(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    await guest(world, workshop, "Ben Albrecht", organisation="Aidshilfe Dresden", place="Leipzig")
    found = await searches(ana, "Frau Albrecht")
    assert found == "Wen meinst du?\nBen Albrecht"
    assert ana.buttons[0] == "Mit Ben Albrecht"


async def test_the_place_is_told_where_two_have_one_name(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    await guest(world, workshop, "Hans Müller", place="Köln")
    await guest(world, workshop, "Dr. Hans Mueller", place="Bonn")
    await guest(world, workshop, "Eva Müller", place="Jena")
    found = await searches(ana, "Müller")
    assert sorted(found.splitlines()[1:]) == ["Dr. Hans Mueller · Bonn", "Eva Müller", "Hans Müller · Köln"]


async def test_numbers_that_were_not_shown_name_nobody(sqlite_world):
    """A changed client may send any button data: each number of a person would tell a name."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    others = [await guest(world, workshop, f"Gast{at} Nachname{at}") for at in range(5)]
    for number in await world.rows(Person.id):
        await ana.sends_button_data(f"pledge_with:{number}")
        assert STALE in ana.last
        assert not any(other.name in ana.last for other in others)
    assert not await all_pledges(world)


async def test_only_the_last_search_counts(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht")
    await guest(world, workshop, "Cem Demir")
    await searches(ana, "Albrecht")
    await searches(ana, "Demir")
    assert STALE in await ana.sends_button_data(f"pledge_with:{ben.row}")
    await searches(ana, "Albrecht")
    assert "Ein Versprechen mit Ben Albrecht" in await ana.sends_button_data(f"pledge_with:{ben.row}")


async def test_a_match_needs_no_search(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    assert STALE in await ana.sends_button_data(f"pledge_with:{ben.row}")
    await meet(world, ana, ben)
    assert "Ein Versprechen mit Ben Albrecht" in await ana.sends_button_data(f"pledge_with:{ben.row}")


async def meet(world, one, other):
    """Both said yes to each other just now."""
    now = world.clock.now()
    (workshop_id,) = await world.chosen(select(Membership.workshop_id).where(Membership.person_id == one.row))
    card = Suggestion(
        workshop_id=workshop_id, person_id=one.row, other_id=other.row, why=Why.SAME, topic="ehrenamt",
        shown_at=now,
    )  # fmt: skip
    await world.add(card)
    both = Introduction(
        workshop_id=workshop_id, asker_id=one.row, asked_id=other.row, suggestion_id=card.id,
        state=IntroState.BOTH, asked_at=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip
    await world.add(both)


async def test_ten_lists_in_ten_minutes_are_enough(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    for _ in range(10):
        assert "Ben Albrecht" in await searches(ana, "Ben")
    assert "In zehn Minuten suche ich gern weiter." in await searches(ana, "Ben")
    await world.clock.advance(minutes=11)
    assert "Ben Albrecht" in await ana.says("Ben")
