"""The organisers' desk over the wire: workshops and their doors, claimed mandates, and who is let in."""

import zlib

import pytest
import segno

from db.models import Audit, Broadcast, Draft, Person, Workshop
from domain.outcomes.organising.desk import DeskTask
from domain.roles import Role
from domain.words import WORD_JOINER
from handlers.commands import LATER, ORGANISERS
from messages.buttons import Verb
from tests.cast import gather, guest, open_workshop
from tests.world import OWNER, running_world

HOSTILE = "<b>Mut</b> & @boris /loeschen https://boese.example \u202eKrz"
SECOND = 9002


@pytest.fixture
async def team(sqlite_url, starts_at):
    """A world with two owners."""
    async with running_world(sqlite_url, starts_at, owners=frozenset({OWNER, SECOND})) as world:
        yield world


async def test_a_workshop_with_a_hostile_name_gets_its_door(world):
    orga = await world.person("Orga", id=OWNER)
    assert "Am Anfang steht eine Werkstatt" in await orga.start()
    assert "Wie heißt die Werkstatt?" in await orga.taps("Neue Werkstatt")
    card = await orga.says(HOSTILE)
    assert "<b>Mut</b> & @boris /loeschen https://boese.example Krz" in card.replace(WORD_JOINER, "")
    code = card.split("start=w_")[1][:6]
    assert f"Oder diesen Code schreiben: {code}" in card
    assert card.endswith("Noch niemand dabei. Zeig diesen QR-Code am Eingang, dann geht es los.")
    assert len(orga.newest.tappable) == 1, "only the workshop's own link can be tapped"
    ana = await world.joined("Ana Keller", code=code)
    assert "<b>Mut</b> & @boris" in (await ana.says("/profil")).replace(WORD_JOINER, "")
    assert not ana.newest.tappable
    await orga.taps("Zum Menü")
    assert orga.buttons[0].startswith("<b>Mut</b> & @boris")


async def test_the_picture_is_the_link_as_a_qr_code(sqlite_world):
    code = await sqlite_world.workshop("Werkstatt Nordtal")
    orga = await sqlite_world.organiser()
    card = next(each for each in orga.messages if each.body.get("photo"))
    async with sqlite_world._http.get(
        f"{sqlite_world.url}/stage/files/{card.body['photo'][-1]['file_id']}"
    ) as answer:
        picture = _pixels(await answer.read())
    link = f"https://t.me/mutmacher_stage_bot?start=w_{code}"
    assert link in card.text
    assert _modules(picture) in [_matrix(link, level) for level in "LMQH"]


