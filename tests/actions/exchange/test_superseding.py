"""Of what a chat is owed twice only the newest is said, and no change of what is not said."""

from sqlalchemy import select

from actions.exchange import outbox
from db.models import Outgoing, Priority, SendState
from domain.outcomes.pledging.nudges import AgreementAsked
from domain.outcomes.rights import Forgotten
from tests.actions.exchange.saying import ANA, NOW, ids, owe, say

ASKED = AgreementAsked.Payload(1)


async def said_again(database):
    async with database.writer.begin() as session:
        outbox.owe(session, ASKED, ANA, NOW, priority=Priority.NEWS)
        await outbox.supersede(session, NOW)


async def unsent(database):
    return await ids(database, select(Outgoing.id).where(Outgoing.state == SendState.PENDING))


async def test_an_edit_of_a_superseded_message_is_no_message_of_its_own(database):
    first = await owe(database, ASKED, priority=Priority.NEWS)
    edit = await owe(database, ASKED, priority=Priority.NEWS, edits_row=first)
    await said_again(database)
    assert await unsent(database) == [edit + 1]


async def test_an_edit_of_a_message_that_arrived_is_kept(database):
    first = await say(database, ASKED, 7, priority=Priority.NEWS)
    edit = await owe(database, ASKED, priority=Priority.NEWS, edits_row=first)
    await said_again(database)
    assert await unsent(database) == [edit, edit + 1]


async def test_what_takes_away_the_words_of_the_erased_is_kept(database):
    first = await owe(database, ASKED, priority=Priority.NEWS)
    edit = await owe(database, Forgotten.Payload(), priority=Priority.NEWS, edits_row=first)
    await said_again(database)
    assert await unsent(database) == [edit, edit + 1]


async def test_what_is_taken_back_takes_its_edits_along(database):
    first = await owe(database, ASKED, priority=Priority.NEWS)
    await owe(database, ASKED, priority=Priority.NEWS, edits_row=first)
    async with database.writer.begin() as session:
        await outbox.take_back(session, first)
    assert await unsent(database) == []
