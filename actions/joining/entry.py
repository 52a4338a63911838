"""The way in: the welcome, the codes of workshops, and what is open next."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import transcript
from actions.exchange.turn import Arrival, Turn
from actions.joining import doors, profile
from db import queries
from db.models import Membership, Person, Workshop
from domain.age import says_under_age
from domain.codes import looks_like_code
from domain.links import LinkKind, PrintedFor, read_typed
from domain.outcomes.choices import Purpose
from domain.outcomes.joining import (
    CodeAsked,
    ConsentAsked,
    Declined,
    UnderAge,
    Welcome,
    WithoutTelegram,
    WorkshopJoined,
)
from domain.outcomes.organising.desk import OrgaMenu
from domain.outcomes.payload import Payload
from domain.outcomes.rights import EraseAsked, Privacy
from domain.outcomes.small import Refused
from domain.refusal import Reason, Refusal
from domain.voice import Voice

_FAR_BACK = 20  # rows of the outbox
_ON_ARRIVAL = (
    Welcome.Payload, ConsentAsked.Payload, Privacy.Payload, WithoutTelegram, Declined, UnderAge,
)  # fmt: skip


async def start(turn: Turn) -> None:
    """`/start` without a link. Twice is harmless: it goes on with what is open."""
    if turn.is_newcomer:
        welcome_or_desk(turn, None)
    else:
        await go_on(turn)


async def arrive(turn: Turn, typed: str) -> None:
    """A newcomer opens a workshop's link; with a code that leads nowhere they are welcomed all the same."""
    link, workshop = read_typed(typed), await workshop_of(turn.session, typed)
    audience = link.audience if link is not None else PrintedFor.EVERYBODY
    welcome_or_desk(turn, doors.open_to(turn, workshop), audience=audience)


async def arrival_of(session: AsyncSession, chat_id: int, person: Person | None) -> Arrival | None:
    """How somebody who has not agreed yet came, so that words and commands in between lose nothing of it.

    None if the bot has said nothing to them yet.
    """
    entries = await transcript.newest(session, chat_id, _ON_ARRIVAL, _FAR_BACK)
    voice = next((each.voice for each in entries if each.voice), None)
    voice = person.voice if person is not None else voice
    if voice is None:
        return None
    workshop = next((each.row.object_id for each in entries if each.row.object_id), 0)
    payloads = [each.payload for each in entries]
    welcomes = (each for each in payloads if isinstance(each, Welcome.Payload))
    led = next((each for each in welcomes if each.handshake_id or each.code_id), Welcome.Payload())
    return Arrival(workshop, voice, _is_asked(payloads), led.handshake_id, led.code_id)


def _is_asked(newest_first: Iterable[Payload]) -> bool:
    """Whether consent K is the question that is open. The long text alone, read in between, leaves it open, as help
    does.
    """
    for each in newest_first:
        match each:
            case Privacy.Payload(question=None):
                continue
            case Privacy.Payload(question=purpose) | ConsentAsked.Payload(purpose=purpose):
                return purpose is Purpose.CORE
            case _:
                return False
    return False


async def door(turn: Turn, workshop_id: int) -> int:
    """The workshop that a button of joining names if the person may enter it, else 0.

    A door is a code just read, or one already passed: a button that names any other workshop is forged, or the way here
    has been forgotten meanwhile; then the code is asked for.
    """
    if turn.person is not None and any(m.workshop_id == workshop_id for m in turn.person.memberships):
        return workshop_id
    led = await transcript.was_told_of(turn.session, turn.chat_id, _ON_ARRIVAL, workshop_id)
    return workshop_id if led else 0


def _remembered(turn: Turn) -> int:
    return turn.arrival.workshop_id if turn.arrival is not None else 0


