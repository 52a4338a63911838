"""Coming in: the welcome, the two core consents, and the doors of workshops."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import transcript
from actions.exchange.operator import Operator
from actions.exchange.turn import Arrival, Turn
from actions.joining import profile
from db import queries
from db.models import Consent, Membership, Person, Workshop
from domain import consents
from domain.age import says_under_age
from domain.codes import looks_like_code, read_code
from domain.commands import LINKS_TO_COME
from domain.outcomes.choices import Purpose, Question
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

WORKSHOP_LINK = "w_"
_FAR_BACK = 20  # messages of the bot
_ON_ARRIVAL = (
    Welcome.Payload, ConsentAsked.Payload, Privacy.Payload, WithoutTelegram, Declined, UnderAge,
)  # fmt: skip


async def start(turn: Turn, payload: str) -> None:
    """`/start`, with or without a link's payload. Twice is harmless: it goes on where it was."""
    workshop = await workshop_of(turn.session, payload.removeprefix(WORKSHOP_LINK)) if payload else None
    if payload and workshop is None and not is_newcomer(turn):
        raise Refusal(Reason.NOT_YET if payload.startswith(LINKS_TO_COME) else Reason.UNKNOWN_CODE)
    if is_newcomer(turn):
        if payload.startswith(LINKS_TO_COME):
            turn.tell(Refused(Reason.NOT_YET, joined=False))
        welcome_or_desk(turn, workshop)
        return
    if workshop is not None:
        await come_in(turn, workshop)
    else:
        await go_on(turn)


def is_newcomer(turn: Turn) -> bool:
    """Nobody yet, or an organiser who works without taking part."""
    return turn.person is None or not turn.person.gave(Purpose.CORE)


def lacks_consent(turn: Turn) -> bool:
    """Without one of the core consents: nobody yet, not given yet, taken back, or an organiser who takes no part."""
    me = turn.person
    return me is None or not (me.gave(Purpose.CORE) and me.gave(Purpose.CARRIER))


def is_outside(turn: Turn) -> bool:
    """Without both core consents and a workshop there is a question to answer before anything else."""
    return is_newcomer(turn) or not turn.me.gave(Purpose.CARRIER) or not turn.me.memberships


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


async def ask_consent(turn: Turn) -> None:
    """The core consent that is missing, or what comes before it."""
    if is_newcomer(turn):
        show_arrival(turn)
    else:
        await go_on(turn)


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


# --- buttons before and around the core consents; workshop and voice travel in them


async def greet(turn: Turn, workshop_id: int, voice: Voice) -> None:
    if not is_newcomer(turn):
        await go_on(turn)
    else:
        welcome(turn, workshop_id, voice, edit=True)


async def begin(turn: Turn, workshop_id: int, voice: Voice) -> None:
    if not is_newcomer(turn):
        await go_on(turn)
    else:
        arrival = workshop_id or _remembered(turn)
        turn.tell(ConsentAsked.Payload(workshop_id=arrival or None, purpose=Purpose.CORE), voice=voice)


async def read(turn: Turn, workshop_id: int, voice: Voice) -> None:
    question = Purpose.CORE if is_newcomer(turn) else None
    if question is None and not turn.me.gave(Purpose.CARRIER):
        question = Purpose.CARRIER
    turn.tell(Privacy.Payload(workshop_id=workshop_id or None, question=question), voice=voice)


async def without(turn: Turn, workshop_id: int, voice: Voice) -> None:
    turn.tell(WithoutTelegram(workshop_id or None), voice=voice)


async def core_no(turn: Turn, workshop_id: int, voice: Voice) -> None:
    del workshop_id  # a no needs no workshop
    if not is_newcomer(turn):
        raise Refusal(Reason.STALE_BUTTON)
    if turn.person is not None and turn.person.answered(Purpose.CORE):
        turn.tell(EraseAsked.Payload())  # somebody who took it back: there is something stored
        return
    turn.tell(Declined(), voice=voice)


async def core_yes(turn: Turn, workshop_id: int, voice: Voice) -> None:
    """From here on there is a person."""
    if is_newcomer(turn):
        if turn.person is None:
            turn.person = new_person(turn, voice)
        answer(turn.me, Purpose.CORE, given=True, now=turn.now, operator=turn.operator)
        workshop = await turn.session.get(Workshop, workshop_id) if workshop_id else None
        if workshop is not None:
            enter(turn, workshop)
        await turn.session.flush()
    await go_on(turn)


def new_person(turn: Turn, voice: Voice) -> Person:
    person = Person(
        chat_id=turn.chat_id, voice=voice, created_at=turn.now, memberships=[], consents=[], interests=[]
    )
    turn.session.add(person)
    return person


async def carrier_yes(turn: Turn) -> None:
    if is_newcomer(turn):
        raise Refusal(Reason.STALE_BUTTON)
    if not turn.me.gave(Purpose.CARRIER):
        answer(turn.me, Purpose.CARRIER, given=True, now=turn.now, operator=turn.operator)
    await go_on(turn)


async def carrier_no(turn: Turn) -> None:
    """No way to write means no companion: what the first yes stored goes again."""
    if is_newcomer(turn) or turn.me.gave(Purpose.CARRIER):
        raise Refusal(Reason.STALE_BUTTON)
    if turn.me.answered(Purpose.CARRIER):
        turn.tell(EraseAsked.Payload())  # taken back after a time together: what there is goes in two steps
        return
    voice = turn.me.voice
    await turn.session.delete(turn.me)
    turn.person = None
    turn.tell(Declined(), voice=voice)


def answer(person: Person, purpose: Purpose, *, given: bool, now: datetime, operator: Operator) -> None:
    """Store one answer: which text was shown, in which voice, when."""
    text = consents.text(purpose, person.voice)
    person.consents.append(
        Consent(
            purpose=purpose,
            given=given,
            version=text.version,
            sha256=text.sha256(operator.controller),
            voice=person.voice,
            at=now,
        )
    )


async def announce(turn: Turn, *, given: bool) -> None:
    """Consent A, in the profile's order or changed from the summary. The latest tap counts; twice is harmless."""
    me, purpose = turn.me, Purpose.ANNOUNCEMENTS
    if given != me.gave(purpose) or not me.answered(purpose):
        for consent in me.consents:
            if consent.purpose is purpose and consent.given and consent.withdrawn_at is None:
                consent.withdrawn_at = turn.now
        answer(me, purpose, given=given, now=turn.now, operator=turn.operator)
    await profile.answered(turn, Question.ANNOUNCEMENTS)


async def code(turn: Turn, typed: str) -> None:
    """A workshop's code, typed. Raises Refusal(UNKNOWN_CODE)."""
    workshop = await workshop_of(turn.session, typed)
    if workshop is None:
        raise Refusal(Reason.UNKNOWN_CODE)
    await come_in(turn, workshop)


async def may_keep_words(session: AsyncSession, chat_ids: set[int], operator: Operator) -> set[int]:
    """The chats whose words may be stored: both core consents given, or an owner at work."""
    agreed = await session.scalars(
        select(Person.chat_id).where(
            Person.chat_id.in_(chat_ids), Person.id.in_(queries.gives(Purpose.CARRIER))
        )
    )
    return {c for c in agreed if c is not None} | (chat_ids & set(operator.owners))
