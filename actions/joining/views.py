"""Views of joining: welcome, consents, questions, the summary."""

import asyncio
from collections.abc import Callable
from typing import TypedDict

from actions.exchange import codes, parties, transcript
from actions.exchange.context import ViewContext, Views
from db import intact, queries, reached
from db.models import CodePurpose, DraftKind, Interest, Person, PersonalCode, Workshop
from domain import places, topics
from domain.figures import FEW, told, told_within
from domain.links import PrintedFor
from domain.nudging import hour_of
from domain.outcomes.choices import Direction, ProfileQuestion, Purpose, Stance, offered
from domain.outcomes.joining import (
    Asked,
    ConsentAsked,
    LineChanged,
    MpNotice,
    PlacesMeant,
    Profile,
    Ready,
    TopicDoubt,
    TopicsBrowsed,
    TopicsHeard,
    TopicSide,
    Welcome,
    WorkshopJoined,
)
from domain.profile import TOPICS_ON_PAGE, is_answered
from domain.roles import Role

MOST_WANTED = 3
_PLACES = 6  # to pick from; nobody means more


class RoleContext(TypedDict, total=False):
    today: bool
    likely: Role | None


VIEWS = Views()


@VIEWS.reads(Welcome.Payload)
async def welcome(context: ViewContext, payload: Welcome.Payload) -> Welcome:
    workshop = await _workshop(context, payload.workshop_id)
    if workshop is None:
        return Welcome(context.operator.controller, None, None, None, None, (), again=payload.again)
    people, mps = await reached.joined_and_mps(context.session, workshop.id)
    code = await context.session.get(PersonalCode, payload.code_id) if payload.code_id else None
    purpose = code.purpose if code is not None else None
    return Welcome(
        controller=context.operator.controller,
        workshop_id=workshop.id,
        workshop=workshop.title,
        people=told(people),
        mps=told_within(mps, people),
        topics=tuple(await queries.most_sought(context.session, workshop.id, FEW, MOST_WANTED)),
        again=payload.again,
        invited=bool(payload.handshake_id),
        today=workshop.day == context.day(context.now),
        entered=purpose is CodePurpose.TAKE_OVER,
        office=purpose in (CodePurpose.OFFICE, CodePurpose.MANDATE),
        account=purpose in codes.ACCOUNT,
    )


@VIEWS.reads(ConsentAsked.Payload)
async def consent(context: ViewContext, payload: ConsentAsked.Payload) -> ConsentAsked:
    return ConsentAsked(payload.purpose, context.operator.controller, payload.workshop_id, payload.again)


@VIEWS.reads(MpNotice.Payload)
async def mp_notice(context: ViewContext, _payload: MpNotice.Payload) -> MpNotice:
    return MpNotice(context.operator.bot)


@VIEWS.reads(Asked.Payload)
async def asked(context: ViewContext, payload: Asked.Payload) -> Asked:
    me, question = context.me, payload.question
    await intact.read_interests(context.session, me)
    by_role = await _for_role(context) if question is ProfileQuestion.ROLE else {}
    return Asked(
        question=question,
        role=me.role,
        editing=payload.editing,
        laender=places.land_of(me.place) if question is ProfileQuestion.LAND and me.place else (),
        place=me.place,
        chosen=tuple(i.topic for i in me.interests if i.topic and offered(i.topic)),
        confirmed=bool(me.role_confirmed),
        joining=_is_joining(me) and (question is not ProfileQuestion.NAME or me.role is not None),
        answer=(_IN_WORDS[question](me) or "") if question in _IN_WORDS else "",
        land=me.land or None,
        announcements=me.gave(Purpose.ANNOUNCEMENTS) if question is ProfileQuestion.ANNOUNCEMENTS else None,
        mp=await _asking_mp(context) if question is ProfileQuestion.NAME else "",
        **by_role,
    )


async def _asking_mp(context: ViewContext) -> str:
    """The MP whose invitation into their office led here, empty without one."""
    draft = await queries.awaiting_draft(context.session, context.me)
    led = draft is not None and draft.kind is DraftKind.OFFICE
    code = await context.session.get(PersonalCode, draft.object_id) if draft is not None and led else None
    if code is None or code.purpose is not CodePurpose.OFFICE:
        return ""
    return await intact.name(context.session, code.person_id)


_ROLES = {PrintedFor.MPS: Role.MP, PrintedFor.TOWN_HALLS: Role.TOWN_HALL}


async def _for_role(context: ViewContext) -> RoleContext:
    """What the question for the role says besides. The poster only says which answer is likely: people give it."""
    workshop = await _workshop(context, context.me.present_workshop_id)
    welcomes = await transcript.newest(context.session, context.row.chat_id, (Welcome.Payload,), 1)
    led = [each.payload.audience for each in welcomes if isinstance(each.payload, Welcome.Payload)]
    return {
        "today": workshop is None or workshop.day == context.day(context.now),
        "likely": _ROLES.get(led[0]) if led else None,
    }


