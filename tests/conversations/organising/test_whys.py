"""Why somebody is asked nothing: organisers see a sentence for each pledge, nothing of it, and leave a trace."""

import json

from sqlalchemy import select

from db.models import Audit
from tests.cast import guest, open_workshop, sealed_pledge


async def asks(organiser, name):
    await organiser.says("/orga")
    await organiser.taps("Warum keine Frage?")
    return await organiser.says(name)


async def pledged(world):
    orga = await world.organiser()
    workshop_id = await open_workshop(world)
    ana = await guest(world, workshop_id, "Ana Keller")
    ben = await guest(world, workshop_id, "Ben Albrecht")
    return orga, ana, ben, await sealed_pledge(world, ben, ana)


async def test_a_sentence_says_when_the_next_question_comes_and_nothing_of_the_pledge(sqlite_world):
    world = sqlite_world
    orga, ana, _, _ = await pledged(world)
    heard = await asks(orga, "albrecht")
    assert heard == (
        "Fragen an Ben Albrecht\n"
        "Versprechen 1: Die nächste Frage kommt voraussichtlich am 19. April.\n"
        "Mehr zeige ich nicht. Dein Blick steht in der Auskunft dieser Person."
    )
    await ana.says("/pause")
    await ana.taps_data("pause:0")
    heard = await asks(orga, "Ana Keller")
    assert "Versprechen 1: Hier ist gerade Pause. Zurzeit steht keine Frage an." in heard
    for each in orga.messages:
        assert "Ehrenamtspauschale" not in each.text


async def test_the_person_finds_the_look_in_their_data(sqlite_world):
    world = sqlite_world
    orga, ana, ben, _ = await pledged(world)
    await asks(orga, "Ben")
    assert "Blicke des Teams: 1" in await ben.says("/auskunft")
    file = next(each for each in reversed(ben.messages) if each.body.get("document"))
    async with world._http.get(f"{world.url}/stage/files/{file.body['document']['file_id']}") as answer:
        looks = json.loads(await answer.text())["organiser_accesses"]
    assert [each["action"] for each in looks] == ["saw why no question came"]
    assert "Blicke des Teams: 1" not in await ana.says("/auskunft")


async def test_of_several_people_one_is_chosen_and_nobody_else_may_ask(sqlite_world):
    world = sqlite_world
    orga, ana, ben, _ = await pledged(world)
    await guest(world, ana.row and 1, "Anna Keller", place="Erfurt")
    assert "Dieser Knopf ist nicht mehr aktuell" in await orga.sends_button_data(f"why_of:{ben.row}")
    heard = await asks(orga, "Keller")
    assert heard.startswith("Wen meinst du?")
    assert "Dieser Knopf ist nicht mehr aktuell" in await orga.sends_button_data(f"why_of:{ben.row}")
    await orga.taps("Anna Keller")
    assert "Es gibt gerade kein laufendes Versprechen." in orga.last
    await ana.sends_button_data(f"why_of:{ana.row}")
    assert "Versprechen 1:" not in ana.last
    await ana.sends_button_data("consent_off:K")
    looks = await world.chosen(select(Audit.id).where(Audit.person_id == ana.row))
    assert "Dieser Knopf ist nicht mehr aktuell" in await orga.sends_button_data(f"why_of:{ana.row}")
    assert looks == await world.chosen(select(Audit.id).where(Audit.person_id == ana.row)), "nothing was seen"
    await asks(orga, "Wilhelmine")
    assert "Fragen an" not in orga.last


async def test_the_team_and_the_person_are_told_until_when_and_since_when(sqlite_world):
    world = sqlite_world
    orga, ana, ben, number = await pledged(world)
    await world.clock.advance(days=8)
    assert "Versprechen 1: Zuletzt gefragt am 19. April. " in await asks(orga, "Ben")
    await ana.says("/pause")
    await ana.taps_data("pause:2")
    assert "Hier ist Pause bis 4. Mai 2027." in await asks(orga, "Ana Keller")
    assert "Du machst Pause bis 4. Mai 2027." in await ana.sends_button_data(f"when:{number}")
    await ben.blocks()
    since = "Seit 20. April 2027 stellt Telegram dort nichts zu, meist ist der Bot dann blockiert."
    assert since in await asks(orga, "Ben")
