"""Two organisers and one question at the same moment, on PostgreSQL."""

import pytest

from actions.organising import inquiries, inquiry_desk
from db.models import Inquiry, InquiryWords
from tests.actions.at_once.transactions import ANA, SECOND, all_of, at_once, turn
from tests.cast import member
from tests.world import OWNER, STARTS_AT


@pytest.fixture
async def asked(database):
    """Ana has asked the team: Orga and Ora."""
    async with database.writer.begin() as session:
        session.add_all([member(OWNER, STARTS_AT, "Orga Nisator"), member(SECOND, STARTS_AT, "Ora Ganz")])
        await session.flush()
        await inquiries.ask(await turn(session, ANA), "Wo ist der Raum?")
    return database


def takes(chat_id):
    async def take(session):
        await inquiry_desk.take(await turn(session, chat_id), 1)

    return take


async def test_of_two_who_take_it_at_once_the_first_has_it(asked):
    await at_once(asked, takes(SECOND), takes(OWNER))
    (holder,) = await all_of(asked, Inquiry.taken_by_id)
    async with asked.reader() as session:
        assert holder == (await turn(session, SECOND)).me.id


async def test_a_question_never_joins_what_is_being_closed(asked):
    async def closes(session):
        await inquiry_desk.close(await turn(session, OWNER), 1)

    async def asks(session):
        await inquiries.ask(await turn(session, ANA), "Und wann?")

    await at_once(asked, closes, asks)
    assert await all_of(asked, InquiryWords.inquiry_id) == [1, 2]
    assert [each is None for each in await all_of(asked, Inquiry.closed_at)] == [False, True]
