"""A row that cannot be read stops the clock's work on nothing but itself."""

from sqlalchemy import select, text, update

from db.models import IntroState, Outgoing, Person, Pledge
from domain.pledges import State
from tests.cast import consent, pledge_row
from tests.scheduler.ticking import DAY, TUESDAY

DAMAGED = bytes.fromhex("01aabbccddeeff00112233445566778899aabbccddeeff")


async def damage(world, table, column, number):
    """The bytes of these words were altered."""
    async with world.database.writer.begin() as session:
        await session.execute(
            text(f"UPDATE {table} SET {column} = :bytes WHERE id = :id"), {"bytes": DAMAGED, "id": number}
        )


async def test_a_damaged_person_is_the_only_one_who_is_not_asked(world, caplog):
    await world.question(TUESDAY - DAY, person_id=1)
    await world.question(TUESDAY - DAY, person_id=2)
    await damage(world, "persons", "name", 1)
    for _ in range(3):
        await world.ticks.run_due()
    assert [row.person_id for row in await world.all(Outgoing)] == [2]
    assert world.ticks.failed_rows == 1
    assert caplog.text.count("tick: nudges failed for 1: UndecipherableError") == 1, (
        "said once, not with each tick"
    )


async def test_a_person_who_can_be_read_again_is_asked_and_counts_no_more(world):
    await world.question(TUESDAY - DAY, person_id=1)
    await damage(world, "persons", "name", 1)
    await world.ticks.run_due()
    assert world.ticks.failed_rows == 1
    async with world.database.writer.begin() as session:
        await session.execute(update(Person).where(Person.id == 1).values(name=None))
    await world.ticks.run_due()
    assert world.ticks.failed_rows == 0
    assert [row.person_id for row in await world.all(Outgoing)] == [1]


async def test_a_damaged_person_hears_that_the_time_of_their_question_is_over(world):
    """No word of theirs is needed for it."""
    await world.introduction(IntroState.ASKED, TUESDAY)
    await damage(world, "persons", "name", 1)
    await world.ticks.run_due()
    assert [row.kind for row in await world.all(Outgoing)] == ["IntroExpired"]


async def test_a_damaged_sentence_ends_like_any_other(world):
    gone = TUESDAY - 8 * DAY
    await world.add(*(pledge_row(1, 1, 2, gone, state=State.DECLINED, ended_at=gone) for _ in range(2)))
    await damage(world, "pledges", "text", 1)
    await world.ticks.run_due()
    assert await world.count(Pledge) == 0


async def test_who_cannot_be_erased_holds_up_nobody_else(world):
    back = TUESDAY - 8 * DAY
    withdrawn = [consent(back, withdrawn_at=back)]
    await world.add(
        world.person(3, consents=withdrawn), world.person(4, consents=[consent(back, withdrawn_at=back)])
    )
    await damage(world, "persons", "name", 3)
    await world.ticks.run_due()
    async with world.database.reader() as session:
        assert set(await session.scalars(select(Person.id))) == {1, 2}
    assert world.ticks.failed_rows == 0
