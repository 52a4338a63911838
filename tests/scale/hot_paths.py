"""The paths that people and the clock take all the time, in small copies of the database of `make bench-scale`.

Statements are collected as they are executed: nobody has to list them, and a new one is there by itself.
"""

from datetime import timedelta

from sqlalchemy import event, select

from actions.exchange import delivery, order, passes
from actions.exchange.outbox import Recipient, owe
from actions.joining import consents
from actions.matching import looking, suggestions
from actions.organising.rounds import rounds
from actions.pledging.drafting import partners
from actions.pledging.nudges import nudges
from actions.rights import notices, pruning, pruning_sent, requests, retention
from db.models import Pledge, Priority
from domain import topics
from domain.outcomes.joining import Welcome
from domain.outcomes.organising.care import CareOverview
from domain.outcomes.organising.desk import OrgaMenu
from domain.outcomes.organising.insight import EVERYWHERE, Aspect, Insight
from domain.outcomes.organising.rounds import OpenWords
from domain.outcomes.rights import TextEnding
from scheduler.ticks import Ticks
from tests.benchmarks.scale.bench import OPERATOR, Bench
from tests.benchmarks.scale.database import build
from tests.benchmarks.scale.rows import ORGANISER, Size, chat_of
from tests.benchmarks.scale.times import NOW

SMALL = Size(workshops=2, people=80, pledges=30, messages=4_000, due=4)
LARGE = Size(workshops=2, people=320, pledges=120, messages=16_000, due=4)
ANA, NEWEST = 12, 2  # somebody of the newest workshop who is no MP


async def taken_in(url, size):
    """The statements of each path in a new database of this size, each with what was filled in."""
    build(url, size)
    topics.load().index()  # PostgreSQL ends a transaction that waits for it too long
    bench, statements = Bench(url), {}
    try:
        await _take(bench, statements)
    finally:
        await bench.database.close()
    return statements


async def _take(bench, statements):
    for name, path in PATHS.items():
        executed = statements[name] = []

        def note(_connection, _cursor, statement, parameters, _context, many, executed=executed):
            executed.append(
                (statement, parameters[0] if many and isinstance(parameters, list) else parameters)
            )

        for engine in bench.database.engines:
            event.listen(engine.sync_engine, "before_cursor_execute", note)
        async with bench.database.writer() as session:
            await session.begin()
            await path(bench, session)
            await session.flush()
            await session.rollback()
        for engine in bench.database.engines:
            event.remove(engine.sync_engine, "before_cursor_execute", note)


def _turn(chat, act):
    async def take(bench, session):
        await act(await bench.turn(session, chat))

    return take


def _says(chat, payload):
    async def say(bench, session):
        await bench.says(session, await bench.turn(session, chat), payload)

    return say


def _each(work, most=1):
    """The pass, and what it does to the first ones that it finds."""

    async def run(_, session):
        for number in [*await work.find(session)][:most]:
            await work.change(session, number)

    return run


async def _deliver(_, session):
    found = await order.candidates(session, NOW + timedelta(days=1), NOW, 50)
    await delivery.claim(session, [row.id for row in found], "owner", NOW, NOW)
    await delivery.backlog(session, NOW)


async def _notices_given(_, session):
    """The look of the next hour, when every notice was given."""
    each = notices.giving(NOW + timedelta(days=103), OPERATOR)
    due = [*await each.find(session)]
    pledges = select(Pledge.id, Pledge.author_id, Pledge.partner_id).where(Pledge.id.in_(due))
    for pledge, *parties in await session.execute(pledges):
        for party in parties:
            to = Recipient(chat_of(party), party)
            owe(session, TextEnding.Payload(pledge), to, NOW, priority=Priority.NEWS)
    await session.flush()
    assert due
    assert not [*await each.find(session)]


async def _prune(_, session):
    await pruning.pruning(NOW, OPERATOR).find(session)
    await pruning.run(session, NOW, OPERATOR)


async def _look(bench, session):
    ticks = Ticks(bench.database, OPERATOR, lambda: NOW, lambda: NOW, lambda: 0.0)
    await passes.without_work(session, ticks._steps(NOW))


PATHS = {
    "consent": lambda _, session: consents.may_keep_words(session, {chat_of(ANA)}, OPERATOR),
    "partner": _turn(chat_of(ANA), suggestions.suggest),
    "name": _turn(chat_of(ANA), lambda turn: partners.receive_name(turn, 0, "Ana Keller")),
    "welcome": _says(chat_of(ANA), Welcome.Payload(NEWEST)),
    "orga": _says(ORGANISER, OrgaMenu.Payload()),
    "stand": _says(ORGANISER, Insight.Payload(EVERYWHERE)),
    "stand by role": _says(ORGANISER, Insight.Payload(NEWEST, Aspect.ROLE)),
    "care list": _says(ORGANISER, CareOverview.Payload()),
    "open words": _says(ORGANISER, OpenWords.Payload()),
    "preview": _turn(ORGANISER, lambda turn: rounds.prepare_in(turn, NEWEST)),
    "asking": _each(nudges.asking(NOW, OPERATOR)),
    "waiting": _each(looking.keeping_looking(NOW, OPERATOR), most=9),
    "notices": _each(notices.giving(NOW + timedelta(days=103), OPERATOR)),
    "notices given": _notices_given,
    "profiles": _each(retention.ending_profiles(NOW + timedelta(weeks=42), OPERATOR)),
    "deliver": _deliver,
    "erasure": _turn(chat_of(ANA), requests.erase_at_once),
    "pruning": _prune,
    "pruning sent": _each(pruning_sent.pruning(NOW)),
    "tick": _look,
}
