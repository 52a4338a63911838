"""What an outbox row says, read from the database at the moment of sending.

Consent, erasure and corrections count until then: a row whose reason is gone is not sent.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import file_ends, mailings, outbox, parties
from actions.exchange.context import ViewContext, Views
from actions.exchange.operator import Operator
from actions.joining import views as joining
from actions.matching import views as matching
from actions.organising import code_alarms, menu_views, released, why_views
from actions.organising import views as organising
from actions.organising.accounts import account_views, doubles
from actions.organising.broadcasts import broadcast_views, receipts
from actions.organising.care import care_news, care_views
from actions.organising.exports import export_views
from actions.organising.guests import guest_list_views, guest_views
from actions.organising.inquiries import inquiry_views
from actions.organising.insight import insight
from actions.organising.offices import office_views
from actions.organising.papers import paper_views
from actions.organising.participants import participant_views, presence_views
from actions.organising.pledge_moments import moment_views
from actions.organising.programme import programme_views
from actions.organising.rehearsals import rehearsal_views
from actions.organising.reports import reports
from actions.organising.rounds import round_views, timetable_views
from actions.organising.roundtables import roundtable_views
from actions.organising.team import team_views
from actions.organising.wall import wall_desk
from actions.organising.workshops import calendar_views, workshop_views
from actions.pledging import views as pledging
from actions.rights import team_entries
from actions.rights import views as rights
from db import intact, reach
from db.models import NOWHERE, Outgoing, Person, Priority
from domain.outcomes.choices import Purpose
from domain.outcomes.kinds import PAYLOADS, Outcome
from domain.outcomes.matters import Matter, matter
from domain.outcomes.organising.alarms import Alarm
from domain.outcomes.organising.broadcasts import BroadcastCopy, BroadcastTakenBack, BroadcastToConfirm
from domain.outcomes.organising.exports import ExportLeft
from domain.outcomes.organising.inquiries import TeamAnswered, TeamClosed
from domain.outcomes.pledging.handshakes import HandshakeAsked, HandshakeOpened
from domain.outcomes.rights import Forgotten, TextEnding
from domain.outcomes.small import Fault, NothingExpected
from domain.voice import Voice

_VIEWS = Views(
    joining.VIEWS,
    matching.VIEWS,
    pledging.VIEWS,
    organising.VIEWS,
    broadcast_views.VIEWS,
    receipts.VIEWS,
    export_views.VIEWS,
    file_ends.VIEWS,
    round_views.VIEWS,
    timetable_views.VIEWS,
    roundtable_views.VIEWS,
    calendar_views.VIEWS,
    guest_list_views.VIEWS,
    guest_views.VIEWS,
    moment_views.VIEWS,
    office_views.VIEWS,
    programme_views.VIEWS,
    presence_views.VIEWS,
    why_views.VIEWS,
    participant_views.VIEWS,
    doubles.VIEWS,
    care_news.VIEWS,
    care_views.VIEWS,
    paper_views.VIEWS,
    inquiry_views.VIEWS,
    insight.VIEWS,
    menu_views.VIEWS,
    account_views.VIEWS,
    team_views.VIEWS,
    released.VIEWS,
    wall_desk.VIEWS,
    reports.VIEWS,
    rehearsal_views.VIEWS,
    workshop_views.VIEWS,
    code_alarms.VIEWS,
    team_entries.VIEWS,
    rights.VIEWS,
)
"""How each outcome is read from the database when it is said. An outcome without a view needs nothing read."""

_TOLD_IN_PAUSES = {
    kind.outcome_name()
    for kind in (
        TextEnding.Payload,
        BroadcastCopy.Payload,
        BroadcastToConfirm.Payload,
        HandshakeAsked.Payload,
        HandshakeOpened.Payload,
        TeamAnswered.Payload,
        TeamClosed.Payload,
        Alarm,
        ExportLeft.Payload,
    )
}


@dataclass(frozen=True)
class Contents:
    """What to say, how its reader is spoken to, and the day on which it is read.

    `asked`: the question whose buttons go below it, if it says again what can be answered. `party`: the name of the MP
    for whom the reader reads it; `actor`: of whoever else of their party did what it shows. Both are None as a rule.
    """

    outcome: Outcome
    voice: Voice
    today: date
    asked: Outcome | None = None
    party: str | None = None
    actor: str | None = None


async def contents(
    session: AsyncSession, row: Outgoing, now: datetime, operator: Operator
) -> Contents | None:
    """None if the reason to say it is gone: consent withdrawn, person erased or paused, pledge over."""
    if row.kind == Fault.__name__:
        return _fault(row, now, operator)
    person = await intact.person(session, row.person_id) if row.person_id is not None else None
    if not _may_be_sent(row, person, now):
        return None
    voice = outbox.voice_of(row.args) or _voice(person, operator)
    represented = await _represented(session, row)
    if represented is None and row.party_id != row.person_id:
        return _covered(row, voice, operator.day(now))
    context = ViewContext(session, row, person, voice, now, operator, represented)
    actor = await _actor(session, row)
    outcome = await _outcome(context)
    if outcome is None and actor is not None:
        outcome = await office_views.settled(context, _answer(row))
    if outcome is None:
        return None
    asked = await _asked(outcome, session, now, operator)
    return Contents(outcome, voice, context.day(now), asked, _for_whom(row, represented), actor)


def _covered(row: Outgoing, voice: Voice, today: date) -> Contents | None:
    """Whoever is no longer in that office, or whose MP is erased, reads nothing new; what names the erased goes from
    their chat all the same.
    """
    payload = outbox.payload_in(row)
    if not isinstance(payload, Forgotten.Payload) or row.edits_message is None:
        return None
    return Contents(Forgotten(payload.quiet, payload.is_photo), voice, today)


async def _represented(session: AsyncSession, row: Outgoing) -> Person | None:
    """The MP for whom the reader reads it, if they are still in the office; None for whoever reads for themselves."""
    if row.party_id is None or row.party_id == row.person_id:
        return None
    if not await parties.acts_for(session, row.person_id, row.party_id):
        return None
    return await intact.person(session, row.party_id)


def _for_whom(row: Outgoing, represented: Person | None) -> str | None:
    """The name of the MP whom it concerns; what is about its reader alone may be said in a turn of theirs, too."""
    said = outbox.payload_in(row)
    kind = said.again if isinstance(said, Forgotten.Payload) and said.again else row.kind
    private = kind in PAYLOADS and matter(PAYLOADS[kind]) is Matter.PRIVATE
    return represented.name if represented is not None and not private else None


async def _actor(session: AsyncSession, row: Outgoing) -> str | None:
    """The name of whoever else of the reader's party did what this edit shows."""
    actor_id = outbox.actor_of(row.args)
    actor = await intact.person(session, actor_id) if actor_id is not None else None
    return (actor.name or "") if actor is not None else None


