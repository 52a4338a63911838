"""`python -m tests.evaluation [tune] [--data FILE]`: how well people are understood and put together."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from domain.rounds import plan
from tests.evaluation import bands, people
from tests.evaluation.instances import instance
from tests.evaluation.matchers import METHODS
from tests.evaluation.texts import OWN, Figures, Row, measure, read

ROUNDS = ((60, 250), (150, 600))
LARGE_ROUND = (630, 3000)


def main() -> None:
    arguments = _arguments()
    rows = read([arguments.data] if arguments.data else OWN)
    if arguments.what == "tune":
        _say(bands.propose(rows))
        return
    _texts(rows)
    _bands(rows)
    _people(rows)
    _rounds((*ROUNDS, LARGE_ROUND) if arguments.large else ROUNDS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "tune"), default="all")
    parser.add_argument("--data", type=Path, help="a TSV file with the columns text, gold, and kind or track")
    parser.add_argument("--large", action="store_true", help="also plan a round of 630 x 3,000")
    return parser.parse_args()


def _texts(rows: Sequence[Row]) -> None:
    _say(f"{'understanding':28} {'rows':>5} {'top-1':>6} {'top-3':>6} {'underst.':>8} {'misund.':>8}")
    for name, build in METHODS.items():
        found = measure(build(), rows)
        _say(_line(name, found.mean) + f"   false positives {found.false_positives:.3f}"
             f" at {found.threshold:.1f}, {found.microseconds:.0f} µs")  # fmt: skip
        for kind, figures in found.kinds.items() if name == "ours" else ():
            _say(_line(f"  {kind}", figures))


def _line(name: str, figures: Figures) -> str:
    return (
        f"{name:28} {figures.rows:5} {figures.top1:6.3f} {figures.top3:6.3f}"
        f" {figures.understood:8.3f} {figures.misunderstood:8.3f}"
    )


def _bands(rows: Sequence[Row]) -> None:
    dealt = bands.shipped(rows)
    _say(
        f"\nbands as shipped: sure {dealt.sure:.3f} (right {dealt.sure_right:.3f}), asked {dealt.asked:.3f},"
        f" solved {dealt.solved:.3f}; noise sure {dealt.noise_sure:.3f}, asked {dealt.noise_asked:.3f}"
    )
    if any(row.is_list for row in rows):
        recall, precision = bands.lists(rows)
        _say(f"lists: recall {recall:.3f}, precision {precision:.3f}")


def _people(rows: Sequence[Row]) -> None:
    crowd = people.generate(rows)
    _say(f"\nranking {people.PEOPLE} generated people, nDCG@{people.SHOWN}")
    for name, scorer in people.SCORERS.items():
        _say(f"  text against text, {name:18} {people.ndcg(crowd, people.by_text(crowd, scorer)):.3f}")
    _say(f"  ours, over topics {'':19} {people.ndcg(crowd, people.by_topics(crowd)):.3f}")


def _rounds(sizes: Sequence[tuple[int, int]]) -> None:
    _say("\nround")
    for mps, makers in sizes:
        edges, caps_mps, caps_makers = instance(mps, makers, seed=1)
        started = time.perf_counter()
        found = plan(edges, caps_mps, caps_makers)
        seconds = time.perf_counter() - started
        score = sum(edge.score for edge in found.pairs)
        _say(
            f"  {mps} x {makers}, {len(edges)} pairs possible: {len(found.pairs)} planned, score {score:.1f},"
            f" left out {len(found.left_out_a)} + {len(found.left_out_b)}, {seconds:.3f} s"
        )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
