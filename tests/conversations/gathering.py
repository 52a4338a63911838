"""People who have joined already, and promises between them: where a test is about what comes after."""

from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import select

from db.cipher import Cipher
from db.models import Consent, Interest, Membership, Nudge, Outgoing, Person, Pledge, SendState, Workshop
from db.session import open_database
from domain.outcomes.choices import Direction, Purpose
from domain.outcomes.pledging.nudges import Nudged
from domain.roles import Role
from domain.voice import Voice

OURS = frozenset({"bold", "text_link"})  # the only formats the bot itself puts into a chat
TAPPABLE = frozenset(
    {"url", "mention", "text_mention", "bot_command", "hashtag", "cashtag", "email", "phone_number"}
)
PAY = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."
BUS = "Ich stelle einen Antrag für den Bürgerbus."


async def open_workshop(world, *, day=None, title="Werkstatt Berlin", code="ABCDEF"):
    """A workshop whose day is today, unless said otherwise; its id."""
    workshop = Workshop(
        code=code, title=title, day=day or world.clock.local.date(), created_at=world.clock.now()
    )
    await add(world, workshop)
    return workshop.id


async def add(world, *rows):
    async with world.database.writer.begin() as session:
        session.add_all(rows)


async def chosen(world, statement):
    async with world.database.reader() as session:
        return (await session.scalars(statement)).all()


async def pledges(world):
    return await chosen(world, select(Pledge).order_by(Pledge.id))


async def guest(
    world, workshop_id, name, *, voice=Voice.DU, role=Role.TOWN_HALL, confirmed=None, seeks=("ehrenamt",),
    offers=(), land="SN", finished=True, **phone,
):  # fmt: skip
    """Somebody with a complete profile and a phone on which the bot was started; `.row` is their id."""
    person = await world.person(name.split()[0], **phone)
    now = world.clock.now()
    row = Person(
        chat_id=person.id, voice=voice, created_at=now, name=name, role=role, role_confirmed=confirmed,
        place="Dresden", land=land, seeks_at=now if finished else None, organisation="", offers_at=now,
        finished_at=now if finished else None, paused=False,
        memberships=[Membership(workshop_id=workshop_id, joined_at=now)],
        consents=[_yes(purpose, voice, now) for purpose in (Purpose.CORE, Purpose.CARRIER)]
        + [_yes(Purpose.ANNOUNCEMENTS, voice, now, given=False)],
        interests=[*_wishes(Direction.SEEKS, seeks), *_wishes(Direction.OFFERS, offers)],
    )  # fmt: skip
    await add(world, row)
    person.row = row.id
    if finished:
        await person.start()
    return person


def _yes(purpose, voice, now, *, given=True):
    return Consent(purpose=purpose, given=given, version=1, sha256="0" * 64, voice=voice, at=now)


def _wishes(direction, wishes):
    """Ids of topics, or own words where there is a blank."""
    return [Interest(direction=direction, **({"words": w} if " " in w else {"topic": w})) for w in wishes]


async def pair(world, voice=Voice.DU, other_voice=None):
    """Ana Keller and Ben Albrecht in one workshop."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", voice=voice)
    ben = await guest(world, workshop, "Ben Albrecht", voice=other_voice or voice)
    return ana, ben


async def proposes(author, partner, sentence, *, acts="author", months=None):
    """From "with whom" to the invitation on the other's phone; the promise's id."""
    await author.forges(f"pledge_with:{partner.row}")
    await author.taps_data(next(data for data in _data(author) if data.endswith(f":{acts}")))
    await author.says(sentence)
    number = int(next(d for d in _data(author) if d.startswith("propose:")).split(":")[1])
    if months:
        await author.taps_data(f"deadline:{number}")
        await author.taps_data(f"deadline_in:{number}:{months}")
    await author.taps_data(f"propose:{number}")
    return number


def _data(person):
    return [data for _, data in person.newest.keyboard]


async def promise(author, partner, sentence, *, acts="author", months=None):
    """A promise both have agreed to; its id."""
    number = await proposes(author, partner, sentence, acts=acts, months=months)
    await partner.taps_data(f"accept:{number}:")
    await partner.taps_data(f"talk:{number}:open")
    return number


async def answers(person, number, status, period=""):
    """Tap this answer to the promise's newest question."""
    wanted = [d for d in _question(person, number, period) if d.endswith(f":{status}")]
    assert wanted, f"{person.name} cannot answer {status}:\n{person.screen(3)}"
    return await person.taps_data(wanted[0])


def _question(person, number, period):
    start = f"report:{number}:{period}"
    return [data for _, data in person.with_data(start).keyboard if data.startswith(start)]


async def questions(world, person):
    """When this person's nudges went out, as a watch in Berlin showed it, oldest first."""
    rows = await chosen(world, _nudges(person).order_by(Outgoing.id))
    return [row.sent_at.astimezone(world.clock.local.tzinfo) for row in rows]


def _nudges(person):
    return select(Outgoing).where(
        Outgoing.chat_id == person.id,
        Outgoing.kind == Nudged.__name__,
        Outgoing.object_id.is_(None),
        Outgoing.state == SendState.SENT,
    )


async def planned(world, person):
    """This person's questions that are still to come, in order: (promise, period)."""
    rows = await chosen(
        world,
        select(Nudge)
        .where(Nudge.person_id == person.row, Nudge.outbox_id.is_(None), Nudge.passed_over.is_(False))
        .order_by(Nudge.due_at, Nudge.id),
    )
    return [(row.pledge_id, row.period.value) for row in rows]


@asynccontextmanager
async def another_process(world):
    """A transaction while the bot is stopped."""
    database = open_database(world._database_url, Cipher(world._key))
    async with database.writer.begin() as session:
        yield session
    await database.close()


async def sleep(world, **time):
    """The bot is stopped, the clock goes on without it, the bot starts again."""
    await world.halt()
    world.clock._to(world.clock.now() + timedelta(**time))
    await world.run()
    await world.clock.advance(seconds=1)


def entities(*people):
    """Kinds of formats in everything that stands in these chats."""
    return {entity["type"] for person in people for each in person.messages for entity in each.entities}


def promise_number(person):
    """The promise that the newest message with a way to one leads to."""
    return int(
        next(d for _, d in person.with_data("pledge:").keyboard if d.startswith("pledge:")).split(":")[1]
    )
