"""When somebody could see what they were told about a pledge: from then on the days count in which they may object."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, parties, pauses, transcript
from actions.exchange.entries import Entry
from db import intact, reach
from db.models import Person
from domain.outcomes.payload import Payload


@dataclass(frozen=True)
class Seen:
    """`at`: when it arrived, or the list of missed news that names it; None: not yet, or never.

    `pausing`: a pause holds it back. `on_its_way`: it has not gone out yet.
    """

    at: datetime | None
    pausing: bool = False
    on_its_way: bool = False


async def seen(
    session: AsyncSession, party_id: int, kind: type[Payload], pledge_id: int, since: datetime, now: datetime
) -> Seen:
    """What this party, or their office, could see of the messages of this kind about the pledge since then; or else of
    the last one before, which a later edit may have brought up to date.
    """
    told = await _told(session, party_id, kind, pledge_id, since)
    seen_at = [each for entry in told if (each := await _seen_at(session, entry)) is not None]
    if seen_at:
        return Seen(max(since, min(seen_at)))
    held = any(each.row.error == outbox.PAUSED for each in told)
    on_its_way = any(each.row.state in outbox.OPEN for each in told)
    reader = await reader_of(session, party_id, now) if on_its_way else None
    pausing = held or (reader is not None and reach.is_paused(reader, now))
    return Seen(None, pausing, on_its_way)


async def reader_of(session: AsyncSession, party_id: int, now: datetime) -> Person | None:
    """Who reads what is asked of this party."""
    party = await intact.person(session, party_id)
    return await parties.reader(session, party, now) if party is not None else None


async def _told(
    session: AsyncSession, party_id: int, kind: type[Payload], pledge_id: int, since: datetime
) -> list[Entry]:
    owed = await transcript.owed_about(session, party_id, kind, pledge_id)
    return [each for each in owed if each.row.created_at >= since] or owed[-1:]


async def _seen_at(session: AsyncSession, entry: Entry) -> datetime | None:
    row = entry.row
    return await pauses.told_at(session, row) if row.error == outbox.PAUSED else row.sent_at