def _answer(row: Outgoing) -> bool | None:
    """Whether what the edit shows was a yes; None if it was neither yes nor no."""
    answer = (row.args or {}).get(outbox.ANSWER)
    return answer if isinstance(answer, bool) else None


async def _asked(
    outcome: Outcome, session: AsyncSession, now: datetime, operator: Operator
) -> Outcome | None:
    if not isinstance(outcome, NothingExpected) or outcome.asked is None:
        return None
    row = await session.get(Outgoing, outcome.asked)
    question = await contents(session, row, now, operator) if row is not None else None
    return question.outcome if question is not None else None


def _fault(row: Outgoing, now: datetime, operator: Operator) -> Contents | None:
    """That something failed: nothing is read for it, since that may be what failed."""
    payload = outbox.payload_in(row)
    if row.chat_id == NOWHERE or not isinstance(payload, Fault):
        return None
    return Contents(payload, outbox.voice_of(row.args) or operator.voice, operator.day(now))


def _may_be_sent(row: Outgoing, person: Person | None, now: datetime) -> bool:
    """Whether the row may still be sent to this reader; None is somebody the bot does not know.

    Replies follow what somebody just did. News and nudges need the person, both core consents, and that they are not
    pausing (`_despite_a_pause`); broadcasts consent A on top, unless they are a notice of the day. An edit that only
    takes away words of the erased, or a broadcast, says nothing and makes no sound: whatever its reader agreed to.
    """
    if row.chat_id == NOWHERE:
        return False
    if row.priority is Priority.REPLY:
        return True
    if row.kind in (Forgotten.__name__, BroadcastTakenBack.__name__):
        return person is not None
    if person is None or not reach.agrees(person):
        at_work = person is not None and not person.memberships  # an organiser who takes no part
        return at_work and row.priority is Priority.NEWS
    moved = person.chat_id != row.chat_id  # to another account, just when this was owed
    if moved or (_is_announcement(row) and not person.gave(Purpose.ANNOUNCEMENTS)):
        return False
    return not reach.is_paused(person, now) or _despite_a_pause(row)


def _is_announcement(row: Outgoing) -> bool:
    said = outbox.payload_in(row)
    return row.priority is Priority.BROADCAST and not (
        isinstance(said, BroadcastCopy.Payload) and said.notice
    )


def _despite_a_pause(row: Outgoing) -> bool:
    """Whether the row goes to somebody who is pausing (decision 15).

    That is the notice before words of theirs are deleted, which must not end unannounced; what changes a message that
    is there already, without a sound; a broadcast that another organiser waits with, asked before the pause;
    what comes of a handshake, which its author is holding out at this moment; and what the team answers to a question.
    """
    is_edit = row.edits_message is not None
    return row.priority is Priority.NEWS and (is_edit or row.kind in _TOLD_IN_PAUSES)


async def why_not(session: AsyncSession, row: Outgoing, now: datetime) -> str:
    """Why the row has nothing to say now, as it is stored with it."""
    if await _is_held_back(session, row, now):
        return outbox.PAUSED
    said = outbox.payload_in(row)
    a_copy = isinstance(said, BroadcastCopy.Payload) and row.priority is Priority.BROADCAST
    stopped = a_copy and await broadcast_views.is_stopped(session, row.object_id or 0)
    return mailings.HALTED if stopped else outbox.WITHDRAWN


async def _is_held_back(session: AsyncSession, row: Outgoing, now: datetime) -> bool:
    """Whether the row is news that a pause keeps from its reader: it is told when that is over (`rights.missed`)."""
    person = await intact.person(session, row.person_id) if row.person_id is not None else None
    if person is None or row.priority is not Priority.NEWS or _despite_a_pause(row):
        return False
    return reach.agrees(person) and reach.is_paused(person, now)


def _voice(person: Person | None, operator: Operator) -> Voice:
    return person.voice if person is not None else operator.voice


async def _outcome(context: ViewContext) -> Outcome | None:
    """What the row's payload says now; a payload that no view reads is the outcome itself."""
    payload = outbox.payload_in(context.row)
    view = _VIEWS.of(payload)
    if view is not None:
        return await view(context, payload)
    if not isinstance(payload, Outcome):
        raise TypeError(f"{context.row.kind} has no view")
    return payload
