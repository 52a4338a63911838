"""A rehearsal: the real passes of the clock and the real texts, for two made-up people, in a database of their own."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from itertools import count
from secrets import token_bytes
from tempfile import TemporaryDirectory

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

import messages
from actions.contents import contents
from actions.exchange import delivery, order, outbox
from actions.exchange.addressing import address
from actions.exchange.operator import Calendars, Operator
from actions.exchange.turn import Turn
from actions.joining import consents
from actions.pledging import pledges
from actions.pledging.agreeing import agreeing
from actions.pledging.nudges import answers
from db.cipher import KEY_BYTES, Cipher
from db.models import (
    Base,
    CalendarUpload,
    Membership,
    Nudge,
    Outgoing,
    Person,
    Priority,
    Workshop,
)
from db.session import Database, open_database
from domain import consents as texts
from domain.calendar import instant
from domain.nudging import Period
from domain.outcomes.choices import Purpose
from domain.outcomes.pledging.nudges import Nudged
from domain.pledges import Acts, Side, Status
from domain.rehearsals import AFTERWARDS, Dummy, RehearsalPlan, RehearsedMessage
from domain.voice import Voice
from messages.organising import rehearsals
from scheduler import consequences
from scheduler.ticks import Ticks

_AGREED_AT = time(15)  # by the operator's clock: in the afternoon of the workshop
_PROMISER, _COUNTERPART = 1, 2  # the two, by id and by chat
_LOOK = 50  # rows looked at in one round
_OWNER = "rehearsal"
_LIKELY = {Side.PROMISER: Status.RUNNING, Side.COUNTERPART: Status.MOVING}


async def play(
    plan: RehearsalPlan, voice: Voice, calendars: Calendars, operator: Operator
) -> list[RehearsedMessage]:
    """All that the two would be sent, from the proposal on, in order, in this voice. `calendars`: the terms of the
    uploads that count.

    Nothing of it touches the bot's own database, and nobody is written to. It takes some seconds, in a thread.
    """
    return await asyncio.to_thread(lambda: asyncio.run(_played(plan, voice, calendars, operator)))


async def _played(
    plan: RehearsalPlan, voice: Voice, calendars: Calendars, operator: Operator
) -> list[RehearsedMessage]:
    with TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/rehearsal.db", Cipher(token_bytes(KEY_BYTES)))
        try:
            async with database.engines[0].begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            afternoon = instant(plan.made_on, _AGREED_AT, operator.zone)
            rehearsal = _Rehearsal(plan, voice, operator, database, afternoon)
            await rehearsal.agree(calendars)
            await rehearsal.walk()
            return rehearsal.said
        finally:
            await database.close()


@dataclass
class _Rehearsal:
    plan: RehearsalPlan
    voice: Voice
    operator: Operator
    database: Database
    now: datetime
    said: list[RehearsedMessage] = field(default_factory=list)
    _ids: "count[int]" = field(default_factory=lambda: count(1))
    _shown: dict[int, int] = field(default_factory=dict)  # the message of each row that was said

    async def agree(self, calendars: Calendars) -> None:
        """The one proposes, the other says yes."""
        async with self.database.writer.begin() as session:
            session.add_all(
                CalendarUpload(terms=terms, problems=[], made_at=self.now, confirmed_at=self.now)
                for terms in calendars
            )
            await self._bring_in(session)
        await self._act(_PROMISER, partial(agreeing.propose, pledge_id=1))
        await self._deliver()
        await self._act(_COUNTERPART, partial(agreeing.accept, pledge_id=1, revision=1))

    async def _bring_in(self, session: AsyncSession) -> None:
        made_up, day = rehearsals.made_up(self.voice), self.plan.made_on
        session.add(Workshop(code="PROBE", title=made_up.workshop, day=day, created_at=self.now))
        await session.flush()
        for number, (dummy, name) in enumerate(zip(self.plan.people, made_up.names, strict=True), _PROMISER):
            person = self._person(number, dummy, name)
            session.add(person)
            for purpose in (Purpose.CORE, Purpose.CARRIER):
                consents.answer(self._turn(session, person), texts.text(purpose, self.voice), given=True)
        await session.flush()
        author = await session.get_one(Person, _PROMISER)
        pledge = await pledges.begin_draft(self._turn(session, author), _COUNTERPART, workshop_id=1)
        pledge.acts, pledge.text, pledge.deadline = Acts.AUTHOR, made_up.sentence, self.plan.deadline

    def _person(self, number: int, dummy: Dummy, name: str) -> Person:
        return Person(
            id=number, chat_id=number, voice=self.voice, created_at=self.now, name=name, role=dummy.role,
            role_confirmed=True, place="", land=dummy.land, organisation="", paused=False,
            seeks_at=self.now, offers_at=self.now, finished_at=self.now, consents=[], interests=[],
            memberships=[Membership(workshop_id=1, joined_at=self.now)],
        )  # fmt: skip

    async def walk(self) -> None:
        """Go from one instant at which something falls due to the next, until all is over."""
        ticks = Ticks(self.database, self.operator, lambda: self.now, lambda: self.now, lambda: 0.0)
        end = instant(self.plan.deadline, _AGREED_AT, self.operator.zone) + AFTERWARDS
        while True:
            await self._deliver()
            await ticks.run_due()
            if await self._deliver():
                continue
            following = await ticks.next_due()
            if following is None or following > end:
                return
            self.now = following

    async def _deliver(self) -> bool:
        """Say what is due, and have it answered if that is planned. Returns whether anything was."""
        async with self.database.reader() as session:
            due = await order.candidates(session, self.now, self.now, _LOOK)
        if not due:
            return False
        async with self.database.writer.begin() as session:
            rows = await delivery.claim(session, [each.id for each in due], _OWNER, self.now, self.now)
        for row in rows:
            await self._say(row)
        if self.plan.answering:
            for row in rows:
                await self._answer(row)
        return True

    async def _say(self, row: Outgoing) -> None:
        message_id = next(self._ids)
        async with self.database.writer.begin() as session:
            said = await contents(session, row, self.now, self.operator)
            sent = consequences.sent(message_id, self.now)
            result = sent if said is not None else consequences.cancelled(outbox.WITHDRAWN)
            await delivery.record(session, row.id, _OWNER, result)
        if said is None or row.edits_message is not None or row.chat_id not in (_PROMISER, _COUNTERPART):
            return
        self._shown[row.id] = message_id
        message = messages.of(said.outcome, said.voice, said.today, asked=said.asked)
        rows = message.keyboard.inline_keyboard if message.keyboard is not None else ()
        labels = tuple(each.text for line in rows for each in line)
        reply = row.priority is Priority.REPLY
        self.said.append(
            RehearsedMessage(self.now, row.chat_id == _PROMISER, str(message.text), labels, reply)
        )

    async def _answer(self, row: Outgoing) -> None:
        if row.kind != Nudged.__name__ or row.id not in self._shown:
            return
        async with self.database.reader() as session:
            asked = select(Nudge.period).where(or_(Nudge.outbox_id == row.id, Nudge.again_id == row.id))
            periods = list(await session.scalars(asked))
        side = Side.PROMISER if row.chat_id == _PROMISER else Side.COUNTERPART
        for period in periods:
            status = Status.KEPT if period is Period.DEADLINE else _LIKELY[side]
            answer = partial(answers.report, pledge_id=1, period=period, status=status)
            await self._act(row.chat_id, answer, pressed=self._shown[row.id])

    async def _act(
        self, number: int, act: Callable[[Turn], Awaitable[None]], pressed: int | None = None
    ) -> None:
        async with self.database.writer.begin() as session:
            turn = self._turn(session, await session.get_one(Person, number))
            turn.pressed = pressed
            await act(turn)
            await address(session, turn)

    def _turn(self, session: AsyncSession, person: Person) -> Turn:
        return Turn(session, self.now, self.operator, person.id, person)
