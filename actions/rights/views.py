"""Views of what everybody may ask for."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from actions.exchange import outbox
from actions.exchange.context import ViewContext, Views
from actions.joining.views import profile_of
from actions.matching import contacts
from actions.matching import views as matching_views
from actions.organising import released
from actions.organising import views as organising_views
from actions.organising.inquiries import inquiry_views
from actions.organising.participants import participant_views, presence_views
from actions.organising.programme import programme_names, programme_views
from actions.organising.reports import reports
from actions.organising.rounds import round_views, timetable_views
from actions.organising.roundtables import roundtable_views
from actions.pledging import pledge_views
from actions.pledging import views as pledging_views
from actions.pledging.pledge_views import title
from actions.rights import disclosure, missed, notices, partner_views, requests
from db import queries, reach
from db.models import Audit, Export, Pledge
from domain.outcomes.choices import Purpose
from domain.outcomes.kinds import Outcome
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.pledges import PledgeList
from domain.outcomes.rights import (
    ConsentsListed,
    EraseAsked,
    Forgotten,
    MyData,
    Privacy,
    TextEnding,
)
from domain.pledges import State
from domain.retention import A_PASS
from domain.team import TeamRole

_STILL_TRUE = Views(
    pledging_views.VIEWS,
    matching_views.VIEWS,
    round_views.VIEWS,
    timetable_views.VIEWS,
    programme_views.VIEWS,
    roundtable_views.VIEWS,
    presence_views.VIEWS,
    organising_views.VIEWS,
    participant_views.VIEWS,
    inquiry_views.VIEWS,
    released.VIEWS,
    reports.VIEWS,
    missed.VIEWS,
)

_KEPT = (State.PROPOSED, State.ACTIVE, State.ENDED)  # drafts and what was never made end earlier

VIEWS = Views(partner_views.VIEWS, missed.VIEWS)


@VIEWS.reads(Privacy.Payload)
async def privacy(context: ViewContext, payload: Privacy.Payload) -> Privacy:
    return Privacy(
        controller=context.operator.controller,
        contact=context.operator.contact,
        retention_days=context.operator.retention_days,
        bot=context.operator.bot,
        workshop_id=payload.workshop_id,
        question=payload.question,
        nothing_stored=payload.nothing_stored,
    )


@VIEWS.reads(MyData.Payload)
async def my_data(context: ViewContext, _payload: MyData.Payload) -> MyData:
    me = context.me
    accesses = await context.session.scalar(
        select(func.count()).select_from(Audit).where(Audit.person_id == me.id)
    )
    ends_on = await _words_end_on(context)
    contacts_end = await contacts.latest_end(context.session, me.id)
    contacts_end_on = context.day(contacts_end + A_PASS) if contacts_end else None
    return MyData(
        profile=await profile_of(context, me) if me.role is not None or me.name else None,
        consents=tuple(
            (c.purpose, context.day(c.at), c.given and c.withdrawn_at is None)
            for c in me.consents
            if not any(later.purpose is c.purpose and later.id > c.id for later in me.consents)
        ),
        pledges=await requests.count_pledges(context.session, me),
        accesses=accesses or 0,
        ends_on=ends_on,
        contacts_end_on=contacts_end_on,
        exported=await _exported(context),
        document=await disclosure.everything_about(context.session, me, ends_on, contacts_end_on),
    )


async def _exported(context: ViewContext) -> tuple[date, TeamRole, str] | None:
    """The latest file that the reader is in."""
    mine = select(Audit.at, Export.role, Export.purpose).join(Export, Export.id == Audit.export_id)
    latest = mine.where(Audit.person_id == context.me.id).order_by(Audit.id.desc()).limit(1)
    found = (await context.session.execute(latest)).one_or_none()
    return (context.day(found.at), found.role, found.purpose) if found is not None else None


async def _words_end_on(context: ViewContext) -> date | None:
    """The day on which the words of the reader's last pledge are deleted; None if there are no words."""
    mine = select(Pledge).where(queries.in_pledge(context.me.id), notices.WORDED, Pledge.state.in_(_KEPT))
    worded = await context.session.scalars(mine.options(defer(Pledge.text)))
    ends = [
        await notices.end_on(context.session, each, context.now, context.operator) for each in worded.all()
    ]
    return max((each for each in ends if each is not None), default=None)


@VIEWS.reads(EraseAsked.Payload)
async def erase_asked(context: ViewContext, _payload: EraseAsked.Payload) -> EraseAsked:
    named = await programme_names.items_naming(context.session, context.me)
    return EraseAsked(await requests.count_pledges(context.session, context.me), in_programme=bool(named))


@VIEWS.reads(Forgotten.Payload)
async def forgotten(context: ViewContext, payload: Forgotten.Payload) -> Outcome | None:
    """What the message may still say, or that it says nothing any more; the latter to anyone who does not agree.

    None if it would be a message of its own: one that has not arrived needs no covering.
    """
    if context.row.edits_message is None:
        return None
    me = context.me
    agrees = reach.agrees(me) or not me.memberships  # or works at the desk
    instead = await _still_true(context, payload) if agrees else None
    if isinstance(instead, Nudged) and not instead.part.left and all(row.over for row in instead.rows):
        instead = await pledge_views.pledge_list(context, PledgeList.Payload())  # nothing is left to ask
    return instead or Forgotten(payload.quiet, payload.is_photo)


async def _still_true(context: ViewContext, payload: Forgotten.Payload) -> Outcome | None:
    if payload.again is None:
        return None
    instead = outbox.payload_of(payload.again, payload.object_id, context.row.args)
    view = _STILL_TRUE.of(instead)
    return await view(context, instead) if view is not None else None


@VIEWS.reads(TextEnding.Payload)
async def text_ending(context: ViewContext, payload: TextEnding.Payload) -> TextEnding | None:
    own = await pledge_views.own_pledge(context, payload.pledge_id)
    if own is None:
        return None
    pledge = own.pledge
    ends_on = await notices.end_on(context.session, pledge, context.now, context.operator)
    if ends_on is None:
        return None
    return TextEnding(pledge.id, await title(context, pledge), ends_on)


@VIEWS.reads(ConsentsListed.Payload)
async def consents_listed(context: ViewContext, _payload: ConsentsListed.Payload) -> ConsentsListed:
    shown = [p for p in Purpose if p is not Purpose.SHOW_TELEGRAM or context.me.answered(p)]
    return ConsentsListed(tuple((p, context.me.gave(p)) for p in shown))
