"""When words end next: the clock that is moved by months stops there, so that they end on their day."""

from datetime import UTC, datetime, timedelta

from actions.rights import retention
from db.models import SendState
from tests.actions.rights.retaining import (
    DEADLINE,
    OPERATOR,
    at,
    both,
    names,
    pass_at,
    said,
    settle,
    stay_on,
    words,
)
from tests.cast import consent

QUIET = timedelta(minutes=30)


async def _walk(database, now, until):
    """Stop at each instant that is named, as a moved clock does, and let notices arrive; those at which something was
    different.
    """
    stops = []
    while True:
        async with database.reader() as session:
            due = await retention.next_due(session, now, OPERATOR)
        if due is None or due > until:
            return stops
        assert due > now
        now, before = due, await _seen(database)
        await pass_at(database, now)
        await settle(database, state=SendState.SENT, sent_at=now)
        stops += [now] if await _seen(database) != before else []


async def _seen(database):
    return await said(database), await words(database), await names(database)


async def test_the_notice_and_the_end_of_words_are_both_stopped_at(database):
    await stay_on(database)
    notice = datetime(2027, 10, 4, 8, tzinfo=UTC)  # 76 days after 20 July, ten in the morning in Berlin
    end = datetime(2027, 10, 18, 22, tzinfo=UTC)  # the midnight after 90 days
    assert await _walk(database, at(DEADLINE), at(DEADLINE) + timedelta(days=365)) == [notice, end]


async def test_who_took_the_consent_back_is_erased_after_exactly_a_week(database):
    back = at(DEADLINE) + timedelta(days=1)
    async with database.writer.begin() as session:
        ana, _ = await both(session)
        ana.consents.append(consent(back, given=False))
    (week,) = await _walk(database, back, back + timedelta(days=30))
    assert week == back + timedelta(days=7)
    assert await names(database) == ["Name 2"]
