"""The programme of a workshop over the wire: made at the desk, read by its people, called to mind before each item."""

from db.models import Broadcast, Grant, ProgrammeItem, ProgrammeUpload
from domain.team import TeamRole
from domain.voice import Voice
from domain.words import WORD_JOINER
from tests.cast import gather, guest, open_workshop

DAY = "9:30 Begrüßung, Saal 1\n10:15–11:00 Impuls, Saal 2\n12:30 Mittagessen\n14 Uhr Tische, Foyer\n17:00 Ausklang"


async def desk_of(orga, title="Werkstatt Berlin"):
    await orga.says("/orga")
    await orga.taps(title)
    return await orga.taps("Programm")


async def entered(orga, sent=DAY):
    await desk_of(orga)
    await orga.taps("Punkte hinzufügen")
    await orga.says(sent)
    return await orga.taps("Übernehmen")


async def hall(world, sent=DAY, **ana):
    people = await gather(world, ana={"name": "Ana Keller", **ana})
    orga = await world.organiser()
    await entered(orga, sent)
    return orga, people["ana"]


async def titles(world):
    return sorted(await world.rows(ProgrammeItem.title))


async def test_lines_are_shown_one_by_one_and_count_once_they_are_taken_over(world):
    await world.workshop()
    orga = await world.organiser()
    assert "Hier steht noch nichts." in await desk_of(orga)
    await orga.taps("Punkte hinzufügen")
    heard = await orga.says(f"{DAY}\nmittags Pause")
    assert "5 neu · 0 geändert · 0 unverändert · 1 falsch" in heard
    assert "Zeile 6: Da steht keine Uhrzeit wie „10:15“." in heard
    assert "Zeile 2: neu: 10:15–11:00 Impuls, Saal 2" in heard
    assert await titles(world) == []
    heard = await orga.taps("Ohne Falsches übernehmen")
    assert heard.startswith("Gespeichert: das Programm")
    assert "09:30 Begrüßung, Saal 1\n10:15–11:00 Impuls, Saal 2\n12:30 Mittagessen" in heard
    assert await world.rows(ProgrammeUpload.id) == []


async def test_the_same_calendar_changes_nothing_and_another_one_moves_what_it_moves(sqlite_world):
    world = sqlite_world
    await world.workshop()
    orga = await world.organiser()

    def calendar(hour):
        entries = [(f"{hour}3000", "Impuls"), ("150000", "Ausklang")]
        lines = "".join(
            f"BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20270412T{at}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
            for at, title in entries
        )
        return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{lines}END:VCALENDAR\r\n".encode()

    await desk_of(orga)
    for hour, counts in ((10, "2 neu · 0 geändert"), (10, "0 neu · 0 geändert"), (11, "0 neu · 1 geändert")):
        await orga.taps("Punkte hinzufügen")
        heard = await orga.uploads("document", file=("tag.ics", calendar(hour)))
        assert counts in heard
        await orga.taps("Verwerfen" if counts.startswith("0 neu · 0") else "Übernehmen")
        await desk_of(orga)
    assert "Zeile 1: 10:30 Impuls → 11:30 Impuls" in heard
    assert await titles(world) == ["Ausklang", "Impuls"]