def welcome_or_desk(
    turn: Turn,
    workshop: Workshop | None,
    handshake_id: int = 0,
    *,
    code_id: int = 0,
    again: bool = False,
    audience: PrintedFor = PrintedFor.EVERYBODY,
) -> None:
    """To a newcomer: the desk for an owner who opened no workshop's link, the welcome for everybody else.

    `handshake_id`, `code_id`: the handshake of this workshop, or the personal code, whose link was opened; 0 for none.
    `audience`: for whom that link was printed.
    """
    if turn.on_team and workshop is None:
        if turn.person is None:
            # so that other organisers can ask them to confirm
            turn.person = new_person(turn, turn.first_voice)
        turn.tell(OrgaMenu.Payload())
    else:
        at, voice = workshop.id if workshop else _remembered(turn), doors.spoken_to(turn, workshop)
        welcome(turn, at, voice, handshake_id=handshake_id, code_id=code_id, again=again, audience=audience)


def show_arrival(turn: Turn) -> None:
    """To a newcomer: consent K if that is open, else the welcome or the desk."""
    if turn.arrival is not None and turn.arrival.asked:
        turn.tell(
            ConsentAsked.Payload(
                workshop_id=turn.arrival.workshop_id or None,
                purpose=Purpose.CORE,
                again=turn.person is None or not turn.person.answered(Purpose.CORE),
            ),
            voice=turn.arrival.voice,
        )
    else:
        welcome_or_desk(turn, None, again=True)


async def receive_before_consent(turn: Turn, text: str) -> None:
    """A newcomer's words: of anybody but the team, only what is stored before consent (`redaction`), codes aside.

    From the team a workshop's code leads to its welcome; anything that only looks like a code is said not to be one.
    Anyone else who says they are under 16 is asked nothing more.
    """
    workshop, arrival = await workshop_of(turn.session, text), turn.arrival
    if workshop is not None:
        await arrive(turn, text)
    elif says_under_age(text) and not turn.on_team:
        _refuse_for_age(turn)
    else:
        if arrival is not None and not (arrival.workshop_id or arrival.asked) and looks_like_code(text):
            turn.tell(Refused(Reason.UNKNOWN_CODE, joined=False))
        show_arrival(turn)


def ask_carrier_again(turn: Turn) -> None:
    """Ask for consent U once more, saying what a no means, unless it was given once and there is more to lose."""
    first = not turn.me.answered(Purpose.CARRIER)
    turn.tell(ConsentAsked.Payload(purpose=Purpose.CARRIER, again=first))


def _refuse_for_age(turn: Turn) -> None:
    if turn.person is not None and turn.person.answered(Purpose.CORE):
        turn.tell(EraseAsked.Payload())  # K was given once: there is something stored
    else:
        turn.tell(UnderAge(), voice=turn.arrival.voice if turn.arrival is not None else turn.first_voice)


async def is_refused_for_age(turn: Turn) -> bool:
    """Whether the pressed button is above the message that refused its presser for their age.

    A welcome below it is a new beginning.
    """
    refusals = await transcript.newest(turn.session, turn.chat_id, (UnderAge,), _FAR_BACK)
    return any(
        each.message is None or turn.pressed is None or turn.pressed < each.message for each in refusals
    )


def welcome(
    turn: Turn,
    workshop_id: int,
    voice: Voice | None = None,
    *,
    handshake_id: int = 0,
    code_id: int = 0,
    edit: bool = False,
    again: bool = False,
    audience: PrintedFor = PrintedFor.EVERYBODY,
) -> None:
    """Say who we are. `workshop_id`: 0 for none; `voice`: without it, as they were spoken to last.

    `handshake_id`, `code_id`: without either, the one whose link they opened before. `again`: say how to begin, too.
    """
    chosen = voice or (turn.arrival.voice if turn.arrival is not None else turn.first_voice)
    if turn.arrival is not None and not (handshake_id or code_id):
        handshake_id, code_id = turn.arrival.handshake_id, turn.arrival.code_id
    payload = Welcome.Payload(
        workshop_id or None, again=again, handshake_id=handshake_id, code_id=code_id, audience=audience
    )
    turn.tell(payload, edit=edit, voice=chosen)


