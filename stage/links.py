"""Which links Telegram accepts, and how it stores them."""

import re
from urllib.parse import parse_qs, urlsplit

OTHER_SCHEMES = ("tg://", "ton://", "tonsite://")
HTTP = re.compile(r"(?:(https?)://)?([^/?#\s]+)([/?#].*)?", re.IGNORECASE)
HOST = re.compile(r"(?:[^\s@]*@)?(?:\[[0-9a-f:.]+\]|[\w\-]+(?:\.[\w\-]+)+)(?::\d{1,5})?", re.IGNORECASE)


def checked_link(url: str) -> str | None:
    """The link as Telegram stores it (host in lower case, path at least `/`), or None if it is rejected.

    A host needs a dot: `http://localhost` is rejected, `http://127.0.0.1` is not.
    """
    url = url.strip()
    if url.lower().startswith(OTHER_SCHEMES):
        return url
    found = HTTP.fullmatch(url)
    if not found or not HOST.fullmatch(found[2]):
        return None
    scheme, host, rest = (found[1] or "http").lower(), found[2].lower(), found[3] or "/"
    return f"{scheme}://{host}{rest if rest.startswith('/') else '/' + rest}"


def linked_user(url: str) -> int | None:
    """The user id in `tg://user?id=…`, None for any other link."""
    found = re.fullmatch(r"tg:(?://)?user\?id=(\d+)", url, re.IGNORECASE)
    return int(found[1]) if found else None


def start_payload(url: str, bot: str) -> str | None:
    """The payload of a `t.me` link to this bot ("" if it has none), None for any other link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    own = (parts.hostname or "").lower() in ("t.me", "telegram.me", "telegram.dog")
    if not own or parts.path.strip("/").lower() != bot.lower():
        return None
    return parse_qs(parts.query).get("start", [""])[0]
