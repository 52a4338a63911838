"""`/stand` over the wire: who sees which figures, in which forms, and that all of them are the same rounded ones."""

import csv
import io
import re
import sys
from collections.abc import Iterable
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import delete

from db.models import Grant, Person, Suggestion
from domain.figures import FEW
from domain.outcomes.matching import Why
from domain.outcomes.organising.insight import Aspect
from domain.roles import Role
from domain.team import TeamRole
from tests.cast import guest, member, open_workshop

HOSTILE = '=HYPERLINK("https://boese.example") <b>@boris'
NAMES = ("Wilhelmine", "Xaver")


@pytest.fixture
async def hall(sqlite_world):
    """Nord with 23 people, 14 of them with a card, and Süd with four; a title of each would be a formula."""
    world = sqlite_world
    world.orga = await world.organiser()
    now = world.clock.now()
    world.here = await open_workshop(world, title=HOSTILE, code="NNNNNN")
    world.there = await open_workshop(world, title="+49 30 Süd", code="SSSSSS")
    here = [
        member(1000 + n, now, f"{NAMES[n % 2]} {n}", workshop_id=world.here,
               role=Role.MP if n < 3 else Role.TOWN_HALL, land="BY" if n < 9 else "SN")
        for n in range(23)
    ]  # fmt: skip
    there = [member(2000 + n, now, f"Yvonne {n}", workshop_id=world.there) for n in range(4)]
    await world.add(*here, *there)
    ids = [each.id for each in await world.rows(Person) if (each.chat_id or 0) in range(1000, 1023)]
    await world.add(*(
        Suggestion(person_id=one, other_id=other, workshop_id=world.here, why=Why.SAME, topic="kita", shown_at=now)
        for one, other in pairwise(ids[:15])
    ))  # fmt: skip
    return world


async def of_team(world, name, role, where):
    """Somebody of the team, for whom no invitation had to be opened."""
    person = await guest(world, where, name)
    (row,) = [each for each in await world.rows(Person) if each.chat_id == person.id]
    await world.add(Grant(person_id=row.id, role=role, workshop_id=where, granted_at=world.clock.now()))
    return person


def numbers(texts: Iterable[object]) -> list[int]:
    return [int(found) for each in texts for found in re.findall(r"\d+", str(each))]


async def file_of(world, bubble, kind="document"):
    what = bubble.body[kind]
    number = what["file_id"] if kind == "document" else what[-1]["file_id"]
    async with world._http.get(f"{world.url}/stage/files/{number}") as answer:
        return await answer.read()


async def every_text(person):
    """What `/stand` and each view of it say, one below the other, without the lines that are ours."""
    await person.says("/stand")
    said = [person.newest.text]
    for look in Aspect:
        await person.sends_button_data(f"insight:0:{look}:0", message_id=person.newest.id)
        said.append(person.newest.text)
    return said


async def test_a_viewer_sees_figures_of_their_workshop_and_nobody_s_name(hall):
    vera = await of_team(hall, "Vera Klein", TeamRole.VIEWER, hall.here)
    for text in await every_text(vera):
        assert "Süd" not in text
        assert not [name for name in (*NAMES, "Vera", "Yvonne") if name in text]
    assert "Dabei: 20\nProfil fertig: 20\nVorschläge: 10\n" in await vera.says("/stand")
    await vera.taps("Nach Rolle")
    assert "Rathaus oder Landkreis: dabei 20" in vera.screen(1)
    assert "Bundestag" not in vera.screen(1), "three are not told, nor that there are any"
    nothing = await vera.sends_button_data("nothing_of_ours:1")
    for data in (
        f"insight:{hall.there}:all:0",
        f"insight_picture:{hall.there}:light",
        f"insight_file:{hall.there}:all:csv",
    ):
        assert await vera.sends_button_data(data) == nothing


