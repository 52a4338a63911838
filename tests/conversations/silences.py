"""A pledge of last December about which somebody has been silent since: its questions came and went, as rows."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from db.models import NOWHERE, Nudge, Outgoing, Pledge, Priority, SendState
from domain import nudging
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from tests.cast import PAY, guest, open_workshop, pledge_row
from tests.clock import BERLIN

MADE_ON = date(2026, 12, 22)
YES = datetime(2026, 12, 22, 12, tzinfo=UTC)
UNANSWERED = (Period.M1, Period.M2, Period.M3)  # the last follow-up came on 30 March


async def two(world, **more):
    """Ana Keller and Ben Albrecht in a workshop; where they live there are no school holidays."""
    workshop = await open_workshop(world)
    names = ("Ana Keller", "Ben Albrecht")
    return [await guest(world, workshop, name, place="Nirgendwo", **more) for name in names]


async def silent_pledge(world, author, partner, *silent, told=True, periods=UNANSWERED):
    """The author's pledge to the partner, of which those who are `silent` have answered nothing; its id. The others
    were passed over. `told`: both read the rule before their yes.
    """
    async with world.database.writer.begin() as session:
        workshop, *_ = await world.chosen(select(Pledge.workshop_id)) or (1,)
        row = pledge_row(workshop, author.row, partner.row, YES, text=PAY, told_of_silence=told)
        session.add(row)
        await session.flush()
        for person in (author, partner):
            for planned in nudging.plan(MADE_ON, row.deadline, zone=BERLIN, land=None):
                nudge = Nudge(
                    pledge_id=row.id, person_id=person.row, period=planned.period, due_at=planned.due
                )
                session.add(nudge)
                if planned.due < world.clock.now():
                    await _let_pass(
                        session, person, nudge, asked=person in silent and nudge.period in periods
                    )
        return row.id


async def _let_pass(session, person, nudge, *, asked):
    if not asked:
        nudge.passed_over = True
        return
    again = nudging.again_due(nudge.due_at, BERLIN, None)
    first, second = _came(person, nudge.due_at), _came(person, again)
    session.add_all((first, second))
    await session.flush()
    nudge.outbox_id, nudge.asked_at = first.id, nudge.due_at
    nudge.again_id, nudge.asked_again_at = second.id, again


def _came(person, at):
    """A question that arrived then, in a chat of which this stage knows nothing."""
    return Outgoing(
        chat_id=NOWHERE, person_id=person.row, priority=Priority.NUDGE, kind=Nudged.__name__, due_at=at,
        state=SendState.SENT, created_at=at, sent_at=at, attempts=1,
    )  # fmt: skip


def hints(person):
    """What this person reads of a silence, the oldest first."""
    return [each.text for each in person.messages if each.text.startswith(("Um „", "Quiet around"))]
