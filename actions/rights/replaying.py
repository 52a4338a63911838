"""After a restore: whoever was erased since the backup is erased again, and what was taken back, or away, is so again.

This is done at every start, before anything is sent, since a database may also have been put back by other means.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import passes
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, nothing
from actions.exchange.turn import Turn
from actions.rights import erasure, requests
from db import intact
from db.journal import Ended, Journal
from db.models import NOWHERE, Consent, Grant, Inbox, InboxState, Person
from db.session import Database, drop_copy
from domain.error_reports import describe
from domain.outcomes.choices import Purpose

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Replayed:
    """How many people, how many of those who had taken consents back, and how many roles on the team that had ended,
    were not as the journal says.
    """

    erased: int
    withdrawn: int
    ended: int = 0


async def replay(database: Database, journal: Journal, now: datetime, operator: Operator) -> Replayed:
    """Let the journal's entries be true of the database. Raises JournalError, and one of TROUBLE.

    Whoever cannot be erased at once is silenced in any case, and erased a week later with the withdrawn.
    """
    entries = journal.read()
    if entries.unreadable:
        log.warning("the journal of erasures has %s lines that cannot be read", entries.unreadable)
    async with database.reader() as session:
        people = await _people(session, journal, entries.rows)
        withdrawn = await _withdrawn(session, journal, entries.rows)
        grants = await _grants(session, journal, entries.rows)
    await _silence(database, people, now)
    await _each(database, _erasing(now, operator), people)
    ended = {person_id: each for person_id, each in withdrawn.items() if person_id not in people}
    await _each(database, _withdrawing(ended, operator), ended)
    await _each(database, _taking_away(), grants)
    return Replayed(len(people), len(ended), len(grants))


async def _people(session: AsyncSession, journal: Journal, rows: Mapping[str, datetime]) -> set[int]:
    async def made(some: intact.Ids) -> Sequence[Row[int, datetime]]:
        return (await session.execute(select(Person.id, Person.created_at).where(Person.id.in_(some)))).all()

    found = await intact.read(session, Person.__tablename__, select(Person.id), made) if rows else ()
    return {number for number, at in found if journal.name(Ended.PERSON, number, at) in rows}


async def _withdrawn(
    session: AsyncSession, journal: Journal, rows: Mapping[str, datetime]
) -> dict[int, dict[Purpose, datetime]]:
    """When each person took back which consents that are live in the database."""
    given = select(Consent.id, Consent.at, Consent.person_id, Consent.purpose)
    live = select(Consent.id).where(Consent.given, Consent.withdrawn_at.is_(None))

    async def these(some: intact.Ids) -> Sequence[Row[int, datetime, int, Purpose]]:
        return (await session.execute(given.where(Consent.id.in_(some)))).all()

    ended: dict[int, dict[Purpose, datetime]] = defaultdict(dict)
    found = await intact.read(session, Consent.__tablename__, live, these) if rows else ()
    for number, at, person_id, purpose in found:
        if withdrawn_at := rows.get(journal.name(Ended.CONSENT, number, at)):
            ended[person_id][purpose] = withdrawn_at
    return ended


async def _grants(session: AsyncSession, journal: Journal, rows: Mapping[str, datetime]) -> set[int]:
    found = await session.execute(select(Grant.id, Grant.granted_at)) if rows else ()
    return {number for number, at in found if journal.name(Ended.GRANT, number, at) in rows}


def _taking_away() -> Pass:
    async def take_away(session: AsyncSession, grant_id: int) -> None:
        await session.execute(delete(Grant).where(Grant.id == grant_id))

    return Pass(nothing, take_away)


async def _silence(database: Database, people: set[int], now: datetime) -> None:
    """Nothing is sent to anybody without consent, whatever else fails."""
    async with database.writer.begin() as session:
        for person_id in people:
            mine = (Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
            await session.execute(update(Consent).where(*mine).values(withdrawn_at=now))


async def _each(database: Database, what: Pass, ids: set[int] | Mapping[int, object]) -> None:
    for number, error in (await passes.change_all(database, what, sorted(ids))).items():
        log.error("the journal of erasures could not be followed for %s: %s", number, describe(error))


def _erasing(now: datetime, operator: Operator) -> Pass:
    async def erase(session: AsyncSession, person_id: int) -> None:
        person = await intact.person(session, person_id)
        if person is None:
            return  # entered by somebody who has just been erased
        turn = Turn(session, now, operator, person.chat_id or NOWHERE, person)
        await (erasure.forget_entered(turn, person) if person.is_entered else erasure.forget(turn))
        await _forget_updates(session, turn.chat_id)
        drop_copy(session)

    return Pass(nothing, erase)


async def _forget_updates(session: AsyncSession, chat_id: int) -> None:
    """What they said before was answered before the erasure, or with it."""
    waiting = (Inbox.chat_id == chat_id, Inbox.state == InboxState.NEW)
    await session.execute(
        update(Inbox).where(*waiting).values(state=InboxState.DONE, payload=None, chat_id=NOWHERE)
    )


def _withdrawing(ended: Mapping[int, Mapping[Purpose, datetime]], operator: Operator) -> Pass:
    async def withdraw(session: AsyncSession, person_id: int) -> None:
        person = await intact.person(session, person_id)
        if person is None:
            return
        for purpose, at in ended[person_id].items():
            await requests.take_back(Turn(session, at, operator, person.chat_id or NOWHERE, person), purpose)

    return Pass(nothing, withdraw)
