"""Made-up rounds of realistic size: MPs and Gestalter:innen with topics, some of them much in demand."""

import random

from domain.rounds import Edge

TOPICS, LEAST = 120, 0.02


Caps = dict[int, int]


def instance(mps: int, makers: int, seed: int) -> tuple[list[Edge], Caps, Caps]:
    """Edges and both sides' caps (MPs 3 to 6 conversations, makers 1 to 3); makers count from 100000."""
    luck = random.Random(seed)
    demand = [1 / (place + 1) ** 0.7 for place in range(TOPICS)]

    def some_topics() -> set[int]:
        return set(luck.choices(range(TOPICS), demand, k=luck.randint(1, 3)))

    def profile() -> tuple[set[int], set[int]]:
        return some_topics(), some_topics()

    left = {number: profile() for number in range(mps)}
    right = {100_000 + number: profile() for number in range(makers)}
    edges = [
        Edge(a, b, score / 9)
        for a, (seeks, offers) in left.items()
        for b, (wants, has) in right.items()
        if (score := 2 * len(wants & offers) + len(has & seeks) + luck.random() * LEAST) > 1
    ]
    return (
        edges,
        {number: luck.randint(3, 6) for number in left},
        {number: luck.randint(1, 3) for number in right},
    )