async def test_an_owner_sees_all_of_them_together_and_each_and_an_organiser_their_own(hall):
    assert "Werkstätten zusammen: 2" in await hall.orga.says("/stand")
    assert "Dabei: 20" in hall.orga.last, "nothing is told of four"
    by_workshop = await hall.orga.taps("Nach Werkstatt")
    assert "+49 30 Süd: dabei wenige, Ja wenige" in by_workshop
    assert "Dabei: wenige" in await hall.orga.taps("+49 30 Süd")
    assert "Werkstätten zusammen: 2" in await hall.orga.taps("Alle Werkstätten")
    rike = await of_team(hall, "Rike Vogel", TeamRole.ORGANISER, hall.there)
    assert "+49 30 Süd" in await rike.says("/stand")
    assert {"Alle Werkstätten", "Nach Werkstatt"}.isdisjoint(rike.buttons)


async def test_for_a_participant_and_reception_there_is_no_such_thing(hall):
    ana = await guest(hall, hall.here, "Ana Keller")
    rolf = await of_team(hall, "Rolf Empfang", TeamRole.RECEPTION, hall.here)
    for person in (ana, rolf):
        assert await person.says("/stand") == await person.says("/gibtesnicht")
        nothing = await person.sends_button_data("nothing_of_ours:1")
        assert await person.sends_button_data(f"insight_file:{hall.here}:all:csv") == nothing


async def test_every_number_in_every_form_is_a_multiple_of_five(hall):
    said = await every_text(hall.orga)
    ours = (HOSTILE, "+49 30 Süd", "zusammen: 2", "Monat 1", "Monat 2", "Monat 3", "Monat 4", "Monat 5", "14 Tage",
            "3 Tage", "1. ", "2. ", "3. ", "4. ")  # fmt: skip
    for words in ours:
        said = [each.replace(words, "") for each in said]
    found = numbers(said)
    for look in Aspect:
        await hall.orga.sends_button_data(f"insight_file:0:{look}:csv")
        content = (await file_of(hall, hall.orga.newest)).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
        await hall.orga.sends_button_data(f"insight_file:0:{look}:xlsx")
        sheet = load_workbook(io.BytesIO(await file_of(hall, hall.orga.newest))).active
        read = [[cell.value for cell in row if cell.value is not None] for row in sheet]
        assert [[str(each) for each in row[1:]] for row in read] == [row[1:] for row in rows]
        found += numbers(each for row in rows[1:] for each in row[1:])
    assert {20, 10} <= set(found)
    assert not [number for number in found if number % FEW]


async def test_a_title_that_would_be_a_formula_is_a_text(hall):
    await hall.orga.sends_button_data("insight_file:0:workshop:csv")
    rows = (await file_of(hall, hall.orga.newest)).decode("utf-8-sig")
    assert '"\'+49 30 Süd";' in rows
    await hall.orga.sends_button_data("insight_file:0:workshop:xlsx")
    sheet = load_workbook(io.BytesIO(await file_of(hall, hall.orga.newest))).active
    assert {row[0].value for row in sheet} >= {HOSTILE, "+49 30 Süd"}
    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} <= {"s", "n"}


async def test_a_picture_light_and_in_its_place_dark_and_what_draws_it_is_not_in_the_bot(hall):
    await hall.orga.says("/stand")
    await hall.orga.taps("Als Bild")
    light = hall.orga.newest
    with Image.open(io.BytesIO(await file_of(hall, light, "photo"))) as picture:
        assert picture.getpixel((1000, 10))[:3] > (200, 200, 200)
    await hall.orga.taps("Dunkel")
    assert hall.orga.newest.id == light.id
    with Image.open(io.BytesIO(await file_of(hall, hall.orga.newest, "photo"))) as picture:
        assert picture.getpixel((1000, 10))[:3] < (60, 60, 60)
    assert "messages.organising.chart_drawing" not in sys.modules


async def test_with_the_role_the_figures_are_gone(hall):
    vera = await of_team(hall, "Vera Klein", TeamRole.VIEWER, hall.here)
    await vera.says("/stand")
    shown = vera.newest
    async with hall.database.writer.begin() as session:
        await session.execute(delete(Grant))
    nothing = await vera.sends_button_data("nothing_of_ours:1")
    assert await vera.presses(shown, "insight:0:role:0") == nothing
