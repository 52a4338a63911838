"""Every question the bot asks the database about people and workshops, by name."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    Consent,
    Draft,
    Introduction,
    IntroState,
    Membership,
    Person,
    Pledge,
    Suggestion,
    Workshop,
)
from domain.outcomes import Purpose
from domain.pledges import State


async def person_in_chat(session: AsyncSession, chat_id: int) -> Person | None:
    return await session.scalar(select(Person).where(Person.chat_id == chat_id))


async def workshop_by_code(session: AsyncSession, code: str) -> Workshop | None:
    return await session.scalar(select(Workshop).where(Workshop.code == code))


async def workshops(session: AsyncSession) -> Sequence[Workshop]:
    return (await session.scalars(select(Workshop).order_by(Workshop.id.desc()))).all()


async def present_workshop(session: AsyncSession, person: Person) -> Workshop | None:
    """The one joined last; None for somebody who came without one."""
    if not person.memberships:
        return None
    return await session.get(Workshop, max(person.memberships, key=lambda m: m.joined_at).workshop_id)


def gives(purpose: Purpose) -> Select[int]:
    """Ids of the people whose latest answer to this purpose is a yes that was not withdrawn."""
    latest = select(func.max(Consent.id)).where(Consent.purpose == purpose).group_by(Consent.person_id)
    return select(Consent.person_id).where(
        Consent.id.in_(latest), Consent.given.is_(True), Consent.withdrawn_at.is_(None)
    )


async def people_of(session: AsyncSession, workshop_id: int) -> Sequence[Person]:
    """Who joined this workshop with both core consents, paused and unreachable people included."""
    members = select(Membership.person_id).where(Membership.workshop_id == workshop_id)
    return (
        await session.scalars(
            select(Person)
            .where(Person.id.in_(members), Person.id.in_(gives(Purpose.CARRIER)))
            .order_by(Person.id)
        )
    ).all()


async def awaiting_draft(session: AsyncSession, person: Person) -> Draft | None:
    return await session.scalar(select(Draft).where(Draft.person_id == person.id, Draft.awaiting.is_(True)))


async def shown_to(session: AsyncSession, person: Person) -> set[int]:
    """Whom this person was shown already, or who already met this person in an introduction."""
    shown = await session.scalars(select(Suggestion.other_id).where(Suggestion.person_id == person.id))
    askers = await session.scalars(select(Introduction.asker_id).where(Introduction.asked_id == person.id))
    return {*shown, *askers}


async def exposure(session: AsyncSession, workshop_id: int) -> dict[int, int]:
    """How often each person was shown to others in this workshop."""
    counted = await session.execute(
        select(Suggestion.other_id, func.count())
        .where(Suggestion.workshop_id == workshop_id)
        .group_by(Suggestion.other_id)
    )
    return {person: number for person, number in counted}  # noqa: C416 - dict() cannot type rows


async def open_requests(session: AsyncSession, workshop_id: int) -> dict[int, int]:
    """How many people wait for each person's answer, or got a yes, in this workshop."""
    counted = await session.execute(
        select(Introduction.asked_id, func.count())
        .where(
            Introduction.workshop_id == workshop_id,
            Introduction.state.in_((IntroState.ASKED, IntroState.BOTH)),
        )
        .group_by(Introduction.asked_id)
    )
    return {person: number for person, number in counted}  # noqa: C416 - dict() cannot type rows


async def pledges_of(session: AsyncSession, person: Person, *states: State) -> Sequence[Pledge]:
    return (
        await session.scalars(
            select(Pledge)
            .where(
                or_(Pledge.author_id == person.id, Pledge.partner_id == person.id), Pledge.state.in_(states)
            )
            .order_by(Pledge.deadline, Pledge.id)
        )
    ).all()


async def matches_of(session: AsyncSession, person: Person) -> list[Person]:
    """The people with whom both said yes, newest first."""
    found = await session.scalars(
        select(Introduction)
        .where(
            or_(Introduction.asker_id == person.id, Introduction.asked_id == person.id),
            Introduction.state == IntroState.BOTH,
        )
        .order_by(Introduction.id.desc())
    )
    ids = [i.asked_id if i.asker_id == person.id else i.asker_id for i in found]
    people = {p.id: p for p in await session.scalars(select(Person).where(Person.id.in_(ids)))}
    return [people[i] for i in dict.fromkeys(ids) if i in people]


def shared_workshop(one: Person, other: Person) -> int | None:
    """A workshop both are in, the latest one; None if there is none."""
    mine = {m.workshop_id for m in one.memberships}
    common = [m for m in other.memberships if m.workshop_id in mine]
    return max(common, key=lambda m: m.joined_at).workshop_id if common else None


def has_member(workshop_id: int) -> ColumnElement[bool]:
    return exists().where(Membership.person_id == Person.id, Membership.workshop_id == workshop_id)
