"""Labelled texts, and how well a matcher puts them on topics."""

import csv
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
OWN = (FOLDER / "labels.tsv", FOLDER / "own.tsv")
TITLES = FOLDER / "titles.tsv"
"""Titles of motions and long small talk, in two halves: the rules for long texts were made with A in view."""
NOISE = "NONE"
FALSE_POSITIVES = 0.05

Matcher = Callable[[str], list[tuple[str, float]]]


@dataclass(frozen=True)
class Row:
    """A text, the topics that are right for it (any of them), and what kind of text it is."""

    kind: str
    text: str
    gold: frozenset[str]

    @property
    def is_noise(self) -> bool:
        return NOISE in self.gold

    @property
    def is_list(self) -> bool:
        return self.kind == "list"


@dataclass(frozen=True)
class Figures:
    """Shares of the rows that name a topic; at a threshold where 5 % of the noise gets a topic."""

    rows: int
    top1: float
    top3: float
    understood: float
    misunderstood: float


@dataclass(frozen=True)
class Measured:
    kinds: dict[str, Figures]
    threshold: float
    false_positives: float
    microseconds: float

    @property
    def mean(self) -> Figures:
        """Of the kinds, each counting the same however many rows it has."""
        kinds = list(self.kinds.values())
        shares = [[k.top1, k.top3, k.understood, k.misunderstood] for k in kinds]
        return Figures(
            sum(k.rows for k in kinds), *(statistics.fmean(column) for column in zip(*shares, strict=True))
        )


def read(paths: Iterable[Path]) -> list[Row]:
    """Rows of TSV files with the columns `text`, `gold` and `kind` (or `track`)."""
    rows = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                kind = line.get("kind") or line["track"]
                gold = frozenset(line["gold"].replace("+", ",").split(","))
                rows.append(Row(kind, line["text"].replace("\\n", "\n"), gold))
    return rows


def titles() -> list[Row]:
    """The titles, with the small talk of `OWN` as well, so that long and short texts are judged by one threshold."""
    return [*read([TITLES]), *(row for row in read(OWN) if row.is_noise)]


def measure(match: Matcher, rows: Sequence[Row]) -> Measured:
    """Lists are left out: they are measured apart."""
    answers, seconds = [], []
    single = [row for row in rows if not row.is_list]
    for row in single:
        started = time.perf_counter()
        answers.append(match(row.text)[:3])
        seconds.append(time.perf_counter() - started)
    pairs = list(zip(single, answers, strict=True))
    threshold = _threshold(pairs)
    noise = [_wrongly_taken(row, answer, threshold) for row, answer in pairs if row.is_noise]
    named = [(row, answer) for row, answer in pairs if not row.is_noise]
    kinds = {
        kind: _figures([pair for pair in named if pair[0].kind == kind], threshold)
        for kind in dict.fromkeys(row.kind for row, _ in named)
    }
    return Measured(kinds, threshold, statistics.fmean(noise or [0]), statistics.median(seconds) * 1e6)


Pair = tuple[Row, list[tuple[str, float]]]


def _threshold(pairs: Sequence[Pair]) -> float:
    """The lowest score at which at most 5 % of the noise would get a topic."""
    noise = [(row, answer) for row, answer in pairs if row.is_noise]
    scores = sorted(
        (answer[0][1] for row, answer in noise if answer and answer[0][0] not in row.gold), reverse=True
    )
    spare = int(FALSE_POSITIVES * len(noise))
    return scores[spare] + 1e-9 if spare < len(scores) else 0.0


def _wrongly_taken(row: Row, answer: list[tuple[str, float]], threshold: float) -> bool:
    return bool(answer) and answer[0][1] >= threshold and answer[0][0] not in row.gold


def _figures(pairs: Sequence[Pair], threshold: float) -> Figures:
    first = [bool(answer) and answer[0][0] in row.gold for row, answer in pairs]
    taken = [bool(answer) and answer[0][1] >= threshold for _, answer in pairs]
    return Figures(
        len(pairs),
        statistics.fmean(first),
        statistics.fmean(any(topic in row.gold for topic, _ in answer) for row, answer in pairs),
        statistics.fmean(right and took for right, took in zip(first, taken, strict=True)),
        statistics.fmean(took and not right for right, took in zip(first, taken, strict=True)),
    )
