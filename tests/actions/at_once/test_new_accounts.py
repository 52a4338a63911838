"""A new account, while something else happens to the same person, on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.organising.accounts import account_change, accounts
from actions.rights import requests
from db import personal_codes
from db.models import CodePurpose, Outgoing, Person, PersonalCode, Pledge
from domain.outcomes.organising.accounts import AccountChanged
from domain.outcomes.pledging.takeovers import TakeoverUnknown
from tests.actions.at_once.transactions import ANA, BEN, all_of, at_once, turn
from tests.cast import member, pledge_row
from tests.world import STARTS_AT

NEW, OTHER, CODE = 3, 4, 1


@pytest.fixture
async def opened(database):
    """Ben, who has a pledge with Ana, has lost his account; two people have opened the link for him."""
    async with database.writer.begin() as session:
        session.add_all(member(each, STARTS_AT, f"Neu {each}") for each in (NEW, OTHER))
        session.add(pledge_row(1, ANA, BEN, STARTS_AT, id=1))
        await session.flush()
        until = STARTS_AT + timedelta(days=1)
        made = await personal_codes.make(session, BEN, STARTS_AT, until, purpose=CodePurpose.ACCOUNT)
        for each in (NEW, OTHER):
            await accounts.offer(await turn(session, each), made)
    return database


def accepts(chat_id):
    async def accept(session):
        await account_change.accept(await turn(session, chat_id), CODE)

    return accept


async def erases(session):
    await requests.erase_at_once(await turn(session, BEN))


async def said_to(database, chat_id, kind):
    async with database.reader() as session:
        said = select(Outgoing.id).where(Outgoing.chat_id == chat_id, Outgoing.kind == kind.outcome_name())
        return len((await session.scalars(said)).all())


async def test_of_two_who_accept_at_once_the_first_is_the_person(opened):
    await at_once(opened, accepts(NEW), accepts(OTHER))
    assert sorted(await all_of(opened, Person.chat_id)) == [ANA, NEW, OTHER]
    async with opened.reader() as session:
        assert await session.scalar(select(Person.id).where(Person.chat_id == NEW)) == BEN
    assert [await said_to(opened, each, TakeoverUnknown) for each in (NEW, OTHER)] == [0, 1]
    assert await said_to(opened, ANA, AccountChanged.Payload) == 1


async def test_somebody_who_is_being_erased_is_not_taken_over(opened):
    await at_once(opened, erases, accepts(NEW))
    assert await all_of(opened, Pledge.partner_id) == [None]
    assert sorted(await all_of(opened, Person.chat_id)) == [ANA, NEW, OTHER]
    assert not await all_of(opened, PersonalCode.id)


async def test_an_erasure_from_the_old_account_finds_the_person_moved(opened):
    """It began before, so it is the person's word all the same: nothing of them is left, in whichever chat."""
    await at_once(opened, accepts(NEW), erases)
    assert await all_of(opened, Pledge.partner_id) == [None]
    assert BEN not in await all_of(opened, Person.id)
