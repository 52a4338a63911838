"""Workshops over the wire: made, changed from their card, copied and printed, by whoever may."""

from datetime import date, time

import pypdfium2
import pytest

from actions.organising.workshops.workshop_details import details
from db.models import Grant, Workshop
from domain.team import TeamRole
from domain.voice import Voice
from domain.words import WORD_JOINER
from domain.workshops import WorkshopField
from tests.cast import guest, open_workshop
from tests.conversations.scanning import scanned
from tests.world import OWNER, running_world

SECOND = 9002
HOSTILE = "<b>Haus</b> & @boris https://boese.example"


@pytest.fixture
async def team(sqlite_url, starts_at):
    """A world with two owners, and a workshop."""
    async with running_world(sqlite_url, starts_at, owners=frozenset({OWNER, SECOND})) as world:
        yield world


async def card_of(orga, title="Werkstatt Berlin"):
    await orga.says("/orga")
    return await orga.taps(title)


async def test_every_detail_is_changed_by_tapping_it(sqlite_world):
    world = sqlite_world
    await world.workshop()
    orga = await world.organiser()
    card = await card_of(orga)
    assert "Ort: noch offen\nNeue Gäste: per Du, auf Deutsch\nStehtische: 12" in card
    typed = {
        "Name": "Werkstatt Erfurt",
        "Tag": "20. Mai",
        "Uhrzeit": "9 bis 17 Uhr",
        "Ort": "Rathaus, Marktplatz 1, 99084 Erfurt",
        "Stehtische": "Fenster, Bühne",
        "Absender": "Stadt Erfurt",
    }
    for field, value in typed.items():
        await orga.taps(field)
        assert f"Gespeichert: {field}" in await orga.says(value)
    await orga.taps("Anrede")
    card = await orga.taps("per Sie, auf Deutsch")
    assert (
        "Werkstatt Erfurt\nTag: 20. Mai, 9 bis 17 Uhr\nOrt: Rathaus, Marktplatz 1, 99084 Erfurt · Thüringen"
        in card
    )
    assert "Neue Gäste: per Sie, auf Deutsch\nStehtische: 2 (Fenster, Bühne)\nAbsender: Stadt Erfurt" in card
    await orga.taps("Bundesland")
    assert "· Hessen" in await orga.taps("Hessen")
    await orga.taps("Ort")
    assert "Ort: noch offen" in await orga.taps("Leer lassen")
    (row,) = await world.rows(Workshop)
    assert (row.opens, row.closes, row.voice, row.land) == (time(9), time(17), Voice.SIE, None)


