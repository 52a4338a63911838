"""The cast of the tests: the one place where people, workshops and pledges are made.

As rows, for tests of a table or an action: `agreed`, `member`, `workshop_row`, `pledge_row`. With a phone on the stage,
for dialogues: `guest`, `pair`, `gather` and `joined_already` are there, `joined` answers every question in the chat. A
new question of the profile is answered here, in `member` and in `joined`.
"""

from datetime import timedelta

from sqlalchemy import select

import messages
from actions.exchange.turn import Turn
from actions.pledging.nudges import nudges
from bot.app import operator_of
from db.models import (
    Consent,
    Interest,
    Membership,
    Outgoing,
    Person,
    Pledge,
    PledgeEvent,
    Priority,
    SendState,
    Workshop,
)
from domain import consents, places, topics
from domain.nudging import DEADLINE_MONTHS, deadline_for
from domain.outcomes.choices import Direction, Purpose
from domain.outcomes.joining import Ready
from domain.pledges import Acts, State
from domain.roles import Role
from domain.voice import Voice
from scheduler import sending

CORE = (Purpose.CORE, Purpose.CARRIER)
PAY = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."
BUS = "Ich stelle einen Antrag für den Bürgerbus."

# --- rows


def consent(at, purpose=Purpose.CORE, *, given=True, voice=Voice.DU, withdrawn_at=None):
    """One answer about one purpose; a yes unless said otherwise."""
    return Consent(
        purpose=purpose,
        given=given,
        version=1,
        sha256="0" * 64,
        voice=voice,
        at=at,
        withdrawn_at=withdrawn_at,
    )


def agreed(chat_id, at, *, yes=CORE, no=(), workshop_id=None, voice=Voice.DU, **columns):
    """Somebody who has said yes and no to these purposes, and has answered no question yet."""
    answers = {**dict.fromkeys(yes, True), **dict.fromkeys(no, False)}
    given = {
        "consents": [consent(at, purpose, given=said, voice=voice) for purpose, said in answers.items()],
        "memberships": [Membership(workshop_id=workshop_id, joined_at=at)] if workshop_id else [],
        "interests": [],
        "paused": False,
    }
    return Person(chat_id=chat_id, voice=voice, created_at=at, **{**given, **columns})


def member(
    chat_id, at, name="Ana Keller", *, workshop_id=1, yes=CORE, announcements=True, place="Dresden",
    seeks=(), offers=(), **columns,
):  # fmt: skip
    """Somebody who has agreed and answered every question of the profile. `seeks`, `offers`: see `interests`."""
    profile = {
        "name": name,
        "role": Role.TOWN_HALL,
        "place": place,
        "land": next(iter(places.land_of(place)), ""),
        "seeks_at": at,
        "organisation": "",
        "offers_at": at,
        "finished_at": at,
        "interests": [*interests(Direction.SEEKS, *seeks), *interests(Direction.OFFERS, *offers)],
    }
    yes, no = ((*yes, Purpose.ANNOUNCEMENTS), ()) if announcements else (yes, (Purpose.ANNOUNCEMENTS,))
    return agreed(chat_id, at, yes=yes, no=no, workshop_id=workshop_id, **{**profile, **columns})


def interests(direction, *wishes):
    """Ids of topics, or own words: anything that no topic is called."""
    known = topics.load()
    return [
        Interest(direction=direction, **({"topic": wish} if wish in known.topics else {"words": wish}))
        for wish in wishes
    ]


def workshop_row(at, *, day=None, code="ABCDEF", title="Werkstatt Berlin", **columns):
    """A workshop, whose day is that of `at` unless said otherwise."""
    return Workshop(code=code, title=title, day=day or at.date(), created_at=at, **columns)


def pledge_row(workshop_id, author_id, partner_id, at, **columns):
    """A pledge of the author's that both agreed to at this moment, for half a year; when they talk is left open."""
    day = at.date()
    given = {
        "acts": Acts.AUTHOR,
        "text": "Ich rufe an.",
        "state": State.ACTIVE,
        "made_on": day,
        "deadline": deadline_for(day),
        "talk_settled": True,
    }
    parties = {"author_id": author_id, "partner_id": partner_id}
    return Pledge(workshop_id=workshop_id, created_at=at, **parties, **{**given, **columns})


def event_row(pledge_id, person_id, kind, at, **columns):
    """An event of a pledge that this party caused, for themselves."""
    parties = {"party_id": person_id, "actor_id": person_id}
    return PledgeEvent(pledge_id=pledge_id, kind=kind, at=at, **parties, **columns)


# --- people with a phone, who have joined already


async def open_workshop(world, **more):
    """A workshop that nobody had to make in the chat; its id. `more`: see `workshop_row`."""
    row = workshop_row(world.clock.now(), **{"day": world.clock.local.date(), **more})
    await world.add(row)
    return row.id


async def guest(world, workshop_id, name, *, finished=True, phone=(), **more):
    """Somebody with a phone on which the bot was started, and with a profile unless not `finished`; `.row` is their id.

    They seek "ehrenamt" unless said otherwise. `phone`: id and user name; `more`: see `member`.
    """
    person = await world.person(name.split()[0], **dict(phone))
    if not finished:
        more = {**more, "seeks_at": None, "finished_at": None}
    wants = {"announcements": False, "seeks": ("ehrenamt",)}
    row = member(person.id, world.clock.now(), name, workshop_id=workshop_id, **{**wants, **more})
    await world.add(row)
    person.row = row.id
    if finished and row.role is Role.MP and row.role_confirmed is None:
        await person.start()  # which organisers hear of
    elif finished:
        await greet(world, row, Ready(row.name))
    return person


