"""An announcement to thousands under Telegram's limits, while one guest after the other writes."""

import asyncio
import statistics
import time

from stage.limits import OVERALL_PER_SECOND
from tests.benchmarks.contenders import FIRST, OWNER, fill, ours, running

DELAY = 0.06
WORDS = "Es geht weiter im großen Saal"
_WRITERS = 100  # who get no announcements
_EVERY = 1.0  # seconds between two of their messages


async def measured(folder, asked, say):
    """Lines for the page: the fastest that may be set to fewer people, then the settings' default to all."""
    lines = [
        "| set to | readers | seconds | share of what is set | of Telegram's 30/s | 429s | p50 ms | p95 ms | MB |"
    ]
    lines.append("|---:|" + "---:|" * 8)
    for pace, readers in ((29, asked.readers // 10), (28, asked.readers)):
        place = folder / str(pace)
        place.mkdir()
        contender = ours("ours, SQLite", place, PER_SECOND=str(pace))
        await fill(contender, readers, silent=_WRITERS)
        async with running(contender, place, delay=DELAY, limits=True) as run:
            await run.settles()
            lines.append(await _announced(run, pace, readers, say))
            say(lines[-1])
    return lines


async def _announced(run, pace, readers, say):
    fake = run.fake
    for text in ("/start", "/ankuendigung", WORDS):
        await fake.writes(OWNER, text)
        await asyncio.sleep(2)
    await fake.taps(OWNER, fake.button(OWNER, "segment:"))
    await asyncio.sleep(2)
    before = len(fake.copies)
    await fake.writes(OWNER, str(readers))
    waits, memory, begun, n = [], [], time.perf_counter(), 0
    while len(fake.copies) - before < readers and time.perf_counter() - begun < readers:
        n += 1
        memory.append(run.memory())
        answered, _ = await asyncio.gather(
            fake.writes(FIRST + readers + n % _WRITERS, "/hilfe"), asyncio.sleep(_EVERY)
        )
        waits.append(answered)
        if n % 60 == 0:
            say(f"broadcast: {len(fake.copies) - before} of {readers}")
    sent = sorted(fake.copies[before:])
    took = sent[-1] - sent[0]
    everything = sum(sent[0] <= at <= sent[-1] for at in fake.sent_at) / took
    p50, p95 = (1000 * statistics.quantiles(waits, n=20)[at] for at in (9, 18))
    cells = (
        f"{pace}/s",
        readers,
        f"{took:.0f}",
        f"{everything / pace:.1%}",
        f"{everything / OVERALL_PER_SECOND:.1%}",
    )
    more = (fake.refused, f"{p50:.0f}", f"{p95:.0f}", f"{max(memory):.0f}")
    return "| " + " | ".join(map(str, (*cells, *more))) + " |"
