"""A promise from the first tap to the day both have agreed; and who may do what with it."""

from datetime import date

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.pledging import nudges
from db import queries, reach
from db.models import DraftKind, Person, Pledge
from domain import names
from domain.days import DAY_LIMIT, day_in, parse_day
from domain.nudging import DeadlineOutOfRange, check_deadline, deadline_for
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    PartnerAsked,
    PartnerNameAsked,
    PartnersFound,
    PledgeCard,
    PledgeList,
    PledgePreview,
    ProposalDeclined,
    ProposalSent,
    Proposed,
    SentenceAsked,
    TalkAsked,
    Withdrawn,
    YouDeclined,
)
from domain.pledges import TEXT_LIMIT, Acts, State
from domain.refusal import Reason, Refusal
from domain.words import clean


async def mine(turn: Turn, pledge_id: int) -> Pledge:
    """A pledge of mine that I know of, locked for this turn. Refuses everything else alike."""
    pledge = await turn.session.get(Pledge, pledge_id, with_for_update=True)
    if pledge is None or not pledge.is_known_to(turn.me.id):
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


async def other_party(turn: Turn, pledge: Pledge) -> Person | None:
    other_id = pledge.other_than(turn.me.id)
    return await turn.session.get(Person, other_id) if other_id is not None else None


def must_agree(pledge: Pledge) -> int | None:
    """The person whose yes a proposal waits for: the one who did not word it."""
    return pledge.partner_id if pledge.worded_by_author else pledge.author_id


async def show_list(turn: Turn) -> None:
    turn.tell(PledgeList.Payload())


async def show(turn: Turn, pledge_id: int) -> None:
    await present(turn, await mine(turn, pledge_id))


async def present(turn: Turn, pledge: Pledge) -> None:
    """Where it stands now, as the reader may act on it."""
    if pledge.state is State.PROPOSED and must_agree(pledge) == turn.me.id:
        turn.tell(Proposed.Payload(pledge.id))
    elif pledge.state is State.DRAFT and pledge.text:
        await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
        turn.tell(PledgePreview.Payload(pledge.id))
    elif pledge.state is State.DRAFT and pledge.acts is None:
        turn.tell(ActsAsked.Payload(pledge.id))
    else:
        turn.tell(PledgeCard.Payload(pledge.id))


# --- with whom


async def begin(turn: Turn) -> None:
    if turn.me.seeks_at is None:
        raise Refusal(Reason.TAP_PLEASE)
    turn.tell(PartnerAsked.Payload())


async def search(turn: Turn) -> None:
    await drafts.await_words(turn, DraftKind.PARTNER_NAME)
    turn.tell(PartnerNameAsked())


async def hear_partner_name(turn: Turn, text: str) -> None:
    """Onboarded, unpaused people of one's present workshop; at most three."""
    workshop = await queries.present_workshop(turn.session, turn.me)
    showable = reach.showable(turn.now)
    people = await queries.people_of(turn.session, workshop.id, showable) if workshop else []
    open_to_it = [(person.id, person.name or "") for person in people if person.id != turn.me.id]
    hits = names.find(clean(text, limit=200), open_to_it)
    if not hits:
        raise Refusal(Reason.NOBODY_FOUND)
    turn.tell(PartnersFound.Payload(hits=tuple(hits)))


async def with_(turn: Turn, person_id: int) -> None:
    """A draft with this person; who is not in reach of a search or a match cannot be promised anything."""
    other = await turn.session.get(Person, person_id)
    if other is None or other.id == turn.me.id or not reach.may_be_shown(other, turn.now):
        raise Refusal(Reason.STALE_BUTTON)
    workshop_id = queries.shared_workshop(turn.me, other)
    if workshop_id is None:
        raise Refusal(Reason.STALE_BUTTON)
    await drafts.end(turn)
    pledge = Pledge(
        workshop_id=workshop_id,
        author_id=turn.me.id,
        partner_id=other.id,
        state=State.DRAFT,
        created_at=turn.now,
    )
    turn.session.add(pledge)
    await turn.session.flush()
    turn.tell(ActsAsked.Payload(pledge.id))


