"""The organisers' desk over the wire: workshops and their doors, the numbers, and who is let in."""

from datetime import timedelta

import pytest

from db.models import Audit, Broadcast, Draft, Person, Workshop
from domain.limits import MESSAGES, WINDOW
from domain.outcomes.organising.desk import DeskTask
from domain.roles import Role
from domain.words import WORD_JOINER
from handlers.commands import ORGANISERS
from messages.buttons import Verb
from tests.cast import gather, guest
from tests.world import OWNER, running_world

HOSTILE = "<b>Mut</b> & @boris /loeschen https://boese.example \u202eKrz"
SECOND = 9002


@pytest.fixture
async def team(sqlite_url, starts_at):
    """A world with two owners."""
    async with running_world(sqlite_url, starts_at, owners=frozenset({OWNER, SECOND})) as world:
        yield world


async def test_a_workshop_with_a_hostile_name_gets_its_door(sqlite_world):
    orga = await sqlite_world.person("Orga", id=OWNER)
    assert "Am Anfang steht eine Werkstatt" in await orga.start()
    assert "Wie heißt die Werkstatt?" in await orga.taps("Neue Werkstatt")
    assert "Wann ist die Werkstatt?" in await orga.says(HOSTILE)
    assert "Wo ist die Werkstatt?" in await orga.taps("Heute")
    card = await orga.taps("Überspringen")
    assert "<b>Mut</b> & @boris /loeschen https://boese.example Krz" in card.replace(WORD_JOINER, "")
    code = card.split("start=w_")[1][:6]
    assert f"Oder an @mutmacher_stage_bot diesen Code schreiben: {code}" in card
    assert card.endswith("Noch niemand dabei. Zeig diesen QR-Code am Eingang, dann geht es los.")
    assert orga.newest.tappable == ["text_link", "mention"], "only the workshop's own link, and the bot"
    ana = await sqlite_world.joined_already("Ana Keller", code=code)
    assert "<b>Mut</b> & @boris" in (await ana.says("/profil")).replace(WORD_JOINER, "")
    assert not ana.newest.tappable
    await orga.taps("Zum Menü")
    assert orga.buttons[0].startswith("<b>Mut</b> & @")


