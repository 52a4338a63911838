"""The notice before words are deleted: their days count from its arrival, and the day it names is the day it is."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select, update

from actions.contents import contents
from actions.exchange import outbox
from actions.rights import notices
from db.models import Consent, Outgoing, Person, Pledge, SendState
from domain.outcomes.choices import Purpose
from tests.actions.rights.retaining import DEADLINE, OPERATOR, at, pass_at, run, said, settle, stay_on, words

NOTICE = DEADLINE + timedelta(days=76)
ENDS = DEADLINE + timedelta(days=91)
UNREACHABLE = {"state": SendState.DEAD, "error": "unreachable"}


@pytest.fixture
async def lasting(database):
    """Their profiles do not end before the words do."""
    await stay_on(database)
    return database


async def gone(database, since):
    """The second of both cannot be reached."""
    async with database.writer.begin() as session:
        await session.execute(update(Person).where(Person.chat_id == 2).values(unreachable_since=since))


async def first_passes(database, **of_the_second):
    """On the day of the notice the first gets it, and this becomes of the second's."""
    await pass_at(database, at(NOTICE))
    async with database.writer.begin() as session:
        second = (Outgoing.kind == "TextEnding", Outgoing.chat_id == 2)
        await session.execute(update(Outgoing).where(*second).values(**of_the_second))
    await settle(database, state=SendState.SENT, sent_at=at(NOTICE))


async def kept(database, day):
    await run(database, day)
    return any(await words(database))


async def days_named(database, day):
    """What each notice says at this moment, by chat; edits aside."""
    async with database.reader() as session:
        rows = await session.scalars(
            select(Outgoing).where(Outgoing.kind == "TextEnding").order_by(Outgoing.id)
        )
        return {row.chat_id: (await contents(session, row, at(day), OPERATOR)).outcome.on for row in rows}


async def test_the_day_named_is_the_first_without_the_words(lasting):
    await run(lasting, NOTICE)
    assert await days_named(lasting, NOTICE) == {1: ENDS, 2: ENDS}
    assert await kept(lasting, ENDS - timedelta(days=1))
    assert not await kept(lasting, ENDS)


async def test_a_late_notice_names_a_later_day_and_that_day_is_kept(lasting):
    late = ENDS + timedelta(days=2)  # "löschen sich am 30. Juli", said on 1 August
    await run(lasting, late)
    named = late + timedelta(days=14)
    assert await days_named(lasting, late) == {1: named, 2: named}
    assert await kept(lasting, named - timedelta(days=1))
    assert not await kept(lasting, named)


async def test_a_notice_on_its_way_lets_nothing_end(lasting):
    await first_passes(lasting, not_before=at(ENDS))
    async with lasting.writer.begin() as session:
        await session.execute(update(Outgoing).where(Outgoing.chat_id == 2).values(state=SendState.PENDING))
    await pass_at(lasting, at(ENDS))
    assert any(await words(lasting))


async def test_who_was_away_and_is_back_is_told_again_and_the_other_reads_the_later_day(lasting):
    await first_passes(lasting, **UNREACHABLE)
    await gone(lasting, at(NOTICE))
    await run(lasting, NOTICE + timedelta(days=3))
    assert await said(lasting) == 2, "nobody is asked again while away"
    await gone(lasting, None)
    back = NOTICE + timedelta(days=10)
    await run(lasting, back)
    named = back + timedelta(days=14)
    assert await days_named(lasting, back) == {1: named, 2: named}
    async with lasting.reader() as session:
        edits = (await session.scalars(select(Outgoing).where(Outgoing.edits_row.is_not(None)))).all()
    assert [each.chat_id for each in edits] == [1]
    assert await kept(lasting, named - timedelta(days=1))
    assert not await kept(lasting, named)


async def test_who_does_not_come_back_keeps_no_words(lasting):
    await first_passes(lasting, **UNREACHABLE)
    await gone(lasting, at(NOTICE))
    assert await kept(lasting, ENDS - timedelta(days=1))
    assert not await kept(lasting, ENDS)


async def test_who_took_telegram_back_counts_as_one_who_cannot_be_reached(lasting):
    await first_passes(lasting, state=SendState.CANCELLED, error="withdrawn")
    async with lasting.writer.begin() as session:
        of_two = (Consent.purpose == Purpose.CARRIER, Consent.person_id == 2)
        await session.execute(update(Consent).where(*of_two).values(withdrawn_at=at(NOTICE)))
    await run(lasting, NOTICE + timedelta(days=1))
    assert await said(lasting) == 2
    assert not await kept(lasting, ENDS)


async def test_a_notice_that_perhaps_arrived_is_given_again(lasting):
    await first_passes(lasting, state=SendState.UNDECIDED)
    again = NOTICE + timedelta(days=1)
    await run(lasting, again)
    assert await kept(lasting, ENDS - timedelta(days=1))
    assert not await kept(lasting, again + timedelta(days=15))


async def test_what_can_never_be_worded_ends_nevertheless(lasting):
    """A damaged row is no reason to keep it for ever."""
    await first_passes(lasting, state=SendState.DEAD, error="fault")
    assert not await kept(lasting, ENDS)
    async with lasting.reader() as session:
        assert await session.scalar(select(Pledge.text)) is None


LAST = [
    {"state": SendState.SENT}, {"state": SendState.PENDING}, {"state": SendState.UNDECIDED}, UNREACHABLE,
    {"state": SendState.CANCELLED, "error": "withdrawn"}, {"state": SendState.DEAD, "error": "too long"}, None,
]  # fmt: skip
BEFORE = [None, {"state": SendState.SENT}, UNREACHABLE]
PEOPLE = [{"chat_id": 2}, {"unreachable_since": at(NOTICE)}, {"chat_id": None}]


async def test_the_pass_finds_the_pledges_of_which_it_would_tell_somebody(lasting):
    await pass_at(lasting, at(NOTICE))
    await settle(lasting, state=SendState.SENT, sent_at=at(NOTICE))
    compared = {
        (number, place, person): await _found_and_told(lasting, LAST[number], BEFORE[place], PEOPLE[person])
        for number, place, person in product(range(len(LAST)), range(len(BEFORE)), range(len(PEOPLE)))
    }
    assert not {case for case, (found, told) in compared.items() if found != told}
    assert {found for found, _ in compared.values()} == {True, False}


async def _found_and_told(database, last, before, person):
    """Whether the pass finds the pledge, and whether it would owe anything about it, for a second who is such."""
    async with database.writer() as session:
        pledge = await session.scalar(select(Pledge))
        await _as_if(session, last, before, person)
        found = [*await notices.giving(at(NOTICE), OPERATOR).find(session)]
        await notices._tell(session, pledge, at(NOTICE))
        told = bool(outbox.owed_in(session))
        await session.rollback()
    return bool(found), told


async def _as_if(session, last, before, person):
    """The second is such, and had a notice `before` the last one, of which this became; no `last`: had none at all."""
    second = (Outgoing.kind == "TextEnding", Outgoing.chat_id == 2)
    notice = await session.scalar(select(Outgoing).where(*second))
    if last is None:
        await session.delete(notice)
    else:
        columns = {each.key: getattr(notice, each.key) for each in Outgoing.__table__.columns}
        session.add(Outgoing(**{**columns, "id": notice.id + 100, "key": None, **last}))
        for name, value in (before or {"kind": "Ready"}).items():
            setattr(notice, name, value)
    await session.flush()
    await session.execute(update(Person).where(Person.chat_id == 2).values(**person))