# --- who acts, the sentence, until when


async def acts(turn: Turn, pledge_id: int, who: Acts) -> None:
    pledge = await _draft(turn, pledge_id)
    pledge.acts = who
    if pledge.text:
        turn.tell(PledgePreview.Payload(pledge.id))
    else:
        await ask_sentence(turn, pledge.id)


async def ask_sentence(turn: Turn, pledge_id: int) -> None:
    pledge = await _draft(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.SENTENCE, pledge.id)
    turn.tell(SentenceAsked.Payload(pledge.id))


async def hear_sentence(turn: Turn, pledge_id: int, text: str) -> None:
    pledge = await _draft(turn, pledge_id)
    pledge.text = clean(text, limit=TEXT_LIMIT)
    pledge.deadline = pledge.deadline or deadline_for(turn.today)
    await drafts.end(turn)
    turn.tell(PledgePreview.Payload(pledge.id))


async def ask_deadline(turn: Turn, pledge_id: int) -> None:
    """A date may be tapped or, as to any question, written."""
    pledge = await _draft(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.DEADLINE, pledge.id)
    turn.tell(DeadlineAsked.Payload(pledge.id))


async def deadline_in(turn: Turn, pledge_id: int, months: int) -> None:
    pledge = await _draft(turn, pledge_id)
    _set_deadline(pledge, turn.today, deadline_for(turn.today, months))
    await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
    turn.tell(PledgePreview.Payload(pledge.id))


async def deadline_said(turn: Turn, pledge_id: int) -> None:
    """The day that the sentence names, as it stands now; a quiet one too: it was the writer who named it.

    In a draft, or in changed words of mine that already wait for the other's yes: then that yes is to the new day.
    """
    pledge = await mine(turn, pledge_id)
    waits = _waits(turn, pledge) and pledge.revision > 1
    day = day_in(pledge.text or "", turn.today)
    if day is None or (pledge.state is not State.DRAFT and not waits):
        raise Refusal(Reason.STALE_BUTTON)
    changed = pledge.deadline != day
    _set_deadline(pledge, turn.today, day)
    if waits and changed:
        await _counter(turn, pledge, edit=True)
    elif waits:
        turn.tell(ProposalSent.Payload(pledge.id), edit=True)
    else:
        await drafts.end_of(turn, pledge.id, DraftKind.DEADLINE)
        turn.tell(PledgePreview.Payload(pledge.id), edit=True)


async def type_deadline(turn: Turn, pledge_id: int) -> None:
    pledge = await _draft(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.DEADLINE, pledge.id)
    turn.tell(DeadlineAsked.Payload(pledge.id, typed=True))


async def hear_deadline(turn: Turn, pledge_id: int, text: str) -> None:
    pledge = await _draft(turn, pledge_id)
    day = parse_day(clean(text, limit=DAY_LIMIT), turn.today)
    if day is None:
        raise Refusal(Reason.UNKNOWN_DATE)
    _set_deadline(pledge, turn.today, day)
    await drafts.end(turn)
    turn.tell(PledgePreview.Payload(pledge.id))


def _set_deadline(pledge: Pledge, today: date, day: date) -> None:
    try:
        check_deadline(today, day)
    except DeadlineOutOfRange as error:
        raise Refusal(Reason.DEADLINE_RANGE) from error
    pledge.deadline = day


async def _draft(turn: Turn, pledge_id: int) -> Pledge:
    pledge = await mine(turn, pledge_id)
    if pledge.state is not State.DRAFT:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


# --- the other's yes


async def propose(turn: Turn, pledge_id: int) -> None:
    """The author confirms the words; the other is asked for a yes to the same text."""
    pledge = await mine(turn, pledge_id)
    other = await other_party(turn, pledge)
    if pledge.state is not State.DRAFT or not pledge.text or pledge.acts is None or other is None:
        await present(turn, pledge)
        return
    pledge.state = State.PROPOSED
    await drafts.end(turn)
    turn.news(other, Proposed.Payload(pledge.id))
    turn.tell(ProposalSent.Payload(pledge.id))


