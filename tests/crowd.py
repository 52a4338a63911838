"""People who have joined long ago, as rows: for tests about what comes afterwards."""

from datetime import timedelta

from sqlalchemy import select

from db.models import Consent, Membership, Person, Workshop
from domain import consents, places
from domain.outcomes.choices import Purpose
from domain.roles import Role
from domain.voice import Voice

CORE = (Purpose.CORE, Purpose.CARRIER)


def member(
    workshop, chat_id, name, at, *, role="town_hall", place="Dresden", confirmed=None, announcements=True
):
    """Somebody with a finished profile."""
    laender = places.land_of(place)
    person = Person(
        chat_id=chat_id,
        voice=Voice.DU,
        created_at=at,
        name=name,
        role=Role(role),
        role_confirmed=confirmed,
        place=place,
        land=laender[0] if laender else "",
        organisation="",
        seeks_at=at,
        offers_at=at,
        finished_at=at,
        interests=[],
    )
    person.memberships = [Membership(workshop_id=workshop.id, joined_at=at)]
    person.consents = [_answer(p, at, given=True) for p in CORE]
    person.consents.append(_answer(Purpose.ANNOUNCEMENTS, at, given=announcements))
    return person


def _answer(purpose, at, *, given):
    text = consents.text(purpose, Voice.DU)
    return Consent(
        purpose=purpose, given=given, version=text.version, sha256=text.sha256("Team"), voice=Voice.DU, at=at
    )


async def gather(world, **people):
    """These people (key: how `member` is to make them, with `name`) in the world's workshop, each with a phone.

    `id`: the number of the phone.
    """
    await world.workshop()
    phones = {}
    for key, about in people.items():
        number = {"id": about.pop("id")} if "id" in about else {}
        phones[key] = await world.person(about["name"].split()[0], **number)
    at = world.clock.now() - timedelta(hours=1)
    async with world.database.writer.begin() as session:
        workshop = (await session.scalars(select(Workshop).where(Workshop.code == world.code))).one()
        session.add_all(member(workshop, phones[key].id, at=at, **about) for key, about in people.items())
    for phone in phones.values():
        world.stage.ledger.phones[phone.id].started = True
    return phones
