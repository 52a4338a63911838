"""The page at `/`: the bot's link."""

from collections.abc import Callable
from html import escape

from aiohttp import web

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_PAGE = """<!doctype html>
<html lang="de">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mutmacher</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem;
  color: #1d2430; background: #fbf9f4 }}
a {{ color: #0b57a4 }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eceff4; background: #171b22 }} a {{ color: #8fc1ff }} }}
</style>
<h1>Mutmacher</h1>
<p>Begleitet die Werkstatt der Mutigen: Menschen finden, Versprechen geben, in Kontakt bleiben.</p>
<p>{invitation}</p>
<p lang="en">{in_english}</p>
</html>
"""


def index(username: Callable[[], str | None]) -> web.RouteDef:
    """`/`: where to find the bot. `username` returns None until Telegram has told the name."""

    async def show(_request: web.Request) -> web.Response:
        name = username()
        link = f'<a href="https://t.me/{escape(name)}">t.me/{escape(name)}</a>' if name else ""
        page = _PAGE.format(
            invitation=f"Zum Gespräch in Telegram: {link}" if name else "Gleich geht es los.",
            in_english=f"The companion of the workshop, on Telegram: {link}" if name else "Starting.",
        )
        return web.Response(text=page, content_type="text/html", headers=HEADERS)

    return web.get("/", show)
