"""Reach: each rule for a loaded person and its condition for queries say the same."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from db import reach
from db.cipher import Cipher
from db.models import Base, Person
from db.session import open_database
from domain.outcomes.choices import Purpose
from domain.presence import has_left
from domain.roles import Role
from tests.cast import consent, member
from tests.world import STARTS_AT as NOW

NOON = datetime.combine(NOW.date(), time(12), NOW.tzinfo)
SECOND = timedelta(seconds=1)
CORE, CARRIER = Purpose.CORE, Purpose.CARRIER


# Answers to a purpose: yes, no, and a yes that was taken back.
YES, NO, BACK = (True, None), (False, None), (True, NOW)
BOTH = ((CORE, YES), (CARRIER, YES))


# How a person differs from one who may be shown, and what is nevertheless true of them.
PEOPLE = {
    "there": ({}, {"agrees", "reachable", "written to", "shown"}),
    "agreed to nothing": ({"consents": ()}, {"reachable"}),
    "gave the first consent only": ({"consents": ((CORE, YES),)}, {"reachable"}),
    "gave the second consent only": ({"consents": ((CARRIER, YES),)}, {"reachable"}),
    "refused the second": ({"consents": ((CORE, YES), (CARRIER, NO))}, {"reachable"}),
    "took the first back": ({"consents": ((CORE, BACK), (CARRIER, YES))}, {"reachable"}),
    "took the second back": ({"consents": ((CORE, YES), (CARRIER, BACK))}, {"reachable"}),
    "gave it again": (
        {"consents": ((CORE, YES), (CARRIER, BACK), (CARRIER, YES))},
        {"agrees", "reachable", "written to", "shown"},
    ),
    "refused it later": ({"consents": (*BOTH, (CARRIER, NO))}, {"reachable"}),
    "pauses": ({"paused": True}, {"agrees", "reachable", "paused"}),
    "pauses until later": (
        {"paused": True, "paused_until": NOW + SECOND},
        {"agrees", "reachable", "paused"},
    ),
    "paused until now": (
        {"paused": True, "paused_until": NOW},
        {"agrees", "reachable", "written to", "shown"},
    ),
    "blocked the bot": ({"unreachable_since": NOW}, {"agrees"}),
    "left the workshop": (
        {"role": Role.MP, "present_on": NOW.date(), "present_until": time(12)},
        {"agrees", "reachable", "written to", "shown", "gone"},
    ),
    "leaves it in a minute": (
        {"role": Role.MP, "present_on": NOW.date(), "present_until": time(12, 1)},
        {"agrees", "reachable", "written to", "shown"},
    ),
    "left one on another day": (
        {"role": Role.MP, "present_on": NOW.date() - timedelta(days=1), "present_until": time(12)},
        {"agrees", "reachable", "written to", "shown"},
    ),
    "is no MP any more": (
        {"present_on": NOW.date(), "present_until": time(12)},
        {"agrees", "reachable", "written to", "shown"},
    ),
    "has no chat": ({"chat_id": None}, {"agrees"}),
    "has no name yet": ({"name": None}, {"agrees", "reachable", "written to"}),
    "has no role yet": ({"role": None}, {"agrees", "reachable", "written to"}),
    "has no topics yet": ({"seeks_at": None}, {"agrees", "reachable", "written to"}),
}

RULES = {
    "agrees": (reach.agrees, reach.agreeing()),
    "reachable": (reach.is_reachable, reach.reachable()),
    "paused": (lambda person: reach.is_paused(person, NOW), reach.paused(NOW)),
    "written to": (lambda person: reach.may_be_written_to(person, NOW), reach.writable(NOW)),
    "gone": (lambda person: has_left(person, NOON), reach.gone(NOON)),
    "shown": (lambda person: reach.may_be_shown(person, NOW), reach.showable(NOW)),
}


def somebody(number, consents=BOTH, **different):
    said = [
        consent(NOW, purpose, given=given, withdrawn_at=withdrawn_at)
        for purpose, (given, withdrawn_at) in consents
    ]
    return member(at=NOW, id=number, consents=said, workshop_id=None, **{"chat_id": number, **different})


@pytest.fixture
async def session(database_url):
    """All of them in a database; the id of each is their place in the table."""
    database = open_database(database_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
        session.add_all(somebody(number, **about) for number, (about, _) in enumerate(PEOPLE.values(), 1))
    try:
        async with database.reader() as session:
            yield session
    finally:
        await database.close()


async def test_a_person_at_hand_and_a_query_are_judged_alike(session):
    people = (await session.scalars(select(Person).order_by(Person.id))).all()
    for rule, (holds, condition) in RULES.items():
        expected = {who for who, (_, may) in PEOPLE.items() if rule in may}
        at_hand = {who for who, person in zip(PEOPLE, people, strict=True) if holds(person)}
        found = set(await session.scalars(select(Person.id).where(condition)))
        assert at_hand == expected, rule
        assert {who for number, who in enumerate(PEOPLE, 1) if number in found} == expected, rule
