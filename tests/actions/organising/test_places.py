"""Every place where others than its two parties could read a pledge: the narrower of what both say counts, always.

The places are all messages to the team, as they are worded, with every two words of the parties beside each other; and
all that is said about a pledge, for somebody who is no party to it. A new kind of message is among them by itself.
"""

from dataclasses import fields, replace
from datetime import time, timedelta
from enum import Enum
from itertools import product
from typing import get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import select

import messages
from actions.contents import contents
from actions.exchange import codec
from actions.pledging.releases import readable
from db.models import (
    Audit,
    Base,
    Broadcast,
    BroadcastState,
    Complaint,
    Export,
    Outgoing,
    Pledge,
    Priority,
    Round,
    RoundLine,
    RoundState,
    SendState,
)
from domain.history import EventKind
from domain.outcomes.kinds import Outcome
from domain.outcomes.matching import Why
from domain.outcomes.organising import Organising
from domain.outcomes.payload import OfPledge
from domain.readers import Readership
from domain.team import TeamRole
from tests.actions.at_once.transactions import OPERATOR as TEAMS
from tests.cast import event_row, member, pledge_row, workshop_row
from tests.databases import opened
from tests.world import OWNER
from tests.world import STARTS_AT as NOW


async def _nothing_said(*_):
    """A rehearsal is of nobody's pledge."""
    return []


OPERATOR = replace(TEAMS, rehearse=_nothing_said)
ANA, BEN, CEM, TEAM = 1, 2, 3, 4
SAYS = (None, *Readership)  # None: has not said
WIDTH = {None: 0, Readership.THE_TWO: 0, Readership.TEAM: 1, Readership.PUBLIC: 2}
CASES = list(product(SAYS, SAYS))
WORDS = [f"kanari{chr(ord('a') + number)}plan" for number, _ in enumerate(CASES)]

# The readers to whom each message may show a pledge. None but these shows any.
SHOWS = {
    "ReleasedPledges": Readership.TEAM,
    "PledgesExported": Readership.TEAM,
    "WallPledges": Readership.PUBLIC,
    "ReportRetrospectives": None,
    "ReportFiled": None,
}


def readable_at(place):
    """The words of the pledges that both let these read."""
    return {
        word
        for word, (one, other) in zip(WORDS, CASES, strict=True)
        if place is not None and min(WIDTH[one], WIDTH[other]) >= WIDTH[place]
    }


def at_the_desk():
    """What there is for organisers to look at, besides pledges."""
    yield Complaint(pledge_id=1, reporter_id=ANA, writer_id=BEN, words="Gemeldet.", made_at=NOW)
    asked = {"workshop_id": 1, "organiser_chat_id": OWNER, "role": TeamRole.OWNER, "made_at": NOW}
    yield Export(id=1, purpose="Für den Bericht der Werkstatt.", **asked)
    yield Round(id=1, workshop_id=1, state=RoundState.PREVIEW, planned=1, made_at=NOW)
    yield Broadcast(
        id=1, workshop_id=1, author_chat_id=OWNER, message_id=1, expected=1,
        state=BroadcastState.DRAFT, created_at=NOW,
    )  # fmt: skip


@pytest.fixture
async def session(sqlite_url):
    database = opened(sqlite_url)
    async with database.writer.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
        session.add(workshop_row(NOW, id=1))
        await session.flush()
        people = (
            (ANA, 11, "Ana Keller"),
            (BEN, 12, "Ben Albrecht"),
            (CEM, 13, "Cem Demir"),
            (TEAM, OWNER, "Eva"),
        )
        session.add_all(member(chat, NOW, name, id=n) for n, chat, name in people)
        await session.flush()
        for number, (word, (one, other)) in enumerate(zip(WORDS, CASES, strict=True), 1):
            text = f"Ich lege den {word.capitalize()} vor."
            session.add(pledge_row(1, ANA, BEN, NOW, id=number, text=text))
            await session.flush()
            said = [(ANA, one), (BEN, other)]
            session.add_all(
                event_row(number, party, EventKind.READERS_SET, NOW, readers=says)
                for party, says in said
                if says
            )
        session.add_all(at_the_desk())
        await session.flush()
        session.add_all(
            Audit(organiser_chat_id=OWNER, person_id=each, export_id=1, action="exported promise", at=NOW)
            for each in (ANA, BEN)
        )
        session.add(RoundLine(round_id=1, person_id=ANA, other_id=BEN, why=next(iter(Why)), topic="ehrenamt"))
    try:
        async with database.reader() as session:
            yield session
    finally:
        await database.close()


def payload(kind, number):
    """What asks for this message about the object with this number."""
    asks = getattr(kind, "Payload", kind)
    return asks(
        **{each.name: value(get_type_hints(asks)[each.name], each.name, number) for each in fields(asks)}
    )


def value(hint, name, number):
    """A likely argument."""
    if get_origin(hint) is tuple:
        return tuple(value(get_args(hint)[0], name, each) for each in (ANA, BEN))
    one = next((each for each in get_args(hint) if each is not type(None)), hint)
    if name == "page":
        return 0
    if isinstance(one, type) and issubclass(one, Enum):
        return next(iter(one))
    likely = {bool: False, int: number, str: "words", time: time(9)}
    return likely.get(one, NOW.date().replace(day=1))


async def read(session, asked, person_id, chat_id):
    """The words of pledges that this message shows, in its text, its buttons or its file; None: it says nothing."""
    object_id, args = codec.encode(asked)
    row = Outgoing(
        id=1, chat_id=chat_id, person_id=person_id, party_id=person_id, priority=Priority.REPLY,
        kind=asked.outcome_name(), object_id=object_id, args=args, due_at=NOW, state=SendState.PENDING, created_at=NOW,
    )  # fmt: skip
    said = await contents(session, row, NOW + timedelta(hours=1), OPERATOR)
    if said is None:
        return None
    message = messages.of(said.outcome, said.voice, said.today)
    file = (
        message.draw().decode(errors="replace")
        if message.document is not None and message.draw is not None
        else ""
    )
    shown = f"{message!r}{file}".casefold()
    return {word for word in WORDS if word in shown}


async def test_the_team_reads_what_both_let_it_and_only_where_it_is_meant_to(session):
    said = {
        kind.__name__: await read(session, payload(kind, 1), TEAM, OWNER) for kind in get_args(Organising)
    }
    for kind, words in said.items():
        assert words is None or words == readable_at(SHOWS.get(kind)), kind
    worded = [kind for kind, words in said.items() if words is not None]
    assert {*SHOWS} <= {*worded}
    assert len(worded) > 40, "what there is to look at in this database is enough for most"


async def test_what_the_two_are_told_is_told_to_nobody_else_even_of_a_public_one(session):
    kinds = [kind for kind in get_args(Outcome) if issubclass(getattr(kind, "Payload", kind), OfPledge)]
    assert len(kinds) > 30
    for kind in kinds:
        assert not await read(session, payload(kind, len(CASES)), CEM, 13), kind


async def test_what_everybody_may_read_is_what_both_let_everybody_read(session):
    public = await session.scalars(select(Pledge.text).where(readable.for_public()))
    assert {text.split()[-2].casefold() for text in public} == readable_at(Readership.PUBLIC)
