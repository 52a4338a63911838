"""Workshops over the wire: made, changed from their card, copied, closed, printed; and what their guests notice."""

from datetime import time, timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from actions.organising.workshop_details import details
from db.models import Grant, Introduction, Person, Workshop
from domain.team import TeamRole
from domain.voice import Voice
from domain.words import WORD_JOINER
from domain.workshops import Field
from tests.cast import agrees, guest, open_workshop
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
        seen = details(row).seen(Field(field)) if field in set(Field) else 1
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


async def test_a_closed_workshop_lets_nobody_new_in_and_keeps_everybody(sqlite_world):
    world = sqlite_world
    ana = await world.joined_already("Ana Keller")
    code, orga = world.code, await world.organiser()
    waiting = await world.person("Cem")
    await waiting.start(f"w_{code}")
    await card_of(orga)
    asked = orga.newest
    assert "Geschlossen: Neue kommen" in await orga.taps("Schließen")
    ben = await world.person("Ben")
    await ben.start(f"w_{code}")
    assert "nimmt niemanden mehr auf" in ben.screen()
    assert "Für welche Werkstatt" in ben.last
    await agrees(waiting)
    assert "nimmt niemanden mehr auf" in waiting.screen(8)
    await open_workshop(world, code="BBBBBB", title="Andere")
    joined = await world.joined_already("Dora Dorn", code="BBBBBB")
    assert "nimmt niemanden mehr auf" in await joined.says(code)
    assert "Hier bist du schon dabei." in await ana.start(f"w_{code}")
    assert "steht inzwischen anders da" in await orga.presses(asked, asked.data_of("Schließen"))
    assert "wieder offen" in await orga.taps("Wieder öffnen")
    assert "Willkommen in dieser Werkstatt!" in await joined.says(code)


@pytest.mark.parametrize(
    ("language", "voice", "begins"),
    [
        ("de", None, "Schön, dass du da bist!"),
        ("de", Voice.SIE, "Schön, dass Sie da sind!"),
        ("de", Voice.EN, "Good to have you here!"),
        ("en", Voice.SIE, "Good to have you here!"),
    ],
)
async def test_newcomers_are_spoken_to_as_the_workshop_says(sqlite_world, language, voice, begins):
    await open_workshop(sqlite_world, code="AAAAAA", voice=voice)
    ana = await sqlite_world.person("Ana", language_code=language)
    await ana.start("w_AAAAAA")
    assert ana.last.startswith(begins)
    ben = await sqlite_world.person("Ben", language_code=language)
    await ben.start()
    await ben.says("aaaaaa")
    assert ben.last.startswith(begins), "the typed code is as good as the link"
    await agrees(ana)
    (stored,) = await sqlite_world.chosen(select(Person.voice).where(Person.chat_id == ana.id))
    assert stored is {"en": Voice.EN}.get(language, voice or Voice.DU)


async def test_a_poster_for_mps_puts_their_answer_first(sqlite_world, clock):
    """They still say themselves who they are; and before the day nobody is asked who they are here for today."""
    await open_workshop(sqlite_world, code="AAAAAA", day=clock.local.date().replace(day=28))
    for payload, first in (("w_AAAAAA-mp", "Bundestag oder Landtag"), ("w_AAAAAA", "Rathaus oder Landkreis")):
        ana = await sqlite_world.person("Ana")
        await ana.start(payload)
        await agrees(ana)
        assert ana.buttons[0] == first
        assert ana.last.startswith("Für wen bist du dabei?")
    assert await sqlite_world.rows(Person.role) == [None, None]


async def test_the_tables_of_the_day_have_names_and_end_with_it(sqlite_world, clock):
    """Ten o'clock: it opens at eleven and closes at five."""
    world, meets = (
        sqlite_world,
        {"opens": time(11), "closes": time(17), "tables": 1, "table_names": "Tisch am Fenster"},
    )
    workshop_id = await open_workshop(world, **meets)
    ana = await guest(world, workshop_id, "Ana Keller", seeks=("ehrenamt",))
    ben = await guest(world, workshop_id, "Ben Albrecht", offers=("ehrenamt",))
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    (intro,) = await world.rows(Introduction)
    assert f"{intro.expires_at.astimezone(clock.local.tzinfo):%H:%M}" == "17:00"
    await ben.taps("Kennenlernen")
    assert "Treffpunkt: Tisch am Fenster, ab 11 Uhr." in ben.last
    await clock.advance(hours=2)
    await ben.taps("Bin da")
    assert "Treffpunkt: Tisch am Fenster, am besten jetzt." in ben.last
    orga = await world.organiser()
    await card_of(orga)
    await orga.taps("Stehtische")
    await orga.says("Bühne")
    assert [each.last.count("Treffpunkt: Bühne, am besten jetzt.") for each in (ana, ben)] == [1, 1]


async def test_before_the_day_nothing_is_said_to_be_today(sqlite_world, clock):
    """A question that nobody answers within a week, and a round that an organiser plans early."""
    world, day = sqlite_world, clock.local.date() + timedelta(days=20)
    workshop_id = await open_workshop(world, day=day)
    ana = await guest(world, workshop_id, "Ana Keller", seeks=("ehrenamt",))
    await guest(world, workshop_id, "Ben Albrecht", offers=("ehrenamt",))
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    await clock.advance(days=8)
    assert "Es hat zeitlich nicht gepasst." in ana.screen()
    orga = await world.organiser()
    assert f"nicht heute, sondern am {day.day}. Mai" in await orga.says("/runde")


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
