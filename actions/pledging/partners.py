"""With whom a pledge is made: somebody I have met, or somebody found by name."""

from sqlalchemy import select

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from db import intact, queries, reach
from db.models import DraftKind, Person, Pledge
from domain import names
from domain.limits import SEARCHES, SEARCHES_WITHIN
from domain.outcomes.pledging.partners import PartnerAsked, PartnerNameAsked, PartnersFound
from domain.outcomes.pledging.pledges import ActsAsked
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.words import clean

_NAME_LIMIT = 200  # UTF-16 units of a name to search for


async def ask(turn: Turn) -> None:
    """Ask with whom. Raises Refusal(TAP_PLEASE) before I have said what I seek."""
    if turn.me.seeks_at is None:
        raise Refusal(Reason.TAP_PLEASE)
    turn.tell(PartnerAsked.Payload())


async def ask_name(turn: Turn) -> None:
    """Somebody I have not met here: the next words are their name."""
    await drafts.await_words(turn, DraftKind.PARTNER_NAME)
    turn.tell(PartnerNameAsked())


async def receive_name(turn: Turn, text: str) -> None:
    """Show at most three people of my present workshop, of those who may be shown, whose names come near.

    Raises Refusal like `_found`.
    """
    turn.tell(await _found(turn, text))


async def search_again(turn: Turn, text: str) -> None:
    """The message with the name was edited: change the list, if others are found now. Raises Refusal like `_found`."""
    found = await _found(turn, text)
    shown = await transcript.newest(turn.session, turn.chat_id, (PartnersFound.Payload,), 1)
    if shown and shown[0].payload != found:
        turn.pressed = shown[0].message
        turn.tell(found, edit=True)


async def _found(turn: Turn, text: str) -> PartnersFound.Payload:
    """The people whose names come near.

    Raises Refusal(NOBODY_FOUND) if there are none, and Refusal(TOO_MANY_SEARCHES) after ten lists in ten minutes.
    """
    recent = await transcript.owed_to_since(
        turn.session, turn.me.id, PartnersFound.Payload, turn.now - SEARCHES_WITHIN
    )
    if recent >= SEARCHES:
        raise Refusal(Reason.TOO_MANY_SEARCHES)
    workshop = await queries.present_workshop(turn.session, turn.me)
    showable = reach.showable(turn.now)
    people = await queries.people_of(turn.session, workshop.id, showable) if workshop else []
    others = [names.Somebody(p.id, p.name or "", p.place or "") for p in people if p.id != turn.me.id]
    hits = names.search(clean(text, limit=_NAME_LIMIT), others)
    if not hits:
        raise Refusal(Reason.NOBODY_FOUND)
    alike = tuple(hit.id for hit in hits if hit.has_look_alike)
    return PartnersFound.Payload(hits=tuple(hit.id for hit in hits), alike=alike)


async def choose(turn: Turn, person_id: int) -> None:
    """Begin a draft with this person, or take up the one in which nothing is written yet, and ask who acts.

    Raises Refusal(STALE_BUTTON) unless they are among those I was shown last, or a match of mine, and may be shown to
    me now and share a workshop with me.
    """
    other = await intact.person(turn.session, person_id)
    if other is None or other.id == turn.me.id or not reach.may_be_shown(other, turn.now):
        raise Refusal(Reason.STALE_BUTTON)
    if not await _is_known(turn, other):
        raise Refusal(Reason.STALE_BUTTON)
    workshop_id = queries.shared_workshop(turn.me, other)
    if workshop_id is None:
        raise Refusal(Reason.STALE_BUTTON)
    await drafts.end(turn)
    pledge = await _empty_draft(turn, other)
    if pledge is None:
        pledge = Pledge(author_id=turn.me.id, partner_id=other.id, state=State.DRAFT)
        turn.session.add(pledge)
    pledge.workshop_id, pledge.acts, pledge.created_at = workshop_id, None, turn.now
    await turn.session.flush()
    turn.tell(ActsAsked.Payload(pledge.id))


async def _empty_draft(turn: Turn, other: Person) -> Pledge | None:
    """The newest draft of mine with this person that has no sentence yet."""
    empty = select(Pledge).where(
        Pledge.author_id == turn.me.id,
        Pledge.partner_id == other.id,
        Pledge.state == State.DRAFT,
        Pledge.text.is_(None),
    )
    return await turn.session.scalar(empty.order_by(Pledge.id.desc()).limit(1))


async def _is_known(turn: Turn, other: Person) -> bool:
    """Whether they were among the people shown to me by my last search, or are a match of mine."""
    searched = await transcript.newest(turn.session, turn.chat_id, (PartnersFound.Payload,), 1)
    for entry in searched:
        if isinstance(entry.payload, PartnersFound.Payload) and other.id in entry.payload.hits:
            return True
    return other.id in {match.id for match in await queries.matches_of(turn.session, turn.me)}
