"""What was owed about an object, by id, by key, and to everybody: asked of rows on both databases."""

from datetime import timedelta

from sqlalchemy import select

from actions.exchange import entries, mailings, outbox, transcript
from actions.exchange.mailings import Mailing
from db.models import Person, Pledge, Priority, SendState
from domain.outcomes.joining import Ready
from domain.outcomes.matching import NobodyYet, Suggested
from domain.outcomes.organising.broadcasts import BroadcastCopy
from domain.outcomes.pledging.nudges import AgreementAsked, Nudged, Result
from domain.outcomes.pledging.talks import Sealed
from tests.actions.exchange.saying import ANA, BEN, CANCELLED, DEAD, NOW, SENT, ask, ids, owe, say

# --- about one object


async def test_of_several_messages_about_an_object_the_newest_arrived(database):
    await say(database, BroadcastCopy.Payload(7), 10)
    await say(database, BroadcastCopy.Payload(7), 12)
    found = await ask(database, transcript.arrived_about, 1, BroadcastCopy.Payload, 7)
    assert found.message == 12


async def test_about_another_object_in_another_chat_or_on_its_way_nothing_arrived(database):
    await say(database, BroadcastCopy.Payload(8), 10)
    await say(database, BroadcastCopy.Payload(7), 10, BEN)
    await owe(database, BroadcastCopy.Payload(7))
    assert await ask(database, transcript.arrived_about, 1, BroadcastCopy.Payload, 7) is None


async def test_what_a_person_was_owed_about_an_object_is_found_whether_it_arrived_or_not(database):
    rows = [
        await owe(database, Result.Payload(1), state=CANCELLED),
        await say(database, Result.Payload(1), 10),
    ]
    found = await ask(database, transcript.owed_about, 1, Result.Payload, 1)
    assert [each.row.id for each in found] == rows


async def test_changes_are_not_counted_among_the_messages_about_an_object(database):
    first = await say(database, Result.Payload(1), 10)
    await say(database, Result.Payload(1), 10, edits_message=10)
    await owe(database, Result.Payload(1), edits_row=first)
    found = await ask(database, transcript.owed_about, 1, Result.Payload, 1)
    assert [each.row.id for each in found] == [first]


async def test_messages_to_others_about_other_objects_or_of_other_kinds_are_not_found(database):
    for payload, to in ((Result.Payload(1), BEN), (Result.Payload(2), ANA), (AgreementAsked.Payload(1), ANA)):
        await say(database, payload, 10, to)
    assert await ask(database, transcript.owed_about, 1, Result.Payload, 1) == []


async def test_a_pledge_has_something_unsent_as_long_as_any_message_about_it_waits(database):
    unsent = select(Pledge.id).where(entries.has_unsent(Pledge.id))
    await say(database, Sealed.Payload(1), 10)
    assert await ids(database, unsent) == []
    await owe(database, Result.Payload(1), BEN)
    assert await ids(database, unsent) == [1]


# --- when somebody was asked, and who heard what last


async def last_asked(database):
    """When Ana was last due a question."""
    asked = select(entries.last_due(Person.id, Nudged.Payload)).where(Person.id == 1)
    async with database.reader() as session:
        return await session.scalar(asked)


async def test_a_person_was_last_asked_when_the_last_question_was_due(database):
    for days in (3, 9):
        await say(database, Nudged.Payload(), 10 + days, now=NOW + timedelta(days=days))
    assert await last_asked(database) == NOW + timedelta(days=9)


async def test_what_was_called_off_or_failed_asked_nothing(database):
    await owe(database, Nudged.Payload(), state=CANCELLED)
    await owe(database, Nudged.Payload(), state=DEAD)
    assert await last_asked(database) is None


async def test_a_question_shown_again_is_not_asked_again(database):
    first = await say(database, Nudged.Payload(), 10)
    await say(database, Nudged.Payload(first), 10, now=NOW + timedelta(days=5), edits_message=10)
    assert await last_asked(database) == NOW


async def test_what_another_was_asked_does_not_count(database):
    await say(database, Nudged.Payload(), 10, BEN)
    assert await last_asked(database) is None


async def test_only_those_whose_last_word_on_the_matter_it_was_heard_it_last(database):
    for payload, to in (
        (NobodyYet(), ANA),
        (NobodyYet(), BEN),
        (Suggested.Payload(1), ANA),
        (Ready.Payload(), BEN),
    ):
        await owe(database, payload, to)
    heard_none = entries.told_last(Person.id, (NobodyYet,), (NobodyYet, Suggested.Payload), NOW)
    assert await ids(database, select(Person.id).where(heard_none)) == [2]


# --- rows known by their id


