"""`/metrics`: what is counted here, and what the watchdogs see, as Prometheus reads it."""

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from domain.watchdogs import RULES
from web import pages
from web.health import Health, Readings


def route(health: Health, counted: CollectorRegistry) -> web.RouteDef:
    async def show(_request: web.Request) -> web.Response:
        body = generate_latest(counted) + generate_latest(_seen(await health.look()))
        return web.Response(body=body, headers={**pages.HEADERS, "Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return web.get("/metrics", show)


def _seen(look: Readings) -> CollectorRegistry:
    registry = CollectorRegistry()
    for name, number in look.figures.items():
        Gauge(f"mutmacher_{name}", "As in /health; -1: could not be read.", registry=registry).set(number)
    barks = Gauge("mutmacher_watchdog", "1: it barks.", ("watchdog",), registry=registry)
    for rule in RULES:
        barks.labels(rule.watchdog.value).set(rule.barks(look.signs))
    return registry
