"""Of an MP's talks, one that three people have is one, however far the two have come who got the MP's card.

Everybody here is invented.
"""

from datetime import timedelta

import pytest

from db import talks
from db.models import Introduction, IntroState, Suggestion
from domain.outcomes.choices import Verdict
from domain.outcomes.matching import Why
from domain.roles import Role
from tests.cast import member
from tests.handlers.rig import now

ASKED, BOTH, DECLINED = IntroState.ASKED, IntroState.BOTH, IntroState.DECLINED


async def populate(rig, answers):
    """An MP, and those who got the MP's card; of each what came of it, None: it is not answered. The first two would
    come along with each other. The MP's row.
    """
    async with rig.database.writer.begin() as session:
        mp = member(1, now(), "Mara Mandat", role=Role.MP, role_confirmed=True)
        people = [member(2 + number, now(), f"Person {number}") for number, _ in enumerate(answers)]
        session.add_all([mp, *people])
        await session.flush()
        thirds = {people[0].id: people[1].id, people[1].id: people[0].id}
        of = {"workshop_id": 1}
        for each, answer in zip(people, answers, strict=True):
            about = {"other_id": mp.id, "third_id": thirds.get(each.id), "why": Why.HERE, "shown_at": now()}
            card = Suggestion(**of, person_id=each.id, verdict=answer and Verdict.MEET, **about)
            session.add(card)
            await session.flush()
            if answer is not None:
                parties = {"asker_id": each.id, "asked_id": mp.id, "suggestion_id": card.id}
                when = {"asked_at": now(), "expires_at": now()}
                session.add(Introduction(**of, **parties, **when, state=answer))
    return mp


@pytest.mark.parametrize(
    ("answers", "held", "asked", "agreed"),
    [
        ((None, None), 1, 0, 0),
        ((None, ASKED), 0, 1, 0),
        ((ASKED, None), 0, 1, 0),
        ((ASKED, ASKED), 0, 1, 0),
        ((ASKED, BOTH), 0, 1, 1),
        ((BOTH, BOTH), 0, 1, 1),
        ((DECLINED, None), 1, 0, 0),
        ((DECLINED, BOTH), 0, 1, 1),
        ((BOTH, BOTH, BOTH), 0, 2, 2),
        ((None, None, None), 2, 0, 0),
    ],
)
async def test_of_two_who_come_along_with_each_other_one_counts(rig, answers, held, asked, agreed):
    mp = await populate(rig, answers)
    async with rig.database.reader() as session:
        cards = await talks.cards_held(session, 1, now() - timedelta(hours=1))
        requests = await talks.open_requests(session, 1)
        yeses = await talks.agreed(session, 1, mp.id)
    assert (cards.get(mp.id, 0), requests.get(mp.id, 0), yeses) == (held, asked, agreed)
