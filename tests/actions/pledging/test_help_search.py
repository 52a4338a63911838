"""The search for help over three workshops of 300: the right people, and no more statements than over ten."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from actions.pledging.help_calls import help_search
from db.models import HelpCall, Introduction, IntroState, Person, Pledge, Suggestion
from domain.history import EventKind
from domain.nudging import Period
from domain.outcomes.choices import Verdict
from domain.outcomes.matching import Why
from domain.pledges import Blocker, State, Status
from domain.roles import Role
from tests.cast import event_row, member, pledge_row, workshop_row

NOW = datetime(2027, 5, 12, 9, tzinfo=UTC)
OTHERS = ("schule", "bahn", "wald", "sport", "kultur")


async def hall(session, people):
    """Three workshops; everybody offers something, nobody what is sought. The ids of all, by their number."""
    session.add_all([workshop_row(NOW, code=f"CODE{number}") for number in (1, 2, 3)])
    await session.flush()
    rows = [
        member(
            number + 10_000, NOW, f"Person {number}", workshop_id=1 + number % 3, announcements=False,
            seeks=("ehrenamt",), offers=(OTHERS[number % len(OTHERS)],),
        )
        for number in range(people)
    ]  # fmt: skip
    session.add_all(rows)
    await session.flush()
    return [row.id for row in rows]


async def call(session, people):
    pledge = pledge_row(1, people[0], people[1], NOW, topic="kita")
    session.add(pledge)
    await session.flush()
    stuck = HelpCall(
        pledge_id=pledge.id, person_id=people[0], period=Period.M1, topic="kita", blocker=Blocker.TIME,
        made_at=NOW, look_at=NOW,
    )  # fmt: skip
    session.add(stuck)
    await session.flush()
    return stuck


async def helpers(session):
    """In each workshop one who can help, each for another reason; their ids, the best first."""
    given = (
        {"role": Role.ASSOCIATION, "offers": ("kita",)},
        {"offers": ()},
        {"role": Role.BUSINESS, "offers": ("kita",)},
    )
    rows = [
        member(50_000 + n, NOW, f"Helper {n}", workshop_id=n + 1, announcements=False, **each)
        for n, each in enumerate(given)
    ]
    session.add_all(rows)
    await session.flush()
    kept = pledge_row(2, rows[1].id, None, NOW, topic="kita", state=State.ENDED, ended_at=NOW)
    session.add(kept)
    await session.flush()
    session.add(
        event_row(kept.id, rows[1].id, EventKind.SAID, NOW, period=Period.DEADLINE, status=Status.KEPT)
    )
    await session.flush()
    return [row.id for row in rows]


def counting(session, statements):
    event.listen(session.get_bind(), "before_cursor_execute", lambda *_: statements.append(1))


async def test_of_900_people_those_who_can_help_are_found_across_workshops(database):
    counts = []
    async with database.writer() as session:
        people = await hall(session, 900)
        stuck, wanted = await call(session, people), await helpers(session)
        session.expunge_all()
        stuck = await session.get(HelpCall, stuck.id)
        counting(session, counts)
        found = await help_search.ranked(session, stuck, NOW)
    assert [each.id for each in found] == wanted
    assert 0 < len(counts) <= 6, "however many there are"


def out(helper, caller):
    """What keeps somebody from being asked, as rows."""
    intro = {"state": IntroState.DECLINED, "asked_at": NOW, "expires_at": NOW, "workshop_id": 1}
    card = {"workshop_id": 1, "why": Why.SAME, "shown_at": NOW}
    return {
        "a party": list,
        "not my topic": lambda: [
            Suggestion(person_id=helper, other_id=caller, verdict=Verdict.NOT_MY_TOPIC, **card)
        ],
        "turned down": lambda: [
            Suggestion(person_id=caller, other_id=helper, verdict=Verdict.NOT_MY_TOPIC, **card)
        ],
        "said no": lambda: [
            Introduction(
                asker_id=caller, asked_id=helper, suggestion=Suggestion(person_id=caller, other_id=helper, **card),
                **intro,
            )
        ],
    }  # fmt: skip


@pytest.mark.parametrize("why", ["a party", "not my topic", "turned down", "said no"])
async def test_who_is_out(database, why):
    async with database.writer() as session:
        people = await hall(session, 3)
        stuck, wanted = await call(session, people), await helpers(session)
        session.add_all(out(wanted[0], people[0])[why]())
        if why == "a party":
            (await session.get_one(Pledge, stuck.pledge_id)).partner_id = wanted[0]
        await session.flush()
        found = await help_search.ranked(session, stuck, NOW)
    assert [each.id for each in found] == wanted[1:]


@pytest.mark.parametrize(
    "change",
    [
        {"paused": True},
        {"unreachable_since": NOW - timedelta(days=1)},
        {"chat_id": None},
        {"name": None},
    ],
)
async def test_who_cannot_be_asked(database, change):
    async with database.writer() as session:
        people = await hall(session, 3)
        stuck, wanted = await call(session, people), await helpers(session)
        for column, value in change.items():
            setattr(await session.get_one(Person, wanted[0]), column, value)
        await session.flush()
        found = await help_search.ranked(session, stuck, NOW)
    assert wanted[0] not in [each.id for each in found]
