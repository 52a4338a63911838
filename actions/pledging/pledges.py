"""A pledge as its two parties may see and act on it: whose it is, whose yes it waits for, and how it is shown."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts, parties, shown, transcript
from actions.exchange.turn import Turn
from db import intact
from db.models import DraftKind, Person, Pledge
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.pledges import ActsAsked, PledgeCard, PledgeList, PledgePreview, Proposed
from domain.pledges import State
from domain.refusal import Reason, Refusal


async def begin_draft(turn: Turn, partner_id: int | None, workshop_id: int) -> Pledge:
    """A new draft of mine, or the newest one with this person in which nothing is written yet, as if it were new.

    `partner_id` None: with somebody who stands by, and is not known yet.
    """
    empty = select(Pledge).where(
        Pledge.author_id == turn.me.id,
        Pledge.partner_id.is_(None) if partner_id is None else Pledge.partner_id == partner_id,
        Pledge.state == State.DRAFT,
        Pledge.text.is_(None),
    )
    pledge = await turn.session.scalar(empty.order_by(Pledge.id.desc()).limit(1))
    if pledge is None:
        pledge = Pledge(author_id=turn.me.id, partner_id=partner_id, state=State.DRAFT)
        turn.session.add(pledge)
    pledge.workshop_id, pledge.acts, pledge.created_at = workshop_id, None, turn.now
    pledge.told_of_silence = True  # whatever shows it to be agreed to says so
    await turn.session.flush()
    return pledge


async def mine(turn: Turn, pledge_id: int) -> Pledge:
    """A pledge that I am a party to and know of, locked for this turn, which is that party's from then on: mine, or my
    MP's. Raises Refusal(STALE_BUTTON) for any other.
    """
    pledge = await turn.session.get(Pledge, pledge_id, with_for_update=True)
    if (
        pledge is None
        or not await parties.take_part(turn, pledge.parties)
        or not await is_known_to(turn.session, pledge, turn.party)
    ):
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def is_known_to(session: AsyncSession, pledge: Pledge, person: Person) -> bool:
    """Whether this party knows of it: a draft is known only to its author, also once it is dropped."""
    if not pledge.is_known_to(person.id):
        return False
    if pledge.author_id == person.id or pledge.state is not State.WITHDRAWN or person.chat_id is None:
        return True
    return bool(await transcript.owed_about(session, person.id, Proposed.Payload, pledge.id))


async def has_read(session: AsyncSession, pledge: Pledge, person: Person) -> bool:
    """Whether its words were said to this party: not those of a draft, nor what was taken back before it arrived."""
    if pledge.author_id == person.id or pledge.state not in (State.DRAFT, State.WITHDRAWN):
        return True
    proposed = await transcript.owed_about(session, person.id, Proposed.Payload, pledge.id)
    return any(each.arrived for each in proposed)


async def other_party(turn: Turn, pledge: Pledge) -> Person | None:
    """The party who is not me; None if they were erased."""
    other_id = pledge.other_than(turn.party.id)
    return await intact.person(turn.session, other_id) if other_id is not None else None


def must_agree(pledge: Pledge) -> int | None:
    """The id of the person whose yes a proposal waits for: the one who did not word it."""
    return pledge.partner_id if pledge.worded_by_author else pledge.author_id


def waits_for_other(turn: Turn, pledge: Pledge) -> bool:
    """Whether it is a proposal that I worded, so that the other party's yes is missing."""
    return pledge.state is State.PROPOSED and must_agree(pledge) != turn.party.id


async def show_list(turn: Turn) -> None:
    """`/versprechen`: my pledges, a button each."""
    turn.tell(PledgeList.Payload())


async def turn_page(turn: Turn, page: int) -> None:
    """Another page of my pledges that are not over."""
    turn.tell(PledgeList.Payload(page=page), edit=True)


async def show_ended(turn: Turn, page: int) -> None:
    """A page of my pledges that have ended."""
    turn.tell(PledgeList.Payload(ended=True, page=page), edit=True)


async def show(turn: Turn, pledge_id: int) -> None:
    """One pledge of mine. Raises Refusal(STALE_BUTTON) if it is not mine."""
    await present(turn, await mine(turn, pledge_id))


async def show_more(turn: Turn, pledge_id: int) -> None:
    """Show on its card what is rarely done with my pledge. Raises Refusal(STALE_BUTTON) if it is not mine."""
    pledge = await mine(turn, pledge_id)
    if pledge.state is State.ACTIVE:
        turn.tell(PledgeCard.Payload(pledge.id, more=True), edit=True)
    else:
        await present(turn, pledge)


async def present(turn: Turn, pledge: Pledge) -> None:
    """Show the pledge as it is now, with what I may do next."""
    if pledge.state is State.PROPOSED and must_agree(pledge) == turn.party.id:
        await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
        turn.tell(Proposed.Payload(pledge.id))
    elif pledge.state is State.DRAFT and pledge.text:
        await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
        turn.tell(PledgePreview.Payload(pledge.id))
    elif pledge.state is State.DRAFT and pledge.acts is None:
        turn.tell(ActsAsked.Payload(pledge.id))
    else:
        turn.tell(PledgeCard.Payload(pledge.id))


async def show_other(turn: Turn, pledge: Pledge, question: Payload) -> None:
    """The other's messages that ask them this question about the pledge say how things are now."""
    other_id = pledge.other_than(turn.party.id)
    if other_id is not None:
        await shown.say_again(turn.session, question, pledge.id, turn.now, to=other_id)
