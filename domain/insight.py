"""The figures of `/stand`: what is counted, and how the counts are rounded so that none of them gives anybody away.

Everything that is counted belongs to one workshop, and adds to a chain of figures, of which each is a part of the one
before: a promise that was kept adds to what was promised, answered and kept. Those that add to the same chain are one
cell. Whatever is told is a sum of rounded cells (`rounded`); nothing else leaves this module.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from domain.figures import FEW
from domain.nudging import Period
from domain.pledges import ENDINGS, Blocker, Status


class Step(StrEnum):
    """What is counted, in five chains that begin with the five in `WHOLES`."""

    JOINED = "joined"  # people
    PROFILE = "profile"
    SHOWN = "shown"  # cards of somebody, shown to somebody
    ASKED = "asked"  # who saw it said that they want to meet
    BOTH = "both"
    MET = "met"
    PROMISED = "promised"  # pledges that both agreed to
    RUNNING = "running"  # of: a quarter of its time
    OVER = "over"
    ANSWERED = "answered"
    PACE = "pace"  # of: the latest word about one that is running
    ENDED = "ended"  # of: how
    AGAIN = "again"  # the two have talked again, as one of them says
    PLANNED = "planned"  # questions
    NUDGED = "nudged"  # that were asked; of: the period
    REPLIED = "replied"  # of: the period
    BLOCKED = "blocked"  # pledges of which somebody said what is lacking; of: what was said last


WHOLES = (Step.JOINED, Step.SHOWN, Step.PROMISED, Step.PLANNED, Step.BLOCKED)
_ORDER = {step: number for number, step in enumerate(Step)}


class Measure(NamedTuple):
    """One figure; `of`: which of several like it."""

    step: Step
    of: str = ""


class Progress(StrEnum):
    """What was said last about a pledge that is running."""

    ONWARD = "onward"
    STUCK = "stuck"


class OtherEnding(StrEnum):
    """How pledges ended, besides the statuses that say so."""

    DIFFERENT = "different"  # the two see it differently
    UNSAID = "unsaid"  # neither has said how


QUARTERS = ("1", "2", "3", "4")
OUTCOMES = (*(status.value for status in ENDINGS), OtherEnding.DIFFERENT, OtherEnding.UNSAID)


class By(StrEnum):
    """What the figures can be told apart by; the workshop always is."""

    ROLE = "role"
    LAND = "land"
    TOPIC = "topic"


Chain = tuple[Measure, ...]


@dataclass(frozen=True)
class GroupCount:
    """So many of the same kind in a workshop.

    `chain`: the figures to which they add, the whole first. `group`: their role, Land or topic, if these are told
    apart; None: nobody said, or it is no longer known.
    """

    workshop_id: int
    chain: Chain
    number: int
    group: str | None = None


Cell = tuple[Chain, str]
"""A chain, and the group of it: a role, a Land or a topic; "" if it is in none."""

Figures = Mapping[Measure, int]
"""Figures as they may be told: each nothing, or a multiple of five."""


def rounded(counted: Iterable[GroupCount]) -> dict[int, dict[str, dict[Measure, int]]]:
    """The figures of each workshop and each group in it, as they may be told: for every view, this one way.

    Within a workshop the cells of a whole are rounded in a cascade: what they add up to, from the first to each, is cut
    to a multiple of five, and a cell is the step from one to the next. So parts always add up to their whole, whatever
    it is divided by, and workshops to all of them. Of a workshop that fewer than five people have joined nothing is
    told.

    What is told could be the truth: rounded again, it stays as it is. Whoever knows all of it, and this rule, cannot
    tell the two apart, and what is told has no figure, sum or difference from one to four (decision 48).
    """
    tables: defaultdict[int, Counter[Cell]] = defaultdict(Counter)
    for each in counted:
        tables[each.workshop_id][each.chain, each.group or ""] += each.number
    return {workshop_id: _told(cells) for workshop_id, cells in tables.items()}


def _told(cells: Counter[Cell]) -> dict[str, dict[Measure, int]]:
    told: defaultdict[str, Counter[Measure]] = defaultdict(Counter)
    if sum(number for (chain, _), number in cells.items() if chain[0].step is Step.JOINED) < FEW:
        return {}
    for whole in WHOLES:
        listed = sorted((cell for cell in cells if cell[0][0].step is whole), key=_in_order)
        numbers = cascade([cells[each] for each in listed])
        for (chain, group), number in zip(listed, numbers, strict=True):
            told[group].update(dict.fromkeys(chain, number))
    return {group: dict(figures) for group, figures in told.items()}


def _in_order(cell: Cell) -> tuple[list[tuple[int, str]], str]:
    """Cells that add to the same figure are next to each other, as far as possible: then its error is below five."""
    chain, group = cell
    return [(_ORDER[each.step], each.of) for each in chain], group


def cascade(numbers: Iterable[int]) -> list[int]:
    """Each number as a multiple of five, less than five away from it; so is each sum of neighbours, and the sum of all
    is never more than it was.
    """
    ends = [end // FEW * FEW for end in accumulate(numbers, initial=0)]
    return [end - begin for begin, end in pairwise(ends)]


def summed(of: Iterable[Figures]) -> Counter[Measure]:
    """What several groups or workshops come to."""
    together: Counter[Measure] = Counter()
    for each in of:
        together.update(each)
    return together


# --- what adds to which figure


def person(*, has_profile: bool) -> Chain:
    """Somebody who joined."""
    return _chain(Measure(Step.JOINED), Measure(Step.PROFILE) if has_profile else None)


def card(stage: int) -> Chain:
    """A card that was shown; `stage`: 0 no more, 1 the other was asked, 2 both said yes, 3 they met."""
    return tuple(Measure(step) for step in (Step.SHOWN, Step.ASKED, Step.BOTH, Step.MET)[: stage + 1])


def question(period: Period, *, asked: bool, answered: bool) -> Chain:
    """A question about a pledge. What was said before it was asked is no answer to it."""
    return _chain(
        Measure(Step.PLANNED),
        Measure(Step.NUDGED, period) if asked else None,
        Measure(Step.REPLIED, period) if asked and answered else None,
    )


def obstacle(blocker: Blocker) -> Chain:
    """A pledge that was stuck, and this was said last to be lacking. It is no part of how pledges went, which would cut
    these few into many cells.
    """
    return (Measure(Step.BLOCKED), Measure(Step.BLOCKED, blocker))


def running(quarter: str, said: frozenset[Status], *, answered: bool, again: bool) -> Chain:
    """A pledge that is not over; `said`: what each party said last."""
    stuck = not said.isdisjoint((Status.STUCK, Status.NOTHING))
    pace = Measure(Step.PACE, f"{quarter}{Progress.STUCK if stuck else Progress.ONWARD}")
    return _chain(
        Measure(Step.PROMISED),
        Measure(Step.ANSWERED) if answered else None,
        Measure(Step.RUNNING, quarter),
        pace if said else None,
        Measure(Step.AGAIN) if again else None,
    )


def over(said: frozenset[Status], *, answered: bool, again: bool) -> Chain:
    """A pledge that has ended; `said`: what each party said last."""
    endings = [status for status in ENDINGS if status in said]
    how = endings[0].value if len(endings) == 1 else OtherEnding.DIFFERENT if endings else OtherEnding.UNSAID
    return _chain(
        Measure(Step.PROMISED),
        Measure(Step.ANSWERED) if answered else None,
        Measure(Step.OVER),
        Measure(Step.ENDED, how),
        Measure(Step.AGAIN) if again else None,
    )


def _chain(*measures: Measure | None) -> Chain:
    return tuple(each for each in measures if each is not None)


def quarter(made_on: date, deadline: date, today: date) -> str:
    """In which quarter of its time a pledge is; the last one once its day is there, or past."""
    passed, whole = (today - made_on).days, max((deadline - made_on).days, 1)
    return QUARTERS[min(max(4 * passed // whole, 0), 3)]


# --- what follows from figures that are told


def share(figures: Figures, part: Measure, whole: Measure) -> int | None:
    """How many in a hundred; None of fewer than twenty, of which it would say more than is known."""
    of = figures.get(whole, 0)
    return round(100 * figures.get(part, 0) / of) if of >= _ENOUGH else None


_ENOUGH = 4 * FEW


def questions(figures: Figures) -> Counter[Measure]:
    """All questions together: those that were asked, and those that were answered."""
    together: Counter[Measure] = Counter()
    for measure, number in figures.items():
        if measure.step in (Step.NUDGED, Step.REPLIED):
            together[Measure(measure.step)] += number
    return together


def reply_rate(figures: Figures) -> int | None:
    """The share of questions that were answered, of all that were asked."""
    return share(questions(figures), Measure(Step.REPLIED), Measure(Step.NUDGED))
