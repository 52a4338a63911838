"""Answers a second and CPU for each, everybody writing at once: Mutmacher beside the least that others can do."""

import asyncio
import statistics
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass

from tests.benchmarks.contenders import AIOGRAM, CONCURRENT, FIRST, PTB, fill, has_aiogram, ours, running
from tests.benchmarks.servers import durable_postgres

DELAYS = (0.0, 0.06)  # seconds until Telegram answers
SLOW_FSYNC = 5  # milliseconds
SETTLES = 12.0  # seconds after which ours begins to take in a sentence encoder
_UNPACED = {"PER_SECOND": "100000"}
_FEW = 60  # messages for a contender that sends one after the other, when answers are late


@dataclass(frozen=True)
class Round:
    """Answers a second, milliseconds of CPU for each, and how many were not answered at all."""

    rate: float
    cpu: float
    lost: int


async def measured(folder, asked, say):
    """Lines for the page."""
    return table(await measure(folder, rounds=asked.rounds, people=asked.people, say=say))


async def measure(folder, *, rounds, people, say):
    """By delay and contender, its rounds."""
    async with AsyncExitStack() as stack:
        bots = [PTB, CONCURRENT, *([AIOGRAM] if has_aiogram() else [])]
        bots += await _ours(stack, folder, people)
        runs = [await stack.enter_async_context(running(each, folder)) for each in bots]
        for run in runs:
            await _all_write(run, people)  # each imports, connects and compiles
        await asyncio.sleep(SETTLES)
        await asyncio.gather(*(run.settles() for run in runs))
        found = {delay: defaultdict(list) for delay in DELAYS}
        for n in range(rounds):
            for delay in DELAYS:
                for run in runs[n % len(runs) :] + runs[: n % len(runs)]:
                    run.fake.delay = delay
                    number = min(people, _FEW) if delay and run.contender is PTB else people
                    found[delay][run.contender.name].append(await _all_write(run, number))
            say(f"engine: round {n + 1} of {rounds}")
    return found


async def _ours(stack, folder, people):
    """SQLite and PostgreSQL, each on the disk as it is and on a slow one."""
    made = []
    for name, more in (("", {}), (f", {SLOW_FSYNC} ms fsync", {"FSYNC_MS": str(SLOW_FSYNC)})):
        place = folder / f"sqlite{len(made)}"
        place.mkdir()
        made.append(ours(f"ours, SQLite{name}", place, **_UNPACED, **more))
    server = stack.enter_context(durable_postgres())
    if server is not None:
        for name, slow in (("", 0), (f", {SLOW_FSYNC} ms fsync", SLOW_FSYNC)):
            place = folder / f"postgres{len(made)}"
            place.mkdir()
            made.append(ours(f"ours, PostgreSQL{name}", place, server.url(flush_ms=slow), **_UNPACED))
    for each in made:
        await fill(each, people)
    return made


async def _all_write(run, number):
    cpu = run.cpu()
    waits = await asyncio.gather(*(run.fake.writes(FIRST + n, "/hilfe") for n in range(number)))
    answered = [each for each in waits if each is not None]
    await asyncio.sleep(0.3)  # what follows an answer is part of its price
    return Round(len(answered) / max(answered), 1000 * (run.cpu() - cpu) / number, number - len(answered))


def table(found):
    """Lines of Markdown: medians, and beside them the median of the ratios to bare PTB within each round."""
    lines = ["| | loopback, 1/s | × PTB | 60 ms, 1/s | × PTB | CPU ms | × PTB |", "|---|" + "---:|" * 6]
    quick, late = (found[delay] for delay in DELAYS)
    for name in quick:
        cells = (
            *_beside(quick, name, lambda each: each.rate, "{:.0f}"),
            *_beside(late, name, lambda each: each.rate, "{:.0f}"),
            *_beside(quick, name, lambda each: each.cpu, "{:.1f}"),
        )
        lost = sum(each.lost for by_name in found.values() for each in by_name[name])
        note = f" ({lost} never answered)" if lost else ""
        lines.append(f"| {name}{note} | " + " | ".join(cells) + " |")
    return lines


def _beside(by_name, name, figure, spelt):
    ours, theirs = ([figure(each) for each in by_name[which]] for which in (name, PTB.name))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    return spelt.format(statistics.median(ours)), f"{ratio:.2f}"
