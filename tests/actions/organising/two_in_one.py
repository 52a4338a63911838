"""Ben and the new account that is him, before and after both are one; and the rows that they have."""

from datetime import timedelta

from sqlalchemy import select

from actions.organising.accounts.merging import merge
from db.models import (
    Introduction,
    Outgoing,
    Person,
    Priority,
    SendState,
    Suggestion,
)
from domain.outcomes.choices import Verdict
from domain.outcomes.matching import Why
from tests.cast import member, workshop_row
from tests.world import STARTS_AT

KEPT, GONE, CEM, DORA = 901, 902, 903, 904
LATER = STARTS_AT + timedelta(hours=1)


async def people(session, **gone):
    """Ben, who stays; the new account that is him; Cem and Dora. In one workshop, but for the new account."""
    workshop = workshop_row(STARTS_AT, code="MERGED")
    session.add(workshop)
    await session.flush()
    of = {"workshop_id": workshop.id}
    session.add_all([
        member(KEPT, STARTS_AT, "Ben Albrecht", id=KEPT, seeks=("ehrenamt",), **of),
        member(GONE, STARTS_AT, "Benno", id=GONE, workshop_id=None, **gone),
        member(CEM, STARTS_AT, "Cem Demir", id=CEM, **of), member(DORA, STARTS_AT, "Dora Wolf", id=DORA, **of),
    ])  # fmt: skip
    await session.flush()
    return workshop.id


async def merged(database, *rows, **gone):
    """These rows, before and after the two are one."""
    async with database.writer.begin() as session:
        workshop = await people(session, **gone)
        for make in rows:
            session.add(make(workshop))
            await session.flush()
        found = [await session.get_one(Person, each) for each in (GONE, KEPT)]
        await merge(session, *found, LATER)
    return database


async def all_of(database, *columns):
    async with database.reader() as session:
        return sorted(tuple(row) for row in await session.execute(select(*columns)))


def card(number, one, other, verdict=None, at=STARTS_AT):
    more = {"id": number, "person_id": one, "other_id": other, "verdict": verdict, "shown_at": at}
    return lambda workshop: Suggestion(workshop_id=workshop, why=Why.SAME, topic="ehrenamt", **more)


def intro(number, asker, asked, state):
    more = {"id": number, "asker_id": asker, "asked_id": asked, "suggestion_id": number, "state": state}
    return lambda workshop: Introduction(workshop_id=workshop, asked_at=STARTS_AT, expires_at=LATER, **more)


def between(kept, gone):
    """Ben asked Cem, Cem asked the new account; how both stand."""
    return (
        card(1, KEPT, CEM, Verdict.MEET), card(2, CEM, GONE, Verdict.MEET),
        intro(1, KEPT, CEM, kept), intro(2, CEM, GONE, gone),
    )  # fmt: skip


def said(kind, object_id, args=None, reader=CEM):
    return lambda _workshop: Outgoing(
        chat_id=reader, person_id=reader, party_id=reader, priority=Priority.NEWS, kind=kind, object_id=object_id,
        args=args, due_at=STARTS_AT, created_at=STARTS_AT, state=SendState.SENT, message_id=5,
    )  # fmt: skip
