"""Keeps other web pages out: only hosts that mean this machine, no request that a foreign form could make."""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
GUARDED = ("/stage/", "/page/", "/bot", "/file/")
BODY_TYPES = ("application/json", "multipart/form-data")
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)


def is_loopback(host: str | None) -> bool:
    """Whether a host name, without its port, means this machine."""
    if host in ("localhost", "localhost."):
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """403 for a foreign Host (DNS rebinding) or Origin, 415 for a POST that a form could make."""
    if request.path != "/" and not request.path.startswith(GUARDED):
        return await handler(request)
    if not is_loopback(_host_of(f"//{request.host}")):
        return web.json_response({"error": "only from this machine"}, status=403)
    origin = request.headers.get("Origin")
    if origin is not None and not is_loopback(_host_of(origin)):
        return web.json_response({"error": "not from another page"}, status=403)
    if (
        request.method == "POST"
        and request.path.startswith("/stage/")
        and request.content_type not in BODY_TYPES
    ):
        return web.json_response({"error": "JSON or multipart only"}, status=415)
    return await handler(request)
