"""A partner without Telegram is entered: name and organisation, nothing else; never written to, shown or suggested."""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.pledging import pledges
from actions.pledging.drafting import handshakes
from db import intact
from db.models import DraftKind, Person, Pledge
from domain import names, places
from domain.outcomes.pledging.entered import EnteredNameAsked, EnteredOrganisationAsked
from domain.outcomes.pledging.pledges import ActsAsked
from domain.pledges import State
from domain.profile import NAME_LIMIT, ORGANISATION_LIMIT
from domain.refusal import Reason, Refusal
from domain.voice import Voice
from domain.words import clean


async def ask_name(turn: Turn) -> None:
    """With somebody without Telegram: the next words are their name.

    Raises Refusal(TAP_PLEASE) before I have said what I seek, and Refusal(NO_WORKSHOP) without a workshop.
    """
    if turn.party.seeks_at is None:
        raise Refusal(Reason.TAP_PLEASE)
    _workshop(turn)
    await drafts.await_words(turn, DraftKind.ENTERED_NAME, 0)
    turn.tell(EnteredNameAsked())


async def can_be_released(turn: Turn, pledge: Pledge) -> bool:
    """Whether its parties may let others read it: not what somebody has a part in who is not asked."""
    return pledge.is_releasable and await entered_party(turn, pledge) is None


async def ask_name_for(turn: Turn, pledge_id: int) -> None:
    """The same for a draft that was made for somebody who stands by. Raises Refusal(STALE_BUTTON) for any other."""
    await _without_partner(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.ENTERED_NAME, pledge_id)
    turn.tell(EnteredNameAsked())


async def receive_name(turn: Turn, pledge_id: int, text: str) -> None:
    """Enter somebody of this name, as the partner of a new draft, or of the one that they were wanted for.

    Raises Refusal for a name that nobody may have here (`names.Objection`), and like the questions.
    """
    name = clean(text, limit=NAME_LIMIT)
    _object_to(names.objection_to(name))
    pledge = await _without_partner(turn, pledge_id) if pledge_id else None
    workshop_id = _workshop(turn)
    person = await enter(turn, name)
    if pledge is None:
        pledge = await pledges.begin_draft(turn, person.id, workshop_id)
    else:
        await handshakes.take_back(turn, pledge)
        pledge.partner_id = person.id
    await drafts.await_words(turn, DraftKind.ENTERED_ORGANISATION, pledge.id)
    turn.tell(EnteredOrganisationAsked.Payload(pledge.id))


def _object_to(objection: names.Objection | None) -> None:
    if objection is not None:
        raise Refusal(Reason(objection.value))


def _workshop(turn: Turn) -> int:
    workshop_id = turn.party.present_workshop_id
    if workshop_id is None:
        raise Refusal(Reason.NO_WORKSHOP)
    return workshop_id


async def enter(turn: Turn, name: str) -> Person:
    """Somebody of this name, without Telegram, whom whoever's turn it is enters."""
    person = Person(
        voice=Voice.SIE,
        created_at=turn.now,
        name=name,
        entered_by_id=turn.party.id,
        memberships=[],
        consents=[],
        interests=[],
    )
    turn.session.add(person)
    await turn.session.flush()
    return person


async def receive_organisation(turn: Turn, pledge_id: int, text: str) -> None:
    """Store the organisation; a no means that there is none. Raises Refusal like `receive_name`."""
    pledge, person = await _draft_with(turn, pledge_id)
    words = clean(text, limit=ORGANISATION_LIMIT)
    if not places.declines(words):
        _object_to(names.objection_to_organisation(words))
        person.organisation = words
    await _go_on(turn, pledge)


async def skip_organisation(turn: Turn, pledge_id: int) -> None:
    """No organisation. Raises Refusal(STALE_BUTTON) for anything but a draft of mine with somebody entered."""
    pledge, _ = await _draft_with(turn, pledge_id)
    await _go_on(turn, pledge)


async def _go_on(turn: Turn, pledge: Pledge) -> None:
    """Who acts, unless that was said before: then the draft as it is."""
    await drafts.end(turn)
    if pledge.acts is None:
        turn.tell(ActsAsked.Payload(pledge.id))
    else:
        await pledges.present(turn, pledge)


async def _draft_with(turn: Turn, pledge_id: int) -> tuple[Pledge, Person]:
    pledge = await pledges.mine(turn, pledge_id)
    person = await entered_party(turn, pledge)
    if person is None or pledge.state is not State.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge, person


async def _without_partner(turn: Turn, pledge_id: int) -> Pledge:
    pledge = await pledges.mine(turn, pledge_id)
    if not pledge.awaits_partner:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def entered_party(turn: Turn, pledge: Pledge) -> Person | None:
    """The other party, if I entered them; None if they came themselves, have taken over, or are gone."""
    other_id = pledge.other_than(turn.party.id)
    other = await intact.person(turn.session, other_id) if other_id is not None else None
    return other if other is not None and other.entered_by_id == turn.party.id else None
