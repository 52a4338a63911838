"""The rush at the door: everybody opens the same link within a minute, and joins while Telegram answers in 60 ms."""

import asyncio
import math
import statistics
import time

from tests.benchmarks.contenders import CODE, FIRST, fill, ours, running

DELAY = 0.06
WITHIN = 60.0  # seconds in which they come
_THINKS = 2.0  # seconds from an answer to the next tap
_TAPS = ("begin:", "k_yes:", "u_yes", "role:")  # and the link before them
ANSWERS = 1 + len(_TAPS)
_BEYOND = 1.5  # times as many, which is more than may be sent


async def measured(folder, asked, say):
    """Lines for the page: as many people as asked, and then more than Telegram's limit lets through."""
    lines = [
        "| people in a minute | answers a second | p50 ms | p95 ms | p99 ms | 429s | never answered |",
        "|---:|" + "---:|" * 6,
    ]
    for number in (asked.joining // 2, asked.joining, math.ceil(asked.joining * _BEYOND)):
        place = folder / str(number)
        place.mkdir()
        contender = ours("ours, SQLite", place)
        await fill(contender, 1)
        async with running(contender, place, delay=DELAY, limits=True) as run:
            await run.settles()
            begun = time.perf_counter()
            waits = [each for theirs in await _all_join(run.fake, number) for each in theirs]
            rate = len(waits) / (time.perf_counter() - begun - _THINKS * len(_TAPS))
        p50, p95, p99 = (1000 * statistics.quantiles(waits, n=100)[at] for at in (49, 94, 98))
        cells = (number, f"{rate:.1f}", *(f"{each:.0f}" for each in (p50, p95, p99)), run.fake.refused)
        lines.append("| " + " | ".join(map(str, (*cells, number * ANSWERS - len(waits)))) + " |")
        say(lines[-1])
    return lines


async def _all_join(fake, number):
    return await asyncio.gather(*(_joins(fake, FIRST + 1 + n, n * WITHIN / number) for n in range(number)))


async def _joins(fake, chat, comes_after):
    """Seconds until each answer. Who is not answered, or not asked what should come next, goes away."""
    await asyncio.sleep(comes_after)
    waits = [await fake.writes(chat, f"/start w_{CODE}")]
    for beginning in _TAPS:
        await asyncio.sleep(_THINKS)
        data = fake.button(chat, beginning)
        if waits[-1] is None or data is None:
            break
        waits.append(await fake.taps(chat, data))
    return [each for each in waits if each is not None]
