"""Data of a workshop as a file: for a purpose that is said first, noted with everybody in it, gone after an hour."""

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from db.models import Export, Grant, Pledge
from domain.outcomes.organising.exports import PeopleExported
from domain.outcomes.organising.insight import FileKind
from domain.roles import Role
from domain.team import TeamRole
from domain.voice import Voice
from messages.catalogue import words
from messages.organising.render import render
from tests.cast import guest, member, open_workshop, sealed_pledge
from tests.conversations.organising.lost_accounts import lost, moved
from tests.conversations.organising.test_released import is_erased, lets_read, narrows, takes_k_back

PURPOSE = "Wir drucken mit Ana Keller die Namensschilder."
PLAN = "Ich lege mit Ben Albrecht den Kanariengelb-Plan vor."
HOSTILE = (
    '=HYPERLINK("https://boese.example")',
    "+49 30 1234",
    "-2+3 Ohm",
    "@SUM(A1)",
    "＝1+1",
    "{=1+1}",
    "https://boese.example",
    "=cmd|' /C calc'!A0",
)


async def hall(world):
    """Ana and Ben, whose pledge the team may read; Cem, an MP who has said nothing yet; somebody called a formula."""
    orga = await world.organiser()
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", organisation="+49 30 1234")
    ben = await guest(world, workshop, "Ben Albrecht", place="Erfurt")
    await guest(world, workshop, "Cem Demir", role=Role.MP)
    await guest(world, workshop, "=1+1 Ohm")
    number = await sealed_pledge(world, ana, ben, PLAN)
    await lets_read(ana, number, "public")
    await lets_read(ben, number, "team")
    return orga, ana, ben, number


async def asks(orga, which):
    await orga.says("/export")
    await orga.says(PURPOSE)
    return await orga.taps(which)


async def takes(orga, which, kind="Als CSV"):
    await asks(orga, which)
    await orga.taps(kind)
    return files(orga)[-1]


def files(orga):
    return [each for each in orga.messages if each.body.get("document")]


def data_of(world, message):
    about = world.stage.files.about(message.body["document"]["file_id"])
    return world.stage.files.data(about).decode("utf-8-sig")


def lines_of(world, message):
    return list(csv.reader(io.StringIO(data_of(world, message), newline=""), delimiter=";"))


