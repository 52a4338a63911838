"""A handshake: a pledge draft is held out to somebody who stands by, and becomes a proposal to whoever opens it.

Its code, in a picture, is proof of standing by. A number may be guessed or overheard, so its author is asked first.
Which draft is held out, and that it is not taken yet, is the state of the pledge.
"""

from datetime import date
from random import SystemRandom

from sqlalchemy import Select, delete, select

from actions.exchange import drafts, outbox, transcript
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.agreeing import proposing
from db import intact, reach
from db.models import Handshake, Membership, Person, Pledge, Priority
from domain.codes import HANDSHAKE_LENGTH, new_code
from domain.handshakes import WRONG_NUMBERS, WRONG_NUMBERS_WITHIN, new_number
from domain.history import EventKind
from domain.limits import PING_EVERY
from domain.outcomes.pledging.handshakes import (
    HandshakeAsked,
    HandshakeHeld,
    HandshakeOpened,
    HandshakeShown,
    HandshakeUnknown,
    HandshakeWaits,
)
from domain.outcomes.pledging.pledges import ActsAsked, Proposed
from domain.outcomes.small import Refused
from domain.pledges import State
from domain.refusal import Reason, Refusal

_RANDOM = SystemRandom()


# --- its author


async def begin(turn: Turn) -> None:
    """Begin a draft with somebody who stands by, or take up the one in which nothing is written yet; ask who acts.

    Raises Refusal(TAP_PLEASE) before I have said what I seek, and Refusal(NO_WORKSHOP) without a workshop.
    """
    workshop_id = turn.me.present_workshop_id
    if turn.me.seeks_at is None:
        raise Refusal(Reason.TAP_PLEASE)
    if workshop_id is None:
        raise Refusal(Reason.NO_WORKSHOP)
    await drafts.end(turn)
    pledge = await pledges.begin_draft(turn, None, workshop_id)
    turn.tell(ActsAsked.Payload(pledge.id))


async def hold_out(turn: Turn, pledge: Pledge) -> None:
    """The author confirms the words: until the end of the day, whoever stands by can open them.

    Confirmed again unchanged, the code and the number are the same. Raises Refusal like `proposing.check_open`.
    """
    await proposing.check_open(turn)
    await drafts.end(turn)
    held = await turn.session.scalar(select(Handshake).where(Handshake.pledge_id == pledge.id))
    if held is None or held.day != turn.today:
        await take_back(turn, pledge)
        turn.session.add(
            Handshake(
                workshop_id=pledge.workshop_id,
                pledge_id=pledge.id,
                code=new_code(_RANDOM, HANDSHAKE_LENGTH),
                number=new_number(_RANDOM, await _numbers(turn, pledge.workshop_id)),
                day=turn.today,
            )
        )
    turn.tell(HandshakeShown.Payload(pledge.id))


async def _numbers(turn: Turn, workshop_id: int) -> set[int]:
    """Those of today in this workshop, open or taken."""
    mine = select(Handshake.number).where(Handshake.workshop_id == workshop_id, Handshake.day == turn.today)
    return set(await turn.session.scalars(mine))


async def take_back(turn: Turn, pledge: Pledge) -> None:
    """The draft changes, so that nobody opens words that its author has not confirmed."""
    held = await turn.session.scalars(
        delete(Handshake).where(Handshake.pledge_id == pledge.id).returning(Handshake.id)
    )
    if held.all():
        await _cross_out(turn, pledge, turn.me)


async def _cross_out(turn: Turn, pledge: Pledge, author: Person) -> None:
    """The pictures with its code say that it is over, and hold no sentence that is another's, too, from now on."""
    over = HandshakeShown.Payload(pledge.id, over=True)
    for each in await transcript.owed_about(turn.session, author.id, HandshakeShown.Payload, pledge.id):
        now = (
            await transcript.shown_in(turn.session, each.row.chat_id, each.message) if each.message else None
        )
        if now is not None and now.payload != over:
            outbox.owe(
                turn.session, over, each.recipient, turn.now, priority=Priority.NEWS, edits_row=each.row.id
            )


