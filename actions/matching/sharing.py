"""How two who both said yes can reach each other: each chooses what the other learns."""

from sqlalchemy import and_, or_, select

from actions.exchange import changes, drafts
from actions.exchange.turn import Turn
from actions.matching import introductions
from db.models import Draft, DraftKind, Introduction, IntroState, Person
from domain.contacts import CONTACT_LIMIT, reads_like
from domain.outcomes.choices import ContactKind, Purpose
from domain.outcomes.joining import ConsentAsked
from domain.outcomes.matching import (
    ContactAsked,
    ContactNoted,
    ContactReceived,
    ContactWordsAsked,
    NumberDoubted,
)
from domain.refusal import Reason, Refusal
from domain.words import clean


async def ask_contact(turn: Turn, intro_id: int) -> None:
    """Ask how the other may reach me. Raises Refusal like `introductions.mine`."""
    intro, _ = await introductions.mine(turn, intro_id)
    if turn.represented is None:
        turn.me.telegram_name = turn.telegram_name if turn.me.gave(Purpose.SHOW_TELEGRAM) else None
    turn.tell(ContactAsked.Payload(intro.id, has_username=_may_give_name(turn)))


async def contact_by(turn: Turn, intro_id: int, kind: ContactKind) -> None:
    """Choose how the other may reach me. Telegram takes consent G once; phone and e-mail are typed, and until then
    what I had chosen before holds.

    Raises Refusal like `introductions.mine`, and STALE_BUTTON for Telegram without a username.
    """
    intro, other = await introductions.mine(turn, intro_id)
    if kind is ContactKind.TELEGRAM and not _may_give_name(turn):
        raise Refusal(Reason.STALE_BUTTON)
    await _forget_doubted(turn)
    await drafts.end_of(turn, intro.id, DraftKind.CONTACT)
    if kind in (ContactKind.NONE, ContactKind.TELEGRAM):
        _choose(turn, intro, kind)
    if kind is ContactKind.NONE:
        turn.tell(ContactNoted.Payload(other.id, kind=kind))
    elif kind is ContactKind.TELEGRAM and not turn.me.gave(Purpose.SHOW_TELEGRAM):
        turn.tell(ConsentAsked.Payload(purpose=Purpose.SHOW_TELEGRAM))
    elif kind is ContactKind.TELEGRAM:
        turn.me.telegram_name = turn.telegram_name
        await _share(turn, intro, other, kind)
    else:
        await drafts.await_words(turn, DraftKind.CONTACT, intro.id, drafts.DraftDetails(contact=kind))
        turn.tell(ContactWordsAsked.Payload(intro.id, kind=kind))


def _may_give_name(turn: Turn) -> bool:
    """Whether there is a Telegram name to give: an office gives the MP's number or address, no name of its own."""
    return turn.telegram_name is not None and turn.represented is None


async def receive_contact(turn: Turn, intro_id: int, kind: ContactKind, text: str) -> None:
    """Store a phone number or an e-mail address, and share it.

    Raises Refusal like `introductions.mine`, and NOT_A_CONTACT for words that do not read like one.
    """
    intro, other = await introductions.mine(turn, intro_id)
    value = clean(text, limit=CONTACT_LIMIT)
    if not reads_like(kind, value):
        raise Refusal(Reason.NOT_A_CONTACT)
    if kind is ContactKind.PHONE:
        turn.party.contact_phone = value
    else:
        turn.party.contact_email = value
    _choose(turn, intro, kind)
    await drafts.end(turn)
    await _share(turn, intro, other, kind)


async def ask_whose(turn: Turn, draft: Draft, number: str) -> None:
    """A contact card that names no owner: ask once whether the number is mine, before it goes anywhere."""
    draft.words = clean(number, limit=CONTACT_LIMIT)
    turn.tell(NumberDoubted.Payload(draft.id))


async def _forget_doubted(turn: Turn) -> None:
    """The number on the card is not mine."""
    draft = await drafts.awaiting(turn)
    if draft is not None and draft.kind is DraftKind.CONTACT:
        draft.words = None


async def confirm_number(turn: Turn, draft_id: int) -> None:
    """The number on the card is mine. Raises Refusal(STALE_BUTTON) if that is settled already."""
    draft = await drafts.awaiting(turn)
    if draft is None or draft.id != draft_id or draft.kind is not DraftKind.CONTACT or not draft.words:
        raise Refusal(Reason.STALE_BUTTON)
    number, draft.words = draft.words, None
    await receive_contact(turn, draft.object_id or 0, ContactKind.PHONE, number)


async def share_telegram_name(turn: Turn) -> bool:
    """Consent G was just given: share the username with everybody for whom I chose Telegram before, if there is any."""
    turn.me.telegram_name = turn.telegram_name
    if turn.telegram_name is None:
        return False
    waiting = await turn.session.scalars(
        select(Introduction).where(
            Introduction.state == IntroState.BOTH,
            or_(
                and_(Introduction.asker_id == turn.me.id, Introduction.asker_contact == ContactKind.TELEGRAM),
                and_(Introduction.asked_id == turn.me.id, Introduction.asked_contact == ContactKind.TELEGRAM),
            ),
        )
    )
    shared = waiting.all()
    for intro in shared:
        other = await introductions.person(turn, intro.other_than(turn.me.id))
        await _share(turn, intro, other, ContactKind.TELEGRAM)
    return bool(shared)


def _choose(turn: Turn, intro: Introduction, kind: ContactKind) -> None:
    if intro.asker_id == turn.party.id:
        intro.asker_contact, intro.asker_contact_at = kind, turn.now
    else:
        intro.asked_contact, intro.asked_contact_at = kind, turn.now


async def _share(turn: Turn, intro: Introduction, other: Person, kind: ContactKind) -> None:
    await changes.tell(turn, other, ContactReceived.Payload(intro.id, kind=kind), intro.id)
    turn.tell(ContactNoted.Payload(other.id, kind=kind))
