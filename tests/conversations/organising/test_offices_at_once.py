"""Two in an office who answer differently at the same moment: one answer counts, and everybody reads which."""

import asyncio

from sqlalchemy import select

from db.models import Introduction, IntroState, PledgeEvent
from domain.history import EventKind
from domain.roles import Role
from tests.cast import BUS, guest
from tests.conversations.matching.introducing import asks, seeker_and_helper
from tests.conversations.offices import house, seated
from tests.conversations.pledges import proposes, state_of


async def test_a_yes_and_a_no_to_a_talk(world):
    ana, ben = await seeker_and_helper(world, role=Role.MP, role_confirmed=True)
    office = [await guest(world, 1, name, role=Role.OFFICE) for name in ("Cem Demir", "Dana Vogt")]
    for each in office:
        await seated(world, ben, each)
    await asks(ana)
    cem, dana = office
    await asyncio.gather(cem.taps_data("intro_yes:"), dana.taps_data("intro_no:"))
    await world.quiet()
    (state,) = await world.chosen(select(Introduction.state))
    assert state in (IntroState.BOTH, IntroState.DECLINED)
    met = state is IntroState.BOTH
    assert any("kennenlernen!" in each.text for each in ana.messages) is met, ana.screen()
    assert any("kennenlernen!" in each.text for each in ben.messages) is met, ben.screen()


async def test_a_yes_and_a_no_to_a_proposal(world):
    people = await house(world)
    number = await proposes(people.ana, people.ben, BUS)
    await asyncio.gather(
        people.cem.taps_data(f"accept:{number}:"), people.dana.taps_data(f"decline:{number}")
    )
    await world.quiet()
    said = await world.chosen(select(PledgeEvent.kind).order_by(PledgeEvent.id))
    assert said[1:] in ([EventKind.ACCEPTED], [EventKind.DECLINED])
    agreed = said[1] is EventKind.ACCEPTED
    assert await state_of(world, number) == ("active" if agreed else "declined")
    assert people.ana.last.startswith("Es gilt!") is agreed, people.ana.screen()
