"""Covers: silent edits, after which messages in other people's chats name an erased person no more."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import inf

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.entries import Entry, Kinds
from actions.exchange.shown import owe_cover, visible
from actions.organising.inquiries.inquiries import LISTING, NAMING
from actions.pledging.releases.shown_to_others import take_files_away
from actions.rights import traces
from actions.rights.holdings import Holdings, Of
from actions.rights.trace_kinds import A_PLEDGE, OF_THREE, SHOWN_AGAIN
from db import queries
from db.models import Nudge, Outgoing, Person, Pledge
from domain.outcomes.matching import Asking, Suggested
from domain.outcomes.payload import KindName, Payload
from domain.outcomes.pledging.evidence import EvidenceShown
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.pledges import PledgeCard
from domain.outcomes.rights import Forgotten, Resumed

_BEFORE_A_YES: Kinds = (Suggested.Payload, Asking.Payload)


async def cover(session: AsyncSession, me: Person, of: Holdings, now: datetime) -> None:
    """Owe an edit to each message to others that holds my name or my words. Call it before my rows are deleted.

    Of the messages about a pledge the lowest in each chat becomes the pledge's card as it is by then, without me; the
    others, like all that is no list, become a neutral sentence, which does not say why where somebody may wait for me.
    A list is made again without them. The edits are rows of this transaction, of the last priority, and silent on the
    phone, so that a pause does not hold them up. Anyone who has withdrawn a consent gets the neutral sentence only, and
    anyone who blocked the bot gets no edit. Reports of my workshops go; other files that were sent on request, and
    broadcasts, are not changed.
    """
    carded: set[tuple[int, int | None]] = set()
    found = sorted(await _visible(session, me, of), key=_position, reverse=True)
    pledges = await _asked_about(session, found)
    aside = _as_third(of)
    for shown in found:
        again, object_id = _instead(shown, me, pledges)
        if (type(shown.payload), shown.row.object_id) in aside:
            again = shown.payload.outcome_name()
        if again == PledgeCard.Payload.outcome_name():
            again = None if (shown.row.chat_id, object_id) in carded else again
            carded.add((shown.row.chat_id, object_id))
        by = Forgotten.Payload(object_id, again, quiet=_is_quiet(shown), is_photo=_is_photo(shown, me))
        owe_cover(session, shown, by, now)
    await take_files_away(session, select(Pledge.workshop_id).where(queries.in_pledge(me.id)), now)


def _as_third(of: Holdings) -> set[tuple[type[Payload], int | None]]:
    """What others are told of two people with whom I was going to meet, by kind and object: it holds without me."""
    return {(Suggested.Payload, each) for each in of[Of.CARD_OF_OTHERS]} | {
        (kind, each) for kind in OF_THREE for each in of[Of.MEETING_OF_OTHERS]
    }


def _is_quiet(shown: Entry) -> bool:
    """Whether it is a card, or says that somebody is being asked: that they are gone is not told (`outlast`)."""
    covered = shown.payload
    return isinstance(covered, _BEFORE_A_YES) or (isinstance(covered, Forgotten.Payload) and covered.quiet)


def _is_photo(shown: Entry, me: Person) -> bool:
    """Whether it is a photo of mine, or a picture with my words in or below it, which has to go as well."""
    covered = shown.payload
    if covered.replaced:
        return True
    if isinstance(covered, EvidenceShown.Payload):
        return covered.is_photo and covered.by == me.id
    return isinstance(covered, Forgotten.Payload) and covered.is_photo


async def _visible(session: AsyncSession, me: Person, of: Holdings) -> list[Entry]:
    """The newest row of each message to others that names me: I am gone when its cover is worded."""
    found = await visible(
        session, Outgoing.person_id != me.id, Outgoing.id.in_(await traces.rows(session, me, of))
    )
    return [entry for entry in found if traces.names(entry, me)]


def _position(entry: Entry) -> tuple[float, int]:
    """How far down in its chat; what has not arrived yet is lowest."""
    return entry.message or inf, entry.row.id


async def _asked_about(session: AsyncSession, found: Sequence[Entry]) -> Mapping[int, Sequence[int]]:
    """The pledges that each of these messages asks about, by the row that asked first."""
    rows = {_first(each.payload, each) for each in found if isinstance(each.payload, Nudged.Payload)}
    asked: defaultdict[int, list[int]] = defaultdict(list)
    of = Nudge.outbox_id, Nudge.again_id
    which = or_(*(column.in_(rows) for column in of))
    for pledge, *asked_in in await session.execute(select(Nudge.pledge_id, *of).where(which)) if rows else ():
        for row in rows.intersection(asked_in):
            asked[row].append(pledge)
    return asked


def _first(payload: Nudged.Payload, shown: Entry) -> int:
    return payload.first or shown.row.id


def _instead(
    shown: Entry, me: Person, pledges: Mapping[int, Sequence[int]]
) -> tuple[KindName | None, int | None]:
    """The kind and the object of what the message is to say instead; no kind: the neutral sentence."""
    covered = shown.payload
    if _is_photo(shown, me):
        return None, shown.row.object_id
    if isinstance(covered, Forgotten.Payload):
        return covered.again, covered.object_id
    if isinstance(covered, Nudged.Payload):
        first = _first(covered, shown)
        about = pledges.get(first, ())
        return (
            (PledgeCard.Payload.outcome_name(), about[0])
            if len(about) == 1
            else (Nudged.Payload.outcome_name(), first)
        )
    if isinstance(covered, Resumed.Payload):
        return covered.outcome_name(), covered.first or shown.row.id
    if isinstance(covered, (*SHOWN_AGAIN, *NAMING, *LISTING)):
        return covered.outcome_name(), shown.row.object_id
    about_pledge = isinstance(covered, A_PLEDGE)
    return (PledgeCard.Payload.outcome_name() if about_pledge else None), shown.row.object_id
