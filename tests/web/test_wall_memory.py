"""Many events on a wall leave nothing behind, neither here nor in the browser.

WALL_EVENTS: so many; `make soak-wall` takes 20,000.
"""

import gc
import os
from contextlib import AsyncExitStack
from time import perf_counter

from aiohttp import ClientSession, ClientTimeout
from sqlalchemy import update

from db.models import Pledge, Workshop
from tests.cast import workshop_row
from tests.web.conftest import NOW
from tests.web.test_wall_in_a_browser import opened, served
from tests.web.walls import SOON, add, promise, screen
from tests.web.walls import join as joined

EVENTS = int(os.environ.get("WALL_EVENTS") or 60)
AT_REST = EVENTS // 3  # events until everything is there that stays
WORDED = 5  # every so many events, sentences change, too
MORE_OBJECTS, MORE_BYTES, MORE_NODES = 1_000, 500_000, 50


async def weight(page):
    """Python's objects here; bytes of the page's heap, and its nodes."""
    gc.collect()
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable")
    await session.send("HeapProfiler.collectGarbage")
    metrics = await session.send("Performance.getMetrics")
    found = {each["name"]: int(each["value"]) for each in metrics["metrics"]}
    await session.detach()
    return len(gc.get_objects()), found["JSHeapUsedSize"], found["Nodes"]


async def happens(database, number):
    """So many people were in the workshop, all of whom are gone; now and then a pledge reads otherwise."""
    async with database.writer.begin() as session:
        await session.execute(update(Workshop).values(gone_joined=number))
        if number % WORDED == 0:
            text = f"Ich halte Wort, zum {number}. Mal."
            await session.execute(update(Pledge).where(Pledge.id == number % 12 + 1).values(text=text))


async def test_nothing_is_kept_of_what_is_over(sqlite_database, record_property):
    database = sqlite_database
    await add(database, workshop_row(NOW, id=1))
    await joined(database, 20)
    for number in range(1, 13):
        await promise(database, number, text=f"Ich halte Wort {number}.", on_wall=True)
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(served(database, every=SOON))
        page, said = await stack.enter_async_context(opened(port))
        http = await stack.enter_async_context(
            ClientSession(f"http://127.0.0.1:{port}", timeout=ClientTimeout(total=None))
        )
        shown = await stack.enter_async_context(screen(http))
        before, began = None, perf_counter()
        for number in range(100, 100 + EVENTS):
            await happens(database, number)
            await shown.wall(until=lambda wall, number=number: f"<dd>{number + 20}</dd>" in wall["figures"])
            if number == 100 + AT_REST:
                before = await weight(page)
        more = [after - one for one, after in zip(before, await weight(page), strict=True)]
        took = (perf_counter() - began) / EVENTS * 1000
        record_property(
            "figures",
            f"{EVENTS} events of {took:.0f} ms: {more[0]} objects, {more[1]} bytes, {more[2]} nodes more",
        )
        assert said == []
        assert more[0] < MORE_OBJECTS
        assert more[1] < MORE_BYTES
        assert more[2] < MORE_NODES
