"""`python -m stage`: the stage alone."""

import argparse
import asyncio
import re
import signal
import sys

from aiohttp import web

from stage import DEFAULT_TOKEN, create_app
from stage.guard import is_loopback

GRACE = 3.0  # seconds that open requests get when the stage stops
WRONG_SETTING = 2


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m stage", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="an address of this machine itself")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="digits:letters")
    parser.add_argument("--data", metavar="DIR", help="keeps the ledger here")
    parser.add_argument("--link", metavar="NAME=URL", action="append", default=[], help="shown on the page")
    arguments = parser.parse_args()
    if not is_loopback(arguments.host):
        parser.error("--host: only an address of this machine itself, such as 127.0.0.1")
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", arguments.token):
        parser.error("--token: digits, a colon, letters")
    if any("=" not in link for link in arguments.link):
        parser.error("--link: NAME=URL")
    return arguments


async def _serve(arguments: argparse.Namespace) -> None:
    links = dict(link.split("=", 1) for link in arguments.link)
    app = create_app(token=arguments.token, data_dir=arguments.data, links=links)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE, keepalive_timeout=75)
    await runner.setup()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await web.TCPSite(runner, arguments.host, arguments.port).start()
        host, port = runner.addresses[0][:2]
        shown = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"The stage is at http://{shown}:{port}/\n")
        sys.stdout.flush()
        await stop.wait()
    finally:
        await runner.cleanup()


def main() -> int:
    arguments = _arguments()
    try:
        asyncio.run(_serve(arguments))
    except OSError as error:
        sys.stderr.write(f"--port: cannot listen there ({error.strerror})\n")
        return WRONG_SETTING
    return 0


if __name__ == "__main__":
    sys.exit(main())
