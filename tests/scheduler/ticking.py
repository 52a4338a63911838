"""Two people with a workshop, and a moment at which everything runs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from actions.exchange.operator import Operator
from db.models import (
    Consent,
    Introduction,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Priority,
    SendState,
    Suggestion,
    Workshop,
)
from domain.nudging import Period
from domain.outcomes.choices import Purpose
from domain.outcomes.matching import Why
from domain.pledges import State
from domain.voice import Voice
from scheduler.ticks import Ticks

OPERATOR = Operator((), "Verein", "a@example.org", "stage_bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)
TUESDAY = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def consent(purpose, **more):
    given = {"given": True, "version": 1, "sha256": "0" * 64, "voice": Voice.DU, "at": TUESDAY}
    return Consent(purpose=purpose, **{**given, **more})


class World:
    """Two people with a workshop; `moment` is the time that everything runs at."""

    def __init__(self, database):
        self.database = database
        self.moment = TUESDAY
        self.ticks = Ticks(database, OPERATOR, lambda: self.moment, lambda: self.moment)

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
        await self.add(Workshop(id=1, code="BERLIN", title="Tag", day=date(2027, 2, 1), created_at=TUESDAY))
        await self.add(*(self.person(number) for number in (1, 2)))

    def person(self, number, **more):
        agreed = [consent(purpose) for purpose in (Purpose.CORE, Purpose.CARRIER)]
        return Person(
            id=number,
            chat_id=5000 + number,
            voice=Voice.DU,
            created_at=TUESDAY,
            **{"paused": False, "consents": agreed, **more},
        )

    async def question(self, due_at, person_id=1):
        pledge = await self.add(
            Pledge(
                workshop_id=1,
                author_id=1,
                partner_id=2,
                state=State.ACTIVE,
                created_at=TUESDAY,
                worded_by_author=True,
                revision=1,
                talk_settled=False,
            )
        )
        return await self.add(
            Nudge(
                pledge_id=pledge.id, person_id=person_id, period=Period.M1, due_at=due_at, passed_over=False
            )
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
