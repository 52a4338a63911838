"""Two organisers and one question at the same moment, on PostgreSQL."""

import pytest

from actions.organising.inquiries import inquiries, inquiry_desk
from actions.rights import erasure
from db.models import Inquiry, InquiryWords
from domain.refusal import Refusal
from domain.versions import version_of
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


async def shown(session):
    """The version of what the desk shows of it."""
    return version_of(*((each.by_team, each.words) for each in await inquiries.last_words(session, 1)))


async def test_a_question_never_joins_what_is_being_closed(asked):
    async def closes(session):
        await inquiry_desk.close(await turn(session, OWNER), 1, await shown(session))

    async def asks(session):
        await inquiries.ask(await turn(session, ANA), "Und wann?")

    await at_once(asked, closes, asks)
    assert await all_of(asked, InquiryWords.inquiry_id) == [1, 2]
    assert [each is None for each in await all_of(asked, Inquiry.closed_at)] == [False, True]


async def answers_it(session):
    orga = await turn(session, OWNER)
    await inquiries.answer(orga, await inquiry_desk.held(orga, 1), "In Raum 3.")


async def test_an_answer_given_as_it_is_being_closed_is_said_all_the_same(asked):
    async def closes(session):
        await inquiry_desk.close(await turn(session, SECOND), 1, await shown(session))

    await at_once(asked, closes, answers_it)
    assert await all_of(asked, InquiryWords.by_team) == [False, True]
    assert await all_of(asked, Inquiry.id) == [1]


async def test_an_answer_to_somebody_who_is_being_erased_is_kept_nowhere(asked):
    async def erases(session):
        await erasure.forget(await turn(session, ANA))

    async def answers(session):
        try:
            await answers_it(session)
        except Refusal:
            await session.rollback()

    await at_once(asked, erases, answers)
    assert await all_of(asked, InquiryWords.id) == []
