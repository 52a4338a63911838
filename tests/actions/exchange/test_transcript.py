"""What a chat shows now, and what was owed to it last: asked of rows on both databases."""

from actions.exchange import transcript
from db.models import SendState
from domain.outcomes.choices import ProfileQuestion, Purpose
from domain.outcomes.joining import Asked, ConsentAsked, Declined, Ready, Welcome
from domain.outcomes.pledging.talks import Sealed, TalkAsked
from domain.voice import Voice
from tests.actions.exchange.saying import BEN, SENT, STRANGER, ask, owe, payloads, say

# --- one chat: what it shows


async def test_a_chat_shows_the_lowest_message_first(database):
    await say(database, Asked.Payload(ProfileQuestion.NAME), 11)
    await say(database, Ready.Payload(), 10)
    assert await payloads(database, transcript.shown, 1, 9) == [
        Asked.Payload(ProfileQuestion.NAME),
        Ready.Payload(),
    ]


async def test_a_changed_message_shows_what_it_was_changed_into(database):
    await say(database, TalkAsked.Payload(1), 10)
    await say(database, Sealed.Payload(1), 10, edits_message=10)
    assert await payloads(database, transcript.shown, 1, 9) == [Sealed.Payload(1)]


async def test_a_change_leaves_a_message_where_it_is_in_its_chat(database):
    await say(database, TalkAsked.Payload(1), 10)
    await say(database, Ready.Payload(), 11)
    await say(database, Sealed.Payload(1), 10, edits_message=10)
    assert await payloads(database, transcript.shown, 1, 9) == [Ready.Payload(), Sealed.Payload(1)]


async def test_a_chat_does_not_show_what_has_not_arrived(database):
    await say(database, Ready.Payload(), 10)
    for state in SendState:
        await owe(database, Declined(), state=state)
    assert await payloads(database, transcript.shown, 1, 9) == [Ready.Payload()]


async def test_a_chat_does_not_show_a_change_that_is_still_on_its_way(database):
    await say(database, TalkAsked.Payload(1), 10)
    await owe(database, Sealed.Payload(1), edits_message=10)
    assert await payloads(database, transcript.shown, 1, 9) == [TalkAsked.Payload(1)]


async def test_a_chat_does_not_show_a_message_that_somebody_deleted(database):
    await owe(database, TalkAsked.Payload(1), state=SENT)  # its change found it gone
    assert await payloads(database, transcript.shown, 1, 9) == []


async def test_a_chat_does_not_show_what_was_said_in_another(database):
    await say(database, Ready.Payload(), 10, BEN)
    assert await payloads(database, transcript.shown, 1, 9) == []


async def test_the_limit_counts_rows_so_a_changed_message_takes_several(database):
    await say(database, Ready.Payload(), 9)
    await say(database, TalkAsked.Payload(1), 10)
    await say(database, Sealed.Payload(1), 10, edits_message=10)
    assert await payloads(database, transcript.shown, 1, 2) == [Sealed.Payload(1)]


# --- one chat: what was owed to it last


async def test_the_newest_of_certain_kinds_come_newest_first(database):
    for payload in (Welcome.Payload(1), Ready.Payload(), Declined()):
        await owe(database, payload, STRANGER)
    found = await payloads(database, transcript.newest, 3, (Welcome.Payload, Declined), 9)
    assert found == [Declined(), Welcome.Payload(1)]


async def test_no_more_of_the_newest_are_given_than_asked_for(database):
    await owe(database, Welcome.Payload(1), STRANGER)
    await owe(database, Welcome.Payload(2), STRANGER)
    assert await payloads(database, transcript.newest, 3, (Welcome.Payload,), 1) == [Welcome.Payload(2)]


async def test_a_change_is_the_newest_even_of_a_message_further_up(database):
    await say(database, Asked.Payload(ProfileQuestion.NAME), 10)
    await say(database, Ready.Payload(), 11)
    await owe(database, Asked.Payload(ProfileQuestion.LAND), edits_message=10)
    (newest,) = await ask(database, transcript.newest, 1, (Asked.Payload, Ready.Payload), 1)
    assert newest.is_in(10)


async def test_the_newest_in_a_chat_are_not_those_of_another(database):
    await owe(database, Welcome.Payload(1), BEN)
    assert await payloads(database, transcript.newest, 1, (Welcome.Payload,), 9) == []


async def test_what_has_no_message_yet_is_in_none(database):
    await owe(database, Ready.Payload())
    (newest,) = await ask(database, transcript.newest, 1, (Ready.Payload,), 1)
    assert (newest.message, newest.is_in(None)) == (None, False)


async def test_a_row_tells_how_it_speaks_to_somebody_unknown(database):
    await owe(database, ConsentAsked.Payload(Purpose.CORE), STRANGER, voice=Voice.EN)
    (newest,) = await ask(database, transcript.newest, 3, (ConsentAsked.Payload,), 1)
    assert newest.voice is Voice.EN


async def test_what_was_said_can_be_changed_where_it_went(database):
    await owe(database, Ready.Payload(), BEN)
    (newest,) = await ask(database, transcript.newest, 2, (Ready.Payload,), 1)
    assert newest.recipient == BEN
