"""Taking over, while something else happens to the same entry, on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.exchange.turn import Turn
from actions.intake import conversation
from actions.pledging.endings import retrospectives
from actions.pledging.entered import reporting, taking_over
from actions.rights import entries, team_entries
from db import personal_codes
from db.models import Nudge, Person, PersonalCode, Pledge, PledgeEvent
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import State, Status
from domain.versions import version_of
from tests.actions.at_once.transactions import ANA, BEN, OPERATOR, all_of, at_once, turn
from tests.cast import agreed, event_row, member, pledge_row
from tests.world import OWNER, STARTS_AT

CEM, ENTERED, CODE, VERSION = 3, 50, 1, 1


@pytest.fixture
async def entry(database):
    """Ana has entered somebody, with whom she has a pledge; Ben and Cem have opened the link for them."""
    async with database.writer.begin() as session:
        session.add(member(CEM, STARTS_AT, "Cem Demir"))
        await session.flush()
        session.add(agreed(None, STARTS_AT, yes=(), id=ENTERED, name="Dora Wolf", entered_by_id=ANA))
        await session.flush()
        session.add(pledge_row(1, ANA, ENTERED, STARTS_AT, id=1))
        await session.flush()
        question = {"period": Period.M1, "due_at": STARTS_AT}
        session.add_all(Nudge(pledge_id=1, person_id=each, **question) for each in (ANA, ENTERED))
        made = await personal_codes.make(session, ENTERED, STARTS_AT, STARTS_AT + timedelta(days=30))
        for each in (BEN, CEM):
            await taking_over.ask(await turn(session, each), made)
    return database


def accepts(chat_id):
    async def accept(session):
        await taking_over.accept(await turn(session, chat_id), CODE)

    return accept


async def reports(session):
    await reporting.report(await turn(session, ANA), 1, Period.M1, Status.MOVING)


async def deletes(session):
    await entries.delete(await turn(session, ANA), 1)


async def test_of_two_who_accept_at_once_the_first_takes_over(entry):
    await at_once(entry, accepts(BEN), accepts(CEM))
    assert await all_of(entry, Pledge.partner_id) == [BEN]
    assert await all_of(entry, PersonalCode.id) == []
    assert ENTERED not in await all_of(entry, Person.id)


async def test_what_is_reported_at_that_moment_is_taken_over_too(entry):
    await at_once(entry, reports, accepts(BEN))
    async with entry.reader() as session:
        said = await session.scalars(select(PledgeEvent).where(PledgeEvent.kind == EventKind.SAID))
        assert [(each.party_id, each.actor_id, each.reported) for each in said] == [(BEN, ANA, True)]


async def test_nothing_is_reported_of_somebody_who_has_just_taken_over(entry):
    await at_once(entry, accepts(BEN), reports)
    assert EventKind.SAID not in await all_of(entry, PledgeEvent.kind)


async def team_deletes(session):
    """As a lane does: a refusal is an answer."""
    orga = Turn(session, STARTS_AT, OPERATOR, OWNER, None)
    columns = select(Person.name, Person.organisation).where(Person.id == ENTERED)
    seen = [version_of(name or "", of or "") for name, of in await session.execute(columns)]
    try:
        async with session.begin_nested():
            await team_entries.delete(orga, ENTERED, *(seen or (0,)))
    except conversation.REFUSALS as refusal:
        await conversation.refuse(orga, refusal)


@pytest.mark.parametrize("delete", [deletes, team_deletes])
async def test_an_entry_that_is_being_deleted_is_not_taken_over(entry, delete):
    await at_once(entry, delete, accepts(BEN))
    assert await all_of(entry, Pledge.partner_id) == [None]
    assert await all_of(entry, Person.id) == [ANA, BEN, CEM]


@pytest.mark.parametrize("delete", [deletes, team_deletes])
async def test_an_entry_that_is_being_taken_over_is_not_deleted(entry, delete):
    await at_once(entry, accepts(BEN), delete)
    assert await all_of(entry, Pledge.partner_id) == [BEN]


@pytest.fixture
async def looking_back(entry):
    """Their pledge has ended, and Ana has approved the lines."""
    async with entry.writer.begin() as session:
        pledge = await session.get(Pledge, 1)
        pledge.state, pledge.ended_at = State.ENDED, STARTS_AT
        session.add(event_row(1, None, EventKind.ENDED, STARTS_AT))
        await session.flush()
        session.add(event_row(1, ANA, EventKind.RETRO_APPROVED, STARTS_AT))
    return entry


async def reports_yes(session):
    await retrospectives.approve_for_entered(await turn(session, ANA), 1, VERSION)


async def test_a_yes_that_is_reported_as_they_take_over_is_theirs(looking_back):
    await at_once(looking_back, reports_yes, accepts(BEN))
    async with looking_back.reader() as session:
        said = select(PledgeEvent.party_id).where(PledgeEvent.kind == EventKind.RETRO_APPROVED)
        assert set(await session.scalars(said)) == {ANA, BEN}


async def test_no_yes_is_reported_of_somebody_who_has_just_taken_over(looking_back):
    await at_once(looking_back, accepts(BEN), reports_yes)
    kinds = await all_of(looking_back, PledgeEvent.kind)
    assert (kinds.count(EventKind.RETRO_APPROVED), EventKind.RETRO_CLOSED in kinds) == (1, False)
