"""How many pairs fall silent in six months, with and without the second question, and with and without the hint.

160 pledges of one workshop are asked about as the bot would do it: days and hours come from `plan` and `next_message`,
and the people are invented. Nobody has counted yet how often questions like ours are answered: every figure in
`Answering` is an assumption, and what the simulation says is how the variants compare, not what will happen. The mean
rate lies where surveys by e-mail lie (Cook, Heath and Thompson 2000, "A meta-analysis of response rates in web- or
internet-based surveys": 40 % on average).
"""

import heapq
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import fmean
from zoneinfo import ZoneInfo

from domain.calendar import instant, local_day
from domain.nudging import (
    Period,
    PledgeQuestion,
    Reader,
    deadline_for,
    earlier_than,
    next_message,
    plan,
)
from domain.nudging.periods import MONTHS
from domain.roles import Role

BERLIN = ZoneInfo("Europe/Berlin")
PLEDGES, MPS, MAKERS = 160, 30, 270
MADE_ON = date(2027, 4, 12)
LANDS = ("BE", "BB", "BY", "BW", "HE", "HH", "MV", "NI", "NW", "SN", "TH")
SEEDS = range(5)
_IN_A_ROW = 3


@dataclass(frozen=True)
class Answering:
    """How people answer, all of it assumed. `rate`: the mean chance that a question is answered; people differ by
    `spread` (of a beta distribution, the smaller the more). `again`: how much smaller the chance of the second question
    is. `tires`: what a question without an answer leaves of the chance of the next one. `speaks`: how many partners,
    unless they are silent themselves, talk to the silent one after a hint, and `woken`: the chance that those then
    answer a question.
    """

    rate: float = 0.4
    spread: float = 2.0
    again: float = 0.5
    tires: float = 0.8
    speaks: float = 0.5
    woken: float = 0.6


class Pair(StrEnum):
    """What was heard of the two in the last three questions, the deadline's among them."""

    BOTH = "both"
    ONE = "one"
    SILENT = "silent"


@dataclass
class _Person:
    """`chance`: of answering, without tiring; `tired`: what is left of it."""

    number: int
    reader: Reader
    chance: float
    tired: float = 1.0
    questions: list[PledgeQuestion] = field(default_factory=list)

    def next(self, now: datetime):
        return next_message(self.questions, self.reader, now)

    def change(self, *numbers: int, **columns):
        self.questions = [replace(q, **columns) if q.id in numbers else q for q in self.questions]

    def of(self, pledge: int):
        return [q for q in self.questions if q.pledge == pledge]


@dataclass(frozen=True)
class Found:
    """`pairs`: by what was heard of them. `messages`, `asked` (the questions in them), `answered`, `hints`: counts."""

    pairs: Counter
    messages: int
    asked: int
    answered: int
    hints: int


