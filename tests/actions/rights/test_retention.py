"""What people are told ends by itself does end: words, drafts, profiles."""

from datetime import date, timedelta

from sqlalchemy import func, select

from db.models import Outgoing, Person, Pledge
from domain.pledges import State
from tests.actions.rights.retaining import (
    DAY,
    DEADLINE,
    MADE,
    OWNER,
    at,
    both,
    names,
    run,
    said,
    words,
)
from tests.cast import agreed, consent


async def test_words_end_ninety_days_after_the_deadline_with_notice_to_both(database):
    await run(database, DEADLINE + timedelta(days=75))
    assert await said(database) == 0
    for _ in range(2):
        await run(database, DEADLINE + timedelta(days=76))
    assert await said(database) == 2
    await run(database, DEADLINE + timedelta(days=90))
    assert await words(database) == ["Ich rufe an.", ["Notiz"]]
    await run(database, DEADLINE + timedelta(days=91))
    assert await words(database) == [None, None]


async def test_after_a_long_downtime_words_wait_for_their_notice(database):
    late = DEADLINE + timedelta(days=120)
    await run(database, late)
    assert await said(database) == 2
    await run(database, late + timedelta(days=13))
    assert await words(database) == ["Ich rufe an.", ["Notiz"]]
    await run(database, late + timedelta(days=14))
    assert not any(await words(database))


async def test_a_profile_ends_nine_months_after_the_workshop_but_not_while_words_stand(database):
    await run(database, DEADLINE + timedelta(days=76))
    await run(database, date(2027, 10, 18))
    async with database.reader() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 2
    await run(database, date(2027, 10, 21))
    async with database.reader() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 0
        kinds = list(await session.scalars(select(Outgoing.kind).where(Outgoing.kind == "Erased")))
    assert len(kinds) == 2


async def test_what_was_never_made_ends_after_a_week(database):
    async with database.writer.begin() as session:
        pledge = (await session.scalars(select(Pledge))).one()
        pledge.state = State.DRAFT
    await run(database, DAY + timedelta(days=6))
    assert len(await words(database)) == 2
    await run(database, DAY + timedelta(days=8))
    assert await words(database) == []


async def test_who_took_the_core_consent_back_is_erased_after_a_week_unless_it_was_given_again(database):
    async with database.writer.begin() as session:
        one, other = (await session.scalars(select(Person).order_by(Person.id))).all()
        for person in (one, other):
            person.consents.append(consent(MADE, withdrawn_at=MADE))
        await session.flush()
        other.consents.append(consent(MADE))
    await run(database, DAY + timedelta(days=6))
    assert await names(database) == ["Name 1", "Name 2"]
    await run(database, DAY + timedelta(days=8))
    assert await names(database) == ["Name 2"]


async def test_a_withdrawal_counts_from_the_last_one(database):
    async with database.writer.begin() as session:
        one, _ = await both(session)
        one.consents[0].withdrawn_at = MADE
        await session.flush()
        one.consents.append(consent(MADE, withdrawn_at=at(DAY + timedelta(days=40))))
    await run(database, DAY + timedelta(days=46))
    assert await names(database) == ["Name 1", "Name 2"]
    await run(database, DAY + timedelta(days=48))
    assert await names(database) == ["Name 2"]


async def test_a_no_after_a_withdrawal_is_no_coming_back(database):
    async with database.writer.begin() as session:
        one, _ = await both(session)
        one.consents[0].withdrawn_at = MADE
        await session.flush()
        one.consents.append(consent(at(DAY + timedelta(days=2)), given=False))
    await run(database, DAY + timedelta(days=10))
    assert await names(database) == ["Name 2"]


async def test_who_never_came_to_a_workshop_goes_nine_months_after_joining_but_for_the_team(database):
    async with database.writer.begin() as session:
        session.add_all([agreed(77, MADE, name="Nie da"), agreed(OWNER, MADE, name="Team", yes=())])
    await run(database, date(2027, 10, 20))
    assert "Nie da" in await names(database)
    await run(database, date(2027, 10, 21))
    assert await names(database) == ["Name 1", "Name 2", "Team"]
