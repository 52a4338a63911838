"""Examples of the figures of `/stand`, whose groups are called by what they are told apart by."""

from collections.abc import Callable
from random import Random

from domain import topics
from domain.insight import OUTCOMES, QUARTERS, Measure, Progress, Step
from domain.nudging import Period
from domain.outcomes.organising.insight import FileKind, Insight, InsightFiled, InsightGroup, Look, Looked
from domain.places import LAENDER
from domain.roles import Role

Words = Callable[[str, Random], str]


def looked(rng: Random, look: Look, words: Words) -> Looked:
    names = {
        Look.ROLE: [*Role, ""],
        Look.LAND: [*LAENDER, ""],
        Look.TOPIC: [*topics.load().topics, ""],
    }.get(look) or [words("title", rng) for _ in range(3)]
    of_one = look is not Look.WORKSHOP and rng.random() < 0.5
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
    look = rng.choice(list(Look))
    return Insight(look, looked(rng, look, words), *rng.choice(((0, 1), (1, 3))))


def filed(rng: Random, words: Words) -> InsightFiled:
    look = rng.choice(list(Look))
    return InsightFiled(look, rng.choice(list(FileKind)), looked(rng, look, words))


BY_HAND = {Insight: insight, InsightFiled: filed, Looked: lambda rng, words: looked(rng, Look.ALL, words)}
