"""Somebody at the door, about whom nothing may be stored yet."""

from db.models import Consent, Draft, Interest, Membership, Person
from domain.outcomes.choices import Purpose
from tests.cast import fingerprint

ABOUT_PEOPLE = (Consent, Membership, Interest)


async def newcomer(world, payload=None):
    """Somebody at the door, who has followed the workshop's link."""
    await world.workshop("Werkstatt Berlin")
    ana = await world.person("Ana", username="ana_k", last_name="Keller")
    await ana.start(f"w_{world.code}" if payload is None else payload)
    return ana


def core_yes(world, workshop_id):
    """What the button of consent K carries that leads into this workshop."""
    return f"k_yes:{workshop_id}:du:{fingerprint(Purpose.CORE, world.settings.controller)}"


async def nothing_is_stored_about(world, person):
    assert person.id not in await world.rows(Person.chat_id)
    assert [await world.count(table) for table in ABOUT_PEOPLE] == [0, 0, 0]
    (organiser,) = await world.rows(Person.id)
    assert set(await world.rows(Draft.person_id)) <= {organiser}
    stored = await world.stored()
    assert not [words for words in ("Keller", "ana_k", *person.typed) if words in stored]