async def confirm(turn: Turn, person_id: int, pledge_id: int) -> None:
    """Yes, whoever typed my number stands by: the pledge is proposed to them, and they are in its workshop, as anybody
    who scans its code. Raises Refusal like `_asking`.
    """
    pledge, other = await _asking(turn, person_id, pledge_id)
    await proposing.check(turn, other)
    if all(each.workshop_id != pledge.workshop_id for each in other.memberships):
        other.memberships.append(Membership(workshop_id=pledge.workshop_id, joined_at=turn.now))
    await _propose(turn, pledge, turn.me, other)
    to = outbox.Recipient.of(other)
    outbox.owe(turn.session, Proposed.Payload(pledge.id), to, turn.now)  # a reply: they wait for it
    turn.tell(HandshakeOpened.Payload(pledge.id), edit=True)


async def deny(turn: Turn, person_id: int, pledge_id: int) -> None:
    """No: whoever typed my number hears what everybody hears who types a wrong one. Raises Refusal like `_asking`."""
    pledge, other = await _asking(turn, person_id, pledge_id)
    key = f"handshake:{pledge.id}:{other.id}:{turn.pressed}"
    if not await transcript.was_owed(turn.session, key):
        turn.news(other, HandshakeUnknown(), key=key)
    turn.tell(HandshakeShown.Payload(pledge.id))


async def _asking(turn: Turn, person_id: int, pledge_id: int) -> tuple[Pledge, Person]:
    """My pledge that can still be opened today, and the one who typed its number.

    Raises Refusal(STALE_BUTTON) if it cannot be, if I was not asked about them, or if they have gone.
    """
    pledge = await pledges.mine(turn, pledge_id)
    asked = await transcript.owed_about(turn.session, turn.me.id, HandshakeAsked.Payload, person_id)
    other = await intact.person(turn.session, person_id)
    was_asked = HandshakeAsked.Payload(person_id, pledge_id) in [each.payload for each in asked]
    held = await turn.session.scalar(_open_on(turn.today).where(Pledge.id == pledge_id))
    if held is None or not was_asked or other is None or other.chat_id is None or not reach.agrees(other):
        raise Refusal(Reason.STALE_BUTTON)
    return pledge, other


# --- whoever stands by


def _open_on(day: date) -> Select[Handshake]:
    """The handshakes that can be opened on this local day."""
    is_open = (Handshake.day == day, Pledge.state == State.DRAFT, Pledge.partner_id.is_(None))
    return select(Handshake).join(Pledge, Pledge.id == Handshake.pledge_id).where(*is_open)


async def by_code(turn: Turn, code: str) -> Handshake | None:
    """The handshake with this code, None if it cannot be opened, or not any more."""
    return await turn.session.scalar(_open_on(turn.today).where(Handshake.code == code))


async def by_id(turn: Turn, handshake_id: int) -> Handshake | None:
    """The same by its id."""
    return await turn.session.scalar(_open_on(turn.today).where(Handshake.id == handshake_id))


async def _by_number(turn: Turn, number: int) -> Handshake | None:
    """The same by the number, in the workshops that I am in; the present one first. Somebody who has come to none yet
    may mean any of today's, unless two have the same number.
    """
    mine = [membership.workshop_id for membership in turn.me.memberships]
    of_mine = (Handshake.workshop_id.in_(mine),) if mine else ()
    held = list(await turn.session.scalars(_open_on(turn.today).where(Handshake.number == number, *of_mine)))
    if not mine:
        return held[0] if len(held) == 1 else None
    present = [each for each in held if each.workshop_id == turn.me.present_workshop_id]
    return next(iter(present + held), None)


