"""What `/stand` counts, in four statements however many people there are. No row of anybody is read, only numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SelectBase,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.pledging import history
from db import queries
from db.models import (
    Introduction,
    IntroState,
    Membership,
    Nudge,
    Person,
    Pledge,
    PledgeEvent,
    Suggestion,
    Workshop,
)
from domain import insight, topics
from domain.history import ANSWERS, EventKind
from domain.insight import By, Chain, GroupCount
from domain.outcomes.choices import offered
from domain.pledges import Acts, State, Status

_SILENT = insight.over(frozenset(), answered=False, again=False)
_ANSWERED = insight.over(frozenset(), answered=True, again=False)


_OF_PERSON: dict[By, Any] = {By.ROLE: Person.role, By.LAND: Person.land}


async def counted(
    session: AsyncSession, workshops: Collection[Workshop], by: By | None, today: date
) -> list[GroupCount]:
    """Everything that is counted in these workshops, with what erased people had added, as far as that is kept.

    `by`: what is told apart. Cards count where they were shown, pledges where they are carried out, or where they were
    begun if both carry them out.
    """
    there = [each.id for each in workshops]
    pledges = await _pledges(session, there, by, today)
    found = [
        *await _people_and_cards(session, there, by),
        *await _questions(session, there, by),
        *await _obstacles(session, there, by),
        *(each for workshop in workshops for each in _gone(workshop)),
        *(each for workshop in workshops for each in _with_gone(workshop, pledges[workshop.id])),
    ]
    return [_known(each) for each in found] if by is By.TOPIC else found


def _known(of: GroupCount) -> GroupCount:
    """What is about a topic that the catalogue does not have is about none."""
    known = not of.group or offered(of.group) or of.group in topics.load().topics
    return of if known else replace(of, group=None)


def _group(by: By | None, topic: Any) -> Any:
    """The column that tells apart; of a person no topic does."""
    return cast(topic if by is By.TOPIC else null() if by is None else _OF_PERSON[by], String).label("group")


def _gone(workshop: Workshop) -> Iterator[GroupCount]:
    """People and meetings that are gone: of what kind they were is no longer known."""
    kept: dict[Chain, int] = {
        insight.person(has_profile=True): workshop.gone_finished,
        insight.person(has_profile=False): workshop.gone_joined - workshop.gone_finished,
        insight.card(3): workshop.gone_got_together,
        insight.card(2): workshop.gone_met - workshop.gone_got_together,
    }
    return (GroupCount(workshop.id, chain, number) for chain, number in kept.items())


def _with_gone(workshop: Workshop, pledges: Iterable[GroupCount]) -> Iterator[GroupCount]:
    """The pledges with those that are gone. Some that are silent were answered, by somebody who is gone."""
    answered = workshop.gone_answered
    for each in (GroupCount(workshop.id, _SILENT, workshop.gone_made), *pledges):
        taken = min(answered, each.number) if each.chain == _SILENT else 0
        answered -= taken
        yield replace(each, chain=_ANSWERED, number=taken)
        yield replace(each, number=each.number - taken)


async def _people_and_cards(session: AsyncSession, there: Collection[int], by: By | None) -> list[GroupCount]:
    joined = (
        select(
            literal(True).label("is_person"),
            Membership.workshop_id.label("workshop"),
            case((Person.finished_at.is_not(None), 1), else_=0).label("stage"),
            _group(by, null()),
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.workshop_id.in_(there))
    )
    both = Introduction.state == IntroState.BOTH
    asked = Introduction.id.is_not(None)
    shown = (
        select(
            literal(False),
            Suggestion.workshop_id,
            case((and_(both, queries.got_together()), 3), (both, 2), (asked, 1), else_=0),
            _group(by, Suggestion.topic),
        )
        .outerjoin(Introduction, Introduction.suggestion_id == Suggestion.id)
        .where(Suggestion.workshop_id.in_(there))
    )
    if by in _OF_PERSON:
        shown = shown.join(Person, Person.id == Suggestion.person_id)
    return [
        GroupCount(
            workshop,
            insight.person(has_profile=stage > 0) if is_person else insight.card(stage),
            number,
            group,
        )
        for is_person, workshop, stage, group, number in await _grouped(session, union_all(joined, shown))
    ]


async def _questions(session: AsyncSession, there: Collection[int], by: By | None) -> list[GroupCount]:
    """Those that pledges have planned; of a party who is gone, none is left."""
    asked = Nudge.asked_at.is_not(None)
    answered = history.has_answered(Nudge.pledge_id, Nudge.person_id, Nudge.period)
    planned = (
        select(
            Pledge.workshop_id,
            Nudge.period,
            case((and_(asked, answered), 2), (asked, 1), else_=0).label("stage"),
            _group(by, Pledge.topic),
        )
        .select_from(Nudge)
        .join(Pledge, Pledge.id == Nudge.pledge_id)
        .where(*_made(there))
    )
    if by in _OF_PERSON:
        planned = planned.join(Person, Person.id == Nudge.person_id)
    return [
        GroupCount(workshop, insight.question(period, asked=stage > 0, answered=stage > 1), number, group)
        for workshop, period, stage, group, number in await _grouped(session, planned)
    ]


async def _obstacles(session: AsyncSession, there: Collection[int], by: By | None) -> list[GroupCount]:
    """Pledges of which somebody has said what is lacking, by what was said last. What the erased said is gone."""
    said = aliased(PledgeEvent)
    made = select(Pledge.id).where(*_made(there))
    stands = (said.pledge_id.in_(made), history.stands(said, (EventKind.BLOCKED,)))
    last = select(func.max(said.id)).where(*stands).group_by(said.pledge_id)
    found = (
        select(Pledge.workshop_id, PledgeEvent.blocker, _group(by, Pledge.topic))
        .select_from(PledgeEvent)
        .join(Pledge, Pledge.id == PledgeEvent.pledge_id)
        .outerjoin(Person, Person.id == _acting())
        .where(PledgeEvent.id.in_(last), PledgeEvent.blocker.is_not(None))
    )
    return [
        GroupCount(workshop, insight.obstacle(blocker), number, group)
        for workshop, blocker, group, number in await _grouped(session, found)
    ]


def _acting() -> ColumnElement[int | None]:
    """Whose pledge it is: of one that both carry out, whoever began it."""
    return case((Pledge.acts == Acts.PARTNER, Pledge.partner_id), else_=Pledge.author_id)


def _made(there: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    """Pledges of these workshops that both agreed to. Their state adds nothing but the index that finds them."""
    return (
        Pledge.state.in_((State.ACTIVE, State.ENDED)),
        Pledge.workshop_id.in_(there),
        Pledge.made_on.is_not(None),
    )


async def _pledges(
    session: AsyncSession, there: Collection[int], by: By | None, today: date
) -> dict[int, list[GroupCount]]:
    """By workshop, those that both agreed to."""
    found: defaultdict[int, list[GroupCount]] = defaultdict(list)
    for workshop, state, made_on, deadline, answered, again, one, other, group, number in await _grouped(
        session, _each_pledge(there, by)
    ):
        said = frozenset(each for each in (one, other) if each is not None)
        if state is State.ACTIVE:
            at = insight.quarter(made_on, deadline or made_on, today)
            chain = insight.running(at, said, answered=answered, again=again)
        else:
            chain = insight.over(said, answered=answered, again=again)
        found[workshop].append(GroupCount(workshop, chain, number, group))
    return found


def _each_pledge(there: Collection[int], by: By | None) -> Select[Any]:
    said = _last_said(there)
    return (
        select(
            Pledge.workshop_id,
            Pledge.state,
            Pledge.made_on,
            Pledge.deadline,
            history.has_answers(Pledge.id).label("answered"),
            _talked_again().label("again"),
            said.c.one,
            said.c.other,
            _group(by, Pledge.topic),
        )
        .select_from(Pledge)
        .outerjoin(Person, Person.id == _acting())
        .outerjoin(said, said.c.pledge_id == Pledge.id)
        .where(*_made(there))
    )


async def _grouped(session: AsyncSession, found: SelectBase) -> list[Any]:
    """How often each row is found, as its last column."""
    each = found.subquery()
    return list(await session.execute(select(*each.c, func.count()).group_by(*each.c)))


def _last_said(there: Collection[int]) -> Subquery:
    """What the parties of each pledge said last: `one` and `other`, the same if both said that."""
    word = (*ANSWERS, EventKind.TAKEN_BACK)
    made = select(Pledge.id).where(*_made(there))
    last = (
        select(func.max(PledgeEvent.id))
        .where(PledgeEvent.pledge_id.in_(made), PledgeEvent.kind.in_(word))
        .group_by(PledgeEvent.pledge_id, PledgeEvent.party_id)
    )
    of = aliased(PledgeEvent)
    return (
        select(of.pledge_id, func.min(of.status).label("one"), func.max(of.status).label("other"))
        .where(of.id.in_(last), of.kind.in_(ANSWERS))
        .group_by(of.pledge_id)
        .subquery()
    )


def _talked_again() -> ColumnElement[bool]:
    """The condition that the two of a pledge talk to each other, as one of them says."""
    told = aliased(PledgeEvent)
    talking = and_(told.status == Status.TALKING, history.stands(told))
    return exists().where(told.pledge_id == Pledge.id, or_(told.kind == EventKind.IN_TOUCH, talking))
