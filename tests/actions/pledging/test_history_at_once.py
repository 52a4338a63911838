"""The conditions in SQL, for many pledges at once, say what replaying one pledge's events says."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from actions.pledging import history
from db.cipher import Cipher
from db.models import Nudge, Pledge, PledgeEvent
from db.session import open_database
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import Status
from tests.cast import event_row, member, pledge_row, workshop_row
from tests.world import STARTS_AT as NOW

PLEDGES = 120
KINDS = (
    EventKind.SAID,
    EventKind.SAID,
    EventKind.SAID,
    EventKind.NOTED,
    EventKind.TAKEN_BACK,
    EventKind.DISAGREED,
)
PERIODS = (Period.M1, Period.M2, Period.DEADLINE)


def story(random, pledge, parties):
    """A few events of both, in which an ending is asked about as soon as it was said."""
    for number in range(random.randrange(9)):
        who, kind = random.choice(parties), random.choice(KINDS)
        at = NOW + timedelta(minutes=number)
        about = {} if kind is EventKind.DISAGREED else {"period": random.choice(PERIODS)}
        if kind is EventKind.SAID:
            about["status"] = random.choice((Status.RUNNING, Status.KEPT))
        yield event_row(pledge.id, who, kind, at, **about)
        if kind is EventKind.SAID and random.random() < 0.5:
            yield event_row(pledge.id, who, EventKind.ASKED, at, **about)


@pytest.fixture
async def session(database_url):
    """Many pledges of two people, with a question of each period to each."""
    random, database = Random(17), open_database(database_url, Cipher(b"k" * 32))
    async with database.writer() as session:
        session.add(workshop_row(NOW, id=1))
        await session.flush()
        session.add_all(member(n, NOW, f"Name {n}", id=n) for n in (1, 2))
        await session.flush()
        pledges = [pledge_row(1, 1, 2, NOW) for _ in range(PLEDGES)]
        session.add_all(pledges)
        await session.flush()
        for pledge in pledges:
            session.add_all(
                Nudge(pledge_id=pledge.id, person_id=who, period=period, due_at=NOW)
                for who in (1, 2)
                for period in PERIODS
            )
            for event in story(random, pledge, (1, 2)):
                session.add(event)
                await session.flush()
        yield session
        await session.rollback()
    await database.close()


async def test_both_ways_of_asking_agree(session):
    pledges = (await session.scalars(select(Pledge).order_by(Pledge.id))).all()
    given = {(p.id, who): (await history.answers(session, p, who)).given for p in pledges for who in (1, 2)}
    waiting = {
        (key, a.waits_since) for key, answers in given.items() for a in answers if a.waits_since is not None
    }
    asked = await session.execute(
        select(PledgeEvent.pledge_id, PledgeEvent.party_id, PledgeEvent.at).where(
            history.still_asks(PledgeEvent)
        )
    )
    assert {((pledge, who), at) for pledge, who, at in asked} == waiting
    assert 10 < len(waiting) < PLEDGES
    held = set(await session.scalars(select(Pledge.id).where(history.waits(Pledge.id))))
    assert held == {pledge for (pledge, _), _ in waiting}
    heard = set(await session.scalars(select(Pledge.id).where(history.has_answers(Pledge.id))))
    assert heard == {pledge for (pledge, _), answers in given.items() if answers}
    assert len(heard) < PLEDGES
    answered = await session.execute(
        select(Nudge.pledge_id, Nudge.person_id, Nudge.period).where(
            history.has_answered(Nudge.pledge_id, Nudge.person_id, Nudge.period)
        )
    )
    assert {tuple(row) for row in answered} == {
        (*key, a.period) for key, answers in given.items() for a in answers if a.status is not None
    }
