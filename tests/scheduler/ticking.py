"""Two people with a workshop, and a moment at which everything runs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from actions.exchange.operator import Operator
from db.models import (
    Introduction,
    Nudge,
    Outgoing,
    Priority,
    SendState,
    Suggestion,
)
from domain.nudging import Period
from domain.outcomes.matching import Why
from domain.voice import Voice
from scheduler.ticks import Ticks
from tests.cast import agreed, pledge_row, workshop_row

OPERATOR = Operator((), "Verein", "a@example.org", "stage_bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)
TUESDAY = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class World:
    """Two people with a workshop; `moment` is the time that everything runs at."""

    def __init__(self, database):
        self.database = database
        self.moment = TUESDAY
        self.monotonic = 0.0
        self.ticks = Ticks(
            database, OPERATOR, lambda: self.moment, lambda: self.moment, lambda: self.monotonic
        )

    async def add(self, *rows):
        async with self.database.writer.begin() as session:
            session.add_all(rows)
        return rows[0]

    async def all(self, kind):
        async with self.database.reader() as session:
            return (await session.scalars(select(kind))).all()

    async def count(self, kind):
        async with self.database.reader() as session:
            return await session.scalar(select(func.count()).select_from(kind))

    async def populate(self):
        await self.add(workshop_row(TUESDAY, id=1, day=date(2027, 2, 1)))
        await self.add(*(self.person(number) for number in (1, 2)))

    def person(self, number, **more):
        return agreed(5000 + number, TUESDAY, id=number, **more)

    async def question(self, due_at, person_id=1):
        """About a pledge of which nothing else will ever fall due."""
        pledge = await self.add(pledge_row(1, 1, 2, TUESDAY, text=None, deadline=None))
        return await self.add(
            Nudge(pledge_id=pledge.id, person_id=person_id, period=Period.M1, due_at=due_at)
        )

    async def introduction(self, state, expires_at):
        suggestion = await self.add(
            Suggestion(person_id=1, other_id=2, workshop_id=1, why=Why.SAME, shown_at=TUESDAY)
        )
        return await self.add(
            Introduction(
                workshop_id=1,
                asker_id=1,
                asked_id=2,
                suggestion_id=suggestion.id,
                state=state,
                asked_at=TUESDAY,
                expires_at=expires_at,
            )
        )

    def message(self, **columns):
        return Outgoing(
            **{
                "chat_id": 5001,
                "person_id": 1,
                "priority": Priority.REPLY,
                "kind": "Erased",
                "due_at": TUESDAY,
                "state": SendState.PENDING,
                "attempts": 0,
                "repeated": False,
                "created_at": TUESDAY,
                **columns,
            }
        )
