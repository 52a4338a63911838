"""Ways to reach each other end thirty days after they were given, each for itself."""

import json

import pytest

from db.models import Introduction, Person
from tests.cast import guest, open_workshop

PHONE, EMAIL = "+49 30 1234567", "ana@example.org"


async def meet(asker, asked):
    await asker.says("/partner")
    while asked.name not in asker.last:
        await asker.taps("Weiter")
    await asker.taps("Kennenlernen")
    await asked.taps("Kennenlernen")


async def gives(person, intro, kind, words):
    asked = await person.sends_button_data(f"contact:{intro}")
    await person.taps_data(f"contact_by:{intro}:{kind}")
    await person.says(words)
    return asked


@pytest.fixture
async def met(sqlite_world):
    """Ana, who has met Ben and Cem."""
    workshop = await open_workshop(sqlite_world)
    ana = await guest(sqlite_world, workshop, "Ana Keller")
    ben = await guest(sqlite_world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    cem = await guest(sqlite_world, workshop, "Cem Demir", seeks=(), offers=("ehrenamt",))
    for other in (ben, cem):
        await meet(ana, other)
    return sqlite_world, ana, ben, cem


async def contacts(world, ana):
    """What is stored of hers: phone and e-mail."""
    async with world.database.reader() as session:
        person = await session.get_one(Person, ana.row)
        return person.contact_phone, person.contact_email


async def test_a_contact_is_forgotten_thirty_days_after_it_was_given(met):
    world, ana, ben, _ = met
    assert "Nach 30 Tagen lösche ich es bei mir." in await gives(ana, 1, "phone", PHONE)
    assert PHONE in ben.last.replace("\u2060", "")
    assert PHONE in (await ben.sends_button_data("intro:1")).replace("\u2060", "")
    await world.clock.advance(days=29)
    assert await contacts(world, ana) == (PHONE, None)
    await world.clock.advance(days=1, hours=1)
    assert await contacts(world, ana) == (None, None)
    assert await world.rows(Introduction.asker_contact) == [None, None]
    assert PHONE not in (await ben.sends_button_data("intro:1")).replace("\u2060", "")


async def test_what_was_given_to_another_later_stays_for_that_one_only(met):
    world, ana, ben, cem = met
    await gives(ana, 1, "phone", PHONE)
    await world.clock.advance(days=20)
    await gives(ana, 2, "phone", PHONE)
    await world.clock.advance(days=11)
    assert await contacts(world, ana) == (PHONE, None)
    assert PHONE in (await cem.sends_button_data("intro:2")).replace("\u2060", "")
    assert PHONE not in (await ben.sends_button_data("intro:1")).replace("\u2060", "")
    await world.clock.advance(days=20)
    assert await contacts(world, ana) == (None, None)


async def test_what_only_the_erased_was_given_goes_with_them(met):
    world, ana, ben, _ = met
    await gives(ana, 1, "email", EMAIL)
    await ben.says("/loeschen")
    world.forgotten.add(ben.id)
    await ben.taps("Ja, alles löschen")
    await world.clock.advance(hours=1)
    assert await contacts(world, ana) == (None, None)


async def test_the_disclosure_names_the_day(met):
    world, ana, ben, _ = met
    assert "Kontakte, die du" not in await ana.says("/auskunft")
    await gives(ana, 1, "phone", PHONE)
    assert "Kontakte, die du weitergegeben hast, lösche ich bis 12. Mai." in await ana.says("/auskunft")
    assert (await document(world, ana))["contacts_are_deleted_on"] == "2027-05-12"
    assert "Kontakte, die du" not in await ben.says("/auskunft"), "it is hers"


async def document(world, person):
    file = next(each for each in reversed(person.messages) if each.body.get("document"))
    async with world._http.get(f"{world.url}/stage/files/{file.body['document']['file_id']}") as answer:
        return json.loads(await answer.text())
