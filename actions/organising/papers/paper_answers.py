"""The two people on a card of paper say whether it is right: the first yes proposes it, the other's makes the pledge.

Whoever would act is asked, or else whichever of them is here. Whoever comes later by their personal link is asked then.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import outbox, parties, transcript
from actions.exchange.entries import Entry
from actions.exchange.turn import Turn
from actions.pledging import history
from actions.pledging.agreeing import agreeing, proposing
from actions.pledging.entered import entering
from db import intact, reach
from db.models import Guest, PaperPledge, Person, Pledge, Priority
from domain.history import EventKind
from domain.outcomes.organising.papers import PaperAgreed, PaperDenied, PaperOffered, PaperOver
from domain.outcomes.pledging.pledges import ProposalSent, Proposed
from domain.paper import TURNED, deadline_of
from domain.pledges import Acts, State
from domain.refusal import Reason, Refusal


async def naming(session: AsyncSession, guest_ids: Collection[int]) -> Sequence[int]:
    """The ids of the cards with one of these guests."""
    either = or_(PaperPledge.first_id.in_(guest_ids), PaperPledge.second_id.in_(guest_ids))
    return (await session.scalars(select(PaperPledge.id).where(either))).all()


async def ask_first(turn: Turn, paper: PaperPledge, first: Guest, second: Guest) -> bool:
    """Ask one of the two who is here, preferably the one who acts. False if neither is."""
    order = (second, first) if paper.acts is Acts.PARTNER else (first, second)
    person_id = next((each.person_id for each in order if each.person_id is not None), None)
    person = await intact.person(turn.session, person_id) if person_id is not None else None
    if person is None or not reach.agrees(person):
        return False
    turn.news(person, PaperOffered.Payload(paper.id), key=f"paper:{paper.id}:{person.id}")
    return True


async def come(turn: Turn, guest: Guest) -> None:
    """I have joined as this guest, and am asked now about the cards with my name that wait for me."""
    mine = or_(PaperPledge.first_id == guest.id, PaperPledge.second_id == guest.id)
    waiting = select(PaperPledge).where(mine, PaperPledge.settled_at.is_(None)).order_by(PaperPledge.id)
    for paper in (await turn.session.scalars(waiting.with_for_update())).all():
        other = await _other(turn, paper, guest)
        if other.person_id == turn.me.id:  # two rows of one person: a promise is between two
            continue
        author = await _here(turn, other)
        if _has_left(other, author):
            await _end(turn, paper, edit=False)
            continue
        if author is None or paper.agreed_id is None:
            turn.tell(PaperOffered.Payload(paper.id))
            continue
        pledge = await _made(turn, paper, other, author.id, turn.me.id)
        history.record_for(turn, pledge, EventKind.PROPOSED, author, text=pledge.text, day=pledge.deadline)
        turn.tell(Proposed.Payload(pledge.id))
        turn.news(author, ProposalSent.Payload(pledge.id))


async def _here(turn: Turn, guest: Guest) -> Person | None:
    """Whoever has joined as this guest, and agrees."""
    person = await intact.person(turn.session, guest.person_id) if guest.person_id is not None else None
    return person if person is not None and reach.agrees(person) else None


def _has_left(guest: Guest, here: Person | None) -> bool:
    """Whether somebody has joined as this guest who agrees no more. `here`: see `_here`."""
    return here is None and guest.person_id is not None


async def _end(turn: Turn, paper: PaperPledge, *, edit: bool) -> None:
    """The other has left: nothing comes of it, and why is theirs."""
    await _close(turn, paper)
    turn.tell(PaperOver(), edit=edit)


async def _close(turn: Turn, paper: PaperPledge) -> None:
    """Nothing comes of it, which every other message with this card says from now on, whoever of the two has it. The
    one that was pressed, and its copies, are left to the answer; so are those of whoever agrees no more.
    """
    paper.settled_at = turn.now
    shown: list[Entry] = []
    for guest_id in (paper.first_id, paper.second_id):
        person = await _here(turn, await turn.session.get_one(Guest, guest_id))
        if person is not None:
            shown += await transcript.owed_about(turn.session, person.id, PaperOffered.Payload, paper.id)
    originals = {each.row.original_id or each.row.id: each for each in reversed(shown)}
    pressed = {
        each.row.original_id or each.row.id
        for each in shown
        if each.row.chat_id == turn.chat_id and each.is_in(turn.pressed)
    }
    for row_id in sorted(originals.keys() - pressed):
        to = originals[row_id].recipient
        outbox.owe(turn.session, PaperOver(), to, turn.now, priority=Priority.NEWS, edits_row=row_id)


async def _other(turn: Turn, paper: PaperPledge, mine: Guest) -> Guest:
    other_id = paper.second_id if paper.first_id == mine.id else paper.first_id
    return await turn.session.get_one(Guest, other_id, with_for_update=True)


async def show(turn: Turn, paper_id: int) -> None:
    """A card with my name that still waits. Raises Refusal like `_held`."""
    paper, _ = await _held(turn, paper_id)
    turn.tell(PaperOffered.Payload(paper.id))


async def agree(turn: Turn, paper_id: int) -> None:
    """*Ja, so ist es*: it is proposed to the other, or waits until they are here; it ends if they have left. Raises
    Refusal like `_held` and `proposing.check`.
    """
    paper, mine = await _held(turn, paper_id)
    other = await _other(turn, paper, mine)
    partner = await _here(turn, other)
    if _has_left(other, partner):
        await _end(turn, paper, edit=True)
        return
    if partner is None:
        paper.agreed_id = mine.id
        turn.tell(PaperAgreed.Payload(paper.id), edit=True)
        return
    await proposing.check(turn, partner)
    await _propose(turn, paper, mine, partner)


async def go_on_alone(turn: Turn, paper_id: int) -> None:
    """The other has no Telegram: they are entered, with what the list says of them, and the text to pass on is mine.

    If they have come meanwhile, it is proposed to them; if they have left again, it ends. Raises Refusal like `agree`.
    """
    paper, mine = await _held(turn, paper_id)
    other = await _other(turn, paper, mine)
    partner = await _here(turn, other)
    if _has_left(other, partner):
        await _end(turn, paper, edit=True)
        return
    if partner is None:
        await proposing.check_open(turn)
        partner = await entering.enter(turn, other.name)
        partner.organisation = other.organisation or None
    else:
        await proposing.check(turn, partner)
    await _propose(turn, paper, mine, partner)


async def deny(turn: Turn, paper_id: int) -> None:
    """*Nein*: nothing comes of it. Raises Refusal like `_held`."""
    paper, _ = await _held(turn, paper_id)
    await _close(turn, paper)
    turn.tell(PaperDenied(), edit=True)


async def _held(turn: Turn, paper_id: int) -> tuple[PaperPledge, Guest]:
    """A card with the name of whom I act for that still waits, and their row of the list. Raises
    Refusal(STALE_BUTTON) for any other, and for one of which both sides are theirs.
    """
    paper = await turn.session.get(PaperPledge, paper_id, with_for_update=True)
    sides = select(Guest).where(Guest.id.in_((paper.first_id, paper.second_id) if paper is not None else ()))
    both = (await turn.session.scalars(sides)).all()
    if not await parties.take_part(turn, [each.person_id for each in both]):
        raise Refusal(Reason.STALE_BUTTON)
    mine = [each for each in both if each.person_id == turn.party.id]
    if paper is None or len(mine) != 1 or paper.settled_at is not None:
        raise Refusal(Reason.STALE_BUTTON)
    return paper, mine[0]


async def _propose(turn: Turn, paper: PaperPledge, mine: Guest, partner: Person) -> None:
    pledge = await _made(turn, paper, mine, turn.party.id, partner.id)
    await agreeing.propose(turn, pledge.id)


async def _made(turn: Turn, paper: PaperPledge, author: Guest, author_id: int, partner_id: int) -> Pledge:
    """The draft that the card becomes. Its author is the second on the card if that one said yes first."""
    paper.settled_at = turn.now
    pledge = Pledge(
        workshop_id=author.workshop_id,
        author_id=author_id,
        partner_id=partner_id,
        acts=paper.acts if author.id == paper.first_id else TURNED[paper.acts],
        text=paper.text,
        state=State.DRAFT,
        created_at=turn.now,
        told_of_silence=True,
        deadline=deadline_of(paper.text, turn.operator.day(paper.made_at), turn.today),
    )
    turn.session.add(pledge)
    await turn.session.flush()
    return pledge