async def test_a_past_day_is_entered_after_it_was_asked_back(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    await orga.says("/orga")
    await orga.taps("Neue Werkstatt")
    await orga.says("Werkstatt Nord")
    assert "Der 11. April 2027 ist schon vorbei" in await orga.says("11. April")
    assert await world.rows(Workshop) == []
    asked = orga.newest
    await orga.taps("11. April 2027")
    assert "Tag: 11. April" in await orga.taps("Überspringen")
    card = orga.newest
    await orga.taps("11. April 2028", message=asked)
    assert "nicht mehr aktuell" in orga.screen(2)
    await orga.taps("Tag", message=card)
    assert "Der 10. April 2027 ist schon vorbei" in await orga.says("10.4.2027")
    assert "Tag: 10. April" in await orga.taps("10. April 2027")
    (row,) = await world.rows(Workshop)
    for day in ("20270101", "20300101", "20270431", "1"):
        seen = details(row).version(WorkshopField.DAY)
        await orga.sends_button_data(f"workshop_set:{row.id}:day-{day}:{seen}")
    assert await world.rows(Workshop.day) == [date(2027, 4, 10)]


async def test_what_says_no_such_thing_changes_nothing(sqlite_world):
    world = sqlite_world
    await world.workshop()
    orga = await world.organiser()
    await card_of(orga)
    wrong = {
        "Tag": ("12.04.2020", "Welcher Tag ist das?"),
        "Uhrzeit": ("17 bis 9", "9 bis 17 Uhr"),
        "Stehtische": ("101", "Höchstens 100"),
        "Bundesland": ("Tirol", "Bundesland kenne ich nicht"),
        "Name": ("x" * 81, "80"),
    }
    card, (row,) = orga.newest, await world.rows(Workshop)
    for field, (typed, said) in wrong.items():
        await orga.taps(field, message=card)
        assert said in await orga.says(typed), field
    for value in ("voice-fr", "land-XX", "title-none", "closed-ajar", "day-tomorrow", "color-red", "voice"):
        field = value.partition("-")[0]
        seen = details(row).version(WorkshopField(field)) if field in set(WorkshopField) else 1
        await orga.sends_button_data(f"workshop_set:{row.id}:{value}:{seen}")
        assert "nicht mehr aktuell" in orga.screen(2), value
    assert [details(each) for each in await world.rows(Workshop)] == [details(row)]
    await orga.taps("Ort", message=card)
    assert "<b>Haus</b> & @boris" in (await orga.says(HOSTILE)).replace(WORD_JOINER, "")
    assert orga.newest.tappable == ["text_link", "mention"], "only the workshop's own link, and the bot"


async def test_of_two_organisers_at_once_neither_loses_anything_silently(team):
    await team.workshop()
    orga, second = await team.organiser(), await team.person("Second", id=SECOND)
    await second.start()
    for one in (orga, second):
        await card_of(one)
        await one.taps("Ort")
    await orga.says("Rathaus")
    heard = await second.says("Turnhalle")
    assert "Inzwischen hat es jemand aus dem Team geändert" in heard
    assert "Bisher: Rathaus" in heard
    assert await team.rows(Workshop.title) == ["Werkstatt Berlin"]
    assert "Ort: Turnhalle" in await second.says("Turnhalle"), "now it is about what was shown"
    await orga.taps("Anrede")
    await second.taps("Anrede")
    await orga.taps("per Sie, auf Deutsch")
    heard = await second.taps("auf Englisch")
    assert heard.startswith("Das steht inzwischen anders da")
    assert "per Sie, auf Deutsch" in heard
    await second.taps("Name")
    await orga.taps("Schließen")
    assert "Gespeichert: Name" in await second.says("Werkstatt Süd"), "another detail is no conflict"


async def test_a_copy_takes_over_all_but_code_day_and_people(sqlite_world):
    world = sqlite_world
    kept = {"opens": time(9), "closes": time(17), "place": "Erfurt", "land": "TH", "voice": Voice.SIE}
    kept |= {"tables": 2, "table_names": "A\nB", "sender": "Stadt Erfurt"}
    first = await open_workshop(world, code="AAAAAA", title="Werkstatt Erfurt", **kept)
    await guest(world, first, "Ana Keller")
    orga = await world.organiser()
    await card_of(orga, "Werkstatt Erfurt")
    assert "Alles andere übernehme ich" in await orga.taps("Kopieren")
    card = await orga.says("20. Mai")
    assert "Tag: 20. Mai, 9 bis 17 Uhr" in card
    assert "Noch niemand dabei." in card
    one, other = await world.rows(Workshop)
    assert {name: getattr(other, name) for name in kept} == kept
    assert (other.title, other.closed_at) == (one.title, None)
    assert (other.code, other.day) != (one.code, one.day)


async def test_posters_cards_and_the_picture_go_out_as_files(sqlite_world):
    code = await sqlite_world.workshop()
    orga = await sqlite_world.organiser()
    await card_of(orga)
    asked = await orga.taps("Plakat, Karten, Bild")
    assert "Gerade für alle, Sprache: Deutsch." in asked
    await orga.taps("für Abgeordnete")
    assert "Gerade für Abgeordnete, Sprache: Englisch." in await orga.taps("Auf Englisch")
    menu, said = orga.newest, {"Plakat (A4)": 1, "Karten (4 × A6)": 4}
    for label, copies in said.items():
        await orga.taps(label, message=menu)
        text = await printed(sqlite_world, orga.newest)
        assert text.count(code) == copies
        assert "For members of parliament" in text
    await orga.taps("QR-Code als Bild", message=menu)
    assert await scanned(sqlite_world, orga.newest) == f"https://t.me/mutmacher_stage_bot?start=w_{code}-mp"


async def printed(world, bubble):
    """What can be read on the page of the file."""
    address = f"{world.url}/stage/files/{bubble.body['document']['file_id']}"
    async with world._http.get(address) as answer:
        with pypdfium2.PdfDocument(await answer.read()) as document:
            return document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("role", "everywhere", "sees", "changes", "copies"),
    [
        (TeamRole.ORGANISER, True, True, True, True),
        (TeamRole.ORGANISER, False, True, True, False),
        (TeamRole.RECEPTION, False, True, False, False),
        (TeamRole.VIEWER, True, False, False, False),
    ],
)
async def test_who_may_do_what_with_a_workshop(sqlite_world, role, everywhere, sees, changes, copies):
    """The card shows nobody a button that they may not press, and a forged press is as good as an old one."""
    world = sqlite_world
    workshop_id = await open_workshop(world)
    await open_workshop(world, code="BBBBBB", title="Andere")
    ana = await guest(world, workshop_id, "Ana Keller")
    here = None if everywhere else workshop_id
    await world.add(Grant(person_id=ana.row, role=role, workshop_id=here, granted_at=world.clock.now()))
    may = {
        f"workshop:{workshop_id}": sees,
        f"workshop_print:{workshop_id}:poster:all-de": sees,
        f"workshop_field:{workshop_id}:place": changes,
        f"workshop_set:{workshop_id}:closed-yes:0": changes,
        "workshop_field:2:place": changes and everywhere,
        f"workshop_copy:{workshop_id}": copies,
        "workshop_new": copies,
    }
    for data, allowed in may.items():
        await ana.sends_button_data(data)
        heard = " ".join(each.text for each in ana.new)
        assert ("nicht mehr aktuell" not in heard) is allowed, data
    if sees:
        await ana.sends_button_data(f"workshop:{workshop_id}")
        assert ("Ort" in ana.buttons, "Kopieren" in ana.buttons) == (changes, copies)
