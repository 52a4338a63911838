"""A round in which numbers do not fit: everybody gets a card, or a sentence that says so and what comes next."""

from sqlalchemy import select

from db.models import Person, Suggestion
from domain.roles import Role
from tests.cast import gather

NOBODY = "Gerade habe ich niemanden, der wirklich passt"
SEEKS = {"seeks": ("ehrenamt",)}


async def goes_round(world, orga):
    await orga.says("/runde")
    await orga.taps("Bestätigen")


def card(person):
    return any(each.text.startswith("Ein Gespräch, das passen könnte") for each in person.new)


async def test_one_mp_and_six(sqlite_world):
    world = sqlite_world
    mp = {"name": "Mara Mandat", "role": Role.MP, "role_confirmed": True, "offers": ("ehrenamt",)}
    names = ("Ana Keller", "Ben Albrecht", "Cem Demir", "Dora Lenz", "Eva Brandt", "Finn Moor")
    people = await gather(world, mp=mp, **{str(n): {"name": name, **SEEKS} for n, name in enumerate(names)})
    orga = await world.organiser()
    await goes_round(world, orga)
    assert all(card(people[str(n)]) for n in range(6))
    assert people["mp"].last.startswith("Deine Karte ist unterwegs\nWer dich kennenlernen möchte, fragt dich")


async def test_three_of_whom_one_fits_nobody(sqlite_world):
    world = sqlite_world
    people = await gather(
        world,
        ana={"name": "Ana Keller", **SEEKS},
        ben={"name": "Ben Albrecht", "offers": ("ehrenamt",)},
        cem={"name": "Cem Demir", "seeks": ("wald",)},
    )
    orga = await world.organiser()
    await goes_round(world, orga)
    assert [card(people[key]) for key in ("ana", "ben", "cem")] == [True, True, False]
    assert people["cem"].last.startswith(NOBODY)
    assert "melde mich, sobald sich das ändert." in people["cem"].last


async def test_of_two_one_pauses_before_it_goes_out(sqlite_world):
    world = sqlite_world
    people = await gather(
        world, ana={"name": "Ana Keller", **SEEKS}, ben={"name": "Ben Albrecht", "offers": ("ehrenamt",)}
    )
    orga = await world.organiser()
    await orga.says("/runde")
    await people["ben"].says("/pause")
    await people["ben"].taps_data("pause:0")
    heard = len(people["ben"].messages)
    await orga.taps("Bestätigen")
    assert people["ana"].last.startswith(NOBODY)
    assert len(people["ben"].messages) == heard, "a pause is quiet"
    await people["ben"].taps_data("resume")
    await world.clock.advance(minutes=5)
    assert "Ben Albrecht · " in people["ana"].last, "a word is kept"


async def test_of_two_one_pauses_afterwards(sqlite_world):
    world = sqlite_world
    people = await gather(
        world, ana={"name": "Ana Keller", **SEEKS}, ben={"name": "Ben Albrecht", "offers": ("ehrenamt",)}
    )
    await goes_round(world, await world.organiser())
    await people["ben"].says("/pause")
    await people["ben"].taps_data("pause:0")
    assert NOBODY in await people["ana"].taps("Kennenlernen")


async def test_who_named_no_topic_is_asked_for_one_once(sqlite_world):
    world = sqlite_world
    people = await gather(
        world,
        ana={"name": "Ana Keller", **SEEKS},
        ben={"name": "Ben Albrecht", "offers": ("ehrenamt",)},
        eva={"name": "Eva Brandt"},
        ida={"name": "Ida Roth", "phone": {}},
    )
    orga = await world.organiser()
    assert "– keine Themen genannt: unter 5" in await orga.says("/runde")
    await orga.taps("Bestätigen")
    eva = people["eva"]
    assert "Sag mir ein Thema, dann finde ich jemanden." in eva.last
    assert eva.buttons == ["Thema nennen"]
    heard = len(eva.messages)
    await goes_round(world, orga)
    assert len(eva.messages) == heard, "once, however many rounds"
    await eva.taps("Thema nennen")
    await eva.says("Ehrenamt")
    assert " · Rathaus oder Landkreis" in await eva.taps("Bestätigen")


async def test_a_second_tap_tells_nobody_twice(sqlite_world):
    world = sqlite_world
    people = await gather(world, ana={"name": "Ana Keller", **SEEKS}, eva={"name": "Eva Brandt"})
    orga = await world.organiser()
    ben = await world.joined("Ben Albrecht", seeks="Ehrenamt")
    await world.clock.advance(minutes=2)
    await orga.says("/runde")
    go = orga.newest
    if go.data_of("Bestätigen") is None:
        return await _everybody_has_a_card(world, (people["ana"], ben))
    await orga.taps("Bestätigen", message=go)
    heard = [len(each.messages) for each in (people["ana"], people["eva"], ben)]
    await orga.sends_button_data(go.data_of("Bestätigen"))
    assert [len(each.messages) for each in (people["ana"], people["eva"], ben)] == heard
    return None


async def _everybody_has_a_card(world, people):
    async with world.database.reader() as session:
        chats = await session.scalars(
            select(Person.chat_id).join(Suggestion, Suggestion.person_id == Person.id)
        )
        assert {each.id for each in people} <= set(chats)
