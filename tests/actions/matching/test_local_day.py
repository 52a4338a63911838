"""Between people who fit alike the day decides, and it is the day of the hall's clock."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from actions.exchange.turn import Turn
from actions.matching import suggestions
from db.models import Person, Suggestion
from tests.cast import member, workshop_row
from tests.handlers.rig import OPERATOR

BEFORE = datetime(2027, 7, 1, 12, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
NEXT_DAY = datetime(2027, 7, 2, 12, tzinfo=UTC)


async def populate(rig):
    async with rig.database.writer.begin() as session:
        session.add(workshop_row(BEFORE, id=2, day=date(2027, 7, 2)))
        await session.flush()
        topics = {"seeks": ("ehrenamt",), "offers": ("ehrenamt",)}
        session.add_all(
            member(number, BEFORE, f"Person {number}", workshop_id=2, **topics) for number in range(1, 9)
        )


async def first_card(rig, now):
    """Whose card the first of them gets at this moment; nothing is kept."""
    async with rig.database.writer() as session:
        me = (await session.scalars(select(Person).where(Person.chat_id == 1))).one()
        await suggestions.suggest(Turn(session, now, OPERATOR, 1, me))
        return (await session.scalars(select(Suggestion.other_id))).one()


async def test_after_midnight_the_new_day_decides(rig):
    await populate(rig)
    cards = [await first_card(rig, moment) for moment in (BEFORE, AFTER_MIDNIGHT, NEXT_DAY)]
    assert cards[0] != cards[1] == cards[2]