async def test_the_newest_of_some_rows_that_arrived_is_found(database):
    rows = [await say(database, Nudged.Payload(), n) for n in (10, 12)] + [
        await owe(database, Nudged.Payload())
    ]
    assert (await ask(database, transcript.arrived, rows)).message == 12


async def test_of_rows_that_never_arrived_none_is_found(database):
    row = await owe(database, Nudged.Payload(), state=CANCELLED)
    assert await ask(database, transcript.arrived, (row,)) is None


async def test_a_row_is_being_changed_until_its_edit_was_sent(database):
    row = await say(database, Ready.Payload(), 10)
    assert not await ask(database, transcript.is_being_changed, row)
    await owe(database, Ready.Payload(), edits_row=row, state=SENT)
    assert not await ask(database, transcript.is_being_changed, row)
    await owe(database, Ready.Payload(), edits_row=row)
    assert await ask(database, transcript.is_being_changed, row)


async def test_a_message_is_out_of_date_once_the_same_is_owed_anew(database):
    row = await say(database, Sealed.Payload(7), 10)
    shown = await ask(database, transcript.shown_in, 1, 10)
    for other in (Sealed.Payload(8), Result.Payload(7)):
        await owe(database, other)
    await owe(database, Sealed.Payload(7), state=CANCELLED)
    await owe(
        database, Sealed.Payload(7), due=NOW + timedelta(minutes=10)
    )  # it repeats what an edit has said
    assert not await ask(database, transcript.is_out_of_date, shown, row)
    await owe(database, Sealed.Payload(7), edits_row=row)
    assert await ask(database, transcript.is_out_of_date, shown, row)


async def test_unheard_is_what_was_called_off_or_reached_nobody(database):
    off = await owe(database, Nudged.Payload(), state=CANCELLED, error="withdrawn")
    nobody = await owe(database, Nudged.Payload(), state=DEAD, error=outbox.UNREACHABLE)
    assert await ids(database, entries.unsent(Nudged.Payload)) == [off, nobody]


async def test_what_waits_or_was_refused_for_another_reason_is_not_unheard(database):
    await owe(database, Nudged.Payload())
    await owe(database, Nudged.Payload(), state=DEAD, error="Message text is empty")
    assert await ids(database, entries.unsent(Nudged.Payload)) == []


async def test_a_message_that_arrived_was_heard_whatever_became_of_its_row(database):
    await owe(database, Nudged.Payload(), state=CANCELLED, message=10)
    assert await ids(database, entries.unsent(Nudged.Payload)) == []


# --- keys


async def test_a_key_was_owed_whatever_became_of_it(database):
    for state in SendState:
        await owe(database, Ready.Payload(), key=state.value, state=state)
    assert all([await ask(database, transcript.was_owed, state.value) for state in SendState])


async def test_a_key_of_no_row_was_not_owed(database):
    await owe(database, Ready.Payload(), key="a")
    assert not await ask(database, transcript.was_owed, "b")


async def test_a_row_is_found_by_its_key(database):
    row = await owe(database, Ready.Payload(), key="a")
    assert (await ask(database, transcript.owed_as, "a")).row.id == row
    assert await ask(database, transcript.owed_as, "b") is None


# --- everybody


async def test_only_what_was_owed_after_the_moment_was_owed_since(database):
    for hours in (0, 1, 2):
        await owe(database, Result.Payload(1), now=NOW + timedelta(hours=hours))
    await owe(database, Ready.Payload(), now=NOW + timedelta(hours=2))
    assert sorted(await ask(database, transcript.owed_since, Result.Payload, NOW)) == [
        NOW + timedelta(hours=1), NOW + timedelta(hours=2),
    ]  # fmt: skip


async def test_each_copy_is_tallied_once_by_what_became_of_it(database):
    copy = BroadcastCopy.Payload(7)
    for number, to in ((10, ANA), (11, BEN)):
        await say(database, copy, number, to, priority=Priority.BROADCAST)
    await owe(database, copy, state=DEAD, error=outbox.UNREACHABLE, priority=Priority.BROADCAST)
    found = await ask(database, mailings.tally, Mailing(BroadcastCopy.Payload, 7))
    assert {(each.state, each.unreachable, each.repeated): each.count for each in found} == {
        (SENT, False, False): 2,
        (DEAD, True, False): 1,
    }


async def test_neither_previews_nor_other_announcements_are_tallied(database):
    await say(database, BroadcastCopy.Payload(7), 10)
    await say(database, BroadcastCopy.Payload(8), 11, priority=Priority.BROADCAST)
    assert await ask(database, mailings.tally, Mailing(BroadcastCopy.Payload, 7)) == []
