"""Two transactions at the same moment, on PostgreSQL: the second waits for the first, and sees what it did."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

import messages
from actions.contents import contents
from actions.exchange import drafts
from actions.exchange.context import card
from actions.exchange.operator import Operator
from actions.exchange.turn import Turn
from actions.joining import entry, profile
from actions.matching import introductions
from actions.organising import desk, rounds
from actions.pledging import agreeing, nudges, pledges
from actions.rights import requests, retention
from db.cipher import Cipher
from db.models import (
    Draft,
    DraftKind,
    Introduction,
    IntroState,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Round,
    RoundState,
    Suggestion,
    Workshop,
)
from db.session import open_database
from domain.nudging import Period
from domain.outcomes.choices import Question
from domain.outcomes.matching import Why
from domain.pledges import State
from domain.refusal import Refusal
from domain.roles import Role
from domain.voice import Voice
from tests.cast import consent, member, pledge_row, workshop_row
from tests.world import OWNER, STARTS_AT

ANA, BEN, SECOND = 1, 2, 9002
AT_TEN = STARTS_AT + timedelta(hours=1)  # in Berlin, where people are asked from then on
OPERATOR = Operator(frozenset({OWNER, SECOND}), "Team", "", "bot", ZoneInfo("Europe/Berlin"), Voice.DU, 90)


@pytest.fixture
async def database(postgres_url):
    """Ana and Ben have been shown to each other."""
    database = open_database(postgres_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        session.add(workshop_row(STARTS_AT, id=1))
        await session.flush()
        topics = {"seeks": ("ehrenamt",), "offers": ("ehrenamt",)}
        for chat_id, name in ((ANA, "Ana Keller"), (BEN, "Ben Albrecht")):
            session.add(member(chat_id, STARTS_AT, name, **topics))
        await session.flush()
        session.add_all(
            Suggestion(
                id=me, person_id=me, other_id=other, workshop_id=1, why=Why.SAME, topic="ehrenamt",
                shown_at=STARTS_AT,
            )
            for me, other in ((ANA, BEN), (BEN, ANA))
        )  # fmt: skip
    yield database
    await database.close()


async def turn(session, chat_id, now=STARTS_AT):
    person = await session.scalar(select(Person).where(Person.chat_id == chat_id))
    return Turn(session, now, OPERATOR, chat_id, person)


async def at_once(database, first, second):
    """`second` begins when `first` is done, and `first` commits when `second` is done or waits for it."""

    async def run():
        async with database.writer.begin() as session:
            await second(session)

    async with database.writer.begin() as session:
        await first(session)
        other = asyncio.create_task(run())
        waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        async with asyncio.timeout(20):
            while not (other.done() or await session.scalar(waits)):  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.02)
    await other


def at_each(work, *ids):
    """What the pass does to these, which it had found before anything happened to them."""

    async def change(session):
        for number in ids:
            await work.change(session, number)

    return change


async def all_of(database, column):
    async with database.reader() as session:
        return (await session.scalars(select(column))).all()


async def test_two_who_ask_each_other_have_said_yes_twice(database):
    async def tap(session, me):
        await introductions.ask(await turn(session, me), me)

    await at_once(database, lambda s: tap(s, ANA), lambda s: tap(s, BEN))
    assert await all_of(database, Introduction.state) == [IntroState.BOTH]


async def test_a_yes_in_the_last_moment_is_not_closed_by_the_clock(database):
    late = STARTS_AT + timedelta(days=30)
    async with database.writer.begin() as session:
        await introductions.ask(await turn(session, ANA), ANA)
        intro = (await session.scalars(select(Introduction))).one()
        intro.expires_at = late

    async def say_yes(session):
        await introductions.say_yes(await turn(session, BEN, late - timedelta(seconds=1)), intro.id)
        await session.flush()

    await at_once(database, say_yes, at_each(introductions.closing(late, OPERATOR), intro.id))
    assert await all_of(database, Introduction.state) == [IntroState.BOTH]


async def test_of_two_rounds_planned_at_once_one_can_be_sent(database):
    async def plan(session, organiser):
        await rounds.prepare_in(await turn(session, organiser), 1)
        await session.flush()

    await at_once(database, lambda s: plan(s, OWNER), lambda s: plan(s, SECOND))
    assert sorted(await all_of(database, Round.state)) == [RoundState.DROPPED, RoundState.PREVIEW]


# --- the clock's passes


async def add(database, *rows):
    async with database.writer.begin() as session:
        for each in rows:
            session.add(each)
            await session.flush()


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


async def test_what_is_shown_while_somebody_is_erased_names_them_no_more(database):
    """Ben looks at his list in the moment in which Ana is erased; it is worded before her erasure has committed."""
    await add(database, pledge_row(1, 1, 2, STARTS_AT, id=1))
    said = []

    async def erase(session):
        await requests.erase_at_once(await turn(session, ANA))
        await session.flush()

    async def look(_):
        async with database.writer.begin() as session:
            await pledges.show_list(await turn(session, BEN))
        async with database.reader() as session:
            row = (await session.scalars(select(Outgoing).where(Outgoing.kind == "PledgeList"))).one()
            told = await contents(session, row, STARTS_AT, OPERATOR)
            said.append(messages.of(told.outcome, told.voice, told.today).text)

    await at_once(database, erase, look)
    assert "eine gelöschte Person" in said[0] or "einer gelöschten Person" in said[0], said
    assert "Ana" not in said[0]


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


# --- a role is confirmed for the name that was shown


async def claims_to_be_an_mp(database):
    async with database.writer.begin() as session:
        person = await session.get_one(Person, 1)
        person.role, person.role_confirmed = Role.MP, None


async def shown(session):
    """What the organiser's button says of the card it is under."""
    return card(await session.get_one(Person, 1)).fingerprint


async def rename(session):
    await profile.receive(await turn(session, ANA), Question.NAME, "Olaf Scholz")
    await session.flush()


async def test_a_name_changed_meanwhile_is_not_confirmed(database):
    await claims_to_be_an_mp(database)

    async def confirm(session):
        await desk.decide_claim(await turn(session, OWNER), 1, await shown(session), confirmed=True)
        await session.flush()

    await at_once(database, confirm, rename)
    async with database.reader() as session:
        person = await session.get_one(Person, 1)
        assert (person.name, person.role_confirmed) == ("Olaf Scholz", None)


async def test_a_name_changed_after_the_confirmation_was_read_is_not_confirmed(database):
    """The person's turn has read that nobody had decided, before the organiser did."""
    await claims_to_be_an_mp(database)
    async with database.writer.begin() as mine:
        me = await turn(mine, ANA)
        async with database.writer.begin() as theirs:
            await desk.decide_claim(await turn(theirs, OWNER), 1, await shown(theirs), confirmed=True)
        await profile.receive(me, Question.NAME, "Olaf Scholz")
    async with database.reader() as session:
        person = await session.get_one(Person, 1)
        assert (person.name, person.role_confirmed) == ("Olaf Scholz", None)
