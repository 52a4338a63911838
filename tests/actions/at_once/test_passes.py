"""A pass of the clock and somebody's turn at the same moment, on PostgreSQL: the second sees what the first did."""

from datetime import timedelta

import pytest

from actions.exchange import drafts
from actions.joining import entry
from actions.pledging.agreeing import agreeing
from actions.pledging.nudges import nudges
from actions.rights import retention
from db.models import Draft, DraftKind, Nudge, Outgoing, Person, Pledge, Workshop
from domain.nudging import Period
from domain.pledges import State
from domain.refusal import Refusal
from tests.actions.at_once.transactions import ANA, AT_TEN, OPERATOR, add, all_of, at_each, at_once, turn
from tests.cast import consent, pledge_row, workshop_row
from tests.world import STARTS_AT


async def test_a_draft_proposed_in_its_last_moment_is_not_deleted(database):
    late = STARTS_AT + timedelta(days=7, seconds=1)
    await add(database, pledge_row(1, 1, 2, STARTS_AT, id=1, state=State.DRAFT, made_on=None))

    async def propose(session):
        await agreeing.propose(await turn(session, ANA, late), 1)
        await session.flush()

    await at_once(database, propose, at_each(retention.ending_drafts(late), 1))
    assert await all_of(database, Pledge.state) == [State.PROPOSED]


async def test_a_draft_that_is_just_deleted_is_not_proposed(database):
    late = STARTS_AT + timedelta(days=7, seconds=1)
    await add(database, pledge_row(1, 1, 2, STARTS_AT, id=1, state=State.DRAFT, made_on=None))

    async def propose(session):
        with pytest.raises(Refusal):
            await agreeing.propose(await turn(session, ANA, late), 1)

    await at_once(database, at_each(retention.ending_drafts(late), 1), propose)
    assert await all_of(database, Pledge.state) == []


async def test_who_comes_to_another_workshop_is_not_erased(database):
    late = STARTS_AT + timedelta(days=302)
    await add(database, workshop_row(late, id=2, code="XYZ234"))

    async def join(session):
        await entry.come_in(await turn(session, ANA, late), await session.get(Workshop, 2))
        await session.flush()

    assert 1 in list(await found_by(database, retention.ending_profiles(late, OPERATOR)))
    await at_once(database, join, at_each(retention.ending_profiles(late, OPERATOR), 1))
    assert ANA in await all_of(database, Person.chat_id)


async def test_who_agrees_again_is_not_erased(database):
    late = STARTS_AT + timedelta(days=8)
    async with database.writer.begin() as session:
        for each in (await session.get_one(Person, 1)).consents:
            each.withdrawn_at = STARTS_AT

    async def agree(session):
        me = (await turn(session, ANA, late)).me
        me.consents.append(consent(late))
        await session.flush()

    assert list(await found_by(database, retention.ending_withdrawn(late, OPERATOR))) == [1]
    await at_once(database, agree, at_each(retention.ending_withdrawn(late, OPERATOR), 1))
    assert ANA in await all_of(database, Person.chat_id)


async def found_by(database, work):
    async with database.reader() as session:
        return list(await work.find(session))


async def asked_of_both(database):
    """A pledge, and a question about it to each of its parties."""
    await add(
        database,
        pledge_row(1, 1, 2, STARTS_AT, id=1),
        *(Nudge(pledge_id=1, person_id=number, period=Period.M1, due_at=STARTS_AT) for number in (1, 2)),
    )


async def test_two_passes_at_once_ask_everybody_once(database):
    await asked_of_both(database)
    work = nudges.asking(AT_TEN, OPERATOR)
    await at_once(database, at_each(work, 1, 2), at_each(work, 1, 2))
    assert sorted(await all_of(database, Outgoing.person_id)) == [1, 2]


async def test_a_draft_begun_while_the_question_is_written_still_waits(database):
    """Ana taps "Satz schreiben" while the clock asks her: her next words belong to the sentence."""
    await asked_of_both(database)

    async def begin(session):
        await drafts.await_words(await turn(session, ANA, AT_TEN), DraftKind.SENTENCE, 1)
        await session.flush()

    await at_once(database, at_each(nudges.asking(AT_TEN, OPERATOR), 1), begin)
    assert await all_of(database, Draft.awaiting) == [True]
