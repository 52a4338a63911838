"""The details of a workshop: each is shown, asked for and changed by itself.

Every change names the value that it is about (`Details.version`): of two organisers who change the same detail at once,
the second is shown what the first has made of it, and nothing is lost silently.
"""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from actions.exchange import drafts, shown
from actions.exchange.passes import FOR_CHANGE
from actions.exchange.turn import Turn
from actions.organising import desk
from db.models import DraftKind, Introduction, IntroState, Workshop
from domain.outcomes.matching import MeetCard
from domain.outcomes.organising.workshops import WorkshopCard, WorkshopFieldAsked
from domain.places import LAENDER, land_named
from domain.refusal import Reason, Refusal
from domain.voice import Voice
from domain.words import clean
from domain.workshops import (
    LIMITS,
    Hours,
    Tables,
    WorkshopDetails,
    WorkshopField,
    days_meant,
    is_under_way,
    land_of,
    may_be_on,
    read_hours,
    read_tables,
)


def details(workshop: Workshop) -> WorkshopDetails:
    """What can be changed about a workshop, as it is now."""
    names = tuple((workshop.table_names or "").splitlines())
    return WorkshopDetails(
        title=workshop.title,
        day=workshop.day,
        hours=hours(workshop),
        place=workshop.place or "",
        land=workshop.land,
        voice=workshop.voice,
        tables=Tables(workshop.tables, names),
        sender=workshop.sender or "",
        closed=workshop.closed_at is not None,
    )


def hours(workshop: Workshop) -> Hours | None:
    """When it begins and ends; None if nobody said so."""
    if workshop.opens is None or workshop.closes is None:
        return None
    return Hours(workshop.opens, workshop.closes)


async def ask_field(turn: Turn, workshop_id: int, field: WorkshopField) -> None:
    """Ask for one detail. Raises Refusal like `desk.chosen`."""
    await ask(turn, await desk.chosen(turn, workshop_id), field)


async def ask(
    turn: Turn, workshop: Workshop, field: WorkshopField, *, first: bool = False, again: bool = False
) -> None:
    """The next words are for this detail, if it can be typed. `first`, `again`: see `WorkshopFieldAsked`."""
    if field in _TYPED:
        asked = drafts.DraftDetails(detail=field, seen=details(workshop).version(field))
        await drafts.await_words(turn, DraftKind.WORKSHOP_FIELD, workshop.id, asked)
    else:
        await drafts.end(turn)
    turn.tell(WorkshopFieldAsked.Payload(workshop.id, field, first=first, again=again))


async def receive_field(turn: Turn, workshop_id: int, field: WorkshopField, seen: int, text: str) -> None:
    """Typed words for one detail; if somebody else has changed it since it was asked for, it is asked for again, and
    a day that is over is asked back.

    Raises Refusal like `desk.chosen`, or for words that say no such thing.
    """
    workshop = await _to_change(turn, workshop_id)
    if details(workshop).version(field) != seen:
        await ask(turn, workshop, field, again=True)
        return
    if field is WorkshopField.DAY and (past := past_of(turn, text)):
        turn.tell(WorkshopFieldAsked.Payload(workshop.id, field, past=past[0], coming=past[1]))
        return
    _TYPED[field](turn, workshop, text)
    if field is WorkshopField.TABLES:
        await _show_tables_anew(turn, workshop)
    await drafts.end(turn)
    turn.tell(WorkshopCard.Payload(workshop.id, saved=field))


async def choose(turn: Turn, workshop_id: int, chosen: tuple[WorkshopField, str], seen: int) -> None:
    """A tapped value for one detail; if somebody else has changed it meanwhile, the workshop is shown as it is now.

    Raises Refusal like `desk.chosen`, or STALE_BUTTON for a value that this field cannot have.
    """
    workshop, (field, value) = await _to_change(turn, workshop_id), chosen
    is_news = details(workshop).version(field) != seen
    if not is_news:
        _take(turn, workshop, field, value)
        await drafts.end_of(turn, workshop.id, DraftKind.WORKSHOP_FIELD)
    saved = None if is_news else field
    turn.tell(WorkshopCard.Payload(workshop.id, saved=saved, changed=is_news))


async def _show_tables_anew(turn: Turn, workshop: Workshop) -> None:
    """Two people who are to meet today are shown the same table, which may be another one now: silently."""
    await turn.session.flush()
    if not is_under_way(workshop.day, workshop.closes, turn.now, turn.operator.zone):
        return
    meeting = select(Introduction.id).where(
        Introduction.workshop_id == workshop.id, Introduction.state == IntroState.BOTH
    )
    for intro_id in (await turn.session.scalars(meeting.order_by(Introduction.id))).all():
        await shown.say_again(turn.session, MeetCard.Payload(intro_id), intro_id, turn.now)