async def workshop_of(session: AsyncSession, typed: str) -> Workshop | None:
    """The workshop whose code this is, however it was typed; None if it is no code of one."""
    link = read_typed(typed)
    if link is None or link.kind is not LinkKind.WORKSHOP:
        return None
    return await queries.workshop_by_code(session, link.code)


def enter(turn: Turn, workshop: Workshop) -> None:
    """Join a workshop, or come back to it: it becomes the present one."""
    again = next((m for m in turn.me.memberships if m.workshop_id == workshop.id), None)
    if again is None:
        turn.me.memberships.append(Membership(workshop_id=workshop.id, joined_at=turn.now))
    else:
        again.joined_at = turn.now
    if turn.me.finished_at is not None or len(turn.me.memberships) > 1:
        turn.tell(WorkshopJoined.Payload(workshop.id, again=again is not None))


async def come_in(turn: Turn, workshop: Workshop) -> None:
    """Join a workshop, and go on with what is open; with a complete profile, joining says all there is to say.

    Raises Refusal(WORKSHOP_CLOSED) if it takes in nobody new.
    """
    if doors.is_closed_to(turn, workshop):
        raise Refusal(Reason.WORKSHOP_CLOSED)
    enter(turn, workshop)
    if turn.me.finished_at is None or not turn.me.gave(Purpose.CARRIER):
        await go_on(turn)


async def go_on(turn: Turn) -> None:
    """Show what is open next: consent U, a workshop's code, the profile, or what the person can do now."""
    if not turn.me.gave(Purpose.CARRIER):
        turn.tell(ConsentAsked.Payload(purpose=Purpose.CARRIER))
    elif not turn.me.memberships:
        turn.tell(CodeAsked(joined=False))
    else:
        await profile.ask_next(turn)


# --- buttons before the core consents, which carry the workshop and the voice


async def greet(turn: Turn, workshop_id: int, voice: Voice) -> None:
    """The welcome again, in another voice."""
    if not turn.is_newcomer:
        await go_on(turn)
    else:
        welcome(turn, await door(turn, workshop_id), voice, edit=True)


async def begin(turn: Turn, workshop_id: int, voice: Voice) -> None:
    """Ask for consent K."""
    if not turn.is_newcomer:
        await go_on(turn)
    else:
        arrival = await door(turn, workshop_id) or _remembered(turn)
        turn.tell(ConsentAsked.Payload(workshop_id=arrival or None, purpose=Purpose.CORE), voice=voice)


async def read(turn: Turn, workshop_id: int, voice: Voice) -> None:
    """The long text, with the core consent that is missing below it."""
    question = Purpose.CORE if turn.is_newcomer else None
    if question is None and not turn.me.gave(Purpose.CARRIER):
        question = Purpose.CARRIER
    arrival = await door(turn, workshop_id)
    turn.tell(Privacy.Payload(workshop_id=arrival or None, question=question), voice=voice)


async def without(turn: Turn, workshop_id: int, voice: Voice) -> None:
    """How to take part without Telegram."""
    turn.tell(WithoutTelegram(await door(turn, workshop_id) or None), voice=voice)


def new_person(turn: Turn, voice: Voice) -> Person:
    """A person in this chat, of whom nothing else is known yet."""
    person = Person(
        chat_id=turn.chat_id, voice=voice, created_at=turn.now, memberships=[], consents=[], interests=[]
    )
    turn.session.add(person)
    return person


async def receive_code(turn: Turn, typed: str) -> None:
    """Join the workshop whose code was typed. Raises Refusal(UNKNOWN_CODE) if there is none, or like `come_in`."""
    workshop = await workshop_of(turn.session, typed)
    if workshop is None:
        raise Refusal(Reason.UNKNOWN_CODE)
    await come_in(turn, workshop)
