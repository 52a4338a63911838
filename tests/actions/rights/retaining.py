"""Two people with a pledge and a note to it, and the pass that ends what ends."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from actions.exchange import passes
from actions.exchange.operator import Operator
from actions.rights import pruning, pruning_sent, retention
from db.models import Membership, Outgoing, Person, Pledge, PledgeEvent, SendState
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import Status
from domain.voice import Voice
from tests.cast import agreed, event_row, pledge_row, workshop_row

OWNER = 9
OPERATOR = Operator(frozenset({OWNER}), "Team", "", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)
DAY = date(2027, 1, 20)
DEADLINE = date(2027, 7, 20)
MADE = datetime(2027, 1, 20, 12, tzinfo=UTC)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)  # in office hours, winter and summer


async def populate(session):
    workshop = workshop_row(MADE)
    session.add(workshop)
    await session.flush()
    people = [agreed(n, MADE, name=f"Name {n}", workshop_id=workshop.id) for n in (1, 2)]
    session.add_all(people)
    await session.flush()
    pledge = pledge_row(workshop.id, *(each.id for each in people), MADE, deadline=DEADLINE)
    session.add(pledge)
    await session.flush()
    said = event_row(pledge.id, people[0].id, EventKind.SAID, MADE, period=Period.M1, status=Status.RUNNING)
    session.add_all([said, note_row(pledge, people[0], "Notiz")])


def note_row(pledge, who, note):
    return event_row(pledge.id, who.id, EventKind.NOTED, MADE, period=Period.M1, notes=[note])


async def run(database, day):
    """All that ends on this day, and every notice that it owes arrives."""
    await pass_at(database, at(day))
    await settle(database, state=SendState.SENT, sent_at=at(day))


async def settle(database, **columns):
    """What became of the notices that were on their way."""
    going = (Outgoing.kind == "TextEnding", Outgoing.state == SendState.PENDING)
    async with database.writer.begin() as session:
        await session.execute(update(Outgoing).where(*going).values(**columns))


async def pass_at(database, now):
    """One pass over all that ends, which must not fail for anybody."""
    for each in retention.passes(now, OPERATOR).values():
        assert await passes.run(database, each) == {}


async def prune(database, day):
    """As a tick does: only if a look finds something."""
    sweep = pruning.pruning(at(day), OPERATOR)
    async with database.reader() as session:
        found = list(await sweep.find(session))
    if found:
        async with database.writer.begin() as session:
            await sweep.change(session)
    assert await passes.run(database, pruning_sent.pruning(at(day))) == {}


async def both(session):
    return (await session.scalars(select(Person).order_by(Person.id).limit(2))).all()


async def the_pledge(session):
    return (await session.scalars(select(Pledge))).one()


async def stay_on(database):
    """A later workshop of both, so that their profiles do not end first."""
    async with database.writer.begin() as session:
        later = workshop_row(MADE, code="GHJKLM", day=date(2029, 1, 1))
        session.add(later)
        await session.flush()
        for each in await both(session):
            each.memberships.append(Membership(workshop_id=later.id, joined_at=MADE))


async def said(database, kind="TextEnding"):
    async with database.reader() as session:
        return await session.scalar(select(func.count()).where(Outgoing.kind == kind)) or 0


async def words(database):
    async with database.reader() as session:
        noted = select(PledgeEvent.notes).where(PledgeEvent.kind == EventKind.NOTED)
        return [*(await session.scalars(select(Pledge.text))), *(await session.scalars(noted))]


async def names(database):
    async with database.reader() as session:
        return list(await session.scalars(select(Person.name).order_by(Person.id)))