class SixMonths:
    """One run. The same seed brings the same people and pledges, whatever is asked."""

    def __init__(
        self, seed: int, *, again: bool, hint: bool, answering: Answering, pledges: int = PLEDGES
    ) -> None:
        self._people_by, self._chances = random.Random(f"people {seed}"), random.Random(f"chances {seed}")
        self._again, self._hint, self._answering = again, hint, answering
        self._people = [self._person(number) for number in range(MPS + MAKERS)]
        self._pledges: dict[int, tuple[_Person, _Person]] = {}
        self._hinted: set[tuple[int, int]] = set()
        self._woken: set[tuple[int, int]] = set()
        self._count: Counter[str] = Counter()
        for number in range(pledges):
            self._make(number)

    def _person(self, number: int) -> _Person:
        drawn, assumed = self._people_by, self._answering
        role = Role.MP if number < MPS else Role.TOWN_HALL
        reader = Reader(BERLIN, drawn.choice(LANDS), role)
        chance = drawn.betavariate(assumed.rate * assumed.spread, (1 - assumed.rate) * assumed.spread)
        return _Person(number, reader, chance)

    def _make(self, number: int) -> None:
        parties = (
            self._people[self._people_by.randrange(MPS)],
            self._people[self._people_by.randrange(MPS, MPS + MAKERS)],
        )
        self._pledges[number] = parties
        for side, person in enumerate(parties):
            planned = plan(MADE_ON, deadline_for(MADE_ON), zone=BERLIN, land=person.reader.land)
            person.questions += [
                PledgeQuestion((number * 2 + side) * len(Period) + n, number, each.period, each.due)
                for n, each in enumerate(planned)
            ]

    def run(self) -> Found:
        begins = instant(MADE_ON, time(18), BERLIN)
        agenda = [(begins, person.number) for person in self._people if person.questions]
        while agenda:
            now, number = heapq.heappop(agenda)
            if (then := self._turn(self._people[number], now)) is not None:
                heapq.heappush(agenda, (then, number))
        pairs = Counter(self._heard(number) for number in self._pledges)
        return Found(pairs, *(self._count[name] for name in ("messages", "asked", "answered", "hints")))

    def _turn(self, person: _Person, now: datetime) -> datetime | None:
        """Ask this person what is due now, and return when to look again; None: nothing is left to ask."""
        found = person.next(now)
        if found is None or (found.at is None and not found.passed_over):
            return None
        for number in found.passed_over:
            person.change(number, passed_over=True)
        if found.at is None:
            return now + timedelta(minutes=1)
        if found.why is not None:
            return max(found.at, now + timedelta(minutes=1))
        self._ask(person, found.first, found.again, now)
        return now + timedelta(hours=3)

    def _ask(self, person: _Person, first: tuple[int, ...], again: tuple[int, ...], now: datetime) -> None:
        self._count["messages"] += 1
        self._count["asked"] += len(first) + len(again)
        person.reader = replace(person.reader, last_asked=local_day(now, BERLIN))
        for question in [q for q in person.questions if q.id in (*first, *again)]:
            if question.id in again:
                person.change(question.id, asked_again_at=now)
            else:
                self._ask_first(person, question, now)
            self._perhaps_answer(person, question, now, again=question.id in again)

    def _ask_first(self, person: _Person, question: PledgeQuestion, now: datetime) -> None:
        never_again = {} if self._again else {"asked_again_at": now}
        person.change(question.id, asked_at=now, **never_again)
        before = [q.id for q in person.of(question.pledge) if q.period in earlier_than(question.period)]
        person.change(*before, passed_over=True)
        self._perhaps_hint(person, question.pledge)

    def _perhaps_answer(
        self, person: _Person, question: PledgeQuestion, now: datetime, *, again: bool
    ) -> None:
        assumed = self._answering
        woken = (person.number, question.pledge) in self._woken
        chance = max(person.chance * person.tired, assumed.woken if woken else 0.0)
        if self._chances.random() < chance * (assumed.again if again else 1.0):
            self._count["answered"] += 1
            person.tired = 1.0
            heard = [q.id for q in person.of(question.pledge)]
            person.change(question.id, answered=True)
            person.change(*heard, heard_on=local_day(now, BERLIN))
        elif not again:
            person.tired *= assumed.tires

    def _perhaps_hint(self, person: _Person, pledge: int) -> None:
        """Three monthly questions in a row without a word: the partner hears of it, once."""
        asked = [q for q in person.of(pledge) if q.asked_at is not None and q.period in MONTHS]
        silent = [not q.answered for q in asked[:-1]][-_IN_A_ROW:]
        silence = person.number, pledge
        if not self._hint or silence in self._hinted or silent != [True] * _IN_A_ROW:
            return
        self._hinted.add(silence)
        self._count["hints"] += 1
        (partner,) = (each for each in self._pledges[pledge] if each is not person)
        partner_hears = (partner.number, pledge) not in self._hinted
        if partner_hears and self._chances.random() < self._answering.speaks:
            self._woken.add(silence)

    def _heard(self, pledge: int) -> Pair:
        heard = 0
        for person in self._pledges[pledge]:
            asked = [q for q in person.of(pledge) if q.asked_at is not None]
            heard += any(q.answered for q in asked[-_IN_A_ROW:])
        return (Pair.SILENT, Pair.ONE, Pair.BOTH)[heard]


VARIANTS = {
    "asked once": {"again": False, "hint": False},
    "asked once, hint": {"again": False, "hint": True},
    "asked again": {"again": True, "hint": False},
    "asked again, hint": {"again": True, "hint": True},
}
"""What is compared."""


def compare(seeds: Iterable[int], answering: Answering, pledges: int = PLEDGES) -> dict[str, list[Found]]:
    """Each variant with the same people and pledges, once for each seed."""
    return {
        name: [SixMonths(seed, answering=answering, pledges=pledges, **what).run() for seed in seeds]
        for name, what in VARIANTS.items()
    }


def lines(seeds: Sequence[int] = SEEDS, answering: Answering | None = None) -> Iterator[str]:
    """The comparison to read, means over the seeds."""
    assumed = answering or Answering()
    yield f"{PLEDGES} pledges over six months, means of {len(seeds)} runs; assumed, not measured: {assumed}"
    yield f"  {'':18} {'both heard':>10} {'one heard':>10} {'silent':>7} {'messages':>9} {'answered':>9} {'hints':>6}"
    for name, runs in compare(seeds, assumed).items():
        pairs = (fmean(run.pairs[pair] for run in runs) for pair in Pair)
        both, one, silent = pairs
        messages, hints = fmean(run.messages for run in runs), fmean(run.hints for run in runs)
        answered = sum(run.answered for run in runs) / sum(run.asked for run in runs)
        yield f"  {name:18} {both:10.1f} {one:10.1f} {silent:7.1f} {messages:9.0f} {answered:9.2f} {hints:6.1f}"
