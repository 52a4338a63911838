"""Looking back while the other does something to the same lines, on PostgreSQL."""

import pytest

from actions.pledging.endings import retrospectives
from db.models import PledgeEvent
from domain.history import EventKind
from domain.pledges import State
from domain.retrospectives import Line, retrospective
from tests.actions.at_once.transactions import ANA, BEN, add, all_of, at_once, turn
from tests.cast import event_row, pledge_row
from tests.world import STARTS_AT

NUMBER, VERSION = 1, 1


@pytest.fixture
async def ended(database):
    """A pledge of Ana's with Ben that has ended, and whose lines nobody has touched."""
    await add(
        database,
        pledge_row(1, ANA, BEN, STARTS_AT, id=NUMBER, state=State.ENDED, ended_at=STARTS_AT),
        event_row(NUMBER, BEN, EventKind.ENDED, STARTS_AT),
    )
    return database


def approves(who):
    """The lines as they were at first."""

    async def approve(session):
        await retrospectives.approve(await turn(session, who), NUMBER, VERSION)

    return approve


def words(who):
    async def word(session):
        await retrospectives.receive_words(await turn(session, who), NUMBER, Line.LEARNED, "Früh anrufen.")

    return word


async def found(database):
    async with database.reader() as session:
        return retrospective(await retrospectives.history.events(session, NUMBER))


async def test_two_who_approve_at_once_close_it_once(ended):
    await at_once(ended, approves(ANA), approves(BEN))
    kinds = await all_of(ended, PledgeEvent.kind)
    assert (kinds.count(EventKind.RETRO_APPROVED), kinds.count(EventKind.RETRO_CLOSED)) == (2, 1)


async def test_nobody_approves_words_that_are_just_being_written(ended):
    await at_once(ended, words(BEN), approves(ANA))
    assert not (await found(ended)).approvals


async def test_words_written_while_the_other_approves_are_asked_about(ended):
    await at_once(ended, approves(ANA), words(BEN))
    lines = await found(ended)
    assert (dict(lines.approvals), lines.upset, lines.closed_at) == ({}, True, None)


async def test_a_yes_that_comes_while_the_other_declines_closes_nothing(ended):
    async def declines(session):
        await retrospectives.decline(await turn(session, BEN), NUMBER)

    await at_once(ended, declines, approves(ANA))
    lines = await found(ended)
    assert (lines.declined_by, dict(lines.approvals)) == (BEN, {})
