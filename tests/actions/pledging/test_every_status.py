"""Every status of both parties, each before and after every one of the other: what is legal leads where the table says,
and what is not changes nothing.
"""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.exchange.turn import Turn
from actions.pledging import history
from actions.pledging.nudges import nudges
from db.cipher import Cipher
from db.models import Person, Pledge, PledgeEvent
from db.session import open_database
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import Acts, State, Status
from domain.refusal import Reason, Refusal
from handlers.buttons import run
from tests.actions.at_once.transactions import OPERATOR
from tests.cast import member, pledge_row, workshop_row
from tests.world import STARTS_AT as NOW

PROMISER, COUNTERPART, STRANGER = 1, 2, 3
DUE = NOW + timedelta(days=200)
S = Status

# What each may say before the deadline, as it is promised to them; whatever else there is, is no answer of theirs.
ENDING = {S.KEPT, S.SOLVED, S.FAILED, S.ENDED}
SAID = {
    PROMISER: {S.RUNNING, S.STUCK, S.PLANNED, S.PARTLY, S.POSTPONED, *ENDING},
    COUNTERPART: {S.MOVING, S.NOTHING, S.TALKING, S.PARTLY, S.POSTPONED, *ENDING},
}
IN_THE_FIRST_WEEK = {
    PROMISER: SAID[PROMISER] | {S.NOTHING},
    COUNTERPART: SAID[COUNTERPART] | {S.PLANNED},
}
IN_THE_END = {S.KEPT, S.PARTLY, S.SOLVED, S.POSTPONED, S.FAILED, S.ENDED}


