"""How long an MP stays at a workshop and how many talks they still take: said by themselves, their office or the team.

It is about the day of the next workshop that the MP is in, and ends with that day.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import changes, drafts, parties
from actions.exchange.paging import on_page
from actions.exchange.turn import Turn
from actions.matching import staying
from actions.organising import desk
from actions.organising.offices import offices
from actions.organising.roundtables import roundtable_people
from actions.organising.team import team
from db import crowd, queries, reach, talks
from db.models import DraftKind, Membership, Person, Workshop
from domain import names, presence_said
from domain.outcomes.organising.offices import OwnOffices
from domain.outcomes.organising.presences import NotedBy, PresenceAsked, PresenceCard, PresenceList
from domain.presence import presence
from domain.presence_said import PresenceSaid
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.team import Duty, Scope


async def show(turn: Turn, mp_id: int) -> None:
    """What was said about this MP's presence. Raises Refusal like `_chosen`."""
    mp, _ = await _chosen(turn, mp_id)
    turn.tell(PresenceCard.Payload(mp.id))


async def show_mine(turn: Turn) -> None:
    """My own, as an MP, or that of the only MP in whose office I am; of several I choose one.

    Raises Refusal(STALE_BUTTON) if there is none, or no workshop that is not over.
    """
    mps = await offices.of(turn.session, turn.me)
    if len(mps) > 1 and turn.me.role is not Role.MP:
        turn.tell(OwnOffices.Payload())
        return
    await show(turn, mps[0].id if mps else 0)


async def list_all(turn: Turn, page: int) -> None:
    """Today's MPs, to the team; each of them finds the look in their data."""
    for mp in on_page(await of_today(turn.session, turn.scope(Duty.RECEIVE), turn.today), page)[1]:
        desk.audit(turn, mp.id, "saw presence")
    turn.tell(PresenceList.Payload(page=page), edit=turn.pressed is not None and page > 0)


async def of_today(session: AsyncSession, there: Scope, today: date) -> Sequence[crowd.Named]:
    """The MPs in today's workshops of this scope who are confirmed and agree, by name."""
    here = select(Membership.person_id).join(Workshop, Workshop.id == Membership.workshop_id)
    here = here.where(Workshop.day == today, team.within(Workshop.id, there))
    is_mp = (Person.role == Role.MP, Person.role_confirmed.is_(True), reach.agreeing())
    mps = select(Person.id).where(*is_mp, Person.id.in_(here))
    found = await crowd.named(session, mps)
    return sorted(found, key=lambda each: (names.in_order(each.name), each.id))


async def say(turn: Turn, mp_id: int, said: PresenceSaid) -> None:
    """Note what was tapped; whoever waits for this MP's answer waits no longer than that.

    Raises Refusal like `_chosen`, also for leaving before the day.
    """
    mp, workshop = await _chosen(turn, mp_id)
    if _is_early(turn, workshop, said):
        raise Refusal(Reason.STALE_BUTTON)
    await _note(turn, mp, workshop, said)
    turn.tell(PresenceCard.Payload(mp.id), edit=True)


async def ask_words(turn: Turn, mp_id: int) -> None:
    """The next words say it. Raises Refusal like `_chosen`."""
    mp, _ = await _chosen(turn, mp_id)
    if turn.person is None:
        await desk.organiser(turn)
    await drafts.await_words(turn, DraftKind.PRESENCE, mp.id)
    turn.tell(PresenceAsked.Payload(mp.id))


async def receive(turn: Turn, mp_id: int, text: str) -> None:
    """Words that were asked for. Raises Refusal(PRESENCE_UNCLEAR) for others, also for leaving before the day, and like
    `_chosen`.
    """
    said = presence_said.read(text, asked=True)
    if said is None:
        raise Refusal(Reason.PRESENCE_UNCLEAR)
    turn.at_desk = await team.allows(turn, NEEDS, mp_id)
    mp, workshop = await _chosen(turn, mp_id)
    if _is_early(turn, workshop, said):
        raise Refusal(Reason.PRESENCE_UNCLEAR)
    await drafts.end(turn)
    await _note(turn, mp, workshop, said)
    turn.tell(PresenceCard.Payload(mp.id))


