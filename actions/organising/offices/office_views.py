"""Views of offices and of what becomes of a mandate."""

from typing import TypeVar

from actions.exchange import outbox, parties
from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising.offices import mandates, offices
from actions.organising.team import team
from actions.pledging.pledge_views import offices as offices_of
from actions.pledging.pledge_views import own_pledge, title
from db import intact, personal_codes, queries
from db.models import Introduction, OfficeSeat, Person
from domain.links import Link, LinkKind
from domain.outcomes.organising.offices import (
    MandateAsked,
    MandateLink,
    MandateOffered,
    MandateOver,
    MandatePassedOn,
    MandateTaken,
    OfficeBegins,
    OfficeCard,
    OfficeInvitation,
    OfficeOffered,
    Offices,
    OwnOffices,
    PledgePassedOn,
    PledgeResigned,
    Seat,
    SeatAsked,
    SeatConfirmed,
    SeatEnded,
    SeatJoined,
    SeatWaits,
)
from domain.outcomes.payload import OfIntroduction, OfPledge
from domain.outcomes.small import Settled, SettledAbout
from domain.pledges import LIVE, State
from domain.team import Duty, reaches

VIEWS = Views()


@VIEWS.reads(OfficeCard.Payload)
async def office(context: ViewContext, payload: OfficeCard.Payload) -> OfficeCard | None:
    """None if it is no longer the reader's to see, who may be an owner without a profile."""
    mp = await intact.person(context.session, payload.person_id)
    my_id = context.reader.id if context.reader is not None else None
    there = await team.scope_of(context, Duty.RUN)
    acts = my_id is not None and mp is not None and await parties.acts_for(context.session, my_id, mp.id)
    if mp is None:
        return None
    organises = reaches(there, [each.workshop_id for each in mp.memberships])
    if not (organises or acts):
        return None
    seats = []
    for seat in await offices.seats_of(context.session, mp.id):
        name = await intact.name(context.session, seat.staff_id)
        seats.append(Seat(seat.id, name, offices.is_taken(seat), seat.staff_id == my_id))
    mine = mp.id == my_id
    to_come = await queries.next_workshop(context.session, mp, context.day(context.now))
    may_decide, is_due = mine or organises, to_come is not None
    return OfficeCard(mp.id, mp.name or "", tuple(seats), mine, may_decide=may_decide, is_due=is_due)


@VIEWS.reads(Offices.Payload)
async def listed(context: ViewContext, payload: Offices.Payload) -> Offices:
    mps = await offices.confirmed_mps(context.session, await team.scope_of(context, Duty.RUN))
    page, shown = on_page(mps, payload.page)
    rows = [
        (each.id, each.name or "", len(await offices.seats_of(context.session, each.id))) for each in shown
    ]
    return Offices(page, pages(len(mps)), page * PAGE + 1, tuple(rows))


@VIEWS.reads(OwnOffices.Payload)
async def own_offices(context: ViewContext, _: OwnOffices.Payload) -> OwnOffices:
    mps = await offices.of(context.session, context.me)
    return OwnOffices(tuple((each.id, each.name or "") for each in mps))


Passed = TypeVar("Passed", OfficeInvitation, MandateLink)


async def _to_pass_on(
    context: ViewContext, payload: OfficeInvitation.Payload | MandateLink.Payload, kind: type[Passed]
) -> Passed | None:
    """A personal link of the MP's with its code; None if it was renewed or used, or is over."""
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    mp = await intact.person(context.session, payload.person_id)
    if code is None or mp is None:
        return None
    spelled = personal_codes.spelled(context.session, code)
    link = context.operator.address_of(Link(LinkKind.OFFICE, spelled))
    return kind(mp.id, mp.name or "", link, spelled, context.day(code.expires_at))


@VIEWS.reads(OfficeInvitation.Payload)
async def invitation(context: ViewContext, payload: OfficeInvitation.Payload) -> OfficeInvitation | None:
    """None if it was renewed or used, or is over."""
    return await _to_pass_on(context, payload, OfficeInvitation)


@VIEWS.reads(OfficeOffered.Payload)
async def offered(context: ViewContext, payload: OfficeOffered.Payload) -> OfficeOffered | None:
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    return (
        OfficeOffered(code.id, await intact.name(context.session, code.person_id))
        if code is not None
        else None
    )


@VIEWS.reads(SeatAsked.Payload)
async def seat_asked(context: ViewContext, payload: SeatAsked.Payload) -> SeatAsked | None:
    found = await _seat(context, payload.seat_id)
    if found is None or found[0].mp_id != context.me.id:
        return None
    seat, staff = found
    return SeatAsked(seat.id, staff.name or "", seat.confirmed_at is not None or seat.ended_at is not None)


@VIEWS.reads(SeatJoined.Payload)
async def seat_joined(context: ViewContext, payload: SeatJoined.Payload) -> SeatJoined | None:
    found = await _seat(context, payload.seat_id)
    if found is None or found[0].mp_id != context.me.id or not offices.is_taken(found[0]):
        return None
    return SeatJoined(context.me.id, found[1].name or "")


