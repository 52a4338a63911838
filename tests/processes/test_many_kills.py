"""A real process is killed again and again, whenever it happens to be at work: everybody is answered in the end.

KILLS: so often.
"""

import asyncio
import os
from random import Random

from tests.processes.hall import FIRST

HELP = "Das geht hier"
KILLS = int(os.environ.get("KILLS") or 2)
AT_ONCE = 3  # who write before each kill


async def test_killed_at_any_moment_it_answers_everybody(hall, record_property):
    seed = int(os.environ.get("SEED") or 1)
    record_property("SEED", seed)
    dice, guests = Random(seed), range(FIRST, FIRST + KILLS * AT_ONCE)
    await hall.fill(len(guests))
    await hall.start()
    await hall.post("faults", latency_ms=30)
    for number in range(KILLS):
        for guest in guests[number * AT_ONCE :][:AT_ONCE]:
            await hall.post(f"users/{guest}/send", text="/hilfe")
        await asyncio.sleep(dice.random() * 0.4)
        await hall.kill()
        await hall.start()

    async def all_answered():
        return set(await hall.arrived(HELP)) == set(guests)

    await hall.until(all_answered)
    heard, repeated = await hall.arrived(HELP), await hall.repeated()
    repeats = sum(heard.values()) - len(guests)
    record_property("figures", f"{KILLS} kills, {len(guests)} answers, 0 lost, {repeats} repeats")
    assert max(heard.values()) <= 2
    assert repeats <= repeated