async def test_the_purpose_comes_first_and_what_will_be_in_it_second(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    assert "Wofür brauchst du die Daten?" in await orga.says("/export")
    assert "Wofür genau?" in await orga.says("Namensschilder halt")
    assert f"Zweck: „{PURPOSE}“" in await orga.says(PURPOSE)
    assert orga.buttons == ["Menschen (4)", "Versprechen (1)", "Zum Menü"]
    assert "4 Menschen\nName, Rolle, Organisation, Ort, Land und Themen" in await orga.taps("Menschen (4)")
    await orga.taps("Etwas anderes")
    assert "1 Versprechen\nSie betreffen 2 Menschen." in await orga.taps("Versprechen (1)")
    assert orga.buttons == ["Als CSV", "Als Excel", "Etwas anderes", "Zum Menü"]
    assert files(orga) == []


async def test_a_file_is_protected_holds_little_and_goes_after_an_hour(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    file = await takes(orga, "Menschen (4)")
    heading, *people = lines_of(world, file)
    assert heading[:4] == ["Name", "Rolle", "Rolle bestätigt", "Organisation"]
    assert [each[0] for each in people] == ["'=1+1 Ohm", "Ana Keller", "Ben Albrecht", "Cem Demir"]
    assert people[1][3] == "'+49 30 1234"
    assert people[3][2] == "noch nicht bestätigt"
    assert file.body["has_protected_content"]
    await world.clock.advance(minutes=59)
    assert files(orga) == [file]
    await world.clock.advance(minutes=1)
    assert files(orga) == []


def cells_of(world, message):
    """What openpyxl reads in it; a formula would be of another type than a text."""
    about = world.stage.files.about(message.body["document"]["file_id"])
    sheet = load_workbook(io.BytesIO(world.stage.files.data(about))).active
    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} <= {"s"}
    assert not [cell for row in sheet for cell in row if cell.hyperlink]
    return [[cell.value or "" for cell in row] for row in sheet]


async def test_hostile_names_are_read_back_as_text_from_both_kinds_of_file(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    at = world.clock.now()
    said = {"organisation": "+49 351 1", "place": "=A1"}
    await world.add(*(member(100 + n, at, name, **said) for n, name in enumerate(HOSTILE)))
    heading, *people = cells_of(world, await takes(orga, "Menschen (12)", "Als Excel"))
    assert {*HOSTILE, "=1+1 Ohm"} < {row[0] for row in people}
    assert len([row for row in people if "+49 351 1" in row and "=A1" in row]) == len(HOSTILE)
    same, *lines = lines_of(world, await takes(orga, "Menschen (12)"))
    assert same == heading
    assert not [cell for line in lines for cell in line if cell[:1] in tuple("=+-@＝\t\r")]
    assert [[cell.removeprefix("'") for cell in line] for line in lines] == people


async def test_a_hostile_sentence_is_read_back_as_text_from_both_kinds_of_file(sqlite_world):
    world = sqlite_world
    orga, *_, number = await hall(world)
    async with world.database.writer.begin() as session:
        await session.execute(update(Pledge).where(Pledge.id == number).values(text=HOSTILE[0]))
    _, line = cells_of(world, await takes(orga, "Versprechen (1)", "Als Excel"))
    assert line[1] == HOSTILE[0]
    _, line = lines_of(world, await takes(orga, "Versprechen (1)"))
    assert line[1] == f"'{HOSTILE[0]}"


async def test_everybody_in_it_reads_who_made_it_when_and_what_for(world):
    orga, ana, *_ = await hall(world)
    await takes(orga, "Menschen (4)")
    told = await ana.says("/auskunft")
    assert f"Exportiert vom Team am 12. April (Leitung): „{PURPOSE}“" in told
    looks = json.loads(data_of(world, ana.newest))["organiser_accesses"]
    made = next(each for each in looks if each["action"] == "exported profile")
    assert (made["as"], made["purpose"]) == (TeamRole.OWNER, PURPOSE)


async def test_a_second_tap_and_somebody_else_s_make_no_file(sqlite_world):
    world = sqlite_world
    orga, ana, *_ = await hall(world)
    await takes(orga, "Menschen (4)")
    assert "Diese Datei hast du geholt" in await orga.sends_button_data("export_xlsx:1:pledges:1")
    for stale in ("export_csv:1:people:4", "export_of:1:people", "export:1"):
        await orga.sends_button_data(stale)
        assert "Diese Datei hast du geholt" in orga.last
    assert len(files(orga)) == 1
    for foreign in ("export_csv:1:people:4", "export_of:9:people", "export:1"):
        assert "nicht mehr aktuell" in await ana.sends_button_data(foreign)


async def test_what_an_organiser_asks_for_is_no_other_organiser_s(team):
    world = team
    orga, *_ = await hall(world)
    await asks(orga, "Menschen (4)")
    for foreign in ("export_csv:1:people:4", "export_of:1:people", "export:1"):
        assert "nicht mehr aktuell" in await world.second.sends_button_data(foreign)
    assert files(world.second) == []


async def test_whoever_has_come_meanwhile_is_shown_before_the_file(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    await asks(orga, "Menschen (4)")
    await guest(world, 1, "Dora Ems")
    await orga.taps("Als CSV")
    assert "5 Menschen" in orga.last
    assert files(orga) == []


@pytest.mark.parametrize("ends", [narrows, takes_k_back, is_erased])
async def test_a_pledge_that_is_taken_back_goes_from_the_file_within_a_minute(sqlite_world, ends):
    world = sqlite_world
    orga, ana, ben, number = await hall(world)
    file = await takes(orga, "Versprechen (1)")
    _, line = lines_of(world, file)
    assert line[1] == "Ich lege mit █ den Kanariengelb-Plan vor."
    await ends(world, ana, ben, number)
    await world.clock.advance(seconds=50)
    assert files(orga) == []
    assert "Kanarien" not in str([each.body for each in orga.messages])


async def test_an_erasure_takes_the_file_away_and_the_name_from_its_purpose(sqlite_world):
    world = sqlite_world
    orga, ana, ben, _ = await hall(world)
    await takes(orga, "Menschen (4)")
    await is_erased(world, ben, ana, 0)
    await world.clock.advance(seconds=50)
    assert files(orga) == []
    assert await world.chosen(select(Export.purpose)) == ["Wir drucken mit █ die Namensschilder."]
    await world.clock.advance(minutes=70)
    assert "Bitte lösche eine Datei von Hand" not in str([each.text for each in orga.messages])


async def test_what_telegram_will_not_delete_its_organiser_is_asked_to(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    file = await takes(orga, "Menschen (4)")
    refused = {"method": "deleteMessage", "code": 400, "description": "Bad Request: message can't be deleted"}
    await world.post("faults", json={"next": [{**refused, "times": 1}]})
    await world.clock.advance(minutes=62)
    assert files(orga) == [file]
    assert "Am 12. April hast du Daten als Datei geholt." in orga.last
    await world.clock.advance(hours=3)
    assert [each.text for each in orga.messages].count(orga.last) == 1


async def test_whoever_made_it_and_goes_leaves_no_file(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    await takes(orga, "Menschen (4)")
    await orga.says("/loeschen")
    world.forgotten.add(orga.id)
    await orga.taps("Alles löschen")
    assert files(orga) == []


async def test_whoever_moves_to_a_new_account_leaves_no_file_in_the_old_one(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    now = world.clock.now()
    await world.add(Grant(person_id=people.ben.row, role=TeamRole.ORGANISER, workshop_id=1, granted_at=now))
    await takes(people.ben, "Menschen (2)")
    assert len(files(people.ben)) == 1
    new = await moved(world, people)
    await world.clock.advance(seconds=50)
    assert files(people.ben) == files(new) == []


@pytest.mark.parametrize("repeated", [False, True])
def test_a_file_that_was_sent_twice_says_so(repeated):
    filed = PeopleExported("Nord", PURPOSE, FileKind.CSV, repeated, people=())
    said = render(filed, words(Voice.DU, date(2027, 4, 12)))
    assert ("Lösche die andere bitte selbst." in str(said.text)) is repeated