async def heard(turn: Turn, text: str) -> bool:
    """Whether the text said it unasked: of an MP, or of the only one in whose office its writer is, on the day of a
    workshop or before. While somebody writes something else, the words belong to that. Whoever in the office says that
    they leave, or are back, speaks of themselves; and nobody leaves before the day.
    """
    said = presence_said.read(text) if turn.person is not None and not turn.is_outside else None
    if said is None or await drafts.awaiting(turn) is not None:
        return False
    mps = await offices.of(turn.session, turn.me)
    mp = mps[0] if mps and (len(mps) == 1 or turn.me.role is Role.MP) else None
    workshop = await queries.next_workshop(turn.session, mp, turn.today) if mp is not None else None
    if mp is None or workshop is None or not is_one(mp) or _is_early(turn, workshop, said):
        return False
    if mp is not turn.person and (said.leaves or said.open):
        return False
    await _note(turn, mp, workshop, said)
    turn.tell(PresenceCard.Payload(mp.id))
    return True


NEEDS = team.Needs(Duty.RECEIVE, team.of_person, own=True)
"""The MP and the office say it themselves."""


async def _chosen(turn: Turn, mp_id: int) -> tuple[Person, Workshop]:
    """The MP, and the workshop that it is about. A look of the team is in the MP's data.

    Raises Refusal(STALE_BUTTON) for anybody who is neither the MP, in the office, nor of the team there; for somebody
    who is none of `is_one`; and without a workshop that is not over.
    """
    mp = await turn.session.get(Person, mp_id, with_for_update=True)
    if mp is None or not is_one(mp) or not await _may(turn, mp):
        raise Refusal(Reason.STALE_BUTTON)
    workshop = await queries.next_workshop(turn.session, mp, turn.today)
    if workshop is None:
        raise Refusal(Reason.STALE_BUTTON)
    if turn.at_desk and turn.person is not mp:
        desk.audit(turn, mp.id, "saw presence")
    return mp, workshop


def is_one(person: Person) -> bool:
    """Whether they are an MP, as far as organisers have said, and agree. Reads the consents, as `reach.agrees`."""
    return person.role is Role.MP and person.role_confirmed is not False and reach.agrees(person)


async def _may(turn: Turn, mp: Person) -> bool:
    me = turn.person.id if turn.person is not None and not turn.lacks_consent else None
    return turn.at_desk or await parties.acts_for(turn.session, me, mp.id)


def _is_early(turn: Turn, workshop: Workshop, said: PresenceSaid) -> bool:
    """Whether it says that somebody leaves now, before the day."""
    return said.leaves and workshop.day != turn.today


async def _note(turn: Turn, mp: Person, workshop: Workshop, said: PresenceSaid) -> None:
    """Store what was said, plan again by it, and tell the MP if somebody else said it. If it changes nothing, the card
    shows what can be tapped instead.
    """
    agreed = await talks.agreed(turn.session, workshop.id, mp.id) if said.talks is not None else 0
    wall = turn.operator.wall(turn.now)
    new = presence_said.noted(said, presence(mp, workshop.day), workshop.day, wall, agreed)
    if new is None:
        return
    mp.present_on, mp.present_until, mp.present_talks = workshop.day, new.until, new.talks
    await staying.replan(turn.session, mp, workshop, turn.operator)
    await roundtable_people.show_again(turn.session, mp.id, turn.now)
    if turn.person is not mp:
        acts = turn.person is not None and await parties.acts_for(turn.session, turn.person.id, mp.id)
        by = NotedBy.OFFICE if acts else NotedBy.TEAM
        await changes.tell(turn, mp, PresenceCard.Payload(mp.id, by=by), mp.id)
