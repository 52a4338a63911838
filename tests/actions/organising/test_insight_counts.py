"""What is counted for `/stand`, and where: people, cards, pledges and questions of two workshops."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.organising.insight import insight_counts
from db.models import Introduction, IntroState, Nudge, Suggestion, Workshop
from domain.history import EventKind
from domain.insight import By, Progress, Step
from domain.nudging import Period
from domain.outcomes.choices import Met
from domain.outcomes.matching import Why
from domain.pledges import Acts, Blocker, State, Status
from domain.roles import Role
from tests.cast import agreed, event_row, member, pledge_row, workshop_row
from tests.databases import opened
from tests.world import STARTS_AT

DAY = STARTS_AT.date() + timedelta(days=60)
NORTH = 1
ANA, BEN, CEM = 1, 2, 3


@pytest.fixture
async def counted(database_url):
    """Counts the figures of Nord, by what is asked."""
    database = opened(database_url)
    async with database.writer.begin() as session:
        session.add_all([
            workshop_row(STARTS_AT, title="Nord"),
            workshop_row(STARTS_AT, title="Süd", code="SSSSSS"),
        ])  # fmt: skip
        await session.flush()
        session.add_all(_people())
        await session.flush()
        session.add_all(_cards())
        session.add_all(_pledges())
        await session.flush()
        session.add_all(_said())

    async def count(by=None):
        async with database.reader() as session:
            there = (await session.scalars(select(Workshop).where(Workshop.id == NORTH))).all()
            found = await insight_counts.counted(session, there, by, DAY)
        figures = Counter()
        for each in found:
            for measure in each.chain:
                figures[measure, each.group] += each.number
        return +figures

    yield count
    await database.close()


def _people():
    yield member(101, STARTS_AT, "Ana", role=Role.MP, land="BY")
    yield member(102, STARTS_AT, "Ben", land="SN")
    yield member(103, STARTS_AT, "Cem", land="SN")
    yield agreed(104, STARTS_AT, workshop_id=1)
    yield member(105, STARTS_AT, "Eva", workshop_id=2)


def _cards():
    for n, (one, other, state, met) in enumerate(
        [(ANA, BEN, IntroState.BOTH, Met.YES), (BEN, CEM, IntroState.BOTH, None), (CEM, ANA, IntroState.ASKED, None),
         (ANA, CEM, None, None)], 1
    ):  # fmt: skip
        yield Suggestion(
            id=n, person_id=one, other_id=other, workshop_id=1, why=Why.SAME, topic="kita", shown_at=STARTS_AT
        )
        if state is not None:
            yield Introduction(workshop_id=1, asker_id=one, asked_id=other, suggestion_id=n, state=state,
                               asked_at=STARTS_AT, expires_at=STARTS_AT, asked_met=met)  # fmt: skip


def _pledges():
    """Ana's runs and is stuck, Ben's is Cem's to carry out and was kept, Cem's nobody has said a word about."""
    over = {"state": State.ENDED, "ended_at": STARTS_AT}
    yield pledge_row(1, ANA, BEN, STARTS_AT, id=1, topic="kita")
    yield pledge_row(1, BEN, CEM, STARTS_AT, id=2, topic="kita", acts=Acts.PARTNER, **over)
    yield pledge_row(1, CEM, ANA, STARTS_AT, id=3, topic="no_such_topic", **over)
    yield pledge_row(1, CEM, BEN, STARTS_AT, id=4, state=State.PROPOSED, made_on=None)


def _said():
    for pledge, party, period, blocker in [
        (1, BEN, Period.M1, Blocker.MONEY),
        (1, ANA, Period.M2, Blocker.TIME),
        (2, CEM, Period.DEADLINE, Blocker.MONEY),  # which is taken back
    ]:
        yield event_row(pledge, party, EventKind.BLOCKED, STARTS_AT, period=period, blocker=blocker)
    for pledge, party, kind, period, status in [
        (1, ANA, EventKind.SAID, Period.M1, Status.RUNNING),
        (1, ANA, EventKind.SAID, Period.M2, Status.STUCK),
        (1, BEN, EventKind.SAID, Period.M1, Status.TALKING),
        (2, BEN, EventKind.SAID, Period.DEADLINE, Status.KEPT),
        (2, CEM, EventKind.SAID, Period.DEADLINE, Status.FAILED),
        (2, CEM, EventKind.TAKEN_BACK, Period.DEADLINE, None),
    ]:
        yield event_row(pledge, party, kind, STARTS_AT, period=period, status=status)
    for person, period, asked in [(ANA, Period.M1, True), (BEN, Period.M1, True), (ANA, Period.M2, True),
                                  (BEN, Period.M2, True), (ANA, Period.M3, False)]:  # fmt: skip
        yield Nudge(
            pledge_id=1,
            person_id=person,
            period=period,
            due_at=STARTS_AT,
            asked_at=STARTS_AT if asked else None,
        )


async def test_all_together(counted):
    assert {(m.step, m.of): number for (m, _), number in (await counted()).items()} == {
        (Step.JOINED, ""): 4, (Step.PROFILE, ""): 3,
        (Step.SHOWN, ""): 4, (Step.ASKED, ""): 3, (Step.BOTH, ""): 2, (Step.MET, ""): 1,
        (Step.PROMISED, ""): 3, (Step.ANSWERED, ""): 2, (Step.AGAIN, ""): 1, (Step.OVER, ""): 2,
        (Step.RUNNING, "2"): 1, (Step.PACE, f"2{Progress.STUCK}"): 1,
        (Step.ENDED, "kept"): 1, (Step.ENDED, "unsaid"): 1,
        (Step.PLANNED, ""): 5, (Step.NUDGED, "m1"): 2, (Step.REPLIED, "m1"): 2, (Step.NUDGED, "m2"): 2,
        (Step.REPLIED, "m2"): 1, (Step.BLOCKED, ""): 1, (Step.BLOCKED, "time"): 1,
    }  # fmt: skip


GROUPS = {
    By.ROLE: {
        (Step.JOINED, ""): {"mp": 1, "town_hall": 2, None: 1},
        (Step.SHOWN, ""): {"mp": 2, "town_hall": 2},
        (Step.BOTH, ""): {"mp": 1, "town_hall": 1},
        (Step.PROMISED, ""): {"mp": 1, "town_hall": 2},
    },
    By.LAND: {
        (Step.PROFILE, ""): {"BY": 1, "SN": 2},
        (Step.ENDED, "kept"): {"SN": 1},
        (Step.NUDGED, "m2"): {"BY": 1, "SN": 1},
    },
    By.TOPIC: {
        (Step.JOINED, ""): {None: 4},
        (Step.BOTH, ""): {"kita": 2},
        (Step.PROMISED, ""): {"kita": 2, None: 1},
        (Step.BLOCKED, "time"): {"kita": 1},
        (Step.REPLIED, "m1"): {"kita": 2},
    },
}


@pytest.mark.parametrize("by", By)
async def test_each_belongs_to_one_group(counted, by):
    found = await counted(by)
    for measure, numbers in GROUPS[by].items():
        assert {group: number for (each, group), number in found.items() if each == measure} == numbers, (
            measure
        )


async def test_what_the_erased_had_added_is_counted_and_who_answered_is_no_one_silent(counted, database_url):
    database = opened(database_url)
    async with database.writer.begin() as session:
        (north,) = (await session.scalars(select(Workshop).where(Workshop.id == NORTH))).all()
        north.gone_joined, north.gone_finished, north.gone_met, north.gone_got_together = 4, 3, 2, 1
        north.gone_made, north.gone_answered = 1, 2  # one of those that were answered is still there
    await database.close()
    found = {measure.step: number for (measure, _), number in (await counted()).items() if not measure.of}
    wanted = {Step.JOINED: 8, Step.PROFILE: 6, Step.BOTH: 4, Step.MET: 2, Step.PROMISED: 4, Step.ANSWERED: 4}
    assert {step: found[step] for step in wanted} == wanted