@pytest.fixture
async def database(sqlite_url):
    """A pledge for half a year with all its questions, in each state; number 1 is active."""
    database = open_database(sqlite_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        session.add(workshop_row(NOW, id=1))
        await session.flush()
        session.add_all(member(n, NOW, name, id=n) for n, name in enumerate(("Ana", "Ben", "Cem"), start=1))
        await session.flush()
        for number, state in enumerate(
            (State.ACTIVE, State.PROPOSED, State.DECLINED, State.WITHDRAWN), start=1
        ):
            pledge = pledge_row(1, PROMISER, COUNTERPART, NOW, id=number, state=State.ACTIVE)
            session.add(pledge)
            await session.flush()
            await nudges.plan(await turn(session, PROMISER), pledge)
            pledge.state = state
    yield database
    await database.close()


async def turn(session, who, now=NOW):
    return Turn(session, now, OPERATOR, who, await session.get_one(Person, who))


class Table:
    """What people do in a transaction that is taken back."""

    def __init__(self, session):
        self.session = session

    async def taps(self, who, data, now=NOW):
        """Whether it was taken; a refused button is out of date, and has changed nothing."""
        before = await self.events()
        try:
            await run(await turn(self.session, who, now), data)
        except Refusal as refusal:
            why = refusal.reason
        else:
            return await self.events() != before
        assert why is Reason.STALE_BUTTON
        assert await self.events() == before
        return False

    async def says(self, who, status, period=Period.M1, *, pledge=1, now=NOW):
        return await self.taps(who, f"report:{pledge}:{period.value}:{status.value}", now)

    async def events(self):
        """Of what kind, in their order. Nothing is ever taken out of a history."""
        await self.session.flush()
        return (await self.session.scalars(select(PledgeEvent.kind).order_by(PledgeEvent.id))).all()

    async def state(self, pledge=1):
        return await self.session.scalar(select(Pledge.state).where(Pledge.id == pledge))

    async def waiting(self):
        """Whose ending waits for the other."""
        pledge = await self.session.get_one(Pledge, 1)
        both = {who: await history.answers(self.session, pledge, who) for who in (PROMISER, COUNTERPART)}
        return {who for who, each in both.items() if any(said.waits_since for said in each.given)}


@asynccontextmanager
async def table(database):
    async with database.writer() as session:
        yield Table(session)
        await session.rollback()


@pytest.mark.parametrize("who", [PROMISER, COUNTERPART])
async def test_each_may_say_what_is_theirs_and_nothing_else(database, who):
    for period in Period:
        at_end = period is Period.DEADLINE
        legal = IN_THE_END if at_end else (IN_THE_FIRST_WEEK if period is Period.WEEK1 else SAID)[who]
        for status in Status:
            async with table(database) as tried:
                taken = await tried.says(who, status, period, now=DUE)
                assert taken is (status in legal), (who, period, status)


async def test_if_both_act_both_are_asked_as_the_promiser(database):
    for who in (PROMISER, COUNTERPART):
        for status in Status:
            async with table(database) as tried:
                (await tried.session.get_one(Pledge, 1)).acts = Acts.BOTH
                assert await tried.says(who, status) is (status in SAID[PROMISER]), (who, status)


def common_state(said, answer):
    """What the two together mean: the state, and whether the ending that was said last waits for the first to agree."""
    if said is answer and said in ENDING:
        return State.ENDED, False
    if said in ENDING:
        return State.ACTIVE, False  # they see it differently, whatever the other said: the pledge goes on
    return State.ACTIVE, answer in ENDING


@pytest.mark.parametrize("who", [PROMISER, COUNTERPART])
async def test_every_ordered_pair_of_statuses_leads_to_the_common_state(database, who):
    other = PROMISER + COUNTERPART - who
    for said in SAID[who]:
        for answer in SAID[other]:
            async with table(database) as tried:
                assert await tried.says(who, said)
                assert await tried.waiting() == ({who} if said in ENDING else set())
                assert await tried.says(other, answer)
                state, waits = common_state(said, answer)
                assert await tried.state() is state, (said, answer)
                if state is State.ACTIVE:
                    assert await tried.waiting() == ({other} if waits else set()), (said, answer)
                differ = said in ENDING and answer is not said
                assert (EventKind.DISAGREED in await tried.events()) is differ, (said, answer)


async def test_at_the_deadline_it_ends_with_the_second_answer_whatever_the_two_are(database):
    for said in IN_THE_END:
        for answer in IN_THE_END:
            async with table(database) as tried:
                await tried.says(COUNTERPART, said, Period.DEADLINE, now=DUE)
                assert await tried.state() is State.ACTIVE
                await tried.says(PROMISER, answer, Period.DEADLINE, now=DUE)
                assert await tried.state() is State.ENDED


async def test_from_every_status_to_every_other_only_the_last_counts(database):
    """What waited for the other waits no longer."""
    for said in SAID[PROMISER]:
        for then in SAID[PROMISER] - {said}:
            async with table(database) as tried:
                await tried.says(PROMISER, said)
                await tried.says(PROMISER, then)
                assert await tried.waiting() == ({PROMISER} if then in ENDING else set()), (said, then)


async def test_every_status_can_be_taken_back_once(database):
    for who, said in ((who, said) for who, of in SAID.items() for said in of):
        async with table(database) as tried:
            await tried.says(who, said)
            assert await tried.taps(who, f"undo:1:{Period.M1.value}")
            assert await tried.waiting() == set()
            assert not await tried.taps(who, f"undo:1:{Period.M1.value}"), (
                "there is nothing left to take back"
            )


async def test_after_the_end_only_how_it_ended_is_corrected_for_a_week(database):
    week = timedelta(days=7)
    for status in Status:
        for period, now, legal in (
            (Period.DEADLINE, DUE, IN_THE_END - {S.KEPT}),
            (Period.DEADLINE, DUE + week, IN_THE_END - {S.KEPT}),
            (Period.DEADLINE, DUE + week + timedelta(seconds=1), set()),
            (Period.M1, DUE, set()),
        ):
            async with table(database) as tried:
                for who in (PROMISER, COUNTERPART):
                    await tried.says(who, S.KEPT, Period.DEADLINE, now=DUE)
                assert await tried.says(PROMISER, status, period, now=now) is (status in legal), (
                    status,
                    period,
                )
                assert await tried.state() is State.ENDED


async def ended(tried):
    for who in (PROMISER, COUNTERPART):
        await tried.says(who, S.KEPT)


OUT_OF_PLACE = {
    "an answer by a stranger": (STRANGER, f"report:1:{Period.M1}:running", None),
    "how it ended, before its day": (PROMISER, f"report:1:{Period.DEADLINE}:kept", None),
    "how it ended, of a proposal": (PROMISER, f"report:2:{Period.DEADLINE}:kept", None),
    "an answer to a proposal that waits": (PROMISER, f"report:2:{Period.M1}:running", None),
    "an answer to one that was declined": (PROMISER, f"report:3:{Period.M1}:running", None),
    "an answer to one that was taken back": (COUNTERPART, f"report:4:{Period.M1}:moving", None),
    "an answer after the end": (PROMISER, f"report:1:{Period.M2}:running", ended),
    "undo after the end": (PROMISER, f"undo:1:{Period.M1}", ended),
    "undo by a stranger": (STRANGER, f"undo:1:{Period.M1}", None),
    "undo of nothing": (PROMISER, f"undo:1:{Period.M1}", None),
    "a yes by whoever worded it": (PROMISER, "accept:2:1", None),
    "a yes by a stranger": (STRANGER, "accept:2:1", None),
    "a yes to words that are no longer so": (COUNTERPART, "accept:2:0", None),
    "a yes to words that are not yet so": (COUNTERPART, "accept:2:2", None),
    "a yes to one that runs": (COUNTERPART, "accept:1:1", None),
    "a yes after a no": (COUNTERPART, "accept:3:1", None),
    "a yes to what was taken back": (COUNTERPART, "accept:4:1", None),
    "a no by whoever worded it": (PROMISER, "decline:2", None),
    "a no by a stranger": (STRANGER, "decline:2", None),
    "a no to one that runs": (COUNTERPART, "decline:1", None),
    "a second no": (COUNTERPART, "decline:3", None),
    "taking back what the other worded": (COUNTERPART, "drop:2", None),
    "taking back what runs": (PROMISER, "drop:1", None),
    "taking it back twice": (PROMISER, "drop:4", None),
    "seeing it the same when nothing was said": (COUNTERPART, "agree:1:kept", None),
    "seeing it differently when nothing was said": (COUNTERPART, "disagree:1", None),
    "seeing it the same, by a stranger": (STRANGER, "agree:1:kept", None),
    "seeing it differently after the end": (COUNTERPART, "disagree:1", ended),
    "a day to talk of a proposal": (PROMISER, "talk:2:open", None),
    "a day to talk after the end": (PROMISER, "talk:1:open", ended),
    "a day to talk, by a stranger": (STRANGER, "talk:1:open", None),
}


@pytest.mark.parametrize(("who", "data", "before"), OUT_OF_PLACE.values(), ids=OUT_OF_PLACE)
async def test_what_is_out_of_place_changes_nothing(database, who, data, before):
    async with table(database) as tried:
        if before is not None:
            await before(tried)
        states = [await tried.state(number) for number in (1, 2, 3, 4)]
        assert not await tried.taps(who, data)
        assert [await tried.state(number) for number in (1, 2, 3, 4)] == states


async def test_seeing_an_ending_the_same_counts_only_for_the_very_ending(database):
    for said in ENDING:
        for seen in Status:
            async with table(database) as tried:
                await tried.says(PROMISER, said)
                assert not await tried.taps(PROMISER, f"agree:1:{seen.value}"), (
                    "nobody agrees with themselves"
                )
                assert await tried.taps(COUNTERPART, f"agree:1:{seen.value}") is (seen is said), (said, seen)
                assert await tried.state() is (State.ENDED if seen is said else State.ACTIVE)
