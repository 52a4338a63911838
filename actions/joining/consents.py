"""The consents that are asked for while joining: given, refused, and what is stored of each answer."""

from collections.abc import Collection

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codes, drafts
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.joining import doors, entry, profile
from db import journal, reach
from db.models import Consent, DraftKind, Grant, Person, PersonalCode, Workshop
from domain import consents as texts
from domain.outcomes.choices import ProfileQuestion, Purpose
from domain.outcomes.joining import Declined
from domain.outcomes.rights import EraseAsked
from domain.outcomes.small import Refused
from domain.refusal import Reason, Refusal
from domain.voice import Voice


async def ask_consent(turn: Turn) -> None:
    """Ask for the core consent that is missing, or show what comes before it."""
    if turn.is_newcomer:
        entry.show_arrival(turn)
    else:
        await entry.go_on(turn)


async def core_no(turn: Turn, workshop_id: int, voice: Voice) -> None:
    """A newcomer's no to K, of which nothing is stored. Anyone who took K back is offered to have everything erased.

    Raises Refusal(STALE_BUTTON) for anyone who gave K.
    """
    del workshop_id  # a no needs no workshop
    if not turn.is_newcomer:
        raise Refusal(Reason.STALE_BUTTON)
    if turn.person is not None and turn.person.answered(Purpose.CORE):
        turn.tell(EraseAsked.Payload())
        return
    turn.tell(Declined(), voice=voice)


async def take_core_yes(turn: Turn, workshop_id: int, voice: Voice, fingerprint: str) -> None:
    """Consent K: from here on there is a person. A second tap stores nothing. Raises Refusal like `read`.

    They enter the workshop whose door the button stands for (`entry.door`); without one its code is asked for. The
    handshake that led them here is opened once they have agreed to U and have a name, a personal code after U.
    """
    if not turn.is_newcomer:
        return
    text = read(turn, Purpose.CORE, fingerprint)
    led_to = await entry.door(turn, workshop_id)
    if turn.person is None:
        turn.person = entry.new_person(turn, voice)
    answer(turn, text, given=True)
    workshop = await turn.session.get(Workshop, led_to) if led_to else None
    if workshop is not None and _is_by_its_code(turn) and doors.is_closed_to(turn, workshop):
        turn.tell(Refused(Reason.WORKSHOP_CLOSED, joined=False))
    elif workshop is not None:
        entry.enter(turn, workshop)
    await turn.session.flush()
    if turn.arrival is not None and turn.arrival.handshake_id:
        await drafts.await_words(turn, DraftKind.HANDSHAKE, turn.arrival.handshake_id)
    elif turn.arrival is not None and turn.arrival.code_id:
        code = await turn.session.get(PersonalCode, turn.arrival.code_id)
        kind = codes.DRAFTS[code.purpose] if code is not None else DraftKind.TAKEOVER
        await drafts.await_words(turn, kind, turn.arrival.code_id)


def _is_by_its_code(turn: Turn) -> bool:
    """Whether they came by the workshop's own code, not because somebody asked for them."""
    return turn.arrival is None or not (turn.arrival.handshake_id or turn.arrival.code_id)


def take_carrier_yes(turn: Turn, fingerprint: str) -> None:
    """Consent U. A second tap stores nothing. Raises Refusal(STALE_BUTTON) without K, and like `read`."""
    if turn.is_newcomer:
        raise Refusal(Reason.STALE_BUTTON)
    if not turn.me.gave(Purpose.CARRIER):
        answer(turn, read(turn, Purpose.CARRIER, fingerprint), given=True)


async def carrier_no(turn: Turn) -> None:
    """Without a way to write there is no companion: what K made us store is deleted.

    Anyone who gave U before is offered to have everything erased. Raises Refusal(STALE_BUTTON) while U is given, and
    without K.
    """
    if turn.is_newcomer or turn.me.gave(Purpose.CARRIER):
        raise Refusal(Reason.STALE_BUTTON)
    if turn.me.answered(Purpose.CARRIER):
        turn.tell(EraseAsked.Payload())  # U was given once: erasing all that there is takes two steps
        return
    voice = turn.me.voice
    await turn.session.delete(turn.me)
    turn.person = None
    turn.tell(Declined(), voice=voice)


def read(turn: Turn, purpose: Purpose, fingerprint: str) -> texts.ConsentText:
    """The text above the button with this fingerprint. Raises Refusal(STALE_BUTTON) if it has been changed since: an
    answer is to what was read, so that the present one is asked for again.
    """
    text = texts.with_fingerprint(purpose, fingerprint, turn.operator.controller)
    if text is None:
        raise Refusal(Reason.STALE_BUTTON)
    return text


def answer(turn: Turn, text: texts.ConsentText, *, given: bool) -> None:
    """Store one answer, with the version, hash and voice of the text that was shown."""
    turn.me.consents.append(
        Consent(
            purpose=text.purpose,
            given=given,
            version=text.version,
            sha256=text.sha256(turn.operator.controller),
            voice=text.voice,
            at=turn.now,
        )
    )


def take_back(turn: Turn, purposes: Collection[Purpose]) -> None:
    """End these consents as far as they are live, also in what is restored from a backup."""
    for consent in turn.me.consents:
        if consent.purpose in purposes and consent.given and consent.withdrawn_at is None:
            consent.withdrawn_at = turn.now
            journal.note(turn.session, journal.Ended.CONSENT, consent.id, consent.at, turn.now)


async def announce(turn: Turn, fingerprint: str, *, given: bool) -> None:
    """Consent A, as the profile's next question or changed from the summary. Twice is harmless.

    A tap further up changes nothing: a consent is given where it is asked for now. Raises Refusal like `read`.
    """
    me, purpose = turn.me, Purpose.ANNOUNCEMENTS
    if not await profile.is_awaited(turn, ProfileQuestion.ANNOUNCEMENTS):
        await profile.out_of_date(turn)
        return
    if given != me.gave(purpose) or not me.answered(purpose):
        text = read(turn, purpose, fingerprint)
        take_back(turn, (purpose,))
        answer(turn, text, given=given)
    await profile.answered(turn, ProfileQuestion.ANNOUNCEMENTS)


_AGREEING = select(Person.chat_id).where(
    Person.chat_id.in_(bindparam("chats", expanding=True)),
    or_(reach.agreeing(), exists().where(Grant.person_id == Person.id)),
)


async def may_keep_words(session: AsyncSession, chat_ids: set[int], operator: Operator) -> set[int]:
    """Those of these chats whose words may be stored: both core consents are given, or it is somebody's of the team."""
    agreeing = await session.scalars(_AGREEING, {"chats": list(chat_ids)})
    return {c for c in agreeing if c is not None} | (chat_ids & set(operator.owners))
