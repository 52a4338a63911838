"""An organiser sends sitting weeks or school holidays: read, shown, and taken over once they say so."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from db.beforehand import done_in_thread
from db.models import Audit, CalendarUpload, DraftKind
from domain import calendar_files
from domain.calendar_files import CalendarFileError, LineFault, is_named_like_one
from domain.outcomes.organising.calendars import (
    CalendarAsked,
    CalendarDropped,
    CalendarPart,
    CalendarPreview,
    CalendarRefused,
)
from domain.places.laender import LAENDER
from domain.refusal import Reason, Refusal
from domain.team import Duty
from domain.terms import BUNDESTAG, TermKind

NEEDS = team.Needs(Duty.RUN, everywhere=True)
"""They count for everybody, so that whoever sends them organises all workshops."""
UNSAID = ""
"""Stands in a row for what the file does not say."""


async def ask(turn: Turn) -> None:
    """The next file, or the next words, are a calendar."""
    await desk.organiser(turn)
    await drafts.await_words(turn, DraftKind.CALENDAR_FILE)
    turn.tell(CalendarAsked.Payload())


async def takes(turn: Turn, name: str) -> bool:
    """Whether a file of this name is a calendar: any where one is asked for; where an organiser is asked nothing, one
    that is named like a calendar, such as a second, better file.
    """
    if turn.person is None or not await team.allows(turn, NEEDS):
        return False
    draft = await drafts.awaiting(turn)
    return draft.kind is DraftKind.CALENDAR_FILE if draft is not None else is_named_like_one(name)


async def receive(turn: Turn, name: str, content: bytes | None) -> None:
    """Read the file and show what it says; what cannot be read is asked for again. `content` None: it did not come."""
    try:
        read = await done_in_thread(
            turn.session, "calendar", calendar_files.read_file, name, content, turn.today
        )
    except CalendarFileError as error:
        turn.tell(CalendarRefused(error.fault))
        return
    upload = CalendarUpload(
        terms=[
            [each.kind or UNSAID, each.of, each.first.isoformat(), each.last.isoformat()]
            for each in read.terms
        ],
        problems=[[number, fault.value] for number, fault in read.faults],
        made_at=turn.now,
    )
    turn.session.add(upload)
    await turn.session.flush()
    await drafts.end(turn)
    turn.tell(CalendarPreview.Payload(upload.id))


async def choose_kind(turn: Turn, upload_id: int, kind: TermKind) -> None:
    """Note what kind of days the lines are that do not say so. Raises Refusal like `_open`."""
    upload = await _open(turn, upload_id)
    upload.terms = [[had or kind.value, of, *days] for had, of, *days in upload.terms]
    turn.tell(CalendarPreview.Payload(upload.id), edit=True)


async def choose_whose(turn: Turn, upload_id: int, of: str) -> None:
    """Whose those lines are that do not say it. Raises Refusal like `_open`, or for an unknown Land."""
    if of not in (BUNDESTAG, *LAENDER):
        raise Refusal(Reason.STALE_BUTTON)
    upload = await _open(turn, upload_id)
    upload.terms = [[kind, had or of, *days] for kind, had, *days in upload.terms]
    turn.tell(CalendarPreview.Payload(upload.id), edit=True)


async def confirm(turn: Turn, upload_id: int, seen: int) -> None:
    """From now on these days count. What is still to be said of them is asked first. `seen`: the version of what was
    shown; if that has changed, it is shown again. Raises Refusal like `_open`.
    """
    upload = await _open(turn, upload_id)
    shown = preview(upload)
    if shown.parts and not shown.unsaid and shown.version == seen:
        upload.confirmed_at = turn.now
        turn.session.add(
            Audit(organiser_chat_id=turn.chat_id, person_id=None, action="replaced calendar", at=turn.now)
        )
    turn.tell(CalendarPreview.Payload(upload.id), edit=True)


def preview(upload: CalendarUpload) -> CalendarPreview:
    """What was read, as it is shown."""
    spans: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for kind, of, first, last in upload.terms:
        spans[kind, of].append((date.fromisoformat(first), date.fromisoformat(last)))
    unsaid = {key: days for key, days in spans.items() if UNSAID in key}
    without_owner = [kind for kind, of in unsaid if not of]
    return CalendarPreview(
        upload_id=upload.id,
        parts=tuple(
            CalendarPart(TermKind(kind), None if of == BUNDESTAG else of, tuple(sorted(days)))
            for (kind, of), days in sorted(spans.items())
            if (kind, of) not in unsaid
        ),
        unsaid=sum(len(days) for days in unsaid.values()),
        kind_asked=any(not kind for kind, _ in unsaid),
        of_asked=next((TermKind(kind) for kind in without_owner if kind), None),
        faults=tuple((number, LineFault(fault)) for number, fault in upload.problems),
        confirmed=upload.confirmed_at is not None,
    )


async def drop(turn: Turn, upload_id: int) -> None:
    """Delete what was read. Raises Refusal like `_open`."""
    await turn.session.delete(await _open(turn, upload_id))
    turn.tell(CalendarDropped(), edit=True)


async def _open(turn: Turn, upload_id: int) -> CalendarUpload:
    """Raises Refusal(STALE_BUTTON) for what is taken over already, or gone."""
    open_one = select(CalendarUpload).where(
        CalendarUpload.id == upload_id, CalendarUpload.confirmed_at.is_(None)
    )
    upload = await turn.session.scalar(open_one.with_for_update())
    if upload is None:
        raise Refusal(Reason.STALE_BUTTON)
    return upload
