"""Reports for the tests: served over HTTP from a real database, of a workshop in which much came about."""

from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count

from aiohttp import ClientSession, ClientTimeout
from aiohttp.test_utils import TestServer

from bot.app import operator_of
from bot.settings import Settings
from db.models import PledgeEvent
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import Blocker, State, Status
from domain.readers import Readership
from domain.roles import Role
from tests.cast import event_row, member, pledge_row, workshop_row
from tests.web.conftest import NOW
from tests.web.walls import BOT, add
from web.health import Health
from web.report import Reports
from web.server import create_app

CODE = "ABCDEFGHJK"
LATER = NOW + timedelta(days=213)  # 21 August
ENDED_AT = NOW + timedelta(days=181)
BOTH = (Readership.PUBLIC, Readership.PUBLIC)
TOPICS = ("ehrenamt", "kita", "buerokratieabbau")


def reports_of(database, *, now=LATER, monotonic=None):
    """Without a clock of the test's nothing is kept: each look comes an hour after the last."""
    operator = operator_of(Settings(_env_file=None), BOT)
    return Reports(database, lambda: operator, lambda: now, monotonic or count(step=3600).__next__)


def app_of(database, **more):
    return create_app(
        Health(database, lambda: NOW, lambda: 0.0), lambda: BOT, reports=reports_of(database, **more)
    )


@asynccontextmanager
async def served(database, **more):
    """A client of a server that has them."""
    async with (
        TestServer(app_of(database, **more)) as server,
        ClientSession(server.make_url(""), timeout=ClientTimeout(120)) as http,
    ):
        yield http


async def page(http, path=f"/report/{CODE}"):
    async with http.get(path) as answer:
        return answer.status, await answer.text(), answer.headers


async def look_back(
    database, author, partner, *, at=ENDED_AT, learned="", done="", says=BOTH, shown=True, **columns
):
    """A pledge of these two, kept, that they have looked back on and said this about, so that it was closed; each lets
    it be read by what they `say`, and if it is `shown`, the team has let it into the report. Its id.
    """
    async with database.writer.begin() as session:
        pledge = pledge_row(1, author, partner, NOW, **{"state": State.ENDED, "ended_at": at, **columns})
        session.add(pledge)
        await session.flush()
        for event in _history(pledge, at, learned, done, says, shown=shown):
            session.add(event)
            await session.flush()
        return pledge.id


def _history(pledge, at, learned, done, says, *, shown):
    parties = (pledge.author_id, pledge.partner_id)
    for party in parties:
        kept = {"period": Period.DEADLINE, "status": Status.KEPT}
        yield event_row(pledge.id, party, EventKind.SAID, at, **kept)
    if done:
        yield event_row(pledge.id, parties[0], EventKind.RETRO_DONE, at, notes=[done])
    if learned:
        yield event_row(pledge.id, parties[1], EventKind.RETRO_LEARNED, at, notes=[learned])
    yield PledgeEvent(pledge_id=pledge.id, kind=EventKind.RETRO_CLOSED, at=at)
    for party, readers in zip(parties, says, strict=True):
        if readers is not None:
            yield event_row(pledge.id, party, EventKind.RETRO_READERS, at, readers=readers)
    if shown:
        yield PledgeEvent(pledge_id=pledge.id, kind=EventKind.RETRO_SHOWN, at=at)


async def season(database, *, people=43, pledges=24, **workshop):
    """A workshop of so many people, every third of them an MP, with so many pledges, most of which were kept."""
    opened = {
        "report_code": CODE,
        "title": "Werkstatt Nordtal",
        "place": "Kulturhaus, 01067 Dresden",
        **workshop,
    }
    await add(database, workshop_row(NOW, id=1, **opened))
    here = (
        member(
            n,
            NOW,
            f"Wilhelmine {n}",
            id=n,
            role=Role.MP if n % 3 else Role.TOWN_HALL,
            land=("SN", "BY", "TH")[n % 3],
        )
        for n in range(1, people + 1)
    )
    await add(database, *here)
    for number in range(1, pledges + 1):
        async with database.writer.begin() as session:
            pledge = pledge_row(
                1, number, number + 1, NOW, state=State.ENDED, ended_at=ENDED_AT, topic=TOPICS[number % 3]
            )
            session.add(pledge)
            await session.flush()
            status = Status.FAILED if number % 4 == 0 else Status.KEPT
            session.add_all(
                event_row(pledge.id, party, EventKind.SAID, ENDED_AT, period=Period.DEADLINE, status=status)
                for party in pledge.parties
            )
            if number % 2:
                stuck = {"period": Period.M1, "blocker": Blocker.MONEY}
                session.add(event_row(pledge.id, number, EventKind.BLOCKED, NOW, **stuck))