async def test_a_workshop_made_before_its_day(sqlite_world, clock):
    """Made on Monday so that the posters can be printed; on Thursday there are tables, and a word is kept at once."""
    world = sqlite_world
    await world.makes_workshop(day="Donnerstag")
    thursday = clock.local.date() + timedelta(days=3)
    assert await world.rows(Workshop.day) == [thursday]
    assert "Tag: 15. April" in (await world.organiser()).last
    await clock.advance(days=3)
    (workshop_id,) = await world.rows(Workshop.id)
    ana = await guest(world, workshop_id, "Ana Keller")
    await ana.says("/partner")
    assert "melde mich, sobald sich das ändert" in ana.last
    ben = await guest(world, workshop_id, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await clock.advance(hours=1)
    assert "Ben Albrecht" in ana.last
    await ana.taps("Kennenlernen")
    await ben.taps("Kennenlernen")
    assert "Stehtisch" in ana.last


async def test_the_day_of_a_workshop_is_none_that_is_over(sqlite_world):
    orga = await sqlite_world.organiser()
    await orga.says("/werkstatt")
    await orga.says("Werkstatt Nord")
    asked = orga.newest
    for day in ("irgendwann", "12.04.2020"):
        await orga.says(day)
        assert await sqlite_world.count(Workshop) == 0
    await orga.says("20. Mai")
    assert await sqlite_world.count(Workshop) == 1
    assert "Dieser Knopf ist nicht mehr aktuell." in await orga.presses(asked, asked.data_of("Heute"))
    assert await sqlite_world.count(Workshop) == 1


async def test_people_join_by_link_and_by_typed_code_and_are_counted(sqlite_world):
    code = await sqlite_world.workshop("Werkstatt Nordtal")
    await sqlite_world.joined_already("Ana Keller")
    ben = await sqlite_world.person("Ben")
    await ben.start()
    await ben.says(f"{code[:3]} {code[3:].lower()}")
    assert "Los geht's" in ben.buttons
    orga = await sqlite_world.organiser()
    await orga.says("/orga")
    assert "Werkstatt Nordtal" in orga.buttons
    assert "Unter 5 Menschen sind dabei." in await orga.taps("Werkstatt Nord")
    stand = await orga.says("/stand")
    assert "Dabei: wenige" in stand
    assert "Werkstatt Nordtal" in stand


COMMANDS = [f"/{name}" for name in sorted(ORGANISERS)]
DESK = [
    f"{Verb.WORKSHOP_TODAY}:1",
    *(Verb.ORGA, Verb.WORKSHOP_NEW, Verb.CLAIMS, Verb.BROADCAST, Verb.COUNTS),
    *(f"{Verb.IN_WORKSHOP}:1:{task}" for task in DeskTask),
    *(f"{Verb.CLAIMS_PAGE}:0", f"{Verb.WORKSHOPS}:{DeskTask.CARD}:0"),
    *(f"{verb}:1" for verb in (Verb.WORKSHOP, Verb.CLAIM)),
    *(f"{verb}:1:00000000" for verb in (Verb.CLAIM_YES, Verb.CLAIM_NO)),
    *(f"{Verb.BROADCAST_GO}:1:1", f"{Verb.BROADCAST_DROP}:1"),
    *(f"{Verb.SEGMENT}:1:everybody", f"{Verb.SEGMENT_IS}:1:land:BY"),
]


async def test_to_everybody_else_there_is_no_desk(sqlite_world):
    world = sqlite_world
    ana = await world.joined_already("Ana Keller", role="mp")
    orga = await world.organiser()
    await orga.says("/ankuendigung")
    await orga.says("Raum geändert")
    before = await _desk(world)
    cem = await world.person("Cem")
    await cem.start()
    for person in (ana, cem):
        unknown = await person.says("/gibtesnicht")
        assert await _to_each(person, *(("send", {"text": text}) for text in COMMANDS)) == {unknown}
        missing = await person.sends_button_data("nothing_of_ours:1")
        for data in DESK:
            assert await person.sends_button_data(str(data)) == missing, data
    assert await _desk(world) == before


async def _to_each(person, *doings):
    """The different answers to all of these, as many at once as are read within a minute."""
    texts = set()
    for at_once in range(0, len(doings), MESSAGES - 1):
        person.world.clock.skip(WINDOW)
        await person.does_at_once(*doings[at_once : at_once + MESSAGES - 1])
        assert person.new
        texts |= {each.text for each in person.new}
    return texts


async def _desk(world):
    """What organisers' acts change."""
    tables = (Workshop.id, Broadcast.state, Audit.id, Draft.kind, Person.role_confirmed)
    return [await world.rows(column) for column in tables]


async def test_numbers_below_five_are_not_told(sqlite_world):
    world = sqlite_world
    for name in ("Ana", "Ben", "Cem", "Dana"):
        await world.joined_already(name)
    orga = await world.organiser()
    assert "Dabei: wenige" in await orga.says("/stand"), "a roll-up"
    assert "Versprechen gegeben" not in await orga.says("/orga"), "a roll-up"
    assert "Werkstatt Berlin" in orga.buttons
    await world.joined_already("Eva")
    assert "Dabei: 5" in await orga.says("/stats")


async def test_the_numbers_are_those_of_the_workshop_that_was_chosen(sqlite_world):
    world = sqlite_world
    for n in range(5):
        await world.joined_already(f"Mensch {n}")
    await world.workshop("Werkstatt Nordtal")
    orga = await world.organiser()
    assert "Werkstätten zusammen: 2" in await orga.says("/stand")
    await orga.taps("Nach Werkstatt")
    assert "Dabei: wenige" in await orga.taps("Werkstatt Nordtal")
    await orga.taps("Alle Werkstätten")
    await orga.taps("Nach Werkstatt")
    assert "Dabei: 5" in await orga.taps("Werkstatt Berlin")


async def test_of_many_workshops_each_can_be_reached(sqlite_world):
    world = sqlite_world
    for n in range(1, 11):
        await world.workshop(f"Werkstatt {n}")
    orga = await world.organiser()
    await orga.says("/orga")
    assert "Werkstatt 10" in orga.buttons
    assert "Werkstatt 1" not in orga.buttons, "the tenth"
    await orga.taps("Alle 10 Werkstätten")
    await orga.taps("Weiter")
    assert "Der Weg in die Werkstatt\nWerkstatt 1\n" in await orga.taps("Werkstatt 1")
    await orga.says("/stand")
    await orga.taps("Nach Werkstatt")
    await orga.taps("Weiter")
    assert "Werkstatt 1\n" in await orga.taps("Werkstatt 1")


async def test_without_a_workshop_the_desk_says_what_comes_first(team):
    orga = await team.person("Orga", id=OWNER)
    await orga.start()
    for command in ("/ankuendigung", "/stand"):
        assert "Am Anfang steht eine Werkstatt." in await orga.says(command)
        assert "QR-Code am Eingang" not in orga.heard
    await orga.says("/werkstatt")
    assert "keine Worte" in await orga.says("\u200b\u200b")
    assert "bis zu 80" in (await orga.says("x" * 81)).casefold()
    await orga.says("Werkstatt Süd")
    await orga.taps("Heute")
    assert "Der Weg in die Werkstatt" in await orga.taps("Überspringen")
    assert orga.with_button("Zum Menü")


async def test_an_organiser_who_cancels_finds_the_way_back(sqlite_world):
    orga = await sqlite_world.organiser()
    await orga.says("/werkstatt")
    assert "Abgebrochen." in await orga.says("/abbrechen")
    assert orga.buttons == ["Zum Menü"]
    assert "Euer Pult" in await orga.taps("Zum Menü")
    assert "Euer Pult" in await orga.says("/abbrechen"), "nothing was open"


async def test_who_takes_part_and_organises_finds_both_ways(team):
    orga = await team.joined_already("Zweite", id=SECOND)
    for ends in (lambda: orga.says("/abbrechen"), lambda: orga.sends_button_data("pledge:99")):
        await ends()
        assert orga.buttons[0] == "Leute kennenlernen"
        assert orga.buttons[-1] == "Fürs Team"


async def test_no_place_tells_how_few_there_are_but_work_is_counted(sqlite_world):
    """Six people: four from the town hall, one confirmed MP, one MP who waits."""
    world = sqlite_world
    about = {f"p{n}": {"name": f"Person {n}"} for n in range(4)}
    mps = {"role": Role.MP}
    people = await gather(
        world,
        **about,
        mp={"name": "Mia Mai", **mps, "role_confirmed": True},
        claims={"name": "Cem Dem", **mps},
    )
    orga = await world.organiser()
    await orga.says("/orga")
    assert "Werkstatt Berlin (6)" in orga.buttons
    assert "Rollen bestätigen (1)" in orga.buttons, "work"
    await orga.says("/ankuendigung")
    await orga.says("Der Raum ist jetzt 2.14")
    assert orga.buttons[:2] == ["An alle (6)", "Abgeordnete (unter 5)"]
    await orga.taps("Rolle")
    assert set(orga.buttons[:2]) == {"Rathaus oder Landkreis (unter 5)", "Bundestag oder Landtag (unter 5)"}
    await orga.taps("Bundestag oder Landtag")
    await orga.taps("Zurück")
    await orga.taps("Zur Vorschau")
    assert "2" in orga.last.split("\n")[0], "who is to confirm it has to know"
    await people["mp"].says("/loeschen")
    world.forgotten.add(people["mp"].id)
    await people["mp"].taps("Ja, alles löschen")
    counts = await orga.says("/stand")
    assert "Dabei: 5" in counts
