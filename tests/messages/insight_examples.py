"""Examples of the figures of `/stand`, whose groups are called by what they are told apart by."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from domain import topics
from domain.insight import OUTCOMES, QUARTERS, Measure, Progress, Step
from domain.nudging import Period
from domain.outcomes.organising.insight import Aspect, FileKind, Insight, InsightFiled, InsightGroup, Looked
from domain.outcomes.organising.reports import Report
from domain.outcomes.pledging.retrospectives import FiveLines, LineWords
from domain.places import LAENDER
from domain.pledges import Status
from domain.retrospectives import Line
from domain.roles import Role
from domain.wall import WallPledge

Words = Callable[[str, Random], str]
_DAY = date(2027, 7, 20)


def looked(rng: Random, look: Aspect, words: Words) -> Looked:
    names = {
        Aspect.ROLE: [*Role, ""],
        Aspect.LAND: [*LAENDER, ""],
        Aspect.TOPIC: [*topics.load().topics, ""],
    }.get(look) or [words("title", rng) for _ in range(3)]
    of_one = look is not Aspect.WORKSHOP and rng.random() < 0.5
    some = rng.sample(names, rng.choice((0, 1, min(8, len(names)))))
    groups = tuple(InsightGroup(str(name), figures(rng), 17 + n) for n, name in enumerate(some))
    title = words("title", rng) if of_one else None
    return Looked(17 if of_one else 0, title, 1 if of_one else 30, figures(rng), groups, may_widen=of_one)


def figures(rng: Random) -> dict[Measure, int]:
    most = rng.choice((0, 5, 995))
    of = {
        Step.RUNNING: QUARTERS,
        Step.ENDED: OUTCOMES,
        Step.PACE: [f"{quarter}{pace}" for quarter in QUARTERS for pace in Progress],
        **dict.fromkeys((Step.NUDGED, Step.REPLIED), Period),
    }
    return {
        Measure(step, str(each)): rng.randrange(0, most + 1, 5)
        for step in Step
        for each in of.get(step, ("",))
    }


def insight(rng: Random, words: Words) -> Insight:
    look = rng.choice(list(Aspect))
    return Insight(look, looked(rng, look, words), *rng.choice(((0, 1), (1, 3))))


def filed(rng: Random, words: Words) -> InsightFiled:
    look = rng.choice(list(Aspect))
    return InsightFiled(look, rng.choice(list(FileKind)), looked(rng, look, words))


def report(rng: Random, words: Words) -> Report:
    groups = {look: looked(rng, look, words).groups for look in (Aspect.TOPIC, Aspect.ROLE, Aspect.LAND)}
    told = {Step.JOINED: 40, Step.PROMISED: 15}
    of = {
        look: tuple(
            replace(each, figures={**each.figures, **{Measure(s): n for s, n in told.items()}})
            for each in some
        )
        for look, some in groups.items()
    }
    own = tuple(LineWords(line, "", words("text", rng)) for line in (Line.LEARNED, Line.NEXT))
    lines = FiveLines(words("text", rng), "", _DAY, (), (("", Status.KEPT), ("", Status.PARTLY)), own)
    pledge = WallPledge(words("text", rng), rng.random() < 0.5, _DAY)
    return Report(
        words("title", rng), _DAY, words("place", rng), "Werkstatt e.V.", _DAY, rng.choice((_DAY, date(2028, 1, 1))),
        figures(rng), of[Aspect.TOPIC], of[Aspect.ROLE], of[Aspect.LAND], (pledge,), (lines,),
    )  # fmt: skip


BY_HAND = {
    Insight: insight,
    InsightFiled: filed,
    Looked: lambda rng, words: looked(rng, Aspect.ALL, words),
    Report: report,
}
