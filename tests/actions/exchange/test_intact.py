"""Reading rows of which some are damaged: the others come, in their order."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from db import intact
from db.cipher import Cipher
from db.models import Interest, Person
from db.session import open_database
from tests.cast import member, workshop_row
from tests.world import STARTS_AT as NOW

EVERYBODY = select(Person.id).order_by(Person.id.desc())
EMPEROR = text("UPDATE persons SET role = 'emperor' WHERE id = 1")
SEVEN = range(1, 8)
NAMES_3_AND_4 = text("UPDATE persons SET name = :junk WHERE id IN (3, 4)").bindparams(junk=b"junk" * 20)


@pytest.fixture
async def database(database_url):
    database = open_database(database_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        session.add(workshop_row(NOW, id=1))
        await session.flush()
        session.add_all(member(n, NOW, f"Name {n}", seeks=("own words",), id=n) for n in SEVEN)
    yield database
    await database.close()


async def readable(database, *damage):
    async with database.writer.begin() as session:
        for each in damage:
            await session.execute(each)
    async with database.reader() as session:
        people = await intact.rows(session, Person, EVERYBODY, selectinload(Person.interests))
        return [(p.id, p.name, [i.words for i in p.interests], len(p.consents)) for p in people]


def whole(*numbers):
    return [(n, f"Name {n}", ["own words"], 3) for n in sorted(numbers, reverse=True)]


async def test_all_of_them_if_none_is_damaged(database):
    assert await readable(database) == whole(*SEVEN)


async def test_two_damaged_names(database, caplog):
    assert await readable(database, NAMES_3_AND_4) == whole(1, 2, 5, 6, 7)
    assert "persons 3 cannot be read: UndecipherableError" in caplog.text
    assert "persons 4 cannot be read" in caplog.text


async def test_a_damaged_wish_takes_only_its_person_with_it(database):
    async with database.reader() as session:
        (number,) = await session.scalars(select(Interest.id).where(Interest.person_id == 7))
    moved = f"UPDATE interests SET words = (SELECT name FROM persons WHERE id = 1) WHERE id = {number}"
    assert await readable(database, text(moved)) == whole(1, 2, 3, 4, 5, 6)


async def test_a_value_that_no_version_knows(database):
    assert await readable(database, EMPEROR) == whole(*range(2, 8))
