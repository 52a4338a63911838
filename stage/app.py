"""Puts the stage together as one aiohttp application."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from aiohttp import web

from stage import control, server
from stage.delivery import Delivery
from stage.files import MAX_UPLOAD
from stage.guard import PAGE_POLICY, guard
from stage.world import BotHook, Reset, World

DEFAULT_TOKEN = "1000000:stage"  # noqa: S105 - opens nothing but this toy
PAGE = Path(__file__).with_name("page")
FORM_OVERHEAD = 1024 * 1024
PAGE_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def create_app(
    *,
    token: str = DEFAULT_TOKEN,
    data_dir: str | Path | None = None,
    on_reset: Reset | None = None,
    on_bot: BotHook | None = None,
    links: Mapping[str, str] | None = None,
) -> web.Application:
    """The stage for one bot; with `data_dir` it continues where the previous run stopped.

    `on_reset` is awaited after everything has been forgotten, with whether the sample is wanted again; `on_bot`
    is awaited with "restart" or "kill". Links added to `links` later are shown too.
    """
    app = web.Application(middlewares=[guard], client_max_size=MAX_UPLOAD + FORM_OVERHEAD)
    world = World(token, Path(data_dir) if data_dir else None, links)
    world.on_reset, world.on_bot = on_reset, on_bot
    app[server.WORLD] = world
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", server.handle)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", server.download)
    app.add_routes(control.routes())
    app.router.add_get("/", _page)
    app.router.add_get("/page/{file}", _page)
    app.cleanup_ctx.append(_running)
    app.on_shutdown.append(_end_polls)
    return app


async def _running(app: web.Application) -> AsyncIterator[None]:
    world = app[server.WORLD]
    delivery = Delivery(world)
    task = asyncio.create_task(delivery.run())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await delivery.stop()
    world.journal.close()


async def _end_polls(app: web.Application) -> None:
    """Answer the requests that are waiting, so that the stage stops at once."""
    world = app[server.WORLD]
    world.updates.interrupt()
    world.version.close()
    world.clock.close()


async def _page(request: web.Request) -> web.StreamResponse:
    path = PAGE / request.match_info.get("file", "index.html")
    if path.parent != PAGE or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=PAGE_HEADERS)
