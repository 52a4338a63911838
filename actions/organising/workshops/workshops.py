"""Workshops: made, shown, copied and printed. What is changed about one is in `workshop_details.py`."""

from datetime import date
from random import SystemRandom

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.workshops import workshop_details
from db import queries
from db.models import Draft, DraftKind, Workshop
from domain.codes import new_code
from domain.links import PrintedFor
from domain.outcomes.organising.workshops import (
    Form,
    WorkshopCard,
    WorkshopDayAsked,
    WorkshopPrint,
    WorkshopPrints,
    WorkshopTitleAsked,
)
from domain.refusal import Reason, Refusal
from domain.voice import Language
from domain.words import clean
from domain.workshops import LIMITS, WorkshopField, may_be_on


async def ask_title(turn: Turn) -> None:
    """The next words are the title of a new workshop."""
    await desk.organiser(turn)
    await drafts.await_words(turn, DraftKind.WORKSHOP_TITLE)
    turn.tell(WorkshopTitleAsked())


async def receive_title(turn: Turn, text: str) -> None:
    """Keep the title, and ask for the workshop's day."""
    await _ask_day(turn, clean(text, limit=LIMITS["title"]))


async def copy(turn: Turn, workshop_id: int) -> None:
    """A new one like this: all but its code, its day and its people. Raises Refusal like `desk.chosen`."""
    like = await desk.chosen(turn, workshop_id)
    await _ask_day(turn, like.title, like.id)


async def _ask_day(turn: Turn, title: str, like: int | None = None) -> None:
    draft = await drafts.await_words(turn, DraftKind.WORKSHOP_DAY, like)
    draft.words = title
    await turn.session.flush()
    turn.tell(WorkshopDayAsked.Payload())


async def begin_today(turn: Turn, draft_id: int) -> None:
    """The workshop with the title in this draft is today. Raises Refusal(STALE_BUTTON) if it has its day already."""
    await begin_on(turn, draft_id, turn.today)


async def begin_on(turn: Turn, draft_id: int, day: date) -> None:
    """The workshop with the title in this draft is on the day that was asked back.

    Raises Refusal(STALE_BUTTON) if it has its day already, or for a day on which it cannot be.
    """
    await desk.organiser(turn)
    draft = await drafts.awaiting(turn)
    if draft is None or draft.id != draft_id or draft.kind is not DraftKind.WORKSHOP_DAY:
        raise Refusal(Reason.STALE_BUTTON)
    if not may_be_on(day, turn.today):
        raise Refusal(Reason.STALE_BUTTON)
    await _make(turn, draft, day)


async def receive_day(turn: Turn, text: str) -> None:
    """A typed day; one that is over is asked back. Raises Refusal(UNKNOWN_DATE) if no such day can be made out."""
    draft = await drafts.awaiting(turn)
    if draft is None:
        raise Refusal(Reason.UNKNOWN_DATE)
    if past := workshop_details.past_of(turn, text):
        turn.tell(WorkshopDayAsked.Payload(*past))
        return
    await _make(turn, draft, workshop_details.day_in(turn, text))


async def _make(turn: Turn, draft: Draft, day: date) -> None:
    """Make the workshop, with a code of its own; where it is, is asked next, unless it is a copy."""
    workshop = Workshop(code=await _free_code(turn), title=draft.words or "", day=day, created_at=turn.now)
    like = await turn.session.get(Workshop, draft.object_id) if draft.object_id else None
    if like is not None:
        for name in _COPIED:
            setattr(workshop, name, getattr(like, name))
    turn.session.add(workshop)
    await turn.session.flush()
    await drafts.end(turn)
    if like is not None:
        turn.tell(WorkshopCard.Payload(workshop.id))
    else:
        await workshop_details.ask(turn, workshop, WorkshopField.PLACE, first=True)


_COPIED = ("opens", "closes", "place", "land", "voice", "tables", "table_names", "sender")


async def _free_code(turn: Turn) -> str:
    random = SystemRandom()
    code = new_code(random)
    while await queries.workshop_by_code(turn.session, code):
        code = new_code(random)
    return code


# --- one that there is


async def show(turn: Turn, workshop_id: int) -> None:
    """Show a workshop with its QR code; nothing is typed for it any more. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.end_of(turn, workshop.id, DraftKind.WORKSHOP_FIELD)
    turn.tell(WorkshopCard.Payload(workshop.id))


# --- on paper


async def ask_print(turn: Turn, workshop_id: int) -> None:
    """Ask what is to be printed: at first for everybody, in the language of the workshop. Raises like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    language = (workshop.voice or turn.operator.voice).language
    turn.tell(WorkshopPrints.Payload(workshop.id, PrintedFor.EVERYBODY, language))


async def choose_print(turn: Turn, workshop_id: int, readers: tuple[PrintedFor, Language]) -> None:
    """For whom, and in which language, in the message that asks. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    turn.tell(WorkshopPrints.Payload(workshop.id, *readers), edit=True)


async def print_out(turn: Turn, workshop_id: int, form: Form, readers: tuple[PrintedFor, Language]) -> None:
    """The file, or the picture. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    turn.tell(WorkshopPrint.Payload(workshop.id, form, *readers))
