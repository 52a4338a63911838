"""A planned round is changed by tapping before it goes out: two swap, a pair is taken out, somebody is added.

Everybody here is invented.
"""

from sqlalchemy import select

from db.models import Person, RoundLine, Suggestion, Workshop
from domain.outcomes.matching import Why
from domain.roles import Role
from tests.cast import gather, member

STALE = "nicht mehr aktuell"
SEEKS, OFFERS = {"seeks": ("ehrenamt",)}, {"offers": ("ehrenamt",)}


async def two_pairs(world):
    """Ana seeks what only Ben offers, Cem what only Dora offers; Eva has named no topics, and Finn fits nobody."""
    people = await gather(
        world,
        ana={"name": "Ana Keller", "seeks": ("ehrenamt",)},
        ben={"name": "Ben Albrecht", "role": Role.MP, "role_confirmed": True, "offers": ("ehrenamt",)},
        cem={"name": "Cem Demir", "seeks": ("kita",)},
        dora={"name": "Dora Lenz", "role": Role.MP, "role_confirmed": True, "offers": ("kita",)},
        eva={"name": "Eva Brandt"},
        finn={"name": "Finn Moor", "seeks": ("wald",)},
    )
    orga = await world.organiser()
    await orga.says("/runde")
    return orga, people


async def planned(world):
    async with world.database.reader() as session:
        names = {p.id: p.name.split()[0] for p in await session.scalars(select(Person)) if p.name}
        lines = await session.scalars(select(RoundLine).where(RoundLine.left.is_(None)))
        return sorted((names[line.person_id], names[line.other_id]) for line in lines)


async def sent(world):
    async with world.database.reader() as session:
        names = {p.id: p.name.split()[0] for p in await session.scalars(select(Person)) if p.name}
        return sorted(
            (names[c.person_id], names[c.other_id]) for c in await session.scalars(select(Suggestion))
        )


async def test_two_swap_one_pair_goes_and_somebody_is_added(world):
    orga, people = await two_pairs(world)
    assert "Ana Keller sucht Ehrenamt, Ben Albrecht bietet es an" in await orga.taps("Wer trifft wen")
    assert "Was soll sich ändern?" in await orga.taps("Ana Keller mit Ben Albre…")
    assert "· Ana Keller und Dora Lenz sind beide da." in await orga.taps("Tauschen")
    assert "Ana Keller und Dora Lenz sind beide da." in await orga.taps("Mit Cem Demir")
    assert await planned(world) == [("Ana", "Dora"), ("Cem", "Ben")]
    await orga.taps("Cem Demir mit Ben Albrec…")
    await orga.taps("Aus der Runde nehmen")
    assert await planned(world) == [("Ana", "Dora")]
    await orga.taps("Zur Übersicht")
    assert "Cem Demir: vom Team herausgenommen" in await orga.taps("Wer bleibt ohne (3)")
    assert "Cem Demir und Ben Albrecht sind beide da" in await orga.taps("Karte für Cem Demir")
    assert "Cem Demir sucht Kita und Kinderbetreuung, Dora Lenz bietet es an" in orga.last
    await orga.taps("Mit Ben Albrecht")
    await orga.taps("Zur Übersicht")
    assert await orga.taps("Bestätigen") == "Die Runde ist unterwegs\nVorschläge: 2"
    assert await sent(world) == [("Ana", "Dora"), ("Cem", "Ben")]
    assert "Ihr seid beide bei dieser Werkstatt dabei." in people["ana"].last
    assert await world.rows(Suggestion.why) == [Why.HERE, Why.HERE]


async def test_a_stale_tap_shows_the_plan_as_it_is(sqlite_world):
    world = sqlite_world
    orga, people = await two_pairs(world)
    go = orga.newest.data_of("Bestätigen")
    await orga.taps("Wer trifft wen")
    await orga.taps("Ana Keller mit Ben Albre…")
    cut = orga.newest.data_of("Aus der Runde nehmen")
    await orga.taps("Tauschen")
    swap = orga.newest.data_of("Mit Cem Demir")
    await orga.taps("Mit Cem Demir")
    for old in (cut, swap, go):
        await orga.sends_button_data(old)
        assert orga.last.startswith("Inzwischen sieht die Runde so aus"), old
    assert await planned(world) == [("Ana", "Dora"), ("Cem", "Ben")]
    assert await sent(world) == []
    await people["ana"].says("/hilfe")
    for data in (cut, swap, go, "round_topics:1", "round_choose:1:give-1:0", "round_pair:1:1"):
        assert STALE in await people["ana"].sends_button_data(data), data
    for data in (
        "round_pair:1:999",
        "round_choose:1:swap-1:9",
        "round_choose:9:swap-1:0",
        "round_choose:1:x-1:0",
    ):
        assert STALE in await orga.sends_button_data(data), data


async def test_whoever_would_be_the_third_joins_a_pair(sqlite_world):
    world = sqlite_world
    orga, _ = await two_pairs(world)
    await orga.taps("Wer trifft wen")
    await orga.taps("Ana Keller mit Ben Albre…")
    assert "Finn Moor und Ben Albrecht sind beide da." in await orga.taps("Jemanden dazunehmen")
    assert "Zu dritt mit Finn Moor." in await orga.taps("Mit Finn Moor")
    assert await planned(world) == [("Ana", "Ben"), ("Cem", "Dora"), ("Finn", "Ben")]
    assert "Gespräche zu dritt: 1" in await orga.taps("Zur Übersicht")
    await orga.taps("Wer trifft wen")
    await orga.taps("Finn Moor mit Ben Albrec…")
    assert "Jemanden dazunehmen" not in orga.buttons
    await orga.taps("Aus der Runde nehmen")
    assert "Zu dritt" not in orga.last


async def test_those_without_topics_are_asked_once_and_not_at_night(sqlite_world):
    world = sqlite_world
    orga, people = await two_pairs(world)
    eva = people["eva"]
    assert "Eva Brandt: keine Themen genannt" in await orga.taps("Wer bleibt ohne (2)")
    await world.clock.advance(hours=23 - world.clock.local.hour)
    heard = len(eva.messages)
    assert await orga.taps("Nach Themen fragen") == "Themen erfragt\nJetzt gefragt: 1"
    assert len(eva.messages) == heard, "nobody is woken"
    await world.clock.advance(hours=9)
    assert "Sag mir ein Thema" in eva.last
    heard = len(eva.messages)
    await orga.taps("Zurück")
    assert "Jetzt gefragt: 0\nSchon vorher gefragt: 1." in await orga.taps("Nach Themen fragen")
    await orga.taps("Zur Übersicht")
    await orga.taps("Bestätigen")
    assert len(eva.messages) == heard, "once in a workshop"


async def test_who_comes_later_can_be_added(sqlite_world):
    world = sqlite_world
    orga, _ = await two_pairs(world)
    (workshop_id,) = await world.rows(Workshop.id)
    gil = await world.person("Gil")
    await world.add(member(gil.id, world.clock.now(), "Gil Roth", workshop_id=workshop_id, seeks=("kita",)))
    world.stage.ledger.phone(gil.id).started = True
    assert "Gil Roth: neu dazugekommen" in await orga.taps("Wer bleibt ohne (2)")
    assert "Gil Roth sucht Kita und Kinderbetreuung" in await orga.taps("Karte für Gil Roth")
    await orga.taps("Mit Dora Lenz")
    await orga.taps("Zur Übersicht")
    await orga.taps("Bestätigen")
    assert ("Gil", "Dora") in await sent(world)
