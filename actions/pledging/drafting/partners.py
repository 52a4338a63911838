"""With whom a pledge is made: somebody I have met, or somebody found by name."""

from sqlalchemy import select

from actions.exchange import drafts, transcript
from actions.exchange.turn import Turn
from actions.pledging import pledges
from actions.pledging.drafting import handshakes
from db import crowd, intact, queries, reach
from db.models import DraftKind, Introduction, IntroState, Person, Pledge
from domain import names
from domain.limits import SEARCHES, SEARCHES_WITHIN
from domain.outcomes.pledging.partners import PartnerAsked, PartnerNameAsked, PartnersFound
from domain.outcomes.pledging.pledges import ActsAsked
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


async def ask_name_for(turn: Turn, pledge_id: int) -> None:
    """The same for a draft that was made for somebody who stands by. Raises Refusal like `_without_partner`."""
    pledge = await _without_partner(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.PARTNER_NAME, pledge.id)
    turn.tell(PartnerNameAsked())


async def receive_name(turn: Turn, pledge_id: int, text: str) -> None:
    """Show at most three people of my present workshop, of those who may be shown, whose names come near.

    `pledge_id`: the draft they are sought for, 0 for none. Raises Refusal like `_found`.
    """
    turn.tell(await _found(turn, pledge_id, text))


async def search_again(turn: Turn, pledge_id: int, text: str) -> None:
    """The message with the name was edited: change the list, if others are found now. Raises Refusal like `_found`."""
    found = await _found(turn, pledge_id, text)
    shown = await transcript.newest(turn.session, turn.chat_id, (PartnersFound.Payload,), 1)
    if shown and shown[0].payload != found:
        turn.pressed = shown[0].message
        turn.tell(found, edit=True)


async def _found(turn: Turn, pledge_id: int, text: str) -> PartnersFound.Payload:
    """The people whose names come near.

    Raises Refusal(NOBODY_FOUND) if there are none, and Refusal(TOO_MANY_SEARCHES) after ten lists in ten minutes.
    """
    recent = await transcript.owed_to_since(
        turn.session, turn.me.id, PartnersFound.Payload, turn.now - SEARCHES_WITHIN
    )
    if recent >= SEARCHES:
        raise Refusal(Reason.TOO_MANY_SEARCHES)
    workshop = await queries.present_workshop(turn.session, turn.me)
    present = crowd.showable(workshop.id if workshop else 0, turn.now)
    people = await crowd.named(turn.session, present)
    others = [names.Somebody(*person) for person in people if person.id != turn.me.id]
    hits = names.search(clean(text, limit=_NAME_LIMIT), others)
    if not hits:
        raise Refusal(Reason.NOBODY_FOUND)
    alike = tuple(hit.id for hit in hits if hit.has_look_alike)
    return PartnersFound.Payload(tuple(hit.id for hit in hits), alike, pledge_id)


async def choose(turn: Turn, person_id: int) -> None:
    """Begin a draft with this person, or take up the one in which nothing is written yet, and ask who acts.

    Raises Refusal like `_partner`.
    """
    other, workshop_id = await _partner(turn, person_id)
    await drafts.end(turn)
    pledge = await pledges.begin_draft(turn, other.id, workshop_id)
    turn.tell(ActsAsked.Payload(pledge.id))


async def choose_for(turn: Turn, person_id: int, pledge_id: int) -> None:
    """Make this person the partner of a draft that was made for somebody who stands by, and show it.

    Raises Refusal like `_partner` and `_without_partner`.
    """
    pledge = await _without_partner(turn, pledge_id)
    other, pledge.workshop_id = await _partner(turn, person_id)
    await handshakes.take_back(turn, pledge)
    await drafts.end(turn)
    pledge.partner_id = other.id
    await pledges.present(turn, pledge)


async def _without_partner(turn: Turn, pledge_id: int) -> Pledge:
    """A draft of mine for somebody who stands by. Raises Refusal(STALE_BUTTON) for anything else."""
    pledge = await pledges.mine(turn, pledge_id)
    if not pledge.awaits_partner:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def _partner(turn: Turn, person_id: int) -> tuple[Person, int]:
    """This person, and the workshop that both of us are in, or for which we were introduced; of somebody whom I
    entered, the one that I am in.

    Raises Refusal(STALE_BUTTON) unless they are among those I was shown last, or a match of mine, may be shown to me
    now, and there is such a workshop.
    """
    other = await intact.person(turn.session, person_id)
    present = turn.party.present_workshop_id
    if other is not None and other.entered_by_id == turn.party.id and present is not None:
        return other, present
    if other is None or other.id == turn.me.id or not reach.may_be_shown(other, turn.now):
        raise Refusal(Reason.STALE_BUTTON)
    if not await _is_known(turn, other):
        raise Refusal(Reason.STALE_BUTTON)
    workshop_id = queries.shared_workshop(turn.me, other) or await _introduced_in(turn, other)
    if workshop_id is None:
        raise Refusal(Reason.STALE_BUTTON)
    return other, workshop_id


async def _introduced_in(turn: Turn, other: Person) -> int | None:
    """The workshop for which the two of us got to know each other, who are in none together."""
    met = select(Introduction.workshop_id).where(
        queries.introduces(turn.me.id, other.id), Introduction.state == IntroState.BOTH
    )
    return await turn.session.scalar(met)


async def _is_known(turn: Turn, other: Person) -> bool:
    """Whether they were among the people shown to me by my last search, or are a match of mine."""
    searched = await transcript.newest(turn.session, turn.chat_id, (PartnersFound.Payload,), 1)
    for entry in searched:
        if isinstance(entry.payload, PartnersFound.Payload) and other.id in entry.payload.hits:
            return True
    return other.id in {match.id for match in await queries.matches_of(turn.session, turn.me)}
