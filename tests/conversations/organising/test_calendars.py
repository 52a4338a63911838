"""An organiser sends sitting weeks or school holidays: read, shown line by line, and taken over at one word."""

import threading
from datetime import date

import pytest

from actions.organising.workshops.calendars import preview
from actions.pledging.nudges import terms
from db.models import Audit, CalendarUpload
from domain import calendar_files

BUNDESTAG = (
    "Sitzungswochen Bundestag\nvon;bis\n03.05.2027;07.05.2027\n10.05.2027;14.05.2027\nPfingsten;keine\n"
)


async def sends(organiser, content, name="kalender.csv"):
    await organiser.says("/orga")
    await organiser.taps("Kalender")
    content = content if isinstance(content, bytes) else content.encode()
    return await organiser.uploads("document", file=(name, content))


async def known(world):
    async with world.database.reader() as session:
        return await terms.known(session)


async def test_a_table_is_shown_line_by_line_and_counts_once_it_is_taken_over(world):
    orga = await world.organiser()
    heard = await sends(orga, BUNDESTAG)
    assert heard.startswith(
        "So habe ich es gelesen\nSitzungen, Bundestag: 3. Mai – 7. Mai 2027, 10. Mai – 14. Mai 2027\n"
    )
    assert "1 Zeile zählt nicht:\nZeile 5: Ich erkenne keinen Tag." in heard
    assert not (await known(world)).sitting(date(2027, 5, 4))
    await orga.taps("Übernehmen")
    assert orga.last.startswith("Übernommen")
    assert (await known(world)).sitting(date(2027, 5, 4))
    assert "replaced calendar" in await world.rows(Audit.action)


async def test_what_the_file_does_not_say_is_asked(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    assert "Eine Zeile sagt nicht, was sie ist." in await sends(orga, "03.05.2027;07.05.2027")
    assert "Für wen gilt sie?" in await orga.taps("Schulferien")
    assert "Bundestag" not in orga.buttons
    await orga.says("Sachsen-Anhalt")
    assert "Ferien, Sachsen-Anhalt: 3. Mai – 7. Mai 2027" in orga.last
    await orga.taps("Übernehmen")
    assert (await known(world)).school_holidays(date(2027, 5, 4), "ST")


async def test_the_days_can_be_typed_and_dropped(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    await orga.says("/orga")
    await orga.taps("Kalender")
    assert "Sitzungswochen des Bundestags kenne ich bis 20. Dezember 2026." in orga.last
    await orga.says("Landtag Bayern, Sitzung; 03.05.2027; 07.05.2027")
    assert "Sitzungen, Bayern: 3. Mai – 7. Mai 2027" in orga.last
    await orga.says("Verwerfen")
    assert orga.last.startswith("Verworfen.")
    assert await world.rows(CalendarUpload.id) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04\0\0", "Das kann ich nicht lesen."),
        (b"x" * 200_001, "Die Datei ist zu groß."),
        (b"nichts", "Darin steht kein Tag."),
        (b"BEGIN:VCALENDAR\r\nkaputt", "Der Kalender ist beschädigt."),
    ],
)
async def test_what_cannot_be_read_is_said_and_another_file_is_awaited(sqlite_world, content, says):
    orga = await sqlite_world.organiser()
    assert says in await sends(orga, content)
    await orga.uploads("document", file=("k.csv", BUNDESTAG.encode()))
    assert "So habe ich es gelesen" in orga.last


async def test_the_line_given_as_an_example_is_understood_and_a_second_file_is_read_at_once(sqlite_world):
    orga = await sqlite_world.organiser()
    await orga.says("/orga")
    await orga.taps("Kalender")
    example = orga.last.partition("Zum Beispiel: ")[2].partition("\n")[0]
    assert "Sitzungen, Bundestag: 3. Mai – 7. Mai 2027" in await orga.says(example)
    assert "10. Mai – 14. Mai 2027" in await orga.uploads("document", file=("k.CSV", BUNDESTAG.encode()))


async def test_nobody_else_sends_calendars(sqlite_world):
    world = sqlite_world
    ana = await world.joined_already("Ana Keller")
    await ana.sends_button_data("calendars")
    await ana.uploads("document", file=("k.csv", BUNDESTAG.encode()))
    assert await world.rows(CalendarUpload.id) == []


@pytest.mark.parametrize(
    "tap", ["calendar_go:1:{version}", "calendar_drop:1", "calendar_kind:1:school", "calendar_of:1:BY"]
)
async def test_nobody_else_decides_about_what_an_organiser_sent(sqlite_world, tap):
    world = sqlite_world
    ana = await world.joined_already("Ana Keller")
    await sends(await world.organiser(), "03.05.2027;07.05.2027")
    before = await world.rows(CalendarUpload.terms)
    await ana.sends_button_data(tap.format(version=await version(world)))
    assert await world.rows(CalendarUpload.terms) == before
    assert await world.rows(CalendarUpload.confirmed_at) == [None]


async def version(world):
    (upload,) = await world.rows(CalendarUpload)
    return preview(upload).version


async def test_days_are_taken_over_as_they_were_shown(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    await sends(orga, "03.05.2027;07.05.2027")
    before = await version(world)
    await orga.sends_button_data("calendar_kind:1:sitting")
    await orga.taps_data("calendar_of:1:BT")
    await orga.sends_button_data(f"calendar_go:1:{before}")
    assert await world.rows(CalendarUpload.confirmed_at) == [None]
    await orga.taps_data("calendar_go:1")
    assert await world.rows(CalendarUpload.confirmed_at) != [None]


async def test_days_of_nobody_are_not_taken_over(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    await sends(orga, "03.05.2027;07.05.2027")
    for tap in (
        "calendar_go:1:{version}",
        "calendar_kind:1:sitting",
        "calendar_go:1:{version}",
        "calendar_of:1:XX",
        "calendar_go:1:{version}",
    ):
        await orga.sends_button_data(tap.format(version=await version(world)))
        assert await world.rows(CalendarUpload.confirmed_at) == [None], tap
    assert not (await known(world)).sitting(date(2027, 5, 4))


async def test_the_event_loop_goes_on_while_a_file_is_read(sqlite_world, monkeypatch):
    reads, threads = calendar_files.read_file, []

    def watched(*file):
        threads.append(threading.current_thread())
        return reads(*file)

    monkeypatch.setattr(calendar_files, "read_file", watched)
    await sends(await sqlite_world.organiser(), BUNDESTAG)
    assert threads
    assert threading.main_thread() not in threads
