"""What an office does for its MP: it puts questions off, and gives a way to be reached, each for the MP alone."""

from sqlalchemy import select

from db.models import Introduction, IntroState, Person, Suggestion
from domain.outcomes.choices import ContactKind
from domain.outcomes.matching import Why
from tests.conversations.offices import a_month_on, house
from tests.conversations.organising.test_offices import link_in


async def test_the_office_puts_a_question_off_for_everybody(sqlite_world):
    people, _ = await a_month_on(sqlite_world)
    await people.cem.taps("In 1 Woche")
    for each in (people.cem, people.dana):
        assert not each.shows("report:"), each.screen()
    assert people.dana.last.splitlines()[-1] == "Zuletzt getippt: Cem Demir"
    await sqlite_world.clock.advance(days=8)
    assert people.cem.shows("report:")
    assert people.dana.shows("report:")


async def met(world, people):
    """Ben asked to meet Ana, and both want to; the introduction's id."""
    now = world.clock.now()
    pair = {"person_id": people.ben.row, "other_id": people.ana.row, "workshop_id": people.workshop}
    shown = Suggestion(why=Why.SAME, shown_at=now, **pair)
    await world.add(shown)
    sides = {"asker_id": people.ben.row, "asked_id": people.ana.row, "workshop_id": people.workshop}
    intro = Introduction(suggestion_id=shown.id, state=IntroState.BOTH, asked_at=now, expires_at=now, **sides)
    await world.add(intro)
    return intro.id


async def test_a_way_to_be_reached_that_the_office_gives_is_the_mps_not_the_others(sqlite_world):
    world = sqlite_world
    people = await house(world)
    number = await met(world, people)
    await people.cem.sends_button_data(f"contact:{number}")
    assert not people.cem.shows(f"contact_by:{number}:telegram")
    await people.cem.taps_data(f"contact_by:{number}:phone")
    await people.cem.says("030 1234567")
    assert "030 1234567" in people.ana.last
    (intro,) = await world.chosen(select(Introduction))
    assert (intro.asker_contact, intro.asked_contact) == (ContactKind.PHONE, None)
    assert await world.chosen(select(Person.id).where(Person.contact_phone.is_not(None))) == [people.ben.row]


async def test_whoever_is_in_the_office_does_not_use_up_an_invitation(sqlite_world):
    people = await house(sqlite_world, dana=False)
    await people.ben.sends_button_data("my_office")
    await people.ben.taps("Jemanden einladen")
    link = link_in(people.ben.newest)
    assert (await people.cem.start(link)).startswith("Sie handeln jetzt für Ben Albrecht")
    assert (await people.dana.start(link)).startswith("Handeln Sie für Ben Albrecht?")
