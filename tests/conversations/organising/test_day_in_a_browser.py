"""An organiser's whole day on the stage's page, in a browser: every tap is a click, every word is typed.

Everybody here is invented.
"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.models import Guest, Introduction, IntroState, PersonalCode
from domain.roles import Role
from tests.cast import guest
from tests.conversations.thumbs import Thumb, page_of
from tests.stage.pictures import png

MORNING = datetime(2027, 4, 12, 7, 0, tzinfo=UTC)
WORDS = "Um 12 Uhr treffen wir uns im Foyer."
SENDER = "Vom Team: Werkstatt Elbe"


@pytest.fixture
def starts_at():
    return MORNING


async def test_an_organisers_day(team, tmp_path):
    orga = await team.organiser()
    async with page_of(team) as page:
        organiser, second = Thumb(page, orga.name), Thumb(page, team.second.name)
        await _makes_a_workshop(organiser)
        await _imports_the_guests(team, organiser, tmp_path)
        people = await _hall(team)
        await _confirms_the_mp(organiser)
        await _plans_a_round(team, organiser, people)
        await _announces(team, organiser, second, people)
        await _sends_again(team, organiser, second, people, tmp_path)


async def _makes_a_workshop(organiser):
    await organiser.types("/werkstatt")
    await organiser.reads("Wie heißt die Werkstatt?")
    await organiser.types("Werkstatt Elbe")
    await organiser.taps_on("Heute")
    await organiser.types("Kulturpalast, Dresden")
    await organiser.reads("Gespeichert: Ort")
    await organiser.taps_on("Plakat, Karten, Bild", "Plakat")
    await organiser.reads("Das Plakat, ein Blatt A4")


async def _imports_the_guests(world, organiser, folder):
    """Three hundred rows, in the way in which German Excel writes them."""
    rows = [f"Gast {number:03};Verein {number % 7};Dresden;Verein" for number in range(300)]
    file = folder / "gaeste.csv"
    file.write_bytes("\r\n".join(["Name;Organisation;Ort;Rolle", *rows]).encode("cp1252"))
    await organiser.types("/orga")
    await organiser.taps_on("Werkstatt Elbe", "Gästeliste", "Datei schicken")
    await organiser.sends_file(file)
    await organiser.reads("300")
    await organiser.taps_on("Übernehmen")
    await organiser.types("/orga")
    await organiser.taps_on("Werkstatt Elbe", "Gästeliste", "Karten drucken")
    await organiser.reads("Für 300 Gäste")
    assert await world.count(Guest) == 300
    assert len(await world.chosen(select(PersonalCode.id).where(PersonalCode.guest_id.is_not(None)))) == 300


async def _hall(world):
    """Who has come by ten: two who have something to say to each other, and an MP whom nobody has confirmed yet."""
    wants = {"announcements": True}
    ana = await guest(world, 1, "Ana Keller", seeks=("ehrenamt",), **wants)
    ben = await guest(world, 1, "Ben Albrecht", seeks=("kita",), offers=("ehrenamt",), **wants)
    eva = await guest(world, 1, "Eva Sommer", seeks=("kita",), **wants)
    mara = await guest(world, 1, "Mara Mandat", role=Role.MP, seeks=("kita",), **wants)
    return {"ana": ana, "ben": ben, "eva": eva, "mara": mara}


async def _confirms_the_mp(organiser):
    await organiser.reads("1 Rolle wartet auf Bestätigung")
    await organiser.taps_on("Rollen bestätigen")
    await organiser.reads("Mara Mandat")
    await organiser.taps_on("Bestätigen")
    await organiser.reads("Bestätigt. Mara Mandat weiß Bescheid.")


async def _plans_a_round(world, organiser, people):
    """Its reasons are looked at; it goes out; two yeses make a talk, which the timetable gives a time and a table."""
    await organiser.types("/runde")
    await organiser.taps_on("Wer trifft wen")
    await organiser.reads("Ana Keller sucht Ehrenamt, Ben Albrecht bietet es an")
    await organiser.taps_on("Zur Übersicht", "Bestätigen")
    await organiser.reads("Die Runde ist unterwegs")
    for name in ("ana", "ben"):
        await people[name].taps("Kennenlernen")
    assert IntroState.BOTH in await world.rows(Introduction.state)
    await organiser.types("/orga")
    await organiser.taps_on("Zeitplan")
    await organiser.taps_on("Verschicken")
    await organiser.reads("Dieser Zeitplan gilt")
    assert "Deine Gesprächszeiten" in "".join(each.text for each in people["ana"].messages)


async def _announces(world, organiser, second, people):
    """At eleven, after a second look, and taken back a minute later."""
    await organiser.types("/ankuendigung")
    await organiser.reads("Was soll angekündigt werden?")
    await organiser.types(WORDS)
    await organiser.reads("An wen?")
    await organiser.taps_on("An alle", "Später senden")
    await organiser.types("heute um 11 Uhr")
    await organiser.reads("um 11 Uhr")
    await organiser.taps_on("Um Bestätigung bitten")
    await second.reads("Jemand aus dem Team bittet um")
    await second.taps_on("Bestätigen")
    assert not any(arrived(each) for each in people.values())
    await world.clock.to(datetime(2027, 4, 12, 9, 1, tzinfo=UTC))
    assert all(arrived(each) for each in people.values())
    await organiser.reads("Zugestellt: 4")
    await organiser.taps_on("Zurückholen")
    await world.clock.advance(minutes=1)
    await organiser.reads("Davon wieder gelöscht: 4")
    assert not any(arrived(each) for each in people.values())


async def _sends_again(world, organiser, second, people, folder):
    """A picture that Telegram refuses in one chat, and takes at the second try."""
    file = folder / "raum.png"
    file.write_bytes(png())
    refused = {"method": "copyMessage", "code": 400, "description": "Bad Request: message can't be copied"}
    await organiser.types("/ankuendigung")
    await organiser.reads("Was soll angekündigt werden?")
    await organiser.sends_file(file, WORDS)
    await organiser.reads("An wen?")
    await organiser.taps_on("An alle")
    await organiser.reads("Um Bestätigung bitten")
    await organiser.taps_on("Um Bestätigung bitten")
    await second.reads("Jemand aus dem Team bittet um")
    await world.post("faults", json={"next": [refused]})
    await second.taps_on("Bestätigen")
    await world.clock.advance(minutes=1)
    assert sum(map(arrived, people.values())) == 3
    await organiser.reads("Fehlgeschlagen: 1")
    await organiser.taps_on("Fehlgeschlagene erneut")
    await world.clock.advance(minutes=1)
    await organiser.reads("Zugestellt: 4")
    assert all(arrived(each) for each in people.values())


def arrived(person):
    return any(each.text == f"{WORDS}\n\n{SENDER}" for each in person.messages)
