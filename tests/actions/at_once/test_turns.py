"""Two turns at the same moment, on PostgreSQL: the second waits for the first, and sees what it did."""

from datetime import timedelta

from sqlalchemy import select

import messages
from actions.contents import contents
from actions.exchange.context import card
from actions.joining import answering
from actions.matching import introductions
from actions.organising import desk
from actions.organising.rounds import rounds
from actions.pledging import pledges
from actions.rights import requests
from db.models import Introduction, IntroState, Outgoing, Person, Round, RoundState
from domain.outcomes.choices import ProfileQuestion
from domain.roles import Role
from tests.actions.at_once.transactions import ANA, BEN, OPERATOR, SECOND, add, all_of, at_each, at_once, turn
from tests.cast import pledge_row
from tests.world import OWNER, STARTS_AT


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


# --- a role is confirmed for the name that was shown


async def claims_to_be_an_mp(database):
    async with database.writer.begin() as session:
        person = await session.get_one(Person, 1)
        person.role, person.role_confirmed = Role.MP, None


async def shown(session):
    """What the organiser's button says of the card it is under."""
    return card(await session.get_one(Person, 1)).version


async def rename(session):
    await answering.receive(await turn(session, ANA), ProfileQuestion.NAME, "Olaf Scholz")
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
        await answering.receive(me, ProfileQuestion.NAME, "Olaf Scholz")
    async with database.reader() as session:
        person = await session.get_one(Person, 1)
        assert (person.name, person.role_confirmed) == ("Olaf Scholz", None)
