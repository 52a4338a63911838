"""What an outbox row says, read from the database at the moment of sending.

Consent, erasure and corrections count until then: a row whose reason is gone says nothing any more.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions import plain, views
from actions.erasure import NOWHERE
from actions.house import House
from actions.suggestions import is_paused
from actions.views.sight import Sight
from db.models import Outgoing, Person, SendLane
from domain.outcomes import NAMED, Outcome
from domain.outcomes.choices import Purpose
from domain.outcomes.rights import Forgotten
from domain.voice import Voice


@dataclass(frozen=True)
class Said:
    """What to say, how its reader is spoken to, and the day on which it is read."""

    outcome: Outcome
    voice: Voice
    today: date


async def contents(session: AsyncSession, row: Outgoing, now: datetime, house: House) -> Said | None:
    """None: the reason to say it is gone (consent withdrawn, person erased or paused, promise over)."""
    person = await session.get(Person, row.person_id) if row.person_id is not None else None
    if not _may_hear(row, person, now):
        return None
    args = dict(row.args or {})
    voice = _voice(args.pop("voice", None), person, house)
    sight = Sight(session, row, person, voice, now, house, args)
    outcome = await _outcome(sight)
    return Said(outcome, voice, sight.day(now)) if outcome is not None else None


def _may_hear(row: Outgoing, person: Person | None, now: datetime) -> bool:
    """Replies follow what somebody just did. All else needs the person, both core consents, and no pause;
    announcements consent A on top. What only takes words of the erased away says nothing and makes no sound: it is
    owed to them, whatever its reader agreed to."""
    if row.chat_id == NOWHERE:
        return False
    if row.lane is SendLane.REPLY:
        return True
    if row.kind == Forgotten.__name__:
        return person is not None
    if person is None or not person.gave(Purpose.CORE) or not person.gave(Purpose.CARRIER):
        at_work = person is not None and not person.memberships  # an organiser who takes no part
        return at_work and row.lane is SendLane.NEWS
    if row.lane is SendLane.BROADCAST:
        return person.gave(Purpose.ANNOUNCEMENTS) and not is_paused(person, now)
    return row.lane is SendLane.NEWS or not is_paused(person, now)


def _voice(spelled: str | None, person: Person | None, house: House) -> Voice:
    if spelled is not None:
        return Voice(spelled)
    return person.voice if person is not None else house.voice


async def _outcome(sight: Sight) -> Outcome | None:
    view = views.VIEWS.get(sight.row.kind)
    if view is not None:
        return await view(sight)
    kind: type[Any] = NAMED[sight.row.kind]
    plainly: Outcome = plain.decode(kind, sight.args)
    return plainly
