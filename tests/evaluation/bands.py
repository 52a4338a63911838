"""How the three bands do as they are shipped, and which thresholds the labelled texts propose."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from domain.topics import Guess
from domain.topics import bands as in_use
from domain.topics.understanding import Catalogue
from tests.evaluation.texts import Row

PRECISION = 0.95
"""Of what is taken without asking, this share shall be right."""
NOISE_TAKEN = 0.03
NOISE_ASKED = 0.25
GRID = [step / 2 for step in range(40, 200)]


@dataclass(frozen=True)
class Bands:
    """Shares of the texts that name a topic, then of the noise."""

    sure: float
    sure_right: float
    asked: float
    solved: float
    noise_sure: float
    noise_asked: float


def shipped(rows: Sequence[Row], catalogue: Catalogue) -> Bands:
    """The bands as `Catalogue.match` deals them: solved = taken rightly, or right among three buttons."""
    dealt = [(row, catalogue.match(row.text, limit=3)) for row in rows if not row.is_list]
    named = [(row, guesses) for row, guesses in dealt if not row.is_noise]
    noise = [(row, guesses) for row, guesses in dealt if row.is_noise]
    sure = [(row, guesses) for row, guesses in named if _band(guesses) == "sure"]
    return Bands(
        len(sure) / len(named),
        statistics.fmean(guesses[0].topic in row.gold for row, guesses in sure),
        statistics.fmean(_band(guesses) == "ask" for _, guesses in named),
        statistics.fmean(_solved(row, guesses) for row, guesses in named),
        statistics.fmean(_band(g) == "sure" and g[0].topic not in row.gold for row, g in noise),
        statistics.fmean(_band(guesses) == "ask" for _, guesses in noise),
    )


def propose(rows: Sequence[Row], catalogue: Catalogue, now: in_use.Bands) -> str:
    """The lowest thresholds that keep what is guaranteed: 95 % right, 3 % of noise taken, 25 % asked."""
    dealt = [(row, catalogue.match(row.text, limit=3)) for row in rows if not row.is_list]
    sure = next((score for score in GRID if _keeps(dealt, score)), GRID[-1])
    noise = [guesses[0].score if guesses else 0.0 for row, guesses in dealt if row.is_noise]
    ask = next(score for score in GRID if statistics.fmean(n >= score for n in noise) <= NOISE_ASKED)
    return f"sure_from={sure} (now {now.sure_from}), ask_from={min(ask, sure)} (now {now.ask_from})"


def lists(rows: Sequence[Row], catalogue: Catalogue) -> tuple[float, float]:
    """Of the subjects of lists: how many were found (taken or asked), and how many found ones are right."""
    found = right = wanted = 0
    for row in rows:
        if row.is_list:
            understood = catalogue.understand(row.text)
            first_asked = {guess.part: guess.topic for guess in reversed(understood.ask)}
            got = {guess.topic for guess in understood.sure} | set(first_asked.values())
            found, wanted, right = found + len(got), wanted + len(row.gold), right + len(got & row.gold)
    return right / max(wanted, 1), right / max(found, 1)


def _band(guesses: Sequence[Guess]) -> str:
    return guesses[0].certainty if guesses else "none"


def _solved(row: Row, guesses: Sequence[Guess]) -> bool:
    if _band(guesses) == "sure":
        return guesses[0].topic in row.gold
    return any(guess.certainty != "none" and guess.topic in row.gold for guess in guesses)


def _keeps(dealt: Sequence[tuple[Row, list[Guess]]], threshold: float) -> bool:
    noise = [bool(g) and g[0].score >= threshold and g[0].topic not in r.gold for r, g in dealt if r.is_noise]
    taken = [g[0].topic in r.gold for r, g in dealt if not r.is_noise and g and g[0].score >= threshold]
    return statistics.fmean(noise or [0]) <= NOISE_TAKEN and statistics.fmean(taken or [1]) >= PRECISION
