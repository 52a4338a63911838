"""Six months of a workshop: its people, their pledges, and what goes wrong meanwhile, all drawn from one seed."""

from datetime import timedelta

from sqlalchemy import select

from actions.exchange.turn import Turn
from actions.pledging.nudges import nudges
from db.models import Outgoing, SendState
from domain.history import EventKind
from domain.nudging import deadline_for
from domain.outcomes.pledging.nudges import Nudged
from stage.ledger import Phone
from tests.cast import event_row, member, pledge_row
from tests.faults.engine import MortalEngine
from tests.faults.line import Line
from tests.faults.processes import Fate
from tests.faults.telegram_faults import FAULTS
from tests.machine.engine import BERLIN

DAYS = 215  # six months and the weeks in which the last endings are agreed on
_ONE_CALL_IN = 60  # meets a fault
_ONE_WAIT_IN = 4_000  # is the last of its process
_ONE_STOP_IN = 15  # the machine is off, for up to three days
_ANSWERS = 0.3  # of the questions, which is a usual rate
_PASSING = [fault for fault in FAULTS.values() if fault.again]


class Moody(Line):
    """One call in so many fails, in any way that passes. `in_doubt`: the chats where the last one may have arrived: a
    second doubt about the same message may cost it, as is promised.
    """

    dice = None
    ambiguous = 0

    def __init__(self, engine):
        super().__init__(engine)
        self.in_doubt = set()

    def taken(self, chat):
        if self.dice is None or chat in self.in_doubt or self.dice.randrange(_ONE_CALL_IN):
            return None
        fault = self.dice.choice(_PASSING)
        if not fault.sure:
            self.ambiguous += 1
            self.in_doubt.add(chat)
        return fault.happens


class Mortality(Fate):
    """It strikes at any wait, by chance, unless something is in doubt already."""

    def __init__(self, dice):
        super().__init__()
        self._dice = dice
        self.is_spared = lambda: False

    def strikes(self):
        self.waits += self.begun
        strikes = self.begun and not self._dice.randrange(_ONE_WAIT_IN) and not self.is_spared()
        self.died += strikes
        return strikes


class Workshop(MortalEngine):
    line = Moody

    def __init__(self, ground, dice):
        super().__init__(ground, Mortality(dice))
        self.dice = dice
        # What was ever called sent, and the questions among it: chat, message; and until when that is known.
        self.noted, self.asked, self._known_until = set(), set(), self.moment

    async def gathers(self, people, pledges):
        """Everybody has joined, and pairs drawn at random have agreed to a pledge today."""
        at, today = self.moment, self.moment.astimezone(BERLIN).date()
        async with self.database.writer.begin() as session:
            rows = [self._member(number) for number in range(people)]
            session.add_all(rows)
            await session.flush()
            for number in range(pledges):
                one, other = self.dice.sample(rows, 2)
                words = f"Ich rufe Frau Kanari{number:03}x im Bauamt an."
                pledge = pledge_row(
                    1, one.id, other.id, at, text=words, made_on=today, deadline=deadline_for(today)
                )
                session.add(pledge)
                await session.flush()
                session.add(event_row(pledge.id, one.id, EventKind.PROPOSED, at))
                session.add(event_row(pledge.id, other.id, EventKind.ACCEPTED, at))
                await nudges.plan(Turn(session, at, self.operator, one.chat_id, one), pledge)

    def _member(self, number):
        phone = Phone(id=self.stage.ledger.free_user_id(), first_name="Gast", started=True)
        self.stage.ledger.add_phone(phone)
        return member(phone.id, self.moment, f"Gast Nummer{number}", announcements=False)

    def begins(self):
        self.telegram.dice = self.dice
        self.fate.is_spared = lambda: self.telegram.in_doubt
        super().begins()

    async def lives(self, days):
        """Whatever falls due is asked, some answer at once, and now and then the machine is off."""
        until, heard = self.moment + timedelta(days=days), 0
        while (due := await self.ticks.next_due()) is not None and due < until:
            self.moment = max(self.moment, due)
            if not self.dice.randrange(_ONE_STOP_IN):
                self.skip(timedelta(hours=self.dice.randrange(1, 72)))
            await self.tick()
            new, heard = self.stage.ledger.sent[heard:], len(self.stage.ledger.sent)
            for each in new:
                if self.dice.random() < _ANSWERS:
                    await self._answers(each["chat_id"], each["message_id"])
            await self.notes()
        self.moment = max(self.moment, until)

    async def _answers(self, chat, message):
        """Taps any answer under the message, if it asks."""
        record = self.stage.ledger.chats[chat].messages[message]
        buttons = [
            each["callback_data"] for row in _keyboard(record) for each in row if "callback_data" in each
        ]
        if offered := [data for data in buttons if data.startswith("report:")]:
            await self.taps(chat, message, self.dice.choice(offered))

    async def _comes_back(self):
        await super()._comes_back()
        in_doubt = Outgoing.state.in_((SendState.SENDING, SendState.UNKNOWN))
        self.telegram.in_doubt |= set(await self.rows(select(Outgoing.chat_id).where(in_doubt)))

    async def notes(self):
        """What was sent since the last time, before it is pruned; nothing is in doubt any more."""
        self.telegram.in_doubt.clear()
        columns = (Outgoing.chat_id, Outgoing.message_id, Outgoing.kind)
        sent = (
            Outgoing.state == SendState.SENT,
            Outgoing.sent_at >= self._known_until,
            Outgoing.edits_row.is_(None),
            Outgoing.edits_message.is_(None),
        )
        self._known_until = self.moment
        for chat, message, kind in await self.all(select(*columns).where(*sent)):
            self.noted.add((chat, message))
            if kind == Nudged.__name__:
                self.asked.add((chat, message))


def _keyboard(record):
    return record.body.get("reply_markup", {}).get("inline_keyboard", [])
