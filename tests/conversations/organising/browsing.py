"""What browsers read of a world on the stage: its walls and reports, served over HTTP from the same database."""

import io
import re
from contextlib import asynccontextmanager
from itertools import count

import pypdfium2
from aiohttp import ClientSession, ClientTimeout
from aiohttp.test_utils import TestServer

from bot.app import operator_of
from web.health import Health
from web.report import Reports
from web.server import create_app
from web.wall import Walls


def app_of(world, monotonic=None):
    """Without a clock of the test's nothing is kept: each look comes an hour after the last."""
    now, operator = world.clock.now, operator_of(world.settings, world.bot.username)
    said = (world.database, lambda: operator, now, monotonic or count(step=3600).__next__)
    health = Health(world.database, now, lambda: 0.0)
    return create_app(health, lambda: "b", walls=Walls(*said, every=0.01), reports=Reports(*said))


@asynccontextmanager
async def browser(world, monotonic=None):
    async with (
        TestServer(app_of(world, monotonic)) as server,
        ClientSession(server.make_url(""), timeout=ClientTimeout(20)) as http,
    ):
        yield http


async def page(http, path):
    """What it says, without its pictures."""
    async with http.get(path) as answer:
        assert answer.status == 200
        html = re.sub(r"<svg.*?</svg>|<title>.*?</title>", " ", await answer.text(), flags=re.DOTALL)
        return re.sub(r"<[^>]*>", " ", html)


def printed(data):
    """The text of a file of A4 sheets."""
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        return " ".join(" ".join(each.get_textpage().get_text_bounded() for each in document).split())


async def pdf(http, path):
    async with http.get(path) as answer:
        assert answer.content_type == "application/pdf"
        return printed(await answer.read())
