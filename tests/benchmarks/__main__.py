"""`python -m tests.benchmarks`: an update's round trip, Mutmacher beside bare python-telegram-bot and aiogram.

Nothing here passes or fails: machines differ, ratios within one run say more. The contenders take turns, in another
order each time. What Mutmacher does more per message: it stores the update before it confirms it, works it in a
transaction, owes the answer as a row, and sends at the pace Telegram allows (28 a second, so that is its most).
"""

import asyncio
import statistics
import sys
from collections import defaultdict

from tests.benchmarks.hall import HERE, PHONES, ROOT, ROUNDS, Contender, Figures, has, play

RUNS = 3
AIOGRAM = str(ROOT / ".venv-bench" / "bin" / "python")
OURS = Contender("Mutmacher", HERE, "bot")
PTB = Contender("bare PTB", HERE, "tests.benchmarks.bare_ptb")


def main() -> None:
    contenders = [OURS, PTB]
    if has(AIOGRAM, "aiogram"):
        contenders.append(Contender("bare aiogram", AIOGRAM, "tests.benchmarks.bare_aiogram"))
    else:
        _say("aiogram: not installed (requirements-bench.txt), so not compared")
    figures: defaultdict[str, list[Figures]] = defaultdict(list)
    for run in range(RUNS):
        turn = run % len(contenders)
        for contender in contenders[turn:] + contenders[:turn]:
            _say(f"run {run + 1} of {RUNS}: {contender.name} …")
            figures[contender.name].append(asyncio.run(play(contender)))
    _say(
        f"\n{RUNS} runs of {PHONES * ROUNDS} messages from {PHONES} phones; beside: times bare PTB, of the same run"
    )
    _say(f"{'':14} {'median ms':>16} {'p95 ms':>16} {'at once, 1/s':>16}")
    for contender in contenders:
        _say(_row(contender.name, figures[contender.name], figures[PTB.name]))


def _row(name: str, runs: list[Figures], beside: list[Figures]) -> str:
    ours, theirs = [_told(each) for each in runs], [_told(each) for each in beside]
    cells = []
    for column in range(3):
        value = statistics.median(run[column] for run in ours)
        ratio = statistics.median(a[column] / b[column] for a, b in zip(ours, theirs, strict=True))
        cells.append(f"{value:8.1f} {f'({ratio:.2f})':>7}")
    return f"{name:14} " + " ".join(cells)


def _told(run: Figures) -> tuple[float, float, float]:
    median, p95 = (1000 * statistics.quantiles(run.answers, n=20)[at] for at in (9, 18))
    return median, p95, run.at_once


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
