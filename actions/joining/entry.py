"""Coming in: the welcome, the codes of workshops, and what is open next."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import transcript
from actions.exchange.turn import Arrival, Turn
from actions.joining import profile
from db import queries
from db.models import Membership, Person, Workshop
from domain.age import says_under_age
from domain.codes import looks_like_code, read_code
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
from domain.outcomes.organising import OrgaMenu
from domain.outcomes.payload import Payload
from domain.outcomes.rights import EraseAsked, Privacy
from domain.outcomes.small import Refused
from domain.refusal import Reason, Refusal
from domain.voice import Voice

_FAR_BACK = 20  # messages of the bot
_ON_ARRIVAL = (
    Welcome.Payload, ConsentAsked.Payload, Privacy.Payload, WithoutTelegram, Declined, UnderAge,
)  # fmt: skip


async def start(turn: Turn) -> None:
    """`/start` alone. Twice is harmless: it goes on where it was."""
    if turn.is_newcomer:
        welcome_or_desk(turn, None)
    else:
        await go_on(turn)


async def arrive(turn: Turn, typed: str) -> None:
    """A newcomer with a workshop's code; a wrong one is a welcome all the same."""
    welcome_or_desk(turn, await workshop_of(turn.session, typed))


async def arrival_of(session: AsyncSession, chat_id: int, person: Person | None) -> Arrival | None:
    """Where somebody who has not agreed was last led, so that words and commands in between do not lose the way."""
    said = await transcript.newest(session, chat_id, _ON_ARRIVAL, _FAR_BACK)
    voice = next((each.voice for each in said if each.voice), None)
    voice = person.voice if person is not None else voice
    workshop = next((each.row.object_id for each in said if each.row.object_id), 0)
    return Arrival(workshop, voice, _is_asked(each.payload for each in said)) if voice else None


def _is_asked(said: Iterable[Payload]) -> bool:
    """Is consent K the question that is open? The long text alone, asked for in between, takes it away no more than
    help does."""
    for each in said:
        match each:
            case Privacy.Payload(question=None):
                continue
            case Privacy.Payload(question=purpose) | ConsentAsked.Payload(purpose=purpose):
                return purpose is Purpose.CORE
            case _:
                return False
    return False


def _remembered(turn: Turn) -> int:
    return turn.arrival.workshop_id if turn.arrival is not None else 0


def welcome_or_desk(turn: Turn, workshop: Workshop | None) -> None:
    """Somebody unknown: an owner without a workshop's link comes to work, everybody else is welcomed."""
    if turn.is_owner and workshop is None:
        if turn.person is None:
            turn.person = new_person(turn, turn.operator.voice)  # now others of the team can ask them
        turn.tell(OrgaMenu.Payload())
    else:
        welcome(turn, workshop.id if workshop else _remembered(turn))


def show_arrival(turn: Turn) -> None:
    """Where somebody is who has not agreed: at consent K if that was asked last, else at the welcome or the desk."""
    if turn.arrival is not None and turn.arrival.asked:
        turn.tell(
            ConsentAsked.Payload(workshop_id=turn.arrival.workshop_id or None, purpose=Purpose.CORE),
            voice=turn.arrival.voice,
        )
    else:
        welcome_or_desk(turn, None)


async def hear_stranger(turn: Turn, text: str) -> None:
    """A code leads in; what looks like one and is none is named before the welcome, once it was asked for. Who
    answers consent K with an age under 16 is not asked any further."""
    workshop, arrival = await workshop_of(turn.session, text), turn.arrival
    if workshop is not None:
        welcome_or_desk(turn, workshop)
    elif arrival is not None and arrival.asked and says_under_age(text):
        if turn.person is not None and turn.person.answered(Purpose.CORE):
            turn.tell(EraseAsked.Payload())  # somebody who took it back: there is something stored
        else:
            turn.tell(UnderAge(), voice=arrival.voice)
    else:
        if arrival is not None and not (arrival.workshop_id or arrival.asked) and looks_like_code(text):
            turn.tell(Refused(Reason.UNKNOWN_CODE, joined=False))
        show_arrival(turn)


def welcome(turn: Turn, workshop_id: int, voice: Voice | None = None, *, edit: bool = False) -> None:
    chosen = voice or (turn.arrival.voice if turn.arrival is not None else turn.operator.voice)
    turn.tell(Welcome.Payload(workshop_id=workshop_id or None), edit=edit, voice=chosen)


async def workshop_of(session: AsyncSession, typed: str) -> Workshop | None:
    """The workshop whose code this is, however it was typed."""
    code = read_code(typed)
    return await queries.workshop_by_code(session, code) if code else None


def enter(turn: Turn, workshop: Workshop) -> None:
    """Through a workshop's door: it becomes the present one."""
    again = next((m for m in turn.me.memberships if m.workshop_id == workshop.id), None)
    if again is None:
        turn.me.memberships.append(Membership(workshop_id=workshop.id, joined_at=turn.now))
    else:
        again.joined_at = turn.now
    if turn.me.finished_at is not None or len(turn.me.memberships) > 1:
        turn.tell(WorkshopJoined.Payload(workshop.id, again=again is not None))


async def come_in(turn: Turn, workshop: Workshop) -> None:
    """Through the door, and on. With a complete profile the welcome says all there is to say."""
    enter(turn, workshop)
    if turn.me.finished_at is None or not turn.me.gave(Purpose.CARRIER):
        await go_on(turn)


async def go_on(turn: Turn) -> None:
    """Whatever is open next: consent U, the profile, or what one can do now."""
    if not turn.me.gave(Purpose.CARRIER):
        turn.tell(ConsentAsked.Payload(purpose=Purpose.CARRIER))
    elif not turn.me.memberships:
        turn.tell(CodeAsked(joined=False))
    else:
        await profile.ask_next(turn)


# --- buttons before the core consents; workshop and voice travel in them


async def greet(turn: Turn, workshop_id: int, voice: Voice) -> None:
    if not turn.is_newcomer:
        await go_on(turn)
    else:
        welcome(turn, workshop_id, voice, edit=True)


async def begin(turn: Turn, workshop_id: int, voice: Voice) -> None:
    if not turn.is_newcomer:
        await go_on(turn)
    else:
        arrival = workshop_id or _remembered(turn)
        turn.tell(ConsentAsked.Payload(workshop_id=arrival or None, purpose=Purpose.CORE), voice=voice)


async def read(turn: Turn, workshop_id: int, voice: Voice) -> None:
    question = Purpose.CORE if turn.is_newcomer else None
    if question is None and not turn.me.gave(Purpose.CARRIER):
        question = Purpose.CARRIER
    turn.tell(Privacy.Payload(workshop_id=workshop_id or None, question=question), voice=voice)


async def without(turn: Turn, workshop_id: int, voice: Voice) -> None:
    turn.tell(WithoutTelegram(workshop_id or None), voice=voice)


def new_person(turn: Turn, voice: Voice) -> Person:
    person = Person(
        chat_id=turn.chat_id, voice=voice, created_at=turn.now, memberships=[], consents=[], interests=[]
    )
    turn.session.add(person)
    return person


async def code(turn: Turn, typed: str) -> None:
    """A workshop's code, typed. Raises Refusal(UNKNOWN_CODE)."""
    workshop = await workshop_of(turn.session, typed)
    if workshop is None:
        raise Refusal(Reason.UNKNOWN_CODE)
    await come_in(turn, workshop)
