"""What is measured: each row of the table, through the action, view or pass that the bot itself runs."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from actions.exchange import order
from actions.joining import consents
from actions.matching import looking, suggestions
from actions.organising import desk
from actions.organising.rounds import rounds
from actions.pledging.drafting import partners
from actions.pledging.nudges import nudges
from actions.rights import notices, pruning_sent, requests, retention
from db.models import Membership, Outgoing, Person, Pledge, Priority, SendState
from domain.outcomes.joining import Welcome
from domain.outcomes.organising.care import CareOverview
from domain.outcomes.organising.desk import OrgaMenu
from domain.outcomes.organising.insight import EVERYWHERE, Insight
from domain.outcomes.organising.rounds import OpenWords
from tests.benchmarks.scale.bench import OPERATOR, Bench, Figure
from tests.benchmarks.scale.rows import ORGANISER, chat_of
from tests.benchmarks.scale.times import NOW

NEWEST = 30  # the workshop that is today
ANA = NEWEST + 60  # somebody in it who is no MP
_WAITING = 100
_ENDING = NOW + timedelta(days=110)  # when the profiles of the first workshop end
_NOTICED = NOW + timedelta(days=5)


async def consent(bench: Bench) -> Figure:
    return await bench.timed(lambda session: consents.may_keep_words(session, {chat_of(ANA)}, OPERATOR))


async def partner(bench: Bench) -> Figure:
    return await bench.timed(lambda _, turn: suggestions.suggest(turn), prepare=_turn_of(bench, chat_of(ANA)))


async def name_search(bench: Bench) -> Figure:
    return await bench.timed(
        lambda _, turn: partners.receive_name(turn, 0, "Ana Keller"), prepare=_turn_of(bench, chat_of(ANA))
    )


async def welcome(bench: Bench) -> Figure:
    return await _said(bench, chat_of(ANA), Welcome.Payload(NEWEST))


async def orga(bench: Bench) -> Figure:
    return await _said(bench, ORGANISER, OrgaMenu.Payload())


async def stand(bench: Bench) -> Figure:
    return await _said(bench, ORGANISER, Insight.Payload(EVERYWHERE))


async def care_list(bench: Bench) -> Figure:
    return await _said(bench, ORGANISER, CareOverview.Payload())


async def open_words(bench: Bench) -> Figure:
    return await _said(bench, ORGANISER, OpenWords.Payload())


async def preview(bench: Bench) -> Figure:
    return await bench.timed(
        lambda _, turn: rounds.prepare_in(turn, NEWEST), prepare=_turn_of(bench, ORGANISER), rounds=3
    )


def choice(pending: int) -> Callable[[Bench], Awaitable[Figure]]:
    async def choose(bench: Bench) -> Figure:
        async def announce(session):
            row = {
                "priority": Priority.BROADCAST, "kind": "BroadcastCopy", "object_id": 1, "due_at": NOW,
                "state": SendState.PENDING, "attempts": 0, "repeated": False, "created_at": NOW,
            }  # fmt: skip
            rows = [
                {**row, "chat_id": chat_of(n), "person_id": n, "party_id": n, "key": f"broadcast:1:{n}"}
                for n in range(1, pending + 1)
            ]
            await session.execute(insert(Outgoing.__table__), rows)

        figure = await bench.timed(
            lambda session, _: order.candidates(session, NOW, NOW, 50), prepare=announce, rounds=3
        )
        await bench.vacuum()
        return figure

    return choose


async def erasure(bench: Bench) -> Figure:
    return await bench.timed(
        lambda _, turn: requests.erase_at_once(turn), prepare=_turn_of(bench, chat_of(ANA))
    )


async def waiting(bench: Bench) -> Figure:
    async def tell_nobody_is_there(session):
        here = select(Membership.person_id).where(Membership.workshop_id == NEWEST).limit(_WAITING)
        told = NOW - timedelta(minutes=1)
        row = {"priority": Priority.REPLY, "kind": "NobodyYet", "state": SendState.SENT, "attempts": 1}
        rows = [
            {**row, "chat_id": chat_of(n), "person_id": n, "party_id": n, "due_at": told, "created_at": told}
            for n in await session.scalars(here)
        ]
        await session.execute(insert(Outgoing.__table__), [{**each, "repeated": False} for each in rows])

    async def look(session, _):
        each = looking.keeping_looking(NOW, OPERATOR)
        for workshop in list(await each.find(session)):
            await each.change(session, workshop)

    return await bench.timed(look, prepare=tell_nobody_is_there, rounds=3)


async def notice_found(bench: Bench) -> Figure:
    """The hourly look for notices on a day on which there is one to give, all of them given already."""
    each = notices.giving(_NOTICED, OPERATOR)
    await bench.change_all(each)

    async def again(session):
        for pledge in list(await each.find(session)):
            await each.change(session, pledge)

    return await bench.timed(again, rounds=3)


# --- passes, which commit: they come last


async def asking(bench: Bench) -> tuple[Figure, int, float]:
    """What one person takes; how many were asked; how long another writer had to wait at most, in milliseconds."""
    waits: list[float] = []
    writer = asyncio.create_task(_writes_meanwhile(bench, waits))
    figures = await bench.change_all(nudges.asking(NOW, OPERATOR))
    writer.cancel()
    return _median(figures), len(figures), 1000 * max(waits)


async def _writes_meanwhile(bench: Bench, waits: list[float]) -> None:
    """Somebody who writes fifty times a second, of whom the pass knows nothing."""
    touch = update(Person).where(Person.id == ANA).values(paused=False).execution_options(beside=True)
    while True:
        await asyncio.sleep(0.02)
        began = time.perf_counter()
        async with bench.database.writer.begin() as session:
            await session.execute(touch)
        waits.append(time.perf_counter() - began)


async def prunes(bench: Bench) -> tuple[Figure, int]:
    """What one part takes of what was sent, all of it old, and how many have their turn in an hour."""
    figures = await bench.change_all(pruning_sent.pruning(NOW))
    return _median(figures), len(figures)


async def ending(bench: Bench) -> tuple[Figure, int]:
    """What one profile takes that ends, and how many do in one pass."""
    async with bench.database.writer.begin() as session:  # as if their words had ended
        await session.execute(delete(Pledge).where(Pledge.workshop_id == 1))
    figures = await bench.change_all(retention.ending_profiles(_ENDING, OPERATOR))
    return _median(figures), len(figures)


def _median(figures: list[Figure]) -> Figure:
    wall, cpu, statements = (
        statistics.median(getattr(each, name) for each in figures) for name in ("wall", "cpu", "statements")
    )
    return Figure(wall, cpu, round(statements), 0)


def _turn_of(bench: Bench, chat: int):
    return lambda session: bench.turn(session, chat)


async def _said(bench: Bench, chat: int, payload) -> Figure:
    """From the turn of whoever asks to the text of the answer."""

    async def organiser_too(session):
        turn = await bench.turn(session, chat)
        if turn.on_team:
            await desk.organiser(turn)
        return turn

    return await bench.timed(lambda session, turn: bench.says(session, turn, payload), prepare=organiser_too)
