"""Inquiries at the desk: which are open, who sees to one, and that it is settled."""

from sqlalchemy import select

from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.inquiries import inquiries
from actions.organising.team import team
from db import intact, reach
from db.models import Inquiry
from domain.outcomes.organising.inquiries import InquiryList, InquiryShown
from domain.refusal import Reason, Refusal
from domain.team import Duty
from domain.versions import version_of

SAW = "saw a question to the team"


async def show_list(turn: Turn) -> None:
    """The open inquiries. Everybody named finds the organiser's look in their data."""
    await _show_page(turn, 0, edit=False)


async def turn_page(turn: Turn, page: int) -> None:
    """Another page of them, counted from 0."""
    await _show_page(turn, page, edit=True)


async def _show_page(turn: Turn, page: int, *, edit: bool) -> None:
    await desk.organiser(turn)
    open_ones = await inquiries.listed(turn.session, turn.scope(Duty.RECEIVE))
    for inquiry, _ in on_page(open_ones, page)[1]:
        desk.audit(turn, inquiry.person_id, SAW)
    turn.tell(InquiryList.Payload(page), edit=edit)


async def show(turn: Turn, inquiry_id: int) -> None:
    """Show one, in a message of its own, which will show what becomes of it. Raises Refusal like `held`."""
    inquiry = await held(turn, inquiry_id)
    desk.audit(turn, inquiry.person_id, SAW)
    turn.tell(InquiryShown.Payload(inquiry.id))


async def take(turn: Turn, inquiry_id: int) -> None:
    """I see to it, unless somebody else does already; either way its message shows who. Raises Refusal like `held`."""
    inquiry = await held(turn, inquiry_id)
    did = SAW
    if inquiry.closed_at is None and not await _is_held(turn, inquiry):
        inquiry.taken_by_id = turn.me.id
        did = "took on a question to the team"
        await inquiries.tell_team(turn, inquiry)
    _show_anew(turn, inquiry, did)


async def _is_held(turn: Turn, inquiry: Inquiry) -> bool:
    """Whether somebody sees to it who is of the team still."""
    holder = await intact.person(turn.session, inquiry.taken_by_id) if inquiry.taken_by_id else None
    if holder is None or holder.chat_id is None:
        return False
    workshop_id = inquiry.workshop_id
    return await team.may(turn.session, turn.operator, holder.chat_id, Duty.RECEIVE, workshop_id)


async def give_back(turn: Turn, inquiry_id: int) -> None:
    """I see to it no longer. Raises Refusal like `held`."""
    inquiry = await held(turn, inquiry_id)
    did = SAW
    if inquiry.closed_at is None and inquiry.taken_by_id == turn.me.id:
        inquiry.taken_by_id = None
        did = "gave back a question to the team"
        await inquiries.tell_team(turn, inquiry)
    _show_anew(turn, inquiry, did)


async def close(turn: Turn, inquiry_id: int, seen: int) -> None:
    """It is settled. `seen`: the version of what was shown; if more was said since, it is shown instead.

    Raises Refusal like `held`.
    """
    inquiry = await held(turn, inquiry_id)
    said, did = await inquiries.last_words(turn.session, inquiry.id), SAW
    if inquiry.closed_at is None and seen == version_of(*((each.by_team, each.words) for each in said)):
        did = "closed a question to the team"
        await inquiries.close(turn, inquiry)
    _show_anew(turn, inquiry, did)


def _show_anew(turn: Turn, inquiry: Inquiry, did: str) -> None:
    """In its message. Whoever asked finds in their data what the organiser did, or that they saw it."""
    desk.audit(turn, inquiry.person_id, did)
    turn.tell(InquiryShown.Payload(inquiry.id), edit=True)


async def held(turn: Turn, inquiry_id: int) -> Inquiry:
    """An inquiry of a workshop whose people I answer, locked.

    Raises Refusal(STALE_BUTTON) for any other, or if whoever asked has taken their consent back.
    """
    await desk.organiser(turn)
    own = select(Inquiry).where(Inquiry.id == inquiry_id, reach.agreeing(Inquiry.person_id))
    inquiry = await turn.session.scalar(own.with_for_update())
    if inquiry is None or not turn.does(Duty.RECEIVE, inquiry.workshop_id):
        raise Refusal(Reason.STALE_BUTTON)
    return inquiry
