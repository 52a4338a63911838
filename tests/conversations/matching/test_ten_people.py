"""Ten people write what they seek and offer as people do, and meet whom a human would have told them to meet.

Everybody here is invented.
"""

import re

from sqlalchemy import select

from db.models import Interest, Introduction, Person

# name: role, what they seek and what is understood, what they offer and what is understood
TEN = {
    "Ben Albrecht": ("mp", "Kita-Plätze", {"kita"}, "Ehrenamt", {"ehrenamt"}),
    "Ana Keller": (
        "town_hall", "Ehrenamtliche finden keinen Nachwuchs", {"ehrenamt"}, "Kita-Plätze", {"kita"},
    ),
    "Cem Demir": ("association", "Ehrenamt", {"ehrenamt"}, "Solaranlage aufs Rathausdach", {"solar"}),
    "Dora Lenz": (
        "town_hall", "Solaranlage aufs Rathausdach, Ehrenamt", {"solar", "ehrenamt"},
        "Bürgerrat moderieren", {"buergerbeteiligung"},
    ),
    "Eva Brandt": (
        "association", "Bürgerrat moderieren, Ehrenamt", {"buergerbeteiligung", "ehrenamt"}, None, set(),
    ),
    "Finn Moor": (
        "town_hall", "hausartzt gesucht, Ehrenamt", {"hausaerzte", "ehrenamt"},
        "Leerstand in der Innenstadt", {"innenstadt"},
    ),
    "Gül Tan": (
        "association", "Leerstand in der Innenstadt, Ehrenamt", {"innenstadt", "ehrenamt"},
        "Hausärzte aufs Land", {"hausaerzte"},
    ),
    "Hanna Voss": (
        "association", "junge leute ziehen weg, Ehrenamt", {"demografie", "ehrenamt"},
        "Fördermittel beantragen, Glockenbeiern", {"foerdermittel"},
    ),
    "Ivo Beck": (
        "town_hall", "Fördermittel beantragen", {"foerdermittel"}, "junge leute ziehen weg", {"demografie"},
    ),
    "Jale Kurt": ("association", "Glockenbeiern", set(), None, set()),
}  # fmt: skip
EXPECTED = {  # why, as the first is told about the second
    ("Ana Keller", "Ben Albrecht"): "Du suchst Ehrenamt, Ben bietet genau das an",
    ("Dora Lenz", "Cem Demir"): "Du suchst Solar",
    ("Eva Brandt", "Dora Lenz"): "Du suchst Bürgerbeteiligung",
    ("Gül Tan", "Finn Moor"): "Du suchst Innenstadt",
    ("Ivo Beck", "Hanna Voss"): "Du suchst Förder",
    ("Jale Kurt", "Hanna Voss"): "Du suchst „Glockenbeiern“, Hanna bietet genau das an",
}
CARD = re.compile(r"Ein Gespräch, das passen könnte\n([^·\n]+) · .*?^Warum: (.*?)$", re.DOTALL | re.MULTILINE)
MP_CAP = 5


async def ten_join(world):
    """All of them join in the chat, and Ben's mandate is confirmed; their phones by name."""
    await world.workshop()
    orga = await world.organiser()
    people = {}
    for name, (role, seeks, _, offers, _) in TEN.items():
        people[name] = await world.joined(name, role=role, seeks=seeks, offers=offers, announcements=False)
        if role == "mp":
            await orga.sends_button_data("claims")
            await orga.taps("Bestätigen")
    return people


def cards(person):
    """Whom they were shown, in order, and why. A card that lies open may be shown again: it is the same card."""
    shown = ((each, found) for each in person.messages if (found := CARD.search(each.text)))
    return list({each.data_of("Kennenlernen"): found.groups() for each, found in shown}.values())


async def understood(world):
    async with world.database.reader() as session:
        rows = await session.execute(
            select(Person.name, Interest.direction, Interest.topic)
            .join(Interest)
            .where(Interest.topic.is_not(None))
        )
        found = {}
        for name, direction, topic in rows:
            found.setdefault((name, direction.value), set()).add(topic)
        return found


async def asking(world, name):
    """Who asks this person to meet, by name."""
    async with world.database.reader() as session:
        asked = await session.scalar(select(Person.id).where(Person.chat_id == world.people_named[name].id))
        return set(await session.scalars(select(Introduction.asker_id).where(Introduction.asked_id == asked)))


async def test_ten_people_find_those_they_should_meet(sqlite_world):
    world = sqlite_world
    people = world.people_named = await ten_join(world)
    await _each_was_understood(world)
    # Ben's card lies unanswered with as many as he has conversations for; others are not led to him meanwhile.
    assert 1 <= len(_holding_bens_card(people)) <= MP_CAP
    await world.clock.advance(minutes=31)  # then it holds nothing any more
    await _everybody_looks_for_ben(people)
    await _as_many_ask_ben_as_he_has_time_for(world, people)
    told = {(name, other): why for name, person in people.items() for other, why in cards(person)}
    _nobody_saw_anybody_twice(people, told)
    for pair, reason in EXPECTED.items():
        assert told.get(pair, "not shown").startswith(reason), (pair, told)


async def _each_was_understood(world):
    topics = await understood(world)
    for name, (_, _, seeks, _, offers) in TEN.items():
        assert topics.get((name, "seeks"), set()) == seeks, name
        assert topics.get((name, "offers"), set()) == offers, name


def _holding_bens_card(people):
    return [name for name, person in people.items() if "Ben Albrecht" in dict(cards(person))]


async def _everybody_looks_for_ben(people):
    """Up to five times, until they have his card."""
    for _ in range(5):
        for name, person in people.items():
            if name != "Ben Albrecht" and "Ben Albrecht" not in dict(cards(person)):
                await person.says("/partner")


async def _as_many_ask_ben_as_he_has_time_for(world, people):
    wanting = _holding_bens_card(people)
    assert len(wanting) > MP_CAP, "more want to meet Ben than he has time for"
    for name in wanting:
        shown = (each for each in people[name].messages if "\nBen Albrecht · " in each.text)
        await people[name].taps("Kennenlernen", message=next(m for m in shown if m.data_of("Kennenlernen")))
    assert len(await asking(world, "Ben Albrecht")) == MP_CAP
    asked = [each for each in people["Ben Albrecht"].messages if each.data_of("Lieber nicht")]
    assert sum("intro_no:" in each.data_of("Lieber nicht") for each in asked) == MP_CAP


def _nobody_saw_anybody_twice(people, told):
    for (name, other), why in told.items():
        assert other != name
        assert [who for who, _ in cards(people[name])].count(other) == 1, f"{name} saw {other} twice: {why}"