_IN_WORDS: dict[ProfileQuestion, Callable[[Person], str | None]] = {
    ProfileQuestion.NAME: lambda me: me.name,
    ProfileQuestion.PLACE: lambda me: me.place,
    ProfileQuestion.ORGANISATION: lambda me: me.organisation,
}


def _is_joining(me: Person) -> bool:
    return me.finished_at is None


@VIEWS.reads(PlacesMeant.Payload)
async def places_meant(context: ViewContext, _payload: PlacesMeant.Payload) -> PlacesMeant | None:
    """None if the words that it was about are settled."""
    draft = await queries.awaiting_draft(context.session, context.me)
    if draft is None or draft.kind is not DraftKind.EDIT or not draft.words:
        return None
    meant = places.understood(draft.words).choices[:_PLACES]
    me = context.me
    return PlacesMeant(draft.id, tuple(place.name for place in meant), bool(me.place), _is_joining(me))


@VIEWS.reads(TopicsHeard.Payload)
async def topics_understood(context: ViewContext, payload: TopicsHeard.Payload) -> TopicsHeard:
    direction = payload.direction
    await intact.read_interests(context.session, context.me)
    mine = [i for i in context.me.interests if i.direction is direction]
    doubt = next((i for i in mine if i.candidates), None)
    sides = (
        TopicSide(i.id, i.topic, no_first=i.stance is Stance.HEARD_NO)
        for i in mine
        if i.topic and i.stance and i.stance.is_open_question
    )
    return TopicsHeard(
        direction=direction,
        sure=tuple((i.id, i.topic) for i in mine if i.topic),
        words=tuple((i.id, i.words) for i in mine if i.words and not i.candidates),
        doubt=await asyncio.to_thread(_doubt, doubt) if doubt else None,
        dropping=payload.dropping,
        editing=is_answered(context.me, direction),
        joining=_is_joining(context.me),
        side=next(sides, None),
    )


def _doubt(interest: Interest) -> TopicDoubt:
    words, candidates = interest.words or "", tuple(interest.candidates or ())
    return TopicDoubt(interest.id, words, candidates, topics.load().presumes(words, candidates))


@VIEWS.reads(TopicsBrowsed.Payload)
async def browsed(context: ViewContext, payload: TopicsBrowsed.Payload) -> TopicsBrowsed:
    """The last page of a group in place of one that there is not; all groups in place of one that is gone."""
    direction = payload.direction
    await intact.read_interests(context.session, context.me)
    chosen = tuple(i.topic for i in context.me.interests if i.direction is direction and i.topic)
    group = next((each for at, each in enumerate(topics.load().groups()) if at == payload.group), None)
    last = (len(group.topics) - 1) // TOPICS_ON_PAGE if group else 0
    page, group_id = min(payload.page, last), group.id if group else None
    editing, joining = is_answered(context.me, direction), _is_joining(context.me)
    return TopicsBrowsed(direction, group_id, page, chosen, editing, joining)


@VIEWS.reads(Profile.Payload)
async def profile(context: ViewContext, _payload: Profile.Payload) -> Profile:
    return await profile_of(context, context.me)


async def profile_of(context: ViewContext, person: Person) -> Profile:
    """The summary as its owner sees it."""
    workshops = await queries.workshops_of(context.session, person)
    await intact.read_interests(context.session, person)
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
        hour=hour_of(person.asking_hour).hour,
        voice=person.voice,
        workshops=tuple(workshop.title for workshop in workshops),
        finished=person.finished_at is not None,
        office=len(await parties.parties_of(context.session, person)) > 1
        or bool(person.role and person.role.is_mp),
        is_due=await _is_due(context, person),
    )


async def _is_due(context: ViewContext, person: Person) -> bool:
    is_mp = person.role is Role.MP and person.role_confirmed is not False
    return (
        is_mp and await queries.next_workshop(context.session, person, context.day(context.now)) is not None
    )


def _wishes(person: Person, direction: Direction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mine = [i for i in person.interests if i.direction is direction]
    return tuple(i.topic for i in mine if i.topic), tuple(i.words for i in mine if i.words and not i.topic)


@VIEWS.reads(Ready.Payload)
async def ready(context: ViewContext, _payload: Ready.Payload) -> Ready:
    return Ready(context.me.name or "")


@VIEWS.reads(LineChanged.Payload)
async def changed(context: ViewContext, payload: LineChanged.Payload) -> LineChanged:
    of_role = payload.question is ProfileQuestion.ROLE
    return LineChanged(context.me.role if of_role else None, context.me.land or None)


@VIEWS.reads(WorkshopJoined.Payload)
async def joined(context: ViewContext, payload: WorkshopJoined.Payload) -> WorkshopJoined | None:
    workshop = await _workshop(context, payload.workshop_id)
    return WorkshopJoined(workshop.title, payload.again) if workshop else None


async def _workshop(context: ViewContext, workshop_id: int | None) -> Workshop | None:
    return await context.session.get(Workshop, workshop_id) if workshop_id is not None else None
