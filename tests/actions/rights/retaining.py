"""Two people with a promise and a note to it, and the pass that ends what ends."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from actions.exchange.operator import Operator
from actions.rights import pruning, retention
from db.models import Consent, Membership, Outgoing, Person, Pledge, Report, Workshop
from domain.nudging import Period
from domain.outcomes.choices import Purpose
from domain.pledges import Acts, State, Status
from domain.voice import Voice

OWNER = 9
OPERATOR = Operator(frozenset({OWNER}), "Team", "", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)
DAY = date(2027, 1, 20)
DEADLINE = date(2027, 7, 20)
MADE = datetime(2027, 1, 20, 12, tzinfo=UTC)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)  # in office hours, winter and summer


def person(chat_id, **more):
    given = {"voice": Voice.DU, "created_at": MADE, "memberships": [], "consents": [], "interests": []}
    return Person(chat_id=chat_id, **{**given, **more})


async def populate(session):
    workshop = Workshop(code="ABC123", title="Werkstatt", day=DAY, created_at=MADE)
    agreed = (Purpose.CORE, Purpose.CARRIER)
    people = [person(n, name=f"Name {n}", consents=[consent(p) for p in agreed]) for n in (1, 2)]
    session.add_all([workshop, *people])
    await session.flush()
    for each in people:
        each.memberships.append(Membership(workshop_id=workshop.id, joined_at=MADE))
    pledge = Pledge(
        workshop_id=workshop.id, author_id=people[0].id, partner_id=people[1].id, acts=Acts.AUTHOR,
        text="Ich rufe an.", state=State.ACTIVE, deadline=DEADLINE, created_at=MADE, made_on=DAY,
    )  # fmt: skip
    session.add(pledge)
    await session.flush()
    session.add(report(pledge, people[0], "Notiz"))


def report(pledge, who, note):
    return Report(
        pledge_id=pledge.id, person_id=who.id, period=Period.M1, status=Status.RUNNING, notes=[note], at=MADE
    )


def consent(purpose=Purpose.CORE, **more):
    given = {"given": True, "version": 1, "sha256": "0" * 64, "voice": Voice.DU, "at": MADE}
    return Consent(purpose=purpose, **{**given, **more})


async def run(database, day):
    async with database.writer.begin() as session:
        await retention.run(session, at(day), OPERATOR)


async def prune(database, day):
    async with database.writer.begin() as session:
        await pruning.run(session, at(day), OPERATOR)


async def both(session):
    return (await session.scalars(select(Person).order_by(Person.id).limit(2))).all()


async def the_promise(session):
    return (await session.scalars(select(Pledge))).one()


async def stay_on(database):
    """A later workshop of both, so that their profiles do not end first."""
    async with database.writer.begin() as session:
        later = Workshop(code="ABC124", title="W2", day=date(2029, 1, 1), created_at=MADE)
        session.add(later)
        await session.flush()
        for each in await both(session):
            each.memberships.append(Membership(workshop_id=later.id, joined_at=MADE))


async def said(database, kind="TextEnding"):
    async with database.reader() as session:
        return await session.scalar(select(func.count()).where(Outgoing.kind == kind)) or 0


async def words(database):
    async with database.reader() as session:
        return [*(await session.scalars(select(Pledge.text))), *(await session.scalars(select(Report.notes)))]


async def names(database):
    async with database.reader() as session:
        return list(await session.scalars(select(Person.name).order_by(Person.id)))
