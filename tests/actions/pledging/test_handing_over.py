"""Which columns name somebody else once a person's pledges are another's: every one of them is decided upon."""

import pytest
from sqlalchemy import select

from actions.pledging.entered.handing_over import HANDED_OVER, LEFT, hand_over
from db.models import Base, Nudge, Person, Pledge
from domain.history import EventKind
from domain.nudging import Period
from tests.cast import agreed, event_row, pledge_row, workshop_row
from tests.world import STARTS_AT


def columns_of_persons():
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column is Person.__table__.c.id
    }


def test_every_column_about_a_person_is_decided_upon():
    assert {*HANDED_OVER, *LEFT} == columns_of_persons(), "say what becomes of it when somebody takes over"
    assert not set(HANDED_OVER) & LEFT.keys()


async def three(session):
    """Two people with a pledge, and somebody else; a workshop has to be there."""
    people = [agreed(number, STARTS_AT, name=f"Person {number}") for number in (801, 802, 803)]
    workshop = workshop_row(STARTS_AT, code="HANDED")
    session.add_all([workshop, *people])
    await session.flush()
    pledge = pledge_row(workshop.id, people[0].id, people[1].id, STARTS_AT)
    session.add(pledge)
    await session.flush()
    session.add_all([
        event_row(pledge.id, people[1].id, EventKind.NOTED, STARTS_AT, period=Period.M1, notes=["Ja"]),
        Nudge(pledge_id=pledge.id, person_id=people[1].id, period=Period.M1, due_at=STARTS_AT),
    ])  # fmt: skip
    return [person.id for person in people]


async def test_pledges_history_and_questions_are_handed_over(database):
    async with database.writer.begin() as session:
        one, two, three_ = await three(session)
        await hand_over(session, two, three_)
    async with database.reader() as session:
        pledge = (await session.scalars(select(Pledge).where(Pledge.author_id == one))).one()
        assert pledge.parties == (one, three_)
        questions = select(Nudge.person_id).where(Nudge.pledge_id == pledge.id)
        assert (await session.scalars(questions)).all() == [three_]


async def test_nobody_becomes_both_parties(database):
    async with database.writer.begin() as session:
        one, two, _ = await three(session)
        with pytest.raises(ValueError, match="both parties"):
            await hand_over(session, two, one)
