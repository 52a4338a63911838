"""Views of what everybody may ask for."""

from datetime import timedelta

from sqlalchemy import func, select

from actions.exchange.context import Sight, View
from actions.joining.views import profile_of
from actions.organising import round_views
from actions.organising import views as organising_views
from actions.pledging import nudge_views, pledge_views
from actions.pledging.pledge_views import title
from actions.rights import disclosure, requests
from db.models import Audit, Pledge
from domain.outcomes import Outcome
from domain.outcomes.choices import Purpose
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.rights import (
    ConsentsListed,
    EraseAsked,
    Forgotten,
    MyData,
    PartnerErased,
    Privacy,
    TextEnding,
)
from domain.pledges import State

_STILL_TRUE = {**pledge_views.VIEWS, **nudge_views.VIEWS, **round_views.VIEWS, **organising_views.VIEWS}


async def privacy(sight: Sight) -> Privacy:
    question = sight.args.get("question")
    return Privacy(
        controller=sight.house.controller,
        contact=sight.house.contact,
        retention_days=sight.house.retention_days,
        bot=sight.house.bot,
        workshop_id=sight.row.object_id,
        question=Purpose(question) if question else None,
        nothing_stored=bool(sight.args.get("nothing_stored")),
    )


async def my_data(sight: Sight) -> MyData:
    me = sight.me
    latest = await sight.session.scalar(
        select(func.max(Pledge.deadline)).where((Pledge.author_id == me.id) | (Pledge.partner_id == me.id))
    )
    accesses = await sight.session.scalar(
        select(func.count()).select_from(Audit).where(Audit.person_id == me.id)
    )
    ends_on = latest + timedelta(days=sight.house.retention_days + 1) if latest else None
    return MyData(
        profile=await profile_of(sight, me) if me.role is not None or me.name else None,
        consents=tuple(
            (c.purpose, sight.day(c.at), c.given and c.withdrawn_at is None)
            for c in me.consents
            if not any(later.purpose is c.purpose and later.id > c.id for later in me.consents)
        ),
        pledges=await requests.count_pledges(sight.session, me),
        accesses=accesses or 0,
        ends_on=ends_on,
        document=await disclosure.everything_about(sight.session, me, ends_on),
    )


async def erase_asked(sight: Sight) -> EraseAsked:
    return EraseAsked(await requests.count_pledges(sight.session, sight.me))


async def partner_erased(sight: Sight) -> PartnerErased | None:
    pledge = await sight.session.get(Pledge, sight.object_id)
    if pledge is None:
        return None
    stays = (
        bool(pledge.text) and pledge.state is not State.WITHDRAWN
    )  # of what was never made, nothing does for long
    return PartnerErased(await title(sight, pledge), own_text=stays)


async def forgotten(sight: Sight) -> Outcome | None:
    """What the message may still say, else that it says nothing any more; only that to somebody whose own consent is
    gone. Never a message of its own: one that did not arrive needs no covering.
    """
    if sight.row.edits_message is None:
        return None
    me = sight.me
    agreed = (
        me.gave(Purpose.CORE) and me.gave(Purpose.CARRIER)
    ) or not me.memberships  # or works at the desk
    view = _STILL_TRUE.get(sight.args["again"] or "") if agreed else None
    said: Outcome | None = await view(sight) if view is not None else None
    if isinstance(said, Nudged) and all(row.over for row in said.rows):
        said = await pledge_views.pledge_list(sight)  # nothing is left to ask
    return said or Forgotten()


async def text_ending(sight: Sight) -> TextEnding | None:
    pledge = await sight.session.get(Pledge, sight.object_id)
    if pledge is None or pledge.deadline is None:
        return None
    return TextEnding(
        await title(sight, pledge), pledge.deadline + timedelta(days=sight.house.retention_days + 1)
    )


async def consents_listed(sight: Sight) -> ConsentsListed:
    shown = [p for p in Purpose if p is not Purpose.SHOW_TELEGRAM or sight.me.answered(p)]
    return ConsentsListed(tuple((p, sight.me.gave(p)) for p in shown))


VIEWS: dict[str, View] = {
    Privacy.__name__: privacy,
    MyData.__name__: my_data,
    EraseAsked.__name__: erase_asked,
    PartnerErased.__name__: partner_erased,
    Forgotten.__name__: forgotten,
    TextEnding.__name__: text_ending,
    ConsentsListed.__name__: consents_listed,
}
