"""The moment of the yes: it counts, for both; and the days go into their calendars."""

from datetime import UTC, date, datetime, timedelta

from ical.calendar_stream import IcsCalendarStream

from db.models import Pledge
from domain.voice import Voice
from tests.cast import PAY, pair
from tests.conversations.pledges import beside_files, column_of, proposes


async def _agreed(world, *voices):
    """Ben's pledge to Ana, right after her yes: their phones, and the pledge's id."""
    ana, ben = await pair(world, *voices)
    number = await proposes(ben, ana, PAY)
    await ana.taps_data(f"accept:{number}:")
    return ana, ben, number


async def _calendar(world, person):
    """The newest calendar file on this phone: its caption, its name, and its events by kind."""
    message = next(each for each in reversed(person.messages) if each.body.get("document"))
    document = message.body["document"]
    async with world._http.get(f"{world.url}/stage/files/{document['file_id']}") as answer:
        calendar = IcsCalendarStream.calendar_from_ics(await answer.text())
    return document["file_name"], {each.uid.split("-")[2].split("@")[0]: each for each in calendar.events}


def _files(person):
    return [each for each in person.messages if each.body.get("document")]


async def test_the_yes_is_told_to_both_with_names_sentence_and_day(sqlite_world):
    ana, ben, _ = await _agreed(sqlite_world)
    for person, names in ((ana, "Ana Keller und Ben Albrecht"), (ben, "Ben Albrecht und Ana Keller")):
        first, *rest = person.last.splitlines()
        assert first == "Es gilt!"
        assert rest[0] == f"{names}: „{PAY}“"
        assert rest[1].startswith("Euer Tag: ")
        assert rest[2] == "Wann sprecht ihr wieder?"


async def test_a_day_to_talk_comes_to_both_as_a_file_in_their_language(sqlite_world):
    ana, ben, number = await _agreed(sqlite_world, Voice.DU, Voice.EN)
    await ana.taps("In 2 Wochen")
    day = await column_of(sqlite_world, number, Pledge.talk_on)
    deadline = await column_of(sqlite_world, number, Pledge.deadline)
    name, hers = await _calendar(sqlite_world, ana)
    assert name == f"versprechen-bis-{deadline}.ics"
    assert (hers["talk"].dtstart, hers["day"].dtstart) == (day, deadline)
    assert hers["talk"].summary == "Gespräch mit Ben: Ehrenamtspauschale"
    name, his = await _calendar(sqlite_world, ben)
    assert name == f"promise-by-{deadline}.ics"
    assert his["talk"].summary == "Talk with Ana: Ehrenamtspauschale"
    assert his["talk"].uid == hers["talk"].uid


async def test_a_moved_day_moves_the_entry_and_the_card_gives_it_again(sqlite_world):
    ana, ben, number = await _agreed(sqlite_world)
    await ana.taps("In 2 Wochen")
    _, before = await _calendar(sqlite_world, ana)
    await sqlite_world.clock.advance(minutes=11)
    await ben.taps("Anderer Gesprächstag")
    await ben.taps("In 4 Wochen")
    for person in (ana, ben):
        _, after = await _calendar(sqlite_world, person)
        assert after["talk"].uid == before["talk"].uid
        assert after["talk"].sequence == before["talk"].sequence + 1
        assert after["talk"].dtstart == before["talk"].dtstart + timedelta(weeks=2)
        assert after["day"].sequence == before["day"].sequence
    await ana.taps_data(f"pledge:{number}")
    files = len(_files(ana))
    await ana.taps("Kalender, Beleg und mehr")
    await ana.taps("Kalendereintrag")
    assert len(_files(ana)) == files + 1
    assert (await _calendar(sqlite_world, ana))[1]["talk"].sequence == after["talk"].sequence


async def test_left_open_no_file_comes_but_the_pledges_day_is_a_tap_away(sqlite_world):
    ana, ben, _ = await _agreed(sqlite_world)
    await ana.taps("Noch offen")
    assert not _files(ana)
    assert not _files(ben)
    await ben.taps("Kalendereintrag")
    assert list((await _calendar(sqlite_world, ben))[1]) == ["day"]


async def test_an_old_button_gives_no_file_of_a_pledge_that_is_no_more(sqlite_world):
    ana, ben, number = await _agreed(sqlite_world)
    await ana.taps("In 2 Wochen")
    stranger = await sqlite_world.joined_already("Cem Demir")
    await stranger.sends_button_data(f"calendar:{number}")
    assert not _files(stranger)
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    sqlite_world.forgotten.add(ana.id)
    files = len(_files(ben))
    await ben.sends_button_data(f"calendar:{number}")
    assert len(_files(ben)) == files
    assert "Ana" not in ben.last


# --- a time beside the day to talk


async def test_both_read_a_time_and_find_it_in_their_calendars(world):
    ana, ben, number = await _agreed(world)
    await ana.says("3. Mai um 14:30 Uhr")
    for each in (ana, ben):
        assert "am 3. Mai um 14:30 Uhr." in beside_files(each).text
        _, events = await _calendar(world, each)
        assert events["talk"].dtstart == datetime(2027, 5, 3, 12, 30, tzinfo=UTC)
    assert "Gespräch am 3. Mai um 14:30 Uhr." in await ben.sends_button_data(f"pledge:{number}")
    assert "am 3. Mai um 14:30 Uhr" in await ben.sends_button_data(f"history:{number}:0")


async def test_another_time_on_the_same_day_is_told(sqlite_world):
    ana, ben, number = await _agreed(sqlite_world)
    await ana.says("3. Mai um 14 Uhr")
    await ben.sends_button_data(f"talk_ask:{number}")
    assert "Bisher ist der 3. Mai um 14 Uhr abgemacht." in ben.last
    await ben.says("3. Mai, 16 Uhr")
    assert "Ihr sprecht wieder am 3. Mai um 16 Uhr." in beside_files(ben).text
    await sqlite_world.clock.advance(minutes=11)
    assert "einen neuen Tag vor: 3. Mai um 16 Uhr." in beside_files(ana).text


async def test_a_day_in_doubt_keeps_its_time(sqlite_world):
    ana, _ben, number = await _agreed(sqlite_world)
    await ana.says("05/06/2027, 14 Uhr")
    assert "Die Uhrzeit ist notiert: 14 Uhr." in ana.last
    await ana.taps("5. Juni 2027")
    assert "am 5. Juni um 14 Uhr." in beside_files(ana).text
    assert await column_of(sqlite_world, number, Pledge.talk_on) == date(2027, 6, 5)


async def test_in_english_it_is_an_english_time(sqlite_world):
    ana, _ben, _number = await _agreed(sqlite_world, Voice.EN, Voice.SIE)
    await ana.says("3 May at 2:30 pm")
    assert "on 3 May at 2:30 pm" in beside_files(ana).text