async def test_what_was_shown_is_what_is_taken_over(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await orga.taps("Punkte hinzufügen")
    await orga.says("9:30 Begrüßung, Foyer")
    shown = orga.newest
    await entered(orga, "9:30 Begrüßung, Hof")
    heard = await orga.taps("Übernehmen", message=shown)
    assert "Das Programm hat sich gerade geändert." in heard
    assert "9:30 Begrüßung, Hof → 09:30 Begrüßung, Foyer" in heard
    assert "Begrüßung, Foyer" in await orga.taps("Übernehmen")
    assert await world.rows(ProgrammeUpload.id) == []


async def test_an_item_is_changed_and_removed_by_tapping_and_nothing_is_lost_silently(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await orga.taps("12:30 Mittagessen")
    card = orga.newest
    await orga.taps("Ändern")
    assert "Da steht keine Uhrzeit" in await orga.says("Mittagspause")
    assert "12:45 Mittagessen, Kantine" in await orga.says("12:45 Mittagessen, Kantine")
    heard = await orga.taps("Entfernen", message=card)
    assert heard.startswith("Der Punkt hat sich gerade geändert")
    assert "Mittagessen" in await titles(world)
    await orga.taps("Entfernen")
    assert "Mittagessen" not in await titles(world)


async def test_what_has_changed_goes_out_as_a_notice_of_the_day_once_its_organiser_says_so(sqlite_world):
    world = sqlite_world
    orga, ana = await hall(world)
    assert "Allen Bescheid geben" not in orga.buttons  # nobody has read another one
    await orga.taps("12:30 Mittagessen")
    await orga.taps("Ändern")
    await orga.says("12:45 Mittagessen, www.kantine.de")
    shown = orga.with_button("Allen Bescheid geben")
    await orga.taps("Allen Bescheid geben")
    assert not any("Neu im Programm" in each.text for each in ana.messages)
    await orga.taps("Jetzt senden")
    heard = ana.last.replace(WORD_JOINER, "")
    assert heard.startswith("Neu im Programm:\n12:45 Mittagessen, www.kantine.de")
    assert not ana.newest.entities
    await world.clock.advance(days=1)
    await orga.presses(shown, "items_tell:1")
    assert len(await world.rows(Broadcast.id)) == 1


async def test_everybody_reads_what_is_on_now_next_and_later(sqlite_world):
    world = sqlite_world
    _, ana = await hall(world)
    heard = await ana.says("/programm")
    assert heard.startswith(
        "Programm heute\nWerkstatt Berlin\nAls Nächstes\n09:30 Begrüßung, Saal 1\nSpäter\n"
    )
    await world.clock.advance(hours=1, minutes=20)
    heard = await ana.taps("Was läuft jetzt?")
    assert "Jetzt\n10:15–11:00 Impuls, Saal 2\nDanach\n12:30 Mittagessen\nSpäter\n14:00 Tische" in heard
    assert "17:00 Ausklang" in await ana.taps("Der ganze Tag")
    await world.clock.advance(hours=10)
    assert "Für heute war das alles." in await ana.says("/programm")
    await world.clock.advance(days=1)
    heard = await ana.says("/programm")
    assert heard.startswith("Das war das Programm am 12. April\n")
    assert "Jetzt" not in heard
    assert not any("erinnern" in label for label in ana.buttons)


async def test_before_the_day_all_of_it_is_shown_in_english_too(sqlite_world):
    world = sqlite_world
    day = world.clock.local.date().replace(day=20)
    workshop_id = await open_workshop(world, day=day)
    ana = await guest(world, workshop_id, "Ana Keller", voice=Voice.EN)
    assert "As soon as the team enters the programme" in await ana.says("/programme")
    await entered(await world.organiser(), "10:15 Welcome, Hall 1")
    heard = await ana.says("/programme")
    assert heard.startswith("Programme on 20 April\nWerkstatt Berlin\n10:15 Welcome, Hall 1")
    assert ana.buttons == ["Remind 5 minutes before"]


async def test_a_reminder_comes_five_minutes_before_to_whoever_wants_it_and_until_they_do_not(world):
    orga, ana = await hall(world)
    await ana.says("/programm")
    await ana.taps("5 Minuten vorher erinnern")
    assert "Nicht mehr erinnern" in ana.buttons
    await world.clock.advance(minutes=24)
    assert "geht es weiter" not in ana.last
    await world.clock.advance(minutes=2)
    assert ana.last == "Um 9:30 Uhr geht es weiter\n09:30 Begrüßung, Saal 1"
    await orga.taps("10:15–11:00 Impuls")
    await orga.taps("Ändern")
    await orga.says("10:30 Impuls, Foyer")
    await world.clock.advance(minutes=61)
    told = [each.text for each in ana.messages if "geht es weiter" in each.text]
    assert told[1:] == ["Um 10:30 Uhr geht es weiter\n10:30 Impuls, Foyer"]
    await ana.taps("Nicht mehr erinnern")
    await world.clock.advance(hours=9)
    assert not any(each.text.startswith("Um 12:30") for each in ana.messages)


async def test_nobody_who_pauses_or_sleeps_is_reminded(sqlite_world):
    world = sqlite_world
    _, ana = await hall(world, "10:00 Impuls\n22:30 Feier")
    await ana.says("/programm")
    await ana.taps("5 Minuten vorher erinnern")
    await ana.says("/pause")
    await ana.taps("1 Woche")
    await world.clock.advance(hours=2)
    await ana.says("/pause")
    await ana.taps("Weiter")
    await world.clock.advance(hours=12)
    assert not any(each.text.startswith("Um ") for each in ana.messages)


async def test_a_viewer_and_people_of_other_workshops_get_to_nothing_of_it(sqlite_world):
    world = sqlite_world
    orga, ana = await hall(world)
    other = await open_workshop(world, code="GHJKLM", title="Werkstatt Erfurt")
    ben = await guest(world, other, "Ben Albrecht")
    await world.add(
        Grant(person_id=ben.row, role=TeamRole.VIEWER, workshop_id=1, granted_at=world.clock.now())
    )
    await ana.says("/programm")
    for data in [*(data for _, data in ana.newest.keyboard), *(data for _, data in orga.newest.keyboard)]:
        if data.startswith(("programme", "item")):
            await ben.sends_button_data(data)
            assert "nicht mehr aktuell" in ben.last, data
    assert "Begrüßung" not in await ben.says("/programm")


async def test_that_an_item_is_off_goes_out_as_a_notice_by_one_tap_and_what_changed_meanwhile_stays(
    sqlite_world,
):
    world = sqlite_world
    orga, ana = await hall(world)
    await orga.taps("12:30 Mittagessen")
    card = orga.newest
    await orga.taps("Ändern")
    await orga.says("12:45 Mittagessen, Kantine")
    heard = await orga.taps("Entfernen und ansagen", message=card)
    assert heard.startswith("Der Punkt hat sich gerade geändert")
    heard = await orga.taps("Entfernen und ansagen")
    assert "Entfällt:\n12:45 Mittagessen, Kantine" in heard
    assert "Mittagessen" not in await titles(world)
    await orga.taps("Jetzt senden")
    assert ana.last.replace(WORD_JOINER, "").startswith("Entfällt:\n12:45 Mittagessen, Kantine")
    await desk_of(orga)
    await orga.taps("14:00 Tische")
    await world.clock.advance(days=1)
    assert "Entfernen und ansagen" in orga.buttons  # of yesterday
    await orga.taps("Entfernen und ansagen")
    assert "Tische" in await titles(world)
    assert len(await world.rows(Broadcast.id)) == 1


async def test_who_is_erased_stands_in_no_programme_by_their_full_name_nor_on_a_phone_that_showed_it(world):
    orga, ana = await hall(world, "9:30 Impuls: Kanarina Keller\n10:00 Gespräch mit Ana Demir, Keller")
    workshop_id, *_ = await world.rows(ProgrammeItem.workshop_id)
    speaker = await guest(world, workshop_id, "Kanarina Keller")
    await ana.says("/programm")
    await ana.taps("5 Minuten vorher erinnern")
    await world.clock.advance(minutes=26)
    await ana.says("/programm")
    await orga.taps("09:30 Impuls")
    await desk_of(orga)
    await orga.taps("Punkte hinzufügen")
    await orga.says("11:00 Kanarina Keller antwortet")
    assert "Im Programm der Werkstatt steht statt deines Namens dann „█“." in await speaker.says("/loeschen")
    await speaker.taps("Ja, alles löschen")
    world.forgotten.add(speaker.id)
    await world.quiet()
    assert await titles(world) == ["Gespräch mit Ana Demir", "Impuls: █"]
    assert await world.rows(ProgrammeUpload.id) == []
    for phone in (ana, orga):
        assert not [each.text for each in phone.messages if "Kanarina" in str(each.body)]
    assert "09:30 Impuls: █" in ana.last
    assert "Im Programm" not in await ana.says("/loeschen")
