"""That it is stuck with one party, or what they noted, reaches the other once, with a way to talk about it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, transcript
from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.matching import contacts
from actions.pledging import history, pledges
from actions.pledging.pledge_views import own_pledge, talk_to_come, title
from db.models import Nudge, Pledge, Priority, SendState
from domain.history import Answer
from domain.limits import PING_EVERY
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Heard
from domain.outcomes.pledging.pledges import LastWord
from domain.pledges import State, Status

VIEWS = Views()


async def tell(turn: Turn, pledge: Pledge, period: Period) -> None:
    """The other hears what I have just said to this question, if it is worth a word: once for each question.

    Some minutes later, so that a slip of the thumb can be taken back, and a note comes together with its answer. What
    changes after that is shown where it was told.
    """
    key = _key(pledge, turn.party.id, period)
    told = await transcript.owed_as(turn.session, key)
    mine = (await history.answers(turn.session, pledge, turn.party.id)).to(period)
    other = await pledges.other_party(turn, pledge)
    if other is None or other.chat_id is None or pledge.state is not State.ACTIVE:
        return
    to, heard = outbox.Recipient.of(other), Heard.Payload(pledge.id, period)
    if told is None and _is_worth_a_word(mine):
        later = turn.now + PING_EVERY
        outbox.owe(turn.session, heard, to, turn.now, priority=Priority.NEWS, key=key, due=later)
    elif told is not None and told.row.state is not SendState.PENDING:
        outbox.owe(turn.session, heard, to, turn.now, priority=Priority.NEWS, edits_row=told.row.id)


def _key(pledge: Pledge, writer_id: int, period: Period) -> str:
    return f"heard:{pledge.id}:{writer_id}:{period.value}"


async def _told_at(session: AsyncSession, pledge: Pledge, writer_id: int, period: Period) -> datetime | None:
    """When the other was told what this party said to this question; None if they were not."""
    told = await transcript.owed_as(session, _key(pledge, writer_id, period))
    return told.row.sent_at if told is not None else None


async def new_in(
    context: ViewContext, word: LastWord | None, nudge: Nudge, pledge: Pledge, *, again: bool
) -> LastWord | None:
    """The other's last word, without its note if the reader was told that already. Asked again, only a word that is
    new: that neither the first question said nor the reader was told since.
    """
    other_id = pledge.other_than(context.party.id)
    said = (await history.answers(context.session, pledge, other_id)).latest()
    if word is None or said is None or other_id is None:
        return None
    told = await _told_at(context.session, pledge, other_id, said.period)
    is_known = told is not None and told >= said.at
    if again and (is_known or (nudge.asked_at is not None and nudge.asked_at >= said.at)):
        return None
    return replace(word, note="") if is_known and word.status is not None else word


def _is_worth_a_word(said: Answer | None) -> bool:
    return said is not None and (said.status is Status.STUCK or bool(said.notes))


@VIEWS.reads(Heard.Payload)
async def heard(context: ViewContext, payload: Heard.Payload) -> Heard | None:
    """None if there is nothing to hear any more; in a message that told it, what is true now."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or own.pledge.state is not State.ACTIVE:
        return None
    pledge = own.pledge
    other_id = pledge.other_than(context.party.id)
    said = (await history.answers(context.session, pledge, other_id)).to(payload.period)
    if other_id is None or not (_is_worth_a_word(said) or context.is_edit):
        return None
    contact = await contacts.shared(context.session, other_id, context.party.id)
    return Heard(
        pledge_id=pledge.id,
        title=await title(context, pledge),
        other=own.other,
        status=said.status if said is not None else None,
        note=await history.notes_to(context.session, said) if said is not None else "",
        contact=contact[0] if contact else None,
        value=contact[1] if contact else "",
        talk_on=talk_to_come(context, pledge),
        blocker=said.blocker if said is not None else None,
        talk_time=pledge.talk_time,
        by_office=said is not None and said.by_office,
    )
