"""Announcements in tests: a hall of people, an organiser who writes to them, and what arrived."""

from domain.roles import Role
from tests.cast import gather

SECOND = 9002

SENDER = "Vom Team: Werkstatt Berlin"

ROOM = "Der Raum ist <b>jetzt</b> 2.14 & nicht 2.41"


async def hall(world):
    """The organiser, and people who all but Eva want announcements."""
    people = await gather(
        world,
        ana={"name": "Ana Keller"},
        ben={"name": "Ben Albrecht", "role": Role.MP, "place": "Erfurt", "role_confirmed": True},
        cem={"name": "Cem Demir", "role": Role.MP},
        eva={"name": "Eva Sommer", "announcements": False},
    )
    return await world.organiser(), people


async def begin(orga, words=ROOM):
    assert "Was soll angekündigt werden?" in await orga.says("/ankuendigung")
    return await orga.says(words)


def got(person, words=ROOM):
    return [each.text for each in person.messages].count(f"{words}\n\n{SENDER}")


async def begin_photo(orga, caption=ROOM):
    """A photo is copied, which the stage can be told to refuse without refusing anything else."""
    await orga.says("/ankuendigung")
    return await orga.uploads("photo", caption)
