"""Words about a pledge: none outlives its time, none goes before what is said about it went out."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from actions.contents import contents
from actions.exchange import outbox
from actions.exchange.turn import Turn
from actions.pledging.agreeing import agreeing
from actions.pledging.nudges import notes
from actions.rights import requests
from db.models import Base, Complaint, Nudge, Outgoing, Pledge, PledgeEvent, Relay, SendState
from db.types import Encrypted, EncryptedJson
from domain.history import EventKind
from domain.nudging import Period
from domain.outcomes.organising.released import ReleasedPledges
from domain.pledges import State
from domain.readers import Readership
from domain.refusal import Reason, Refusal
from tests.actions.rights.retaining import (
    DAY,
    DEADLINE,
    MADE,
    OPERATOR,
    at,
    both,
    note_row,
    run,
    said,
    stay_on,
    the_pledge,
    words,
)
from tests.cast import agreed, event_row

OVER = DEADLINE + timedelta(days=91)


async def end_words(database):
    await stay_on(database)
    await run(database, DEADLINE + timedelta(days=76))
    await run(database, OVER)


async def test_beside_words_that_ended_nothing_new_is_noted(database):
    await end_words(database)
    async with database.writer.begin() as session:
        one, _ = await both(session)
        pledge = await the_pledge(session)
        session.add(Nudge(pledge_id=pledge.id, person_id=one.id, period=Period.M1, due_at=MADE))
        await session.flush()
        turn = Turn(session, at(OVER), OPERATOR, 1, one)
        for noting in (
            notes.ask(turn, pledge.id, Period.M1),
            notes.receive(turn, pledge.id, Period.M1, "geheimes Wort"),
            notes.receive_advice(turn, pledge.id, Period.M1, "geheimes Wort"),
        ):
            with pytest.raises(Refusal) as refused:
                await noting
            assert refused.value.reason is Reason.STALE_BUTTON
    assert not any(await words(database))


def columns_of_words():
    """Each encrypted column in a table of pledges, or of what belongs to one."""
    for table in Base.metadata.sorted_tables:
        if table.name == Pledge.__tablename__ or "pledge_id" in table.columns:
            yield from (each for each in table.columns if isinstance(each.type, Encrypted | EncryptedJson))


async def test_no_column_of_words_is_forgotten(database):
    """A new column that holds people's words ends with their pledge, or this fails."""
    of_events = {
        each.name: ["Wort"] if isinstance(each.type, EncryptedJson) else "Wort"
        for each in columns_of_words()
        if each.table.name == PledgeEvent.__tablename__
    }
    async with database.writer.begin() as session:
        one, other = await both(session)
        pledge = await the_pledge(session)
        parties = {"reporter_id": other.id, "writer_id": one.id}
        session.add_all(
            event_row(pledge.id, one.id, EventKind.EVIDENCED, MADE, **{name: words})
            for name, words in of_events.items()
        )
        session.add(Complaint(pledge_id=pledge.id, words="Wort", made_at=MADE, **parties))
        between = {"sender_id": one.id, "recipient_id": other.id}
        session.add(Relay(pledge_id=pledge.id, words="Wort", sent_at=MADE, **between))
    async with database.reader() as session:
        held = {str(each): list(await session.scalars(select(each))) for each in columns_of_words()}
    assert all(any(values) for values in held.values()), "each is filled"
    await end_words(database)
    async with database.reader() as session:
        left = {str(each): list(await session.scalars(select(each))) for each in columns_of_words()}
    assert {name for name, values in left.items() if any(values)} == set()


async def test_notes_of_the_partner_end_too_when_the_text_went_with_its_author(database):
    await stay_on(database)
    async with database.writer.begin() as session:
        one, two = await both(session)
        session.add(note_row(await the_pledge(session), two, "Partnernotiz"))
        await session.flush()
        await requests.erase_at_once(Turn(session, at(DAY + timedelta(days=30)), OPERATOR, 1, one))
    assert await words(database) == [None, ["Partnernotiz"]]
    await run(database, DEADLINE + timedelta(days=76))
    async with database.reader() as session:
        notice = (await session.scalars(select(Outgoing).where(Outgoing.kind == "TextEnding"))).one()
        assert await contents(session, notice, at(DEADLINE + timedelta(days=76)), OPERATOR) is not None
    assert await words(database) == [None, ["Partnernotiz"]]
    await run(database, OVER)
    assert await words(database) == [None, None]


