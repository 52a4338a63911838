"""The tick: one idempotent pass over all that falls due by the clock, and the instant of the next due thing."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from actions.exchange import delivery, file_ends, passes
from actions.exchange.addressing import address
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Sweep
from actions.matching import afterwards, asking_again, introductions, looking
from actions.organising import code_alarms
from actions.organising.broadcasts import broadcast_reports, late_copies, running, stopping
from actions.organising.care import care_passes
from actions.organising.inquiries import inquiry_reminders
from actions.organising.offices import office_ends
from actions.organising.pledge_moments import moment_passes
from actions.organising.programme import programme_reminders
from actions.organising.reports import report_news
from actions.organising.rounds import rounds
from actions.organising.roundtables import roundtable_ends
from actions.pledging.agreeing import beginning, waiting
from actions.pledging.endings import retrospective_closing, tacit_ends
from actions.pledging.help_calls import calling, pledge_topics
from actions.pledging.nudges import nudges, unsent_questions
from actions.pledging.silences import hints, unreachable
from actions.rights import pruning, pruning_sent, requests, retention
from db.session import TROUBLE, Database, rewrite
from domain.error_reports import describe
from scheduler import due, meters

log = logging.getLogger(__name__)

_LATELY = 3600.0  # seconds
_LAST_LOOK = "the last look"
_CLEANED_AFTER = timedelta(hours=1)


class Ticks:
    """`now` is the time that people live by, `machine` the one for leases, `monotonic` the one that nobody can set."""

    def __init__(
        self,
        database: Database,
        operator: Operator,
        now: Callable[[], datetime],
        machine: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._database = database
        self._operator = operator
        self._now = now
        self._machine = machine
        self._one_at_a_time = asyncio.Lock()
        self._ended: datetime | None = None
        self.have_ended = asyncio.Event()
        """Set once all that was over at the start has ended, as far as it could."""
        self._is_clean = True
        self._cleaned_at = machine()
        self._given_up: set[str] = set()
        self._failed: dict[str, frozenset[int]] = {}
        self._monotonic = monotonic
        self._done_at = monotonic()
        self._jumped_at = monotonic()
        self.clock_jumped = 0
        """By how many seconds the machine's clock was set the last time; 0: never since the start."""

    async def run_due(self) -> None:
        """Do all that is due now. Each step, and each thing that a pass changes, is a transaction of its own; if one
        fails, it is logged and the rest still run.
        """
        async with self._one_at_a_time:
            now, began = self._now(), self._monotonic()
            if not self.have_ended.is_set():
                await self._end_what_ends(now)
                self.have_ended.set()
            await self._all(self._steps(now))
            await self._end_what_ends(now)
            self._done_at = self._monotonic()
            meters.TICK_SECONDS.observe(self._done_at - began)
            meters.TICKS_FAILED.inc(bool(self._given_up))

    async def keep_informed(self) -> None:
        """Go on with running broadcasts and pledge moments, and update their progress, which people watch."""
        async with self._one_at_a_time:
            await self._all(self._broadcasts(self._now()))

    async def next_due(self) -> datetime | None:
        """The earliest instant after now at which something falls due, None if nothing is planned."""
        async with self._database.reader() as session:
            return await due.next_due(session, self._now(), self._operator)

    @property
    def failed_rows(self) -> int:
        """How many things the latest passes could not change."""
        return sum(map(len, self._failed.values()))

    @property
    def failed_steps(self) -> int:
        """How many steps failed the last time they were tried."""
        return len(self._given_up)

    @property
    def jumped_lately(self) -> int:
        """By how many seconds the machine's clock was set, if that was in the last hour."""
        return self.clock_jumped if self._monotonic() - self._jumped_at < _LATELY else 0

    def note_jump(self, seconds: int) -> None:
        """Note that the machine's clock was moved by this many seconds."""
        self.clock_jumped, self._jumped_at = seconds, self._monotonic()

    @property
    def seconds_ago(self) -> float:
        """How long ago the last tick was done, by a clock that nobody can set."""
        return self._monotonic() - self._done_at

    def _steps(self, now: datetime) -> dict[str, Pass | Sweep]:
        return {
            "set back": delivery.catching_up(now, self._machine()),
            "pauses": requests.ending_pauses(now, self._operator),
            "unsent": unsent_questions.freeing(),
            "nudges": nudges.asking(now, self._operator),
            "beginnings": beginning.asking(now, self._operator),
            "tacit ends": tacit_ends.ending(now, self._operator),
            "retrospectives": retrospective_closing.closing(now, self._operator),
            "hints": hints.telling(now, self._operator),
            "topics": pledge_topics.understanding(now, self._operator),
            "round tables": roundtable_ends.deciding(now, self._operator),
            "past round tables": roundtable_ends.forgetting(now),
            "help calls": calling.asking(now, self._operator),
            "code alarms": code_alarms.raising(now, self._operator),
            "offices": office_ends.ending(now),
            "reports": report_news.telling(now, self._operator),
            "care": care_passes.reminding(now, self._operator),
            "care monthly": care_passes.noting(now, self._operator),
            "inquiries": inquiry_reminders.reminding(now, self._operator),
            "programme": programme_reminders.reminding(now, self._operator),
            "files": file_ends.deleting(now),
            "exports left": file_ends.asking(now),
            "unreachable": unreachable.telling(now, self._operator),
            "amendments": waiting.lapsing(now, self._operator),
            "quiet proposals": waiting.telling(now, self._operator),
            "introductions": introductions.closing(now, self._operator),
            "second questions": asking_again.asking(now, self._operator),
            "meetings": afterwards.asking(now, self._operator),
            "second expiries": asking_again.closing_second(now),
            "suggestions": looking.keeping_looking(now, self._operator),
            **self._broadcasts(now),
            "leases": delivery.giving_up_leases(self._machine()),
            "rounds": rounds.dropping(now),
            "erased": pruning.forgetting_erased(),
        }

    def _broadcasts(self, now: datetime) -> dict[str, Pass | Sweep]:
        return {
            "broadcasts set out": running.starting(now, self._operator),
            "broadcasts go on": running.owing(now, self._operator),
            "late copies": late_copies.owing(now, self._operator),
            "moments": moment_passes.asking(now, self._operator),
            "moments counted": moment_passes.informing(now, self._operator),
            "broadcasts taken back": stopping.taking_back(now),
            "broadcasts": broadcast_reports.informing(now),
        }

    async def _end_what_ends(self, now: datetime) -> None:
        """Run retention and pruning once in each hour of the clock. When they, or an erasure, have deleted something,
        and once in each of the machine's hours for what people did away with themselves, rewrite SQLite's file, so that
        no byte of what was deleted is left in it.
        """
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._ended != hour:
            ends: dict[str, Pass | Sweep] = {
                **retention.passes(now, self._operator),
                "pruning": pruning.pruning(now, self._operator),
                "sent": pruning_sent.pruning(now),
            }
            self._ended = hour if await self._all(ends, deleting=True) else None
        if not self._is_clean or abs(self._machine() - self._cleaned_at) >= _CLEANED_AFTER:
            await self._clean()

    async def _clean(self) -> None:
        """Not with each stop of a clock that is moved on: afterwards all statements have to be prepared anew."""
        try:
            self._is_clean = await rewrite(self._database)
            self._cleaned_at = self._machine()
        except TROUBLE as error:
            log.warning("tick: the file was not written anew: %s", describe(error))

    async def _all(self, steps: Mapping[str, Pass | Sweep], *, deleting: bool = False) -> bool:
        """Do all of them, whichever fails. Returns whether none failed as a whole; single things of a pass may have.

        `deleting`: what they change leaves something in SQLite's file.
        """
        waiting, given_up = deque(steps.items()), False
        while waiting:
            try:
                if due := await self._pass_by(waiting, steps):
                    self._is_clean &= not deleting
                    await self._change(*waiting[0], due)
                    self._given_up.discard(waiting.popleft()[0])
            except Exception as error:  # noqa: BLE001 - the next tick tries again
                name = waiting.popleft()[0] if waiting else _LAST_LOOK
                log.error("tick: %s failed: %s", name, describe(error))  # noqa: TRY400
                self._given_up.add(name)
                given_up = True
        return not given_up

    async def _pass_by(
        self, waiting: deque[tuple[str, Pass | Sweep]], steps: Mapping[str, Pass | Sweep]
    ) -> list[int]:
        """Drop those at the front that find nothing to do, as most do, in one read transaction. Returns what the
        next one has found.
        """
        async with self._database.reader() as session:
            done = await passes.without_work(session, steps)
            while waiting:
                name, step = waiting[0]
                if name not in done and (due := list(await step.find(session))):
                    return due
                self._note(name, {})
                self._given_up.discard(waiting.popleft()[0])
        self._given_up.discard(_LAST_LOOK)
        return []

    async def _change(self, name: str, step: Pass | Sweep, due: Sequence[int]) -> None:
        if isinstance(step, Pass):
            self._note(name, await passes.change_all(self._database, step, due))
            return
        async with self._database.writer.begin() as session:
            await step.change(session)
            await address(session)
            erased = session.info.pop("erased", False)
        self._is_clean &= not erased

    def _note(self, name: str, failed: Mapping[int, Exception]) -> None:
        """Keep what failed for whoever asks. It is logged the first time, not with every tick."""
        before, self._failed[name] = self._failed.get(name, frozenset()), frozenset(failed)
        for number, error in failed.items():
            if number not in before:
                log.error("tick: %s failed for %s: %s", name, number, describe(error))
