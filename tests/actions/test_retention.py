"""What people are told ends by itself does end: words, drafts, profiles."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from actions import retention
from actions.house import House
from db.cipher import Cipher
from db.migrate import upgrade
from db.models import Consent, Membership, Outgoing, Person, Pledge, Report, Workshop
from db.session import open_database
from domain.nudging import Period
from domain.outcomes.choices import Purpose
from domain.pledges import Acts, State, Status
from domain.voice import Voice

HOUSE = House(frozenset(), "Team", "", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)
DAY = date(2027, 1, 20)
DEADLINE = date(2027, 7, 20)
MADE = datetime(2027, 1, 20, 12, tzinfo=UTC)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)  # in office hours, winter and summer


@pytest.fixture
async def database(database_url):
    upgrade(database_url)
    opened = open_database(database_url, Cipher(b"k" * 32))
    async with opened.writer.begin() as session:
        workshop = Workshop(code="ABC123", title="Werkstatt", day=DAY, created_at=MADE)
        people = [
            Person(
                chat_id=n,
                voice=Voice.DU,
                created_at=MADE,
                name=f"Name {n}",
                memberships=[],
                consents=[],
                interests=[],
            )
            for n in (1, 2)
        ]
        session.add_all([workshop, *people])
        await session.flush()
        for person in people:
            person.memberships.append(Membership(workshop_id=workshop.id, joined_at=MADE))
        pledge = Pledge(
            workshop_id=workshop.id, author_id=people[0].id, partner_id=people[1].id, acts=Acts.AUTHOR,
            text="Ich rufe an.", state=State.ACTIVE, deadline=DEADLINE, created_at=MADE, made_on=DAY,
        )  # fmt: skip
        session.add(pledge)
        await session.flush()
        session.add(
            Report(
                pledge_id=pledge.id,
                person_id=people[0].id,
                period=Period.M1,
                status=Status.RUNNING,
                notes=["Notiz"],
                at=MADE,
            )
        )
    yield opened
    await opened.close()


async def run(database, day: date) -> None:
    async with database.writer.begin() as session:
        await retention.run(session, at(day), HOUSE)


async def said(database) -> int:
    async with database.reader() as session:
        return await session.scalar(select(func.count()).where(Outgoing.kind == "TextEnding")) or 0


async def words(database) -> list[str | list[str] | None]:
    async with database.reader() as session:
        return [*(await session.scalars(select(Pledge.text))), *(await session.scalars(select(Report.notes)))]


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
            person.consents.append(consent(withdrawn_at=MADE))
        await session.flush()
        other.consents.append(consent(withdrawn_at=None))
    await run(database, DAY + timedelta(days=6))
    assert await names(database) == ["Name 1", "Name 2"]
    await run(database, DAY + timedelta(days=8))
    assert await names(database) == ["Name 2"]


def consent(withdrawn_at: datetime | None) -> Consent:
    return Consent(
        purpose=Purpose.CORE,
        given=True,
        version=1,
        sha256="0" * 64,
        voice=Voice.DU,
        at=MADE,
        withdrawn_at=withdrawn_at,
    )


async def names(database) -> list[str | None]:
    async with database.reader() as session:
        return list(await session.scalars(select(Person.name).order_by(Person.id)))