async def test_a_profile_stays_while_notes_do(database):
    async with database.writer.begin() as session:
        (await the_pledge(session)).text = None
    await run(database, DEADLINE + timedelta(days=93))  # nine months after the workshop
    assert await words(database) == [None, ["Notiz"]]
    assert await said(database, "Erased") == 0
    await run(database, DEADLINE + timedelta(days=107))
    assert await said(database, "Erased") == 2


async def test_a_proposal_that_nobody_answered_until_its_words_ended_is_over(database):
    async with database.writer.begin() as session:
        (await the_pledge(session)).state = State.PROPOSED
    await end_words(database)
    async with database.reader() as session:
        assert (await the_pledge(session)).state is State.WITHDRAWN


async def declined(database, day):
    """The partner says no to a proposal of nine days before; what the two are told."""
    async with database.writer.begin() as session:
        _, two = await both(session)
        pledge = await the_pledge(session)
        pledge.state, pledge.made_on = State.PROPOSED, None
        await agreeing.decline(Turn(session, at(day), OPERATOR, 2, two), pledge.id)


async def worded(database, day):
    async with database.reader() as session:
        rows = (await session.scalars(select(Outgoing).order_by(Outgoing.id))).all()
        return {row.kind: await contents(session, row, at(day), OPERATOR) is not None for row in rows}


async def test_what_was_declined_long_after_it_was_begun_stays_a_week_from_then(database):
    day = DAY + timedelta(days=9)
    await declined(database, day)
    await sent(database)
    await run(database, day + timedelta(days=6))
    assert await worded(database, day) == {"ProposalDeclined": True, "YouDeclined": True}
    await run(database, day + timedelta(days=8))
    async with database.reader() as session:
        assert (await session.scalars(select(Pledge))).all() == []


async def test_after_a_long_downtime_news_go_out_before_what_they_are_about_goes(database):
    day = DAY + timedelta(days=9)
    await declined(database, day)
    late = day + timedelta(days=30)
    await run(database, late)
    assert await worded(database, late) == {"ProposalDeclined": True, "YouDeclined": True}
    await sent(database)
    await run(database, late)
    async with database.reader() as session:
        assert (await session.scalars(select(Pledge))).all() == []


async def sent(database):
    async with database.writer.begin() as session:
        await session.execute(update(Outgoing).values(state=SendState.SENT))


@pytest.mark.parametrize("how", ["taken back", "partner erased"])
async def test_other_endings_count_from_their_moment_too(database, how):
    day = DAY + timedelta(days=9)
    async with database.writer.begin() as session:
        one, _ = await both(session)
        pledge = await the_pledge(session)
        pledge.state, pledge.made_on = State.PROPOSED, None
        turn = Turn(session, at(day), OPERATOR, 1, one)
        await (agreeing.withdraw(turn, pledge.id) if how == "taken back" else requests.erase_at_once(turn))
    await sent(database)
    await run(database, day)
    kind = "Withdrawn" if how == "taken back" else "PartnerErased"
    assert (await worded(database, day))[kind]


@pytest.mark.parametrize(("other", "edits"), [(Readership.TEAM, 1), (Readership.THE_TWO, 0)])
async def test_words_that_the_team_reads_end_on_its_phones_too(database, other, edits):
    async with database.writer.begin() as session:
        pledge = await the_pledge(session)
        for party, readers in zip(await both(session), (Readership.PUBLIC, other), strict=True):
            session.add(event_row(pledge.id, party.id, EventKind.READERS_SET, MADE, readers=readers))
        organiser = agreed(9, MADE)
        session.add(organiser)
        await session.flush()
        to = outbox.Recipient.of(organiser)
        shown = outbox.owe(session, ReleasedPledges.Payload(pledge.workshop_id), to, MADE)
        shown.state, shown.message_id = SendState.SENT, 1
    await end_words(database)
    assert await said(database, "Forgotten") == edits