async def refuse_own(turn: Turn, handshake: Handshake) -> None:
    """Raise Refusal(OWN_HANDSHAKE) for one of mine."""
    await _author(turn, await turn.session.get(Pledge, handshake.pledge_id))


async def open_by_link(turn: Turn, handshake: Handshake | None) -> HandshakeUnknown | HandshakeHeld | None:
    """I stand by: the pledge is proposed to me. What I am to be told if it opens nothing, as when it is taken meanwhile
    or its author may not propose more; the author hears of the latter, too.

    Raises Refusal(OWN_HANDSHAKE) for one of mine.
    """
    unknown = HandshakeUnknown(joined=not turn.is_outside)
    if handshake is None:
        return unknown
    pledge = await turn.session.get(Pledge, handshake.pledge_id, with_for_update=True, populate_existing=True)
    author = await _author(turn, pledge)
    if pledge is None or author is None or await by_id(turn, handshake.id) is None:
        return unknown
    if (reason := await proposing.objection(turn, author.id, turn.me)) is not None:
        turn.news(author, Refused(reason))
        return HandshakeHeld(today=reason is Reason.ENOUGH_FOR_TODAY)
    await _propose(turn, pledge, author, turn.me)
    turn.tell(Proposed.Payload(pledge.id))
    turn.news(author, HandshakeOpened.Payload(pledge.id))
    return None


async def by_number(turn: Turn, number: int) -> Handshake | None:
    """The handshake whose number I typed; None if it opens nothing.

    Raises Refusal(OWN_HANDSHAKE) for one of mine, and Refusal(TOO_MANY_NUMBERS) after `WRONG_NUMBERS`.
    """
    handshake = await _by_number(turn, number)
    if handshake is not None:
        await refuse_own(turn, handshake)
    wrong = await transcript.owed_to_since(
        turn.session, turn.me.id, HandshakeUnknown, turn.now - WRONG_NUMBERS_WITHIN
    )
    if wrong >= WRONG_NUMBERS:
        raise Refusal(Reason.TOO_MANY_NUMBERS)
    return handshake


async def ask_author(turn: Turn, handshake: Handshake | None) -> bool:
    """I typed its number: its author is asked whether I stand by. False if it opens nothing, or not any more."""
    pledge = await turn.session.get(Pledge, handshake.pledge_id) if handshake is not None else None
    author = await _author(turn, pledge)
    if pledge is None or author is None:
        return False
    asked = HandshakeAsked.Payload(turn.me.id, pledge.id)
    if not await _is_asked(turn, author, asked):
        turn.news(author, asked)
    turn.tell(HandshakeWaits())
    return True


async def _is_asked(turn: Turn, author: Person, asked: HandshakeAsked.Payload) -> bool:
    """Whether the author was asked this a moment ago, and has not said no: then typing it again rings nobody."""
    owed = await transcript.owed_about(turn.session, author.id, HandshakeAsked.Payload, turn.me.id)
    last = max((each.row.created_at for each in owed if each.payload == asked), default=None)
    if last is None or last <= turn.now - PING_EVERY:
        return False
    return not await transcript.owed_to_since(turn.session, turn.me.id, HandshakeUnknown, last)


async def _author(turn: Turn, pledge: Pledge | None) -> Person | None:
    """Who holds the pledge out; None if they agree no more. Raises Refusal(OWN_HANDSHAKE) if that is me."""
    author_id = pledge.author_id if pledge is not None else None
    if author_id == turn.me.id:
        raise Refusal(Reason.OWN_HANDSHAKE)
    author = await intact.person(turn.session, author_id) if author_id is not None else None
    return author if author is not None and reach.agrees(author) else None


async def _propose(turn: Turn, pledge: Pledge, author: Person, other: Person) -> None:
    await _cross_out(turn, pledge, author)
    pledge.partner_id = other.id
    history.record_for(turn, pledge, EventKind.PROPOSED, author, text=pledge.text, day=pledge.deadline)
