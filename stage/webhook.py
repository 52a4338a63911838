"""The three methods that set, delete and describe the webhook; `stage/delivery.py` delivers to it."""

import re
import time
from urllib.parse import urlsplit

from stage.errors import Json, bad, flood
from stage.world import World

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT_CONNECTIONS, MOST_CONNECTIONS = 40, 100


def set_webhook(world: World, call: Json) -> bool:
    """Unlike Telegram, the stage accepts plain HTTP, but only addresses of this machine."""
    now = time.time()
    if now - world.updates.webhook_set_at < 1:
        raise flood(1)
    url = call.get("url", "")
    if url:
        _check(url, call.get("secret_token", ""))
    world.updates.webhook_set_at = now
    _apply(world, call)
    if not url:
        world.updates.set_webhook({})
        return True
    connections = call.get("max_connections", DEFAULT_CONNECTIONS)
    world.updates.set_webhook(
        {
            "url": url,
            "secret_token": call.get("secret_token", ""),
            "max_connections": max(1, min(MOST_CONNECTIONS, connections)),
        },
    )
    return True


def _check(url: str, secret: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad("bad webhook: invalid URL") from None
    if parts.scheme not in ("http", "https"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK:
        raise bad("bad webhook: the stage delivers to this machine only")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")


def delete_webhook(world: World, call: Json) -> bool:
    _apply(world, call)
    world.updates.set_webhook({})
    return True


def _apply(world: World, call: Json) -> None:
    allowed = call.get("allowed_updates")
    world.updates.allow([each for each in allowed if isinstance(each, str)] if allowed is not None else None)
    if call.get("drop_pending_updates"):
        world.updates.drop_all()


def info(world: World, _call: Json) -> Json:
    webhook = world.updates.webhook
    answer: Json = {
        "url": webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": world.updates.count,
        **world.updates.webhook_error,
    }
    if webhook:
        answer["max_connections"] = webhook["max_connections"]
    if world.updates.allowed:
        answer["allowed_updates"] = world.updates.allowed
    return answer
