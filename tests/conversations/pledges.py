"""What two people do about a pledge in the chat, and what a test reads of it."""

from dataclasses import dataclass

from sqlalchemy import select, update

from db.models import Nudge, Outgoing, Pledge, PledgeEvent, SendState
from domain.history import Event, replay
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from tests.cast import pair, sealed_pledge


async def all_pledges(world):
    """Their rows, oldest first."""
    return await world.chosen(select(Pledge).order_by(Pledge.id))


async def column_of(world, number, column):
    """What this column of the pledge's row holds now."""
    (found,) = await world.chosen(select(column).where(Pledge.id == number))
    return found


async def state_of(world, number):
    return await column_of(world, number, Pledge.state)


@dataclass(frozen=True)
class Given:
    """An answer as it stands, with its notes; `status` None: only notes."""

    pledge_id: int
    person_id: int
    status: str | None
    notes: list[str]


async def given(world):
    """Every answer that stands, by the pledge."""
    rows = await world.chosen(select(PledgeEvent).order_by(PledgeEvent.id))
    notes = {row.id: row.notes or [] for row in rows}
    return [
        Given(pledge, party, each.status, [note for row in each.notes for note in notes[row]])
        for pledge, party in sorted({(row.pledge_id, row.party_id) for row in rows if row.party_id})
        for each in replay((_event(row) for row in rows if row.pledge_id == pledge), party).given
    ]


def _event(row):
    return Event(row.id, row.kind, row.party_id, row.period, row.status, row.at)


async def statuses(world):
    """The status of each answer that stands; None: only notes."""
    return [each.status for each in await given(world)]


async def noted(world):
    """The notes on each answer that stands."""
    return [each.notes for each in await given(world)]


# --- making one


async def chooses(author, partner):
    """Find them by their first name; who acts is asked for."""
    await author.sends_button_data("pledge_search")
    await author.says(partner.name)
    await author.taps_data(f"pledge_with:{partner.row}")


async def begins(author, partner, acts="author"):
    """With whom, and who acts; the sentence is asked for."""
    await chooses(author, partner)
    await author.taps_data(next(data for data in _data(author) if data.endswith(f":{acts}")))


async def writes(author, partner, sentence, acts="author"):
    """As far as the last look before it goes out, whatever the coach says; the pledge's id."""
    await begins(author, partner, acts)
    await author.says(sentence)
    if author.shows("sentence_keep:"):
        await author.taps_data("sentence_keep:")
    return int(next(data for data in _data(author) if data.startswith("propose:")).split(":")[1])


async def proposes(author, partner, sentence, *, acts="author", months=None):
    """From "with whom" to the invitation on the other's phone; the pledge's id."""
    number = await writes(author, partner, sentence, acts)
    if months:
        await author.taps_data(f"deadline:{number}")
        await author.taps_data(f"deadline_in:{number}:{months}")
    await author.taps_data(f"propose:{number}")
    return number


def _data(person):
    return [data for _, data in person.newest.keyboard]


async def pledge(author, partner, sentence, *, acts="author", months=None):
    """A pledge that both agree to in the chat; its id. `cast.sealed_pledge` makes one without a word."""
    number = await proposes(author, partner, sentence, acts=acts, months=months)
    await partner.taps_data(f"accept:{number}:")
    await partner.taps_data(f"talk:{number}:open")
    return number


def pledge_led_to(person):
    """The id of the pledge that the newest message with a way to one leads to."""
    data = next(d for _, d in person.with_data("pledge:").keyboard if d.startswith("pledge:"))
    return int(data.split(":")[1])


def beside_files(person):
    """The newest message on this phone that is no file: what is said about a day to talk comes with one."""
    return next(each for each in reversed(person.messages) if not each.body.get("document"))


# --- being asked about it


async def a_month_on(world, *voices):
    """Ana and Ben a month after Ben's pledge to Ana, both just asked about it for the first time; the pledge's id.

    It was not asked about on day 7, as one that was made before there was such a question.
    """
    ana, ben = await pair(world, *voices)
    number = await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    return ana, ben, number


async def without_day_7(world):
    """No pledge made so far is asked about after a week."""
    await without(world, Period.WEEK1)


async def without(world, *periods):
    """These questions are not asked about any pledge made so far."""
    async with world.database.writer.begin() as session:
        await session.execute(update(Nudge).where(Nudge.period.in_(periods)).values(passed_over=True))


async def answers(person, number, status, period=""):
    """Tap this answer to the newest question about the pledge."""
    wanted = [d for d in _question(person, number, period) if d.endswith(f":{status}")]
    assert wanted, f"{person.name} cannot answer {status}:\n{person.screen(3)}"
    return await person.taps_data(wanted[0])


def _question(person, number, period):
    start = f"report:{number}:{period}"
    return [data for _, data in person.with_data(start).keyboard if data.startswith(start)]


async def questions(world, person):
    """When this person's nudges went out, as a watch in Berlin showed it, oldest first."""
    rows = await world.chosen(_nudges(person).order_by(Outgoing.id))
    return [row.sent_at.astimezone(world.clock.local.tzinfo) for row in rows]


async def asked(world, person):
    """Which questions this person was asked, each once, in the order in which they came."""
    rows = select(Nudge).where(Nudge.person_id == person.row, Nudge.asked_at.is_not(None))
    return [row.period.value for row in await world.chosen(rows.order_by(Nudge.asked_at, Nudge.id))]


def _nudges(person):
    return select(Outgoing).where(
        Outgoing.chat_id == person.id,
        Outgoing.kind == Nudged.__name__,
        Outgoing.object_id.is_(None),
        Outgoing.state == SendState.SENT,
    )


async def planned(world, person):
    """This person's questions that are still to come, in order: (pledge, period)."""
    rows = await world.chosen(
        select(Nudge)
        .where(Nudge.person_id == person.row, Nudge.asked_at.is_(None), Nudge.passed_over.is_(False))
        .order_by(Nudge.due_at, Nudge.id),
    )
    return [(row.pledge_id, row.period.value) for row in rows]


def results(person):
    """The messages that say what became of a pledge, the oldest first."""
    return [each for each in person.messages if each.text.startswith("So ging es aus")]
