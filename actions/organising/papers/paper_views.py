"""Views of pledges that were made on paper."""

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising.guests import guest_lists
from actions.organising.papers import paper_there, papers
from db import intact, personal_codes
from db.models import Guest, GuestUpload, PaperPledge, UploadKind, Workshop
from domain.links import Link, LinkKind
from domain.outcomes.organising.papers import (
    CardLine,
    GuestLink,
    PaperAgreed,
    PaperFileAsked,
    PaperLine,
    PaperNames,
    PaperOffered,
    PaperPreview,
    PapersListed,
    WrongCard,
)
from domain.paper import deadline_of
from domain.pledges import side

VIEWS = Views()


@VIEWS.reads(PaperFileAsked.Payload)
async def asked(context: ViewContext, payload: PaperFileAsked.Payload) -> PaperFileAsked | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    return PaperFileAsked(workshop.id, workshop.title) if workshop is not None else None


async def _upload(context: ViewContext, upload_id: int) -> GuestUpload | None:
    """None if it was taken over, or dropped."""
    upload = await context.session.get(GuestUpload, upload_id)
    return upload if upload is not None and upload.kind is UploadKind.PAPER else None


@VIEWS.reads(PaperPreview.Payload)
async def preview(context: ViewContext, payload: PaperPreview.Payload) -> PaperPreview | None:
    upload = await _upload(context, payload.upload_id)
    if upload is None:
        return None
    read = papers.read_again(upload)
    plan = await papers.planned(context.session, upload)
    every: list[WrongCard | CardLine] = [
        *(WrongCard(*fault) for fault in read.faults),
        *sorted(plan.lines, key=lambda line: not line.is_open),
    ]
    page, shown = on_page(every, payload.page)
    return PaperPreview(
        upload_id=upload.id,
        workshop_id=upload.workshop_id,
        version=papers.version(plan, read),
        shown=tuple(shown),
        page=page,
        pages=pages(len(every)),
        new=len(plan.new),
        there=plan.there,
        wrong=len(read.faults),
        open=sum(line.is_open for line in plan.lines),
        out=sum(line.out for line in plan.lines),
        left_out=read.left_out,
        changed_since=payload.changed_since,
    )


@VIEWS.reads(PaperNames.Payload)
async def names(context: ViewContext, payload: PaperNames.Payload) -> PaperNames | None:
    upload = await _upload(context, payload.upload_id)
    return await papers.open_name(context.session, upload, payload.line) if upload is not None else None


@VIEWS.reads(PapersListed.Payload)
async def listed(context: ViewContext, payload: PapersListed.Payload) -> PapersListed | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    cards = await intact.rows(context.session, PaperPledge, paper_there.of_workshop(workshop.id))
    guests = {each.id: each for each in await guest_lists.on_list(context.session, workshop.id)}
    waiting = sorted(
        (
            each
            for each in cards
            if each.settled_at is None and {each.first_id, each.second_id} <= guests.keys()
        ),
        key=lambda each: each.id,
    )
    page, shown = on_page(waiting, payload.page)
    return PapersListed(
        workshop_id=workshop.id,
        workshop=workshop.title,
        shown=tuple(_line(guests[each.first_id], guests[each.second_id]) for each in shown),
        first=page * PAGE + 1,
        page=page,
        pages=pages(len(waiting)),
        waiting=len(waiting),
        settled=len(cards) - len(waiting),
    )


def _line(first: Guest, second: Guest) -> PaperLine:
    away = [each.id if each.person_id is None else 0 for each in (first, second)]
    return PaperLine(first.name, second.name, *away)


@VIEWS.reads(GuestLink.Payload)
async def link(context: ViewContext, payload: GuestLink.Payload) -> GuestLink | None:
    """None once it no longer opens anything."""
    guest = await context.session.get(Guest, payload.guest_id)
    codes = await personal_codes.of_guests(context.session, [payload.guest_id], context.now)
    if guest is None or not codes:
        return None
    code = personal_codes.spelled(context.session, codes[guest.id])
    address = context.operator.address_of(Link(LinkKind.PERSONAL, code))
    return GuestLink(guest.id, guest.workshop_id, guest.name, address, f"c_{code}")


async def _mine(context: ViewContext, paper_id: int) -> tuple[PaperPledge, Guest, Guest] | None:
    """A card that waits, the party's row of the list, and the other's; both rows are not theirs."""
    paper = await context.session.get(PaperPledge, paper_id)
    if paper is None or paper.settled_at is not None:
        return None
    found = await context.session.scalars(
        select(Guest).where(Guest.id.in_((paper.first_id, paper.second_id)))
    )
    both = sorted(found, key=lambda guest: guest.person_id != context.party.id)
    mine = [guest.person_id == context.party.id for guest in both]
    return (paper, both[0], both[1]) if mine == [True, False] else None


@VIEWS.reads(PaperOffered.Payload)
async def offered(context: ViewContext, payload: PaperOffered.Payload) -> PaperOffered | None:
    """None once it no longer waits."""
    found = await _mine(context, payload.paper_id)
    if found is None:
        return None
    paper, mine, other = found
    is_first = paper.first_id == mine.id
    made_on, today = context.operator.day(paper.made_at), context.operator.day(context.now)
    deadline = deadline_of(paper.text, made_on, today)
    return PaperOffered(
        paper.id, other.name, paper.text, side(paper.acts, is_author=is_first), paper.acts, deadline
    )


@VIEWS.reads(PaperAgreed.Payload)
async def agreed(context: ViewContext, payload: PaperAgreed.Payload) -> PaperAgreed | None:
    found = await _mine(context, payload.paper_id)
    return PaperAgreed(found[0].id, found[2].name) if found is not None else None
