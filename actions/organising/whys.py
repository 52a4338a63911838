"""Why somebody is asked nothing: an organiser looks it up, and the person finds the look in their data."""

from sqlalchemy import select

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team import team
from db import intact, reach
from db.models import DraftKind, Membership, Person
from domain import names
from domain.outcomes.organising.participants import ParticipantShown
from domain.outcomes.organising.whys import PeopleFound, WhyNameAsked, WhyNothing
from domain.refusal import Reason, Refusal
from domain.team import Duty
from domain.words import clean

_NAME_LIMIT = 200  # UTF-16 units of a name to search for


async def ask_name(turn: Turn) -> None:
    """The next words are a name."""
    await desk.organiser(turn)
    await drafts.await_words(turn, DraftKind.WHY_NAME)
    turn.tell(WhyNameAsked())


async def receive_name(turn: Turn, text: str) -> None:
    """Show at most three people whose names come near; a single one's questions at once.

    Raises Refusal(NOBODY_FOUND).
    """
    there = team.within(Membership.workshop_id, turn.scope(Duty.RECEIVE))
    joined = select(Person.id).where(
        select(Membership.person_id).where(Membership.person_id == Person.id, there).exists()
    )
    people = [each for each in await intact.rows(turn.session, Person, joined) if reach.agrees(each)]
    hits = names.search(
        clean(text, limit=_NAME_LIMIT), [names.Somebody(p.id, p.name or "", p.place or "") for p in people]
    )
    match hits:
        case []:
            raise Refusal(Reason.NOBODY_FOUND)
        case [only]:
            await _show(turn, only.id)
        case _:
            alike = tuple(hit.id for hit in hits if hit.has_look_alike)
            turn.tell(PeopleFound.Payload(tuple(hit.id for hit in hits), alike))


async def show(turn: Turn, person_id: int) -> None:
    """Raises Refusal(STALE_BUTTON) for anybody whom neither the last search found nor a card has shown, or who does
    not agree any more.
    """
    last = await transcript.newest(turn.session, turn.chat_id, (PeopleFound.Payload,), 1)
    found = {
        hit for each in last if isinstance(each.payload, PeopleFound.Payload) for hit in each.payload.hits
    }
    shown = (ParticipantShown.Payload,)
    if person_id not in found and not await transcript.was_told_of(
        turn.session, turn.chat_id, shown, person_id
    ):
        raise Refusal(Reason.STALE_BUTTON)
    await _show(turn, person_id)


async def _show(turn: Turn, person_id: int) -> None:
    person = await intact.person(turn.session, person_id)
    if person is None or not reach.agrees(person):
        raise Refusal(Reason.STALE_BUTTON)
    if turn.person is not None:
        await drafts.end(turn)
    desk.audit(turn, person.id, "saw why no question came")
    turn.tell(WhyNothing.Payload(person.id))