async def _to_change(turn: Turn, workshop_id: int) -> Workshop:
    """The workshop, locked: whoever changes it at the same moment waits here. Raises Refusal like `desk.chosen`."""
    await desk.chosen(turn, workshop_id)
    return await turn.session.get_one(Workshop, workshop_id, with_for_update=FOR_CHANGE)


# --- what is typed


def day_in(turn: Turn, text: str) -> date:
    """The day that was typed. Raises Refusal(UNKNOWN_DATE) if no such day can be made out."""
    days = days_meant(text, turn.today)
    if not days:
        raise Refusal(Reason.UNKNOWN_DATE)
    return days[0]


def past_of(turn: Turn, text: str) -> tuple[date, date | None] | None:
    """The past day that was typed, and the one to come that may be meant as well; None if no past day is meant."""
    days = days_meant(text, turn.today)
    if not days or days[0] >= turn.today:
        return None
    return days[0], next((day for day in days[1:]), None)


def _take_title(_turn: Turn, workshop: Workshop, text: str) -> None:
    workshop.title = clean(text, limit=LIMITS["title"])


def _take_day(turn: Turn, workshop: Workshop, text: str) -> None:
    workshop.day = day_in(turn, text)


def _take_hours(_turn: Turn, workshop: Workshop, text: str) -> None:
    found = read_hours(text)
    if found is None:
        raise Refusal(Reason.UNKNOWN_HOURS)
    workshop.opens, workshop.closes = found.opens, found.closes


def _take_place(_turn: Turn, workshop: Workshop, text: str) -> None:
    """The Land goes with it, as far as it is sure."""
    workshop.place = clean(text, limit=LIMITS["place"])
    workshop.land = land_of(workshop.place)


def _take_land(_turn: Turn, workshop: Workshop, text: str) -> None:
    found = land_named(clean(text, limit=LIMITS["place"]))
    if found is None:
        raise Refusal(Reason.UNKNOWN_LAND)
    workshop.land = found


def _take_tables(_turn: Turn, workshop: Workshop, text: str) -> None:
    found = read_tables(text)
    if found is None:
        raise Refusal(Reason.UNKNOWN_TABLES)
    workshop.tables, workshop.table_names = found.number, "\n".join(found.names) or None


def _take_sender(_turn: Turn, workshop: Workshop, text: str) -> None:
    workshop.sender = clean(text, limit=LIMITS["sender"])


_TYPED: dict[WorkshopField, Callable[[Turn, Workshop, str], None]] = {
    WorkshopField.TITLE: _take_title,
    WorkshopField.DAY: _take_day,
    WorkshopField.HOURS: _take_hours,
    WorkshopField.PLACE: _take_place,
    WorkshopField.LAND: _take_land,
    WorkshopField.TABLES: _take_tables,
    WorkshopField.SENDER: _take_sender,
}


# --- what is tapped


def _take(turn: Turn, workshop: Workshop, field: WorkshopField, value: str) -> None:
    match field, value:
        case WorkshopField.HOURS, "none":
            workshop.opens = workshop.closes = None
        case WorkshopField.PLACE, "none":
            workshop.place = workshop.land = None
        case WorkshopField.LAND, "none":
            workshop.land = None
        case WorkshopField.SENDER, "none":
            workshop.sender = None
        case WorkshopField.LAND, code if code in LAENDER:
            workshop.land = code
        case WorkshopField.VOICE, voice if voice in set(Voice):
            workshop.voice = Voice(voice)
        case WorkshopField.DAY, spelled:
            workshop.day = _tapped_day(turn, spelled)
        case WorkshopField.CLOSED, "yes":
            workshop.closed_at = turn.now
        case WorkshopField.CLOSED, "no":
            workshop.closed_at = None
        case _:
            raise Refusal(Reason.STALE_BUTTON)


def _tapped_day(turn: Turn, spelled: str) -> date:
    """The day in a button: today, or YYYYMMDD. Raises Refusal(STALE_BUTTON) for one on which no workshop may be."""
    try:
        day = turn.today if spelled == "today" else date.fromisoformat(spelled)
    except ValueError:
        day = date.min
    if not may_be_on(day, turn.today):
        raise Refusal(Reason.STALE_BUTTON)
    return day