def _pixels(png):
    """Rows of a PNG with one bit or byte a pixel: True is dark. Enough for what segno draws."""
    chunks, at, data = {}, 8, b""
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + size]
        chunks[kind], data = body, data + body if kind == b"IDAT" else data
        at += size + 12
    width, height, depth, colour = (
        int.from_bytes(chunks[b"IHDR"][:4]),
        int.from_bytes(chunks[b"IHDR"][4:8]),
        *chunks[b"IHDR"][8:10],
    )
    assert (depth, colour) in ((1, 0), (1, 3)), "another kind of picture than the test can read"
    raw, stride = zlib.decompress(data), (width + 7) // 8 + 1
    rows = [raw[n * stride : (n + 1) * stride] for n in range(height)]
    plain = [bytes(stride - 1)]
    for kind, *row in rows:
        assert kind in (0, 2), "filtered in another way than the test can read"
        plain.append(bytes((b + up) % 256 if kind else b for b, up in zip(row, plain[-1], strict=True)))
    return [[not row[x // 8] >> (7 - x % 8) & 1 for x in range(width)] for row in plain[1:]]


def _modules(rows):
    """The code without its quiet zone, one value a module: the finder pattern's upper edge is seven wide."""
    dark = [(x, y) for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    edge = next(x for x in range(left, len(rows)) if not rows[top][x]) - left
    size, end = edge // 7, max(x for x, _ in dark)
    assert left >= 4 * size, "too little white around it for a scanner"
    return [[rows[y][x] for x in range(left, end + 1, size)] for y in range(top, end + 1, size)]


def _matrix(link, level):
    code = segno.make(link, error=level, micro=False, boost_error=False)
    return [[bool(module & 1) for module in row] for row in code.matrix]


async def test_people_join_by_link_and_by_typed_code_and_are_counted(sqlite_world):
    code = await sqlite_world.workshop("Werkstatt Nordtal")
    await sqlite_world.joined("Ana Keller")
    ben = await sqlite_world.person("Ben")
    await ben.start()
    await ben.says(f"{code[:3]} {code[3:].lower()}")
    assert "Los geht's" in ben.buttons
    orga = await sqlite_world.organiser()
    await orga.says("/orga")
    assert "Werkstatt Nordtal (1)" in orga.buttons
    assert "1 Mensch ist dabei." in await orga.taps("Werkstatt Nordtal")
    stand = await orga.says("/stand")
    assert "Dabei: unter 5" in stand
    assert "Werkstatt Nordtal" in stand


async def test_a_claimed_mandate_counts_once_an_organiser_said_so(world):
    await world.workshop()
    ana = await world.joined("Ana Keller", seeks="Ehrenamt")
    ben = await world.joined("Ben Albrecht", role="mp", place="Nordtal", seeks="Ehrenamt")
    assert "noch nicht bestätigt" in await ben.says("/profil")
    assert "Ben" not in await ana.says("/partner")
    orga = await world.organiser()
    await orga.says("/orga")
    assert "Rollen bestätigen (1)" in orga.buttons
    card = await orga.says("/teilnehmende")
    assert card.startswith("Ein Mandat zu bestätigen\nBen Albrecht · ")
    assert "Noch nicht bestätigt" in card
    assert "Ohne Code angegeben." in card
    await orga.taps("Bestätigen")
    assert "Bestätigt. Ben Albrecht weiß Bescheid." in orga.last
    assert "Du bist bestätigt." in ben.last
    assert "noch nicht bestätigt" not in await ben.says("/profil")
    assert "Ben Albrecht" in await ana.says("/partner")
    assert "Noch nicht bestätigt" not in ana.heard


async def test_not_confirmed_is_said_kindly_and_can_be_mended_at_reception(sqlite_world):
    world = sqlite_world
    ben = await world.joined("Ben Albrecht", role="mp", voice="sie")
    await world.joined("Cem Demir", role="mp")
    orga = await world.organiser()
    await orga.says("/teilnehmende")
    assert "Danach wartet noch 1 Mensch." in await orga.taps("Ben Albrecht")
    told = await orga.taps("Nicht bestätigen")
    assert "Nicht bestätigt. Ben Albrecht ist an den Empfang eingeladen." in told
    assert "Bitte kommen Sie kurz am Empfang vorbei" in ben.last
    assert "noch nicht bestätigt" in await ben.says("/profil")
    await orga.taps("Doch bestätigen")
    assert "Sie sind bestätigt." in ben.last
    assert "Cem Demir" in await orga.taps("Weitere Rollen (1)")


async def test_whoever_stands_at_reception_is_found_by_name(world):
    names = ("Örs Kaya", "Ben Albrecht", "Paul Zorn", "Ada Yilmaz", "Cem Demir", "Eva Sommer", "Ida Roth",
             "Olga Braun", "Tim Vogt", "Ben Albrecht")  # fmt: skip
    await world.workshop()
    people = await gather(
        world,
        **{
            str(n): {"name": name, "role": Role.MP, "place": "Erfurt" if n else "Dresden"}
            for n, name in enumerate(names)
        },
    )
    orga = await world.organiser()
    await orga.says("/orga")
    listed = await orga.taps("Rollen bestätigen (10)")
    assert listed == "Mandate zu bestätigen (1/2)\n10 Menschen warten. Wer steht vor dir?"
    assert orga.buttons[0] == "1. Ada Yilmaz · Erfurt"
    assert orga.buttons[7:] == ["8. Örs Kaya · Dresden", "Weiter", "Zum Menü"]
    assert "(2/2)" in await orga.taps("Weiter")
    assert orga.buttons == ["9. Paul Zorn · Erfurt", "10. Tim Vogt · Erfurt", "Zurück", "Zum Menü"]
    await orga.taps("Zurück")
    assert "Örs Kaya" in await orga.taps("Örs Kaya")
    assert "Ohne Code angegeben." in orga.last
    await orga.taps("Bestätigen", message=orga.newest)
    assert "Du bist bestätigt." in people["0"].last
    again = await orga.taps("Weitere Rollen (9)")
    assert "9 Menschen warten." in again
    assert not orga.newest.data_of("Örs Kaya")
    assert len(await world.rows(Audit.id)) == 8 + 2 + 8 + 2 + 8, "each name on a page is a look at somebody"


async def test_a_list_that_has_become_shorter_shows_who_is_left(sqlite_world):
    world = sqlite_world
    await world.workshop()
    ben = await world.joined("Ben Albrecht", role="mp")
    orga = await world.organiser()
    assert "1 Mensch wartet." in await orga.sends_button_data("claims_page:7")
    assert "1. Ben Albrecht · Dresden" in orga.buttons
    await orga.says("/teilnehmende")
    await orga.taps("Bestätigen")
    assert "Gerade wartet niemand." in await orga.sends_button_data("claims_page:7")
    assert "noch nicht" not in await ben.says("/profil")


async def test_another_name_has_to_be_confirmed_anew(sqlite_world):
    world = sqlite_world
    ben = await world.joined("Ben Albrecht", role="mp")
    orga = await world.organiser()
    await orga.says("/teilnehmende")
    await orga.taps("Bestätigen")
    await ben.says("/profil")
    await ben.taps_data("edit:name")
    assert "noch nicht bestätigt" in await ben.says("Ben Neumann")
    assert "Ben Neumann" in await orga.says("/teilnehmende")


@pytest.mark.parametrize("decision", ["Bestätigen", "Nicht bestätigen"])
async def test_only_what_was_shown_is_decided_about(sqlite_world, decision):
    """Whoever takes another name while the organiser looks is confirmed under neither."""
    world = sqlite_world
    ben = await world.joined("Ben Albrecht", role="mp")
    orga = await world.organiser()
    await orga.says("/teilnehmende")
    claim = orga.newest
    assert "Ben Albrecht" in claim.text
    await ben.says("/profil")
    await ben.taps_data("edit:name")
    await ben.says("Olaf Neumann")
    again = await orga.taps(decision, message=claim)
    assert "Olaf Neumann" in again
    assert "Seit der letzten Anzeige geändert." in again
    assert set(await world.rows(Person.role_confirmed)) == {None}
    assert await world.count(Audit) == 2, "each was a look at somebody"
    await orga.taps(decision)
    assert set(await world.rows(Person.role_confirmed)) == {None, decision == "Bestätigen"}


async def test_a_look_at_somebody_is_written_down(sqlite_world):
    world = sqlite_world
    ben = await world.joined("Ben Albrecht", role="mp")
    orga = await world.organiser()
    await orga.says("/teilnehmende")
    await orga.taps("Bestätigen")
    assert "Blicke des Teams: 2" in await ben.says("/auskunft")


COMMANDS = [f"/{name}" for name in sorted({*ORGANISERS, *LATER})]
DESK = [
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
    ana = await world.joined("Ana Keller", role="mp")
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
    """The different answers to all of these."""
    await person.does_at_once(*doings)
    assert len(person.new) == len(doings)
    return {each.text for each in person.new}


async def _desk(world):
    """What organisers' acts change."""
    tables = (Workshop.id, Broadcast.state, Audit.id, Draft.kind, Person.role_confirmed)
    return [await world.rows(column) for column in tables]


async def test_numbers_below_five_are_not_told(sqlite_world):
    world = sqlite_world
    for name in ("Ana", "Ben", "Cem", "Dana"):
        await world.joined(name)
    orga = await world.organiser()
    assert "Dabei: unter 5" in await orga.says("/stand"), "a roll-up"
    assert "Versprechen gegeben" not in await orga.says("/orga"), "a roll-up"
    assert "Werkstatt Berlin (4)" in orga.buttons, "the day's work"
    await world.joined("Eva")
    assert "Dabei: 5" in await orga.says("/stats")


async def test_the_numbers_are_those_of_the_workshop_that_was_chosen(sqlite_world):
    world = sqlite_world
    for n in range(5):
        await world.joined(f"Mensch {n}")
    await world.workshop("Werkstatt Nordtal")
    orga = await world.organiser()
    assert "Für welche Werkstatt?" in await orga.says("/stand")
    assert "Werkstatt Berlin\nDabei: 5" in await orga.taps("Werkstatt Berlin (5)")


async def test_of_many_workshops_each_can_be_reached(sqlite_world):
    world = sqlite_world
    for n in range(1, 11):
        await world.workshop(f"Werkstatt {n}")
    orga = await world.organiser()
    await orga.says("/orga")
    assert "Werkstatt 10 (0)" in orga.buttons
    assert "Werkstatt 1 (0)" not in orga.buttons, "the tenth"
    await orga.taps("Alle 10 Werkstätten")
    await orga.taps("Weiter")
    assert "Der Weg in die Werkstatt\nWerkstatt 1\n" in await orga.taps("Werkstatt 1 (0)")
    assert "Zurück" not in await orga.says("/stand")
    await orga.taps("Weiter")
    assert "Werkstatt 1\nDabei: unter 5" in await orga.taps("Werkstatt 1 (0)")


async def test_without_a_workshop_the_desk_says_what_comes_first(team):
    orga = await team.person("Orga", id=OWNER)
    await orga.start()
    for command in ("/ankuendigung", "/stand"):
        assert "Am Anfang steht eine Werkstatt." in await orga.says(command)
        assert "QR-Code am Eingang" not in orga.heard
    await orga.says("/werkstatt")
    assert "keine Worte" in await orga.says("\u200b\u200b")
    assert "bis zu 80" in (await orga.says("x" * 81)).casefold()
    assert "Der Weg in die Werkstatt" in await orga.says("Werkstatt Süd")
    assert orga.with_button("Zum Menü")


async def test_an_organiser_who_cancels_finds_the_way_back(sqlite_world):
    orga = await sqlite_world.organiser()
    await orga.says("/werkstatt")
    assert "Abgebrochen." in await orga.says("/abbrechen")
    assert orga.buttons == ["Zum Menü"]
    assert "Euer Pult" in await orga.taps("Zum Menü")
    assert "Euer Pult" in await orga.says("/abbrechen"), "nothing was open"


async def test_who_takes_part_and_organises_finds_both_ways(team):
    orga = await team.joined("Zweite", id=SECOND)
    for ends in (lambda: orga.says("/abbrechen"), lambda: orga.sends_button_data("pledge:99")):
        await ends()
        assert orga.buttons[0] == "Leute kennenlernen"
        assert orga.buttons[-1] == "Fürs Team"


async def test_what_comes_later_says_so_to_organisers(sqlite_world):
    orga = await sqlite_world.organiser()
    for command in LATER:
        assert "Das kann ich noch nicht." in await orga.says(f"/{command}"), command


async def test_organisers_are_told_that_a_name_looks_like_a_confirmed_one(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    await guest(world, workshop, "Karl Muster", role=Role.MP, role_confirmed=True)
    posing = await guest(world, workshop, "Кarl Muster", role=Role.MP)
    await guest(world, workshop, "Eva Sommer", role=Role.MP)
    orga = await world.organiser()
    alike = "Der Name sieht aus wie der von jemandem, der schon bestätigt ist."
    assert alike in await orga.sends_button_data(f"claim:{posing.row}")
    await orga.taps("Weitere Rollen (1)")
    assert alike not in await orga.taps("Eva Sommer")
