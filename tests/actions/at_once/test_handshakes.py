"""A handshake and two transactions at the same moment, on PostgreSQL."""

import pytest

from actions.pledging.drafting import drafting, handshakes
from db.models import Handshake, Pledge
from domain.outcomes.pledging.handshakes import HandshakeUnknown
from domain.pledges import State
from tests.actions.at_once.transactions import ANA, BEN, all_of, at_once, turn
from tests.cast import PAY, member, pledge_row
from tests.world import STARTS_AT

CEM = 3
CODE = "ABCDEFGHJK"


@pytest.fixture
async def held_out(database):
    """Ben holds out a sentence; Ana and Cem are in the workshop."""
    async with database.writer.begin() as session:
        session.add(member(CEM, STARTS_AT, "Cem Demir"))
        draft = {"state": State.DRAFT, "made_on": None, "text": PAY}
        session.add(pledge_row(1, BEN, None, STARTS_AT, id=1, **draft))
        await session.flush()
        day = STARTS_AT.date()
        session.add(Handshake(workshop_id=1, pledge_id=1, code=CODE, number=4729, day=day))
    return database


def opens(chat_id, results):
    """What this person is told if it opens nothing; None if it does."""

    async def open_(session):
        me = await turn(session, chat_id)
        handshake = await handshakes.by_code(me, CODE)
        results[chat_id] = await handshakes.open_by_link(me, handshake)

    return open_


async def test_of_two_who_scan_at_once_the_first_is_the_partner(held_out):
    results = {}
    await at_once(held_out, opens(ANA, results), opens(CEM, results))
    assert results == {ANA: None, CEM: HandshakeUnknown(joined=True)}
    assert await all_of(held_out, Pledge.partner_id) == [ANA]


async def test_nobody_opens_words_that_are_changed_at_the_same_moment(held_out):
    async def rewords(session):
        await drafting.receive_sentence(await turn(session, BEN), 1, "Ich rufe bis Mai an.")

    results = {}
    await at_once(held_out, rewords, opens(ANA, results))
    assert results == {ANA: HandshakeUnknown(joined=True)}
    assert await all_of(held_out, Pledge.state) == [State.DRAFT]