async def accept(turn: Turn, pledge_id: int, revision: int) -> None:
    """Ich bin dabei: a yes to this very revision, by the one whose yes is missing. Where its day is over meanwhile,
    that yes proposes a new day to the other: nobody is bound to a day they did not see.
    """
    pledge = await mine(turn, pledge_id)
    if pledge.state is not State.PROPOSED or must_agree(pledge) != turn.me.id or pledge.revision != revision:
        await present(turn, pledge)
        return
    await drafts.end_of(turn, pledge.id, DraftKind.ADJUST)
    if pledge.deadline is None or pledge.deadline <= turn.today:
        await _counter(turn, pledge)
        return
    pledge.state, pledge.made_on = State.ACTIVE, turn.today
    await nudges.plan(turn, pledge)
    turn.tell(TalkAsked.Payload(pledge.id))
    if other := await other_party(turn, pledge):
        turn.news(other, TalkAsked.Payload(pledge.id))


async def adjust(turn: Turn, pledge_id: int) -> None:
    pledge = await _asked(turn, pledge_id)
    await drafts.await_words(turn, DraftKind.ADJUST, pledge.id)
    turn.tell(SentenceAsked.Payload(pledge.id))


async def hear_adjusted(turn: Turn, pledge_id: int, text: str) -> None:
    """Other words are a counter-proposal: now the other's yes is missing."""
    pledge = await _asked(turn, pledge_id)
    pledge.text = clean(text, limit=TEXT_LIMIT)
    await drafts.end(turn)
    await _counter(turn, pledge)


async def _counter(turn: Turn, pledge: Pledge, *, edit: bool = False) -> None:
    """As it stands now, it is mine, and the other's yes is missing. A day that is over gives way to a new one."""
    if pledge.deadline is None or pledge.deadline <= turn.today:
        pledge.deadline = deadline_for(turn.today)
    pledge.worded_by_author = pledge.author_id == turn.me.id
    pledge.revision += 1
    if other := await other_party(turn, pledge):
        turn.news(other, Proposed.Payload(pledge.id))
    turn.tell(ProposalSent.Payload(pledge.id), edit=edit)


async def decline(turn: Turn, pledge_id: int) -> None:
    pledge = await _asked(turn, pledge_id)
    pledge.state, pledge.ended_at = State.DECLINED, turn.now
    if other := await other_party(turn, pledge):
        turn.news(other, ProposalDeclined.Payload(pledge.id), key=f"declined:{pledge.id}")
    turn.tell(YouDeclined.Payload(pledge.id))


async def _asked(turn: Turn, pledge_id: int) -> Pledge:
    pledge = await mine(turn, pledge_id)
    if pledge.state is not State.PROPOSED or must_agree(pledge) != turn.me.id:
        raise Refusal(Reason.STALE_BUTTON)
    return pledge


def _waits(turn: Turn, pledge: Pledge) -> bool:
    """Words of mine that wait for the other's yes."""
    return pledge.state is State.PROPOSED and must_agree(pledge) != turn.me.id


async def drop(turn: Turn, pledge_id: int) -> None:
    """My draft goes; my proposal is taken back, and the other is told."""
    pledge = await mine(turn, pledge_id)
    proposed = _waits(turn, pledge)
    if pledge.state is not State.DRAFT and not proposed:
        raise Refusal(Reason.STALE_BUTTON)
    await drafts.end_of(turn, pledge.id, DraftKind.SENTENCE, DraftKind.DEADLINE, DraftKind.ADJUST)
    if proposed and (other := await other_party(turn, pledge)):
        turn.news(other, Withdrawn.Payload(pledge.id, by_me=False))
    pledge.state, pledge.ended_at = State.WITHDRAWN, turn.now
    turn.tell(Withdrawn.Payload(pledge.id, by_me=True))