async def greet(world, person, outcome):
    """They have pressed Start before: this is on their phone. `person` is a row."""
    now = world.clock.now()
    world.stage.ledger.phone(person.chat_id).started = True
    said = messages.of(outcome, person.voice, now.date())
    message_id = await sending.send(world.bot, person.chat_id, said)
    await world.add(
        Outgoing(
            chat_id=person.chat_id, person_id=person.id, party_id=person.id, priority=Priority.REPLY,
            kind=type(outcome).__name__, due_at=now, state=SendState.SENT, attempts=1, repeated=False,
            message_id=message_id, created_at=now, sent_at=now,
        )
    )  # fmt: skip


async def pair(world, voice=Voice.DU, other_voice=None):
    """Ana Keller and Ben Albrecht in one workshop."""
    workshop_id = await open_workshop(world)
    ana = await guest(world, workshop_id, "Ana Keller", voice=voice)
    ben = await guest(world, workshop_id, "Ben Albrecht", voice=other_voice or voice)
    return ana, ben


async def gather(world, **people):
    """These people (key: what `member` is to know of them) in a workshop of the organiser's, an hour ago; their phones.

    Unlike guests they seek nothing and want announcements, and the bot has not written to them yet.
    """
    code = await world.workshop()
    (workshop_id,) = await world.chosen(select(Workshop.id).where(Workshop.code == code))
    at = world.clock.now() - timedelta(hours=1)
    phones = {}
    for key, about in people.items():
        known = dict(about)
        phone = await world.person(about["name"].split()[0], **known.pop("phone", {}))
        await world.add(member(phone.id, at, workshop_id=workshop_id, **known))
        world.stage.ledger.phones[phone.id].started = True
        phones[key] = phone
    return phones


async def sealed_pledge(world, author, partner, sentence=PAY, *, acts=Acts.AUTHOR, months=DEADLINE_MONTHS):
    """A pledge that both guests agreed to just now, with all its questions planned; its id. Nobody was written to."""
    now, today = world.clock.now(), world.clock.local.date()
    async with world.database.writer.begin() as session:
        me = await session.get_one(Person, author.row)
        pledge = pledge_row(
            me.present_workshop_id, author.row, partner.row, now, text=sentence, acts=acts, made_on=today,
            deadline=deadline_for(today, months),
        )  # fmt: skip
        session.add(pledge)
        await session.flush()
        operator = operator_of(world.settings, world.bot.username)
        await nudges.plan(Turn(session, now, operator, author.id, me), pledge)
        return pledge.id


async def joined_already(
    world, name, *, role="town_hall", place="Dresden", seeks="Ehrenamt", offers=None, voice="du",
    announcements=True, code=None, role_confirmed=None, **phone,
):  # fmt: skip
    """Somebody as `joined` leaves them, without the dialogue and its suggestion; None is skipped."""
    code = code or world.code or await world.workshop()
    (workshop_id,) = await world.chosen(select(Workshop.id).where(Workshop.code == code))
    return await guest(
        world, workshop_id, name, phone=phone, role=Role(role), role_confirmed=role_confirmed, place=place,
        voice=Voice(voice),
        announcements=announcements, seeks=_understood(seeks), offers=_understood(offers),
    )  # fmt: skip


def _understood(words):
    """Ids of the topics that are surely meant, and the words that mean none."""
    understood = topics.load().understand(words or "")
    return (*(each.topic for each in understood.sure), *understood.words)


# --- people who join in the chat


def fingerprint(purpose, controller, voice=Voice.DU):
    """What the buttons under the text of a consent call it by."""
    return consents.text(purpose, voice).fingerprint(controller)


async def joined(
    world, name, *, role="town_hall", place="Dresden", seeks="Ehrenamt", offers=None, voice="du",
    organisation=None, announcements=True, code=None, until=None, **phone,
):  # fmt: skip
    """Somebody who answers everything in the chat; None is skipped. `until`: the question to stop at."""
    person = await world.person(name.split()[0], **phone)
    await person.start(f"w_{code or world.code or await world.workshop()}")
    if voice != world.settings.voice:
        await person.taps_data(f"greet:{_workshop_greeted(person)}:{voice}")
    answering = {
        "consent": lambda: agrees(person),
        "role": lambda: person.taps_data(f"role:{role}"),
        "name": lambda: person.says(name),
        "place": lambda: person.says(place),
        "land": lambda: person.taps_data("land:"),
        "seeks": lambda: tells(person, "seeks", seeks),
        "organisation": lambda: _says_or_skips(person, "organisation", organisation),
        "offers": lambda: tells(person, "offers", offers),
        "announcements": lambda: person.taps_data("a_yes" if announcements else "a_no"),
        "summary": lambda: person.taps_data("profile_ok"),
    }
    for question, answer in answering.items():
        if question == until:
            break
        if question != "land" or person.shows("land:"):
            await answer()
    return person


def _workshop_greeted(person):
    """The number of the workshop in the buttons of the welcome."""
    return next(data for _, data in person.newest.keyboard if data.startswith("greet:")).split(":")[1]


async def agrees(person):
    """Both core consents, from the welcome on."""
    for tap in ("begin:", "k_yes:", "u_yes"):
        await person.taps_data(tap)


async def tells(person, direction, words):
    """Words for what one seeks or offers, put on topics and confirmed; a doubt takes all of its topics."""
    if words is None:
        return await person.taps_data(f"skip:{direction}")
    await person.says(words)
    while person.shows("topic_pick"):
        await person.taps_data("topic_all" if person.shows("topic_all") else "topic_pick")
    return await person.taps_data(f"topics_ok:{direction}")


async def _says_or_skips(person, question, words):
    return await (person.taps_data(f"skip:{question}") if words is None else person.says(words))
