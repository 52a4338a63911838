"""Views of joining: welcome, consents, questions, the summary."""

import asyncio

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.context import View, ViewContext
from db import queries
from db.models import Interest, Person, Workshop
from domain import places, topics
from domain.outcomes.choices import Direction, Purpose, Question
from domain.outcomes.joining import (
    Asked,
    ConsentAsked,
    Doubt,
    LineChanged,
    MpNotice,
    Profile,
    Ready,
    TopicsBrowsed,
    TopicsHeard,
    Welcome,
    WithoutTelegram,
    WorkshopJoined,
)
from domain.profile import is_answered
from domain.roles import Role

FEW = 5  # figures below are not shown
MOST_WANTED = 3


async def welcome(context: ViewContext) -> Welcome:
    workshop = await _workshop(context)
    if workshop is None:
        return Welcome(context.operator.controller, None, None, None, None, ())
    people, mps = await _figures(context.session, workshop.id)
    enough = people >= FEW
    return Welcome(
        controller=context.operator.controller,
        workshop_id=workshop.id,
        workshop=workshop.title,
        people=people if enough else None,
        mps=mps if enough and mps >= FEW else None,
        topics=tuple(await queries.most_sought(context.session, workshop.id, FEW, MOST_WANTED)),
    )


async def _figures(session: AsyncSession, workshop_id: int) -> tuple[int, int]:
    """How many people joined, and how many of them are confirmed members of parliament."""
    confirmed_mp = and_(Person.role == Role.MP, Person.role_confirmed.is_(True))
    people, mps = (
        await session.execute(
            select(func.count(), func.count().filter(confirmed_mp))
            .select_from(Person)
            .where(queries.joined(workshop_id))
        )
    ).one()
    return people, mps


async def without_telegram(context: ViewContext) -> WithoutTelegram:
    return WithoutTelegram(context.row.object_id)


async def consent(context: ViewContext) -> ConsentAsked:
    return ConsentAsked(Purpose(context.args["purpose"]), context.operator.controller, context.row.object_id)


async def mp_notice(context: ViewContext) -> MpNotice:
    return MpNotice(context.operator.bot)


async def asked(context: ViewContext) -> Asked:
    me, question = context.me, Question(context.args["question"])
    return Asked(
        question=question,
        role=me.role,
        editing=bool(context.args.get("editing")),
        laender=places.land_of(me.place) if question is Question.LAND and me.place else (),
        place=me.place,
        chosen=tuple(i.topic for i in me.interests if i.topic and i.topic.startswith("offer-")),
        confirmed=bool(me.role_confirmed),
    )


async def heard(context: ViewContext) -> TopicsHeard:
    direction = Direction(context.args["direction"])
    mine = [i for i in context.me.interests if i.direction is direction]
    doubt = next((i for i in mine if i.candidates), None)
    return TopicsHeard(
        direction=direction,
        sure=tuple((i.id, i.topic) for i in mine if i.topic),
        words=tuple((i.id, i.words) for i in mine if i.words and not i.candidates),
        doubt=await asyncio.to_thread(_doubt, doubt) if doubt else None,
        dropping=bool(context.args.get("dropping")),
        editing=is_answered(context.me, direction),
    )


def _doubt(interest: Interest) -> Doubt:
    words, candidates = interest.words or "", tuple(interest.candidates or ())
    return Doubt(interest.id, words, candidates, topics.load().presumes(words, candidates))


async def browsed(context: ViewContext) -> TopicsBrowsed:
    direction = Direction(context.args["direction"])
    groups = topics.load().groups()
    group = groups[context.row.object_id].id if context.row.object_id is not None else None
    chosen = tuple(i.topic for i in context.me.interests if i.direction is direction and i.topic)
    page = int(context.args.get("page", 0))
    return TopicsBrowsed(direction, group, page, chosen, is_answered(context.me, direction))


async def profile(context: ViewContext) -> Profile:
    return await profile_of(context, context.me)


async def profile_of(context: ViewContext, person: Person) -> Profile:
    """The summary as its owner sees it."""
    workshops = await queries.workshops_of(context.session, person)
    seeks, seek_words = _wishes(person, Direction.SEEKS)
    offers, offer_words = _wishes(person, Direction.OFFERS)
    return Profile(
        name=person.name or "",
        role=person.role or Role.OTHER,
        confirmed=bool(person.role_confirmed),
        organisation=person.organisation or "",
        place=person.place or "",
        land=person.land or None,
        seeks=seeks,
        seek_words=seek_words,
        offers=offers,
        offer_words=offer_words,
        announcements=person.gave(Purpose.ANNOUNCEMENTS),
        voice=person.voice,
        workshops=tuple(workshop.title for workshop in workshops),
        finished=person.finished_at is not None,
    )


def _wishes(person: Person, direction: Direction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mine = [i for i in person.interests if i.direction is direction]
    return tuple(i.topic for i in mine if i.topic), tuple(i.words for i in mine if i.words and not i.topic)


async def ready(context: ViewContext) -> Ready:
    return Ready(context.me.name or "")


async def changed(context: ViewContext) -> LineChanged:
    of_role = context.args["question"] == Question.ROLE
    return LineChanged(context.me.role if of_role else None, context.me.land or None)


async def joined(context: ViewContext) -> WorkshopJoined | None:
    workshop = await _workshop(context)
    return WorkshopJoined(workshop.title, bool(context.args["again"])) if workshop else None


async def _workshop(context: ViewContext) -> Workshop | None:
    return (
        await context.session.get(Workshop, context.row.object_id)
        if context.row.object_id is not None
        else None
    )


async def members(context: ViewContext, workshop_id: int) -> int:
    found = select(func.count()).select_from(Person).where(queries.has_member(workshop_id))
    return await context.session.scalar(found) or 0


VIEWS: dict[str, View] = {
    Welcome.__name__: welcome,
    WithoutTelegram.__name__: without_telegram,
    ConsentAsked.__name__: consent,
    MpNotice.__name__: mp_notice,
    Asked.__name__: asked,
    TopicsHeard.__name__: heard,
    TopicsBrowsed.__name__: browsed,
    Profile.__name__: profile,
    Ready.__name__: ready,
    LineChanged.__name__: changed,
    WorkshopJoined.__name__: joined,
}
