"""What has to hold when many do something in the same moment, and for a whole federal workshop."""

from random import Random

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from actions.exchange import outbox
from actions.exchange.turn import Turn
from actions.matching import looking
from actions.organising.rounds import round_cards, rounds
from db.models import Interest, Introduction, Outgoing, Person, Round, RoundLine, Suggestion
from domain.meeting import MP_CAP
from domain.outcomes.choices import Direction, Verdict
from domain.outcomes.matching import NobodyYet, Suggested, Why
from domain.outcomes.organising.rounds import (
    NoCard,
    RoundReport,
)
from domain.roles import Role
from tests.cast import member
from tests.handlers.rig import OPERATOR, OWNER, now, press

TOPICS = [f"topic-{number}" for number in range(120)]
MP = 1000


async def people(rig, mps, makers, luck):
    """MPs, confirmed, in chats from 1000 on, and Gestalter:innen from 2000 on; up to three topics a side."""
    chats = [*range(MP, MP + mps), *range(2000, 2000 + makers)]
    async with rig.database.writer.begin() as session:
        session.add_all(_person(chat, luck) for chat in chats)


def _person(chat, luck):
    seeks, offers = (luck.sample(TOPICS, luck.randint(1, 3)) for _ in Direction)
    mandate = {"role": Role.MP, "role_confirmed": True} if chat < 2000 else {}
    return member(chat, now(), f"Person {chat}", seeks=seeks, offers=offers, **mandate)


async def by_chat(rig):
    return {person.chat_id: person for person in await rig.all(Person)}


async def organiser(rig, act, *args):
    async with rig.database.writer.begin() as session:
        await act(Turn(session, now(), OPERATOR, OWNER, None), *args)


async def test_of_nine_who_ask_an_mp_at_once_five_get_through(rig):
    await people(rig, 1, 9, Random(1))
    known = await by_chat(rig)
    async with rig.database.writer.begin() as session:
        for chat in range(2000, 2009):
            session.add(
                Suggestion(
                    id=chat, person_id=known[chat].id, other_id=known[MP].id, workshop_id=1, why=Why.SAME,
                    topic=TOPICS[0], shown_at=now(),
                )
            )  # fmt: skip
    await rig.store(*(press(chat, f"meet:{chat}") for chat in range(2000, 2009)))
    rig.start()
    await rig.settled()
    assert await rig.count(Introduction, Introduction.asked_id == known[MP].id) == MP_CAP


async def test_a_card_that_somebody_holds_is_not_shown_to_a_sixth(rig):
    await people(rig, 1, 7, Random(2))
    async with rig.database.writer.begin() as session:
        for interest in await session.scalars(select(Interest)):
            interest.topic = "kita" if interest.direction is Direction.SEEKS else "wald"
    async with rig.database.writer.begin() as session:
        everybody = select(Person).options(selectinload(Person.interests))
        known = {p.chat_id: p for p in await session.scalars(everybody)}
        known[MP].interests = [Interest(direction=Direction.OFFERS, topic="kita")]
    rig.start()
    for chat in range(2000, 2007):
        await rig.store(press(chat, "partner"))
        await rig.settled()
    cards = await rig.all(Suggestion, Suggestion.other_id == known[MP].id)
    assert len(cards) == MP_CAP


async def test_of_nine_who_wait_for_an_mp_five_hear_of_one_who_comes(rig):
    """All in one pass of the clock: each card counts before the next is given out."""
    await people(rig, 1, 9, Random(4))
    async with rig.database.writer.begin() as session:
        everybody = select(Person).options(selectinload(Person.interests))
        known = {p.chat_id: p for p in await session.scalars(everybody)}
        for person in known.values():
            person.interests = [Interest(direction=Direction.SEEKS, topic="kita")]
        known[MP].interests = [Interest(direction=Direction.OFFERS, topic="kita")]
        for chat in range(2000, 2009):
            outbox.owe(session, NobodyYet(), outbox.Recipient.of(known[chat]), now())
        for chat in range(2000, 2009):  # they know each other already
            session.add_all(
                Suggestion(
                    person_id=known[chat].id, other_id=known[other].id, workshop_id=1, why=Why.SAME,
                    topic="kita", shown_at=now(), verdict=Verdict.NEXT,
                )
                for other in range(2000, 2009) if other != chat
            )  # fmt: skip
    async with rig.database.writer.begin() as session:
        assert await looking.keep_looking(session, 1, now(), OPERATOR) == MP_CAP
    assert await rig.count(Suggestion, Suggestion.other_id == known[MP].id) == MP_CAP


async def test_a_federal_workshop_meets_at_once(rig):
    await people(rig, 60, 250, Random(3))
    known = {person.id: person for person in await rig.all(Person)}
    await organiser(rig, rounds.prepare)
    (planned,) = await rig.all(Round)
    lines = await rig.all(RoundLine)
    assert not await rig.count(Suggestion)
    assert {line.left for line in lines if line.left} <= {NoCard.ALONE, NoCard.CROWDED}
    await organiser(rig, round_cards.confirm, planned.id, planned.revision)
    await organiser(rig, round_cards.confirm, planned.id, planned.revision)
    cards = await rig.all(Suggestion)
    assert len(cards) == planned.planned >= 230
    assert len({card.person_id for card in cards}) == len(cards)
    to_mps = [card.other_id for card in cards if known[card.other_id].role is Role.MP]
    assert max(to_mps.count(mp) for mp in set(to_mps)) <= MP_CAP
    assert await rig.count(Outgoing, Outgoing.kind == Suggested.__name__) == len(cards)
    assert await rig.count(Outgoing, Outgoing.kind == RoundReport.__name__) == 2
