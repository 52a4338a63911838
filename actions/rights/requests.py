"""What everybody may ask for at any time: what is stored, a pause, to take a consent back, to have all erased."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.operator import Operator
from actions.exchange.passes import Pass, Selected
from actions.exchange.turn import Turn
from actions.joining import consents
from actions.matching import sharing
from actions.organising.roundtables import roundtable_people
from actions.pledging.releases import releasing
from actions.rights import erasure
from db import queries, reach
from db.models import Person, Pledge, Priority
from db.moments import NOW, as_of
from db.session import drop_copy
from domain import consents as texts
from domain.calendar import office_hours
from domain.nudging import PAUSE_WEEKS
from domain.outcomes.choices import Purpose
from domain.outcomes.joining import ConsentAsked, Declined, UnderAge
from domain.outcomes.payload import Payload
from domain.outcomes.rights import (
    ConsentChanged,
    ConsentsListed,
    DataOnItsWay,
    EraseAsked,
    Erased,
    EraseKept,
    MyData,
    NotPaused,
    PauseAsked,
    Paused,
    Privacy,
    Resumed,
    StopAsked,
)
from domain.pledges import State
from domain.refusal import Reason, Refusal
from domain.retention import ERASE_WITHIN


async def privacy(turn: Turn) -> None:
    """`/datenschutz`, in every state, also before joining."""
    workshop = turn.person.present_workshop_id if turn.person is not None else None
    turn.tell(Privacy.Payload(workshop_id=workshop))


def _nothing_stored(turn: Turn) -> None:
    turn.tell(Privacy.Payload(nothing_stored=True))


# --- consents


async def list_consents(turn: Turn) -> None:
    """`/widerruf`: each consent, to take back or to give."""
    if _has_consented(turn):
        turn.tell(ConsentsListed.Payload())
    elif turn.person is None:
        _nothing_stored(turn)
    else:
        await privacy(turn)


def _has_consented(turn: Turn) -> bool:
    """Whether they ever did: even if all was taken back, there is something to see, to give again and to erase."""
    return turn.person is not None and bool(turn.person.consents)


async def withdraw(turn: Turn, purpose: Purpose) -> None:
    """Take a consent back, at once and for what is queued already, since every send looks again.

    K takes all others with it, and with them whatever others were let read; without K or U erasure is offered.
    Raises Refusal(STALE_BUTTON) for somebody who has never consented.
    """
    if not _has_consented(turn):
        raise Refusal(Reason.STALE_BUTTON)
    await take_back(turn, purpose)
    turn.tell(ConsentChanged(purpose, given=False))


async def take_back(turn: Turn, purpose: Purpose) -> None:
    """End a consent and what follows from it, without a word about it."""
    if purpose is Purpose.CORE:
        await releasing.take_back_all(turn)
    ended = tuple(Purpose) if purpose is Purpose.CORE else (purpose,)
    consents.take_back(turn, ended)
    if Purpose.SHOW_TELEGRAM in ended:
        turn.me.telegram_name = None
    await roundtable_people.show_again(turn.session, turn.me.id, turn.now)


async def give(turn: Turn, purpose: Purpose) -> None:
    """Give a consent later: at once if its text as it is now was answered before, else it is asked for in full.

    Raises Refusal(STALE_BUTTON) for somebody who has never consented.
    """
    if not _has_consented(turn):
        raise Refusal(Reason.STALE_BUTTON)
    text = texts.text(purpose, turn.me.voice)
    await _take_yes(turn, purpose, text if _has_answered(turn, text) else None)


def _has_answered(turn: Turn, text: texts.ConsentText) -> bool:
    """Whether they ever answered this version, in whichever voice."""
    version = (text.purpose, text.version)
    return any((each.purpose, each.version) == version for each in turn.me.consents)


async def agree(turn: Turn, purpose: Purpose, fingerprint: str) -> None:
    """A yes under the text with this fingerprint; if it has been changed since, the present one is asked for.

    Raises Refusal like `give`.
    """
    if not _has_consented(turn):
        raise Refusal(Reason.STALE_BUTTON)
    await _take_yes(turn, purpose, texts.with_fingerprint(purpose, fingerprint, turn.operator.controller))


async def _take_yes(turn: Turn, purpose: Purpose, text: texts.ConsentText | None) -> None:
    """If a core consent is missing, the first of them is asked for instead."""
    core = (Purpose.CORE, Purpose.CARRIER)
    missing = next((each for each in core if not turn.me.gave(each)), None)
    if missing or text is None:
        turn.tell(ConsentAsked.Payload(purpose=missing or purpose))
        return
    if not turn.me.gave(purpose):
        consents.answer(turn, text, given=True)
    if purpose is Purpose.SHOW_TELEGRAM and await sharing.share_telegram_name(turn):
        return  # each was told of by name
    turn.tell(ConsentChanged(purpose, given=True))


async def refuse(turn: Turn, purpose: Purpose, fingerprint: str) -> None:
    """A no under the text with this fingerprint, likewise; it takes a yes back. Raises Refusal like `withdraw`."""
    text = texts.with_fingerprint(purpose, fingerprint, turn.operator.controller)
    if text is None and _has_consented(turn) and not turn.me.gave(purpose):
        turn.tell(ConsentAsked.Payload(purpose=purpose))
        return
    await withdraw(turn, purpose)
    if text is not None and not _has_answered(turn, text):
        consents.answer(turn, text, given=False)


# --- pause


async def ask_pause(turn: Turn) -> None:
    """`/pause`: for how long, or until when there is one already."""
    pauses = reach.is_paused(turn.me, turn.now)
    turn.tell(PauseAsked(pauses, _paused_until(turn) if pauses else None))


def _paused_until(turn: Turn) -> date | None:
    """The local day on which my pause ends; None if it ends when I say so."""
    return turn.operator.day(turn.me.paused_until) if turn.me.paused_until else None


async def pause(turn: Turn, weeks: int) -> None:
    """Write nothing unasked for this many weeks; 0: until "Weiter". Raises Refusal(STALE_BUTTON) for another number."""
    if weeks not in (0, *PAUSE_WEEKS):
        raise Refusal(Reason.STALE_BUTTON)
    turn.me.paused = True
    turn.me.paused_until = turn.now + timedelta(weeks=weeks) if weeks else None
    await roundtable_people.show_again(turn.session, turn.me.id, turn.now)
    turn.tell(Paused(_paused_until(turn)))


async def no_pause(turn: Turn) -> None:
    """No pause after all. Anyone who is pausing meanwhile is shown that, and how to end it."""
    if reach.is_paused(turn.me, turn.now):
        await ask_pause(turn)
    else:
        turn.tell(NotPaused())


async def resume(turn: Turn) -> None:
    """End my pause, and tell what I have missed."""
    turn.me.paused, turn.me.paused_until = False, None
    await roundtable_people.show_again(turn.session, turn.me.id, turn.now)
    turn.tell(Resumed.Payload())


_IS_OVER = (Person.paused.is_(True), Person.paused_until <= NOW)
_PAUSES_OVER = select(Person.id).where(*_IS_OVER)


def ending_pauses(now: datetime, operator: Operator) -> Pass:
    """The pass that ends the pauses whose time is over. What was missed is told then, in office hours."""

    async def end(session: AsyncSession, person_id: int) -> None:
        ended = (
            update(Person)
            .where(Person.id == person_id, *_IS_OVER)
            .values(paused=False, paused_until=None)
            .returning(Person.chat_id)
            .execution_options(synchronize_session=False)
        )
        chat_id = await session.scalar(ended, as_of(now))
        if chat_id is not None:
            payload, to = Resumed.Payload(by_itself=True), outbox.Recipient(chat_id, person_id)
            told_at = office_hours(now, operator.zone, None)
            outbox.owe(session, payload, to, now, priority=Priority.NEWS, due=told_at)

    return Pass(Selected(_PAUSES_OVER, as_of(now)), end)


async def ask_stop(turn: Turn) -> None:
    """Somebody wants less of all this: a pause, consents taken back, or all of it erased. Before consent it is a no."""
    if turn.person is None:
        turn.tell(Declined())
    else:
        turn.tell(StopAsked(can_pause=not turn.is_outside))


# --- what is stored about me


async def my_data(turn: Turn) -> None:
    """`/auskunft`, in every state. One document at a time: who asks again until it is there is told so once."""
    if turn.person is None:
        _nothing_stored(turn)
        return
    coming = await transcript.on_its_way(turn.session, turn.chat_id, MyData.Payload)
    if coming is None:
        turn.tell(MyData.Payload())
        return
    told = await transcript.newest(turn.session, turn.chat_id, (DataOnItsWay,), 1)
    if not told or told[0].row.id < coming.row.id:
        turn.tell(DataOnItsWay())


# --- erasure


async def ask_erase(turn: Turn) -> None:
    """`/loeschen`, in every state: the first of two steps. Of an account that was somebody's before only the
    number is known, which goes at once.
    """
    if turn.person is None:
        await erasure.forget_account(turn.session, turn.chat_id)
        _nothing_stored(turn)
    else:
        turn.tell(EraseAsked.Payload())


async def keep(turn: Turn) -> None:
    """No erasure after all; a core consent that is missing is asked for."""
    joined = not turn.lacks_consent
    turn.tell(EraseKept(joined))
    if not joined:
        await consents.ask_consent(turn)


async def erase(turn: Turn) -> None:
    """The second step, within ten minutes of the first: erase me in this transaction. Later it asks again.

    What is the counterpart's own is kept, without me. Raises Refusal(STALE_BUTTON) for somebody unknown.
    """
    since = turn.now - ERASE_WITHIN
    if await transcript.owed_to_since(turn.session, turn.me.id, EraseAsked.Payload, since):
        await erase_at_once(turn)
    else:
        await ask_erase(turn)


async def erase_at_once(turn: Turn) -> None:
    """Erase me without asking: my time is over, or I have just confirmed it."""
    await _forget(turn, Erased())


async def end_for_age(turn: Turn) -> None:
    """Somebody who is still joining is under 16: erase what they have said so far, and ask nothing more.

    Raises Refusal(STALE_BUTTON) for somebody unknown.
    """
    await _forget(turn, UnderAge())


async def _forget(turn: Turn, last_word: Payload) -> None:
    voice = turn.me.voice
    await erasure.forget(turn)
    drop_copy(turn.session)
    turn.session.info["erased"] = True
    turn.tell(last_word, voice=voice)


async def count_pledges(session: AsyncSession, person: Person) -> int:
    """How many pledges this person knows of: drafts of others are not among them."""
    known = or_(Pledge.author_id == person.id, Pledge.state != State.DRAFT)
    number = select(func.count()).select_from(Pledge).where(queries.in_pledge(person.id), known)
    return await session.scalar(number) or 0
