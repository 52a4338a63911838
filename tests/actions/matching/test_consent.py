"""Whoever took a core consent back is shown to nobody and asked nothing, even where their card is still in a chat."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from actions.exchange import outbox
from actions.exchange.context import ViewContext
from actions.exchange.turn import Turn
from actions.matching import introductions, looking, suggestions
from actions.pledging.drafting import drafting_views, partners
from db.models import Introduction, IntroState, Outgoing, Person, Pledge, Suggestion
from domain.outcomes.choices import Purpose
from domain.outcomes.matching import NobodyYet, Why
from domain.outcomes.pledging.partners import PartnerAsked
from domain.refusal import Reason, Refusal
from domain.voice import Voice
from tests.cast import member, workshop_row
from tests.handlers.rig import OPERATOR

NOW = datetime(2027, 7, 1, 12, tzinfo=UTC)
ANA, BEN = 1, 2


@pytest.fixture
async def session(rig):
    """Ana and Ben, who fit, in a workshop of today; Ben has taken the consent to be written to back."""
    async with rig.database.writer.begin() as session:
        session.add(workshop_row(NOW, id=2))
        await session.flush()
        both = {"workshop_id": 2, "seeks": ("ehrenamt",), "offers": ("ehrenamt",)}
        ana = member(ANA, NOW, "Ana Keller", id=ANA, **both)
        ben = member(BEN, NOW, "Ben Albrecht", id=BEN, **both)
        session.add_all([ana, ben])
        for consent in ben.consents:
            consent.withdrawn_at = NOW if consent.purpose is Purpose.CARRIER else None
    async with rig.database.writer() as session:
        yield session


async def ana(session):
    return Turn(session, NOW, OPERATOR, ANA, await session.get_one(Person, ANA))


async def shown(session, **columns):
    card = Suggestion(
        person_id=ANA, other_id=BEN, workshop_id=2, why=Why.SAME, topic="ehrenamt", shown_at=NOW, **columns
    )
    session.add(card)
    await session.flush()
    return card


async def heard(session):
    await session.flush()
    return list(await session.scalars(select(Outgoing.kind).order_by(Outgoing.id)))


async def test_an_older_card_no_longer_asks_them(session):
    card = await shown(session)
    await introductions.ask(await ana(session), card.id)
    assert not (await session.scalars(select(Introduction))).all()
    assert await heard(session) == ["Refused", "NobodyYet"]


async def test_a_card_without_an_answer_is_not_shown_again(session):
    await shown(session)
    await suggestions.suggest(await ana(session))
    assert await heard(session) == ["NobodyYet"]


async def test_the_clock_looks_for_nobody_for_them(session):
    """The other way round too: Ana, who waits, hears of nobody."""
    for number in (ANA, BEN):
        who = await session.get_one(Person, number)
        outbox.owe(session, NobodyYet(), outbox.Recipient.of(who), NOW)
    await session.flush()
    assert await looking.keep_looking(session, 2, NOW, OPERATOR) == 0
    assert not (await session.scalars(select(Suggestion))).all()


async def test_no_pledge_is_begun_with_them(session):
    turn = await ana(session)
    with pytest.raises(Refusal) as refused:
        await partners.choose(turn, BEN)
    assert refused.value.reason is Reason.STALE_BUTTON
    with pytest.raises(Refusal) as refused:
        await partners.receive_name(turn, 0, "Ben")
    assert refused.value.reason is Reason.NOBODY_FOUND
    assert not (await session.scalars(select(Pledge))).all()


async def test_among_the_people_met_they_are_not_offered(session):
    card = await shown(session)
    session.add(
        Introduction(
            workshop_id=2, asker_id=ANA, asked_id=BEN, suggestion_id=card.id, state=IntroState.BOTH, asked_at=NOW,
            expires_at=NOW,
        )
    )  # fmt: skip
    await session.flush()
    reader = await session.get_one(Person, ANA)
    context = ViewContext(session, Outgoing(), reader, Voice.DU, NOW, OPERATOR)
    assert (await drafting_views.partner_asked(context, PartnerAsked.Payload())).people == ()
