"""What is new on the care list: what has arisen since the message before to the same reader."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.exchange import entries
from actions.exchange.context import ViewContext, Views
from actions.organising import silence_lists
from actions.organising.care import care_views, concerns
from actions.organising.care.concerns import Concern
from actions.organising.team import team
from domain.care import SEEN_BY, ConcernKind
from domain.outcomes.organising.care import CareNoted
from domain.team import Granted, reaches, scope

VIEWS = Views()


@VIEWS.reads(CareNoted.Payload)
async def noted(context: ViewContext, _payload: CareNoted.Payload) -> CareNoted | None:
    """None if nothing is new. What arises after the message was owed is in the next one, however late it goes out."""
    of, before = await care_views.onlooker(context), await _before(context)
    waiting = [each for each in await concerns.found(of) if each.since < context.row.created_at]
    new = waiting if before is None else [each for each in waiting if before.is_followed_by(each)]
    number = Counter(each.kind for each in new)
    counts = tuple((kind, number[kind]) for kind in ConcernKind if number[kind])
    return CareNoted(context.day(before.at) if before is not None else None, counts) if counts else None


@dataclass(frozen=True)
class _Before:
    """When the reader was told last, what they had been granted by then, and who has fallen silent since."""

    at: datetime
    granted: Sequence[Granted]
    silent: Collection[int]

    def is_followed_by(self, each: Concern) -> bool:
        """Whether they were not told of it. A silence is told of long after it began."""
        if not reaches(scope(self.granted, SEEN_BY[each.kind]), (each.workshop_id,)):
            return True
        return each.object_id in self.silent if each.kind is ConcernKind.SILENCE else each.since >= self.at


async def _before(context: ViewContext) -> _Before | None:
    """None if they were never told."""
    session, now, operator, row = context.session, context.now, context.operator, context.row
    at = await session.scalar(entries.last_said(row))
    if at is None:
        return None
    granted = await team.granted_in(session, operator, row.chat_id)
    there = scope(granted, SEEN_BY[ConcernKind.SILENCE])
    silent = await silence_lists.told_of(session, now, operator, there, since=at)
    return _Before(at, await team.granted_in(session, operator, row.chat_id, until=at), silent)
