"""A yes to a call for help, while something else happens to the call, on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from actions.pledging.help_calls import calling, helping
from actions.rights import erasure
from db.models import CallEnd, HelpCall, HelpRequest, Introduction, IntroState, Pledge, Suggestion
from domain.help_calls import HelpsBecause
from domain.nudging import Period
from domain.pledges import Blocker
from tests.actions.at_once.transactions import ANA, BEN, add, all_of, at_once, turn
from tests.cast import member, pledge_row
from tests.world import STARTS_AT

CEM, NUMBER, CALL, REQUEST = 3, 1, 1, 1
LATER = STARTS_AT + timedelta(days=5)


@pytest.fixture
async def called(database):
    """Ana is stuck with her pledge to Ben, and Cem is being asked."""
    async with database.writer.begin() as session:
        await session.execute(delete(Suggestion))  # their ids were chosen, and PostgreSQL counts from one
    await add(
        database,
        member(CEM, STARTS_AT, "Cem Demir"),
        pledge_row(1, ANA, BEN, STARTS_AT, id=NUMBER),
        HelpCall(
            pledge_id=NUMBER,
            person_id=ANA,
            period=Period.M1,
            topic="ehrenamt",
            blocker=Blocker.TIME,
            made_at=STARTS_AT,
            look_at=LATER,
        ),
        HelpRequest(
            call_id=CALL,
            person_id=CEM,
            because=HelpsBecause.OFFER,
            state=IntroState.ASKED,
            asked_at=STARTS_AT,
            expires_at=LATER,
        ),
    )
    return database


async def lends(session):
    await helping.say_yes(await turn(session, CEM), REQUEST)


async def refuses(session):
    await helping.say_no(await turn(session, CEM), REQUEST)


async def ends(session):
    pledge = await session.scalar(select(Pledge).where(Pledge.id == NUMBER).with_for_update())
    await calling.end(session, pledge, STARTS_AT)


async def erases(session):
    await erasure.forget(await turn(session, ANA))


async def met(database):
    return len(await all_of(database, Introduction.id))


async def test_a_yes_as_the_pledge_ends_comes_too_late(called):
    await at_once(called, ends, lends)
    assert (await all_of(called, HelpCall.end), await met(called)) == ([CallEnd.OVER], 0)


async def test_a_pledge_that_ends_as_somebody_says_yes_leaves_the_two_introduced(called):
    await at_once(called, lends, ends)
    assert (await all_of(called, HelpCall.end), await met(called)) == ([CallEnd.FOUND], 1)
    assert await all_of(called, HelpRequest.state) == [IntroState.BOTH]


async def test_a_no_of_somebody_else_in_the_office_undoes_no_yes(called):
    async def refused(session):
        try:
            await refuses(session)
        except helping.Refusal:
            await session.rollback()

    await at_once(called, lends, refused)
    assert (await all_of(called, HelpRequest.state), await met(called)) == ([IntroState.BOTH], 1)


async def test_a_yes_as_whoever_called_is_erased_introduces_nobody(called):
    async def lent(session):
        try:
            await lends(session)
        except helping.Refusal:
            await session.rollback()

    await at_once(called, erases, lent)
    assert await met(called) == 0
    assert await all_of(called, HelpCall.id) == []
