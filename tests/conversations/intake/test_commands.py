"""Commands in every state."""

import pytest

from db.models import Person
from tests.cast import agrees

ASIDE = {
    "/hilfe": "Das geht hier",
    "/help": "Das geht hier",
    "/datenschutz": "Deine Daten bei Mutmacher",
    "/privacy": "Deine Daten bei Mutmacher",
    "/developer_info": "Deine Daten bei Mutmacher",
}


@pytest.mark.parametrize("state", ["stranger", "between", "role", "name", "seeks", "summary", None])
async def test_help_and_privacy_answer_in_every_state(sqlite_world, state):
    await sqlite_world.workshop()
    if state in ("stranger", "between"):
        ana = await sqlite_world.person("Ana")
        await ana.start(f"w_{sqlite_world.code}")
        if state == "between":
            await ana.taps("Los geht's")
            await ana.taps("Ja, ich")
    else:
        ana = await sqlite_world.joined("Ana Keller", until=state)
    for command, answer in ASIDE.items():
        assert answer in await ana.says(command), command
        assert answer in await ana.says(f"{command.upper()}@mutmacher_stage_bot"), command
        assert len(ana.new) == 1


async def test_commands_of_joined_people_lead_strangers_to_the_door(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.start(f"w_{sqlite_world.code}")
    for command in (
        "/profil",
        "/matches",
        "/pledges",
        "/pause",
        "/language",
        "/abbrechen",
        "/cancel",
        "/orga",
    ):
        assert "Los geht's" in (await ana.says(command)) + str(ana.buttons), command
    for command in ("/auskunft", "/mydata", "/widerruf", "/loeschen", "/delete", "/consents"):
        assert "Deine Daten bei Mutmacher" in await ana.says(command), command
    await agrees(ana)
    assert ana.last.startswith("Für wen bist du heute hier?")


async def test_commands_are_no_answers_while_a_question_is_open(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    assert "Wie heißt du?" in await ana.says("/profil")
    assert "Wie soll ich mit dir sprechen?" in await ana.says("/sprache")
    assert "Diesen Befehl kenne ich nicht." in await ana.says("/Ana Keller")
    assert "Diesen Befehl kenne ich nicht." in await ana.says("/werkstatt")
    assert "Diesen Befehl kenne ich nicht." in await ana.says("/export")
    assert await sqlite_world.rows(Person.name) == [None, None]
    assert "Aus welcher Gegend" in await ana.says("Ana Keller")


async def test_calling_off_in_the_middle_of_joining_asks_the_open_question(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    for command in ("/abbrechen", "/cancel"):
        heard = await ana.says(command)
        assert heard.startswith("Du kannst hier jederzeit aufhören.")
        assert ana.last.startswith("Aus welcher Gegend kommst du?")
    await ana.says("Dresden")
    await ana.says("Ehrenamt")
    await ana.taps("Anders sagen")
    heard = await ana.says("/abbrechen")
    assert heard.startswith("Gut, das bleibt, wie es ist.")
    assert "Verstanden: Ehrenamt" in heard


async def test_calling_off_with_nothing_open_says_so(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller")
    assert (await ana.says("/abbrechen")).startswith("Gerade ist nichts offen.")
