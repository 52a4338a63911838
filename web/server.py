"""The web application, and the port it listens on."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry

from web import metrics, pages, webhook
from web.health import Health
from web.report import Reports
from web.wall import Walls

_GRACE_SECONDS = 2.0  # that open requests get when the server stops


def create_app(
    health: Health,
    username: Callable[[], str | None],
    delivery: web.RouteDef | None = None,
    counted: CollectorRegistry | None = None,
    walls: Walls | None = None,
    reports: Reports | None = None,
) -> web.Application:
    """The pages, `/health`, `/metrics` with what was `counted`, and the webhook (`delivery`, from `webhook.route`) if
    there is one; the `walls` and `reports`, likewise.
    """

    async def show_health(_request: web.Request) -> web.Response:
        well, figures = await health.check()
        return web.json_response(figures, status=200 if well else 503, headers=pages.HEADERS)

    app = web.Application(client_max_size=webhook.LARGEST_BODY)
    app.add_routes([pages.index(username), web.get("/health", show_health)])
    app.add_routes([metrics.route(health, counted or CollectorRegistry())])
    if delivery is not None:
        app.add_routes([delivery])
    if walls is not None:
        walls.add_to(app)
    if reports is not None:
        reports.add_to(app)
    return app


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve `app` inside the context and yield the port; `port` 0 takes a free one.

    Raises OSError if it cannot listen there, UnicodeError if `host` cannot be a host name.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