async def _seat(context: ViewContext, seat_id: int) -> tuple[OfficeSeat, Person] | None:
    seat = await context.session.get(OfficeSeat, seat_id)
    staff = await intact.person(context.session, seat.staff_id) if seat is not None else None
    return (seat, staff) if seat is not None and staff is not None else None


@VIEWS.reads(SeatWaits.Payload)
async def seat_waits(context: ViewContext, payload: SeatWaits.Payload) -> SeatWaits:
    return SeatWaits(await intact.name(context.session, payload.person_id))


@VIEWS.reads(SeatConfirmed.Payload)
async def seat_confirmed(context: ViewContext, payload: SeatConfirmed.Payload) -> SeatConfirmed | None:
    """None if the seat has ended meanwhile."""
    mp = await intact.person(context.session, payload.person_id)
    if mp is None or not await parties.acts_for(context.session, context.me.id, mp.id):
        return None
    live = await queries.pledges_of(context.session, mp, State.PROPOSED, State.ACTIVE)
    return SeatConfirmed(mp.id, mp.name or "", len(live))


@VIEWS.reads(SeatEnded.Payload)
async def seat_ended(context: ViewContext, payload: SeatEnded.Payload) -> SeatEnded:
    return SeatEnded(await intact.name(context.session, payload.person_id))


def _is_reader(context: ViewContext, person_id: int) -> bool:
    """An organiser may read it without being anybody here."""
    return context.reader is not None and context.reader.id == person_id


@VIEWS.reads(MandateAsked.Payload)
async def mandate_asked(context: ViewContext, payload: MandateAsked.Payload) -> MandateAsked | None:
    mp = await intact.person(context.session, payload.person_id)
    if mp is None:
        return None
    under_way = [
        each for each in await queries.pledges_of(context.session, mp, *LIVE) if each.is_known_to(mp.id)
    ]
    in_order = sorted(under_way, key=lambda each: each.id)
    seen = mandates.version(in_order)
    return MandateAsked(mp.id, mp.name or "", _is_reader(context, mp.id), len(in_order), seen)


@VIEWS.reads(MandateOver.Payload)
async def mandate_over(context: ViewContext, payload: MandateOver.Payload) -> MandateOver:
    name = await intact.name(context.session, payload.person_id)
    return MandateOver(name, _is_reader(context, payload.person_id), payload.pledges)


@VIEWS.reads(PledgeResigned.Payload)
async def resigned(context: ViewContext, payload: PledgeResigned.Payload) -> PledgeResigned | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    return PledgeResigned(own.pledge.id, await title(context, own.pledge), own.other)


@VIEWS.reads(MandateLink.Payload)
async def mandate_link(context: ViewContext, payload: MandateLink.Payload) -> MandateLink | None:
    """None if it was renewed or used, or is over."""
    return await _to_pass_on(context, payload, MandateLink)


@VIEWS.reads(MandateOffered.Payload)
async def mandate_offered(context: ViewContext, payload: MandateOffered.Payload) -> MandateOffered | None:
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    mp = await intact.person(context.session, payload.person_id)
    if code is None or mp is None:
        return None
    live = await queries.pledges_of(context.session, mp, State.PROPOSED, State.ACTIVE)
    taken = [each for each in live if not each.is_party(context.me.id)]
    return MandateOffered(code.id, mp.name or "", len(taken), ends=len(taken) < len(live))


@VIEWS.reads(MandateTaken.Payload)
async def mandate_taken(context: ViewContext, payload: MandateTaken.Payload) -> MandateTaken:
    return MandateTaken(await intact.name(context.session, payload.person_id), payload.pledges)


@VIEWS.reads(MandatePassedOn.Payload)
async def mandate_passed_on(context: ViewContext, payload: MandatePassedOn.Payload) -> MandatePassedOn:
    return MandatePassedOn(await intact.name(context.session, payload.person_id), payload.pledges)


@VIEWS.reads(OfficeBegins.Payload)
async def begins(context: ViewContext, payload: OfficeBegins.Payload) -> OfficeBegins | None:
    """None if nobody acts for the other any more."""
    own = await own_pledge(context, payload.pledge_id)
    if own is None or not (await offices_of(context, own.pledge)).theirs:
        return None
    return OfficeBegins(own.pledge.id, await title(context, own.pledge), own.other)


@VIEWS.reads(PledgePassedOn.Payload)
async def passed_on(context: ViewContext, payload: PledgePassedOn.Payload) -> PledgePassedOn | None:
    own = await own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    before = await intact.name(context.session, payload.before_id)
    return PledgePassedOn(own.pledge.id, await title(context, own.pledge), own.other, before)


async def settled(context: ViewContext, answer: bool | None) -> Settled:
    """What takes the place of a question that somebody else of the reader's party has settled. `answer`: as there."""
    payload = outbox.payload_in(context.row)
    if isinstance(payload, OfPledge) and (own := await own_pledge(context, payload.pledge_id)) is not None:
        return Settled(answer, SettledAbout.PLEDGE, own.other, await title(context, own.pledge))
    if isinstance(payload, OfIntroduction):
        talk = await context.session.get(Introduction, payload.intro_id)
        if talk is not None and talk.is_party(context.party.id):
            other = await intact.name(context.session, talk.other_than(context.party.id))
            return Settled(answer, SettledAbout.TALK, other)
    return Settled(answer)
