"""What an outbox row says, read from the database at the moment of sending.

Consent, erasure and corrections count until then: a row whose reason is gone says nothing any more.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codec
from actions.exchange.context import Sight, View
from actions.exchange.operator import House
from actions.joining import views as joining
from actions.matching import views as matching
from actions.matching.suggestions import is_paused
from actions.organising import round_views
from actions.organising import views as organising
from actions.pledging import nudge_views, pledge_views
from actions.rights import views as rights
from actions.rights.erasure import NOWHERE
from db.models import Outgoing, Person, SendLane
from domain.outcomes import NAMED, Outcome
from domain.outcomes.choices import Purpose
from domain.outcomes.rights import Forgotten
from domain.voice import Voice

VIEWS: dict[str, View] = {
    **joining.VIEWS,
    **matching.VIEWS,
    **pledge_views.VIEWS,
    **nudge_views.VIEWS,
    **organising.VIEWS,
    **round_views.VIEWS,
    **rights.VIEWS,
}
"""How each outcome is read from the database when it is said. What stands in none of these needs nothing read."""


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
    view = VIEWS.get(sight.row.kind)
    if view is not None:
        return await view(sight)
    kind: type[Any] = NAMED[sight.row.kind]
    plainly: Outcome = codec.decode(kind, sight.args)
    return plainly
