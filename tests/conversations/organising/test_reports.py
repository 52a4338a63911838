"""What came of a workshop, at the desk: the file, the page that the team opens and closes, and what goes into both."""

import re

import pypdfium2
import pytest
from sqlalchemy import select

from actions.organising.reports import report
from bot.app import operator_of
from db.models import Audit, Workshop
from domain.team import TeamRole
from tests.cast import guest, open_workshop
from tests.conversations.organising.test_insight import file_of, of_team
from tests.conversations.organising.test_released import is_erased, takes_k_back
from tests.conversations.pledging.test_retrospectives_released import says
from tests.web.reports import look_back

LEARNED = "Mit einer Beispielrechnung hören alle zu."


@pytest.fixture
async def over(sqlite_world):
    """An organiser, and Ana and Ben who have looked back on their pledge, and let everybody read it."""
    world = sqlite_world
    world.orga = await world.organiser()
    workshop = await open_workshop(world)
    world.ana, world.ben = (
        await guest(world, workshop, "Ana Keller"),
        await guest(world, workshop, "Ben Albrecht"),
    )
    now, parties = world.clock.now(), (world.ana.row, world.ben.row)
    text = "Ich lege mit Ben Albrecht den Plan vor."
    world.pledge = await look_back(world.database, *parties, at=now, learned=LEARNED, shown=False, text=text)
    return world


async def read(world):
    async with world.database.reader() as session:
        return await report.read(
            session, 1, operator_of(world.settings, world.bot.username), world.clock.now()
        )


async def quoted(world):
    """What is said to have been learned, as everybody reads it."""
    return [
        each.words
        for one in (await read(world)).retrospectives
        for each in one.words
        if each.line == "learned"
    ]


async def code(world):
    return next(iter(await world.chosen(select(Workshop.report_code))))


async def lets_in(world):
    await world.orga.says("/orga")
    await world.orga.taps("Ergebnis (1)")
    await world.orga.taps("Bilanzen (1)")
    await world.orga.taps("Zeigen")


async def takes_along(world, phone=None):
    """The text of the file that the organiser is given, or whoever else has this phone."""
    phone = phone or world.orga
    await phone.sends_button_data("report_file:1")
    with pypdfium2.PdfDocument(await file_of(world, phone.newest)) as document:
        return " ".join(" ".join(each.get_textpage().get_text_bounded() for each in document).split())


async def no_longer_lets(world, ana, ben, number):
    await says(ben, number, "team")


async def keeps_it_out(world, ana, ben, number):
    await world.orga.sends_button_data("report_in:1:0")
    await world.orga.taps("Nicht zeigen")


async def test_an_organiser_lets_in_what_both_make_public_and_nobody_is_named(over):
    assert await quoted(over) == []
    await over.orga.says("/orga")
    await over.orga.taps("Ergebnis (1)")
    assert over.orga.last.startswith("Das Ergebnis der Werkstatt\n")
    assert "Die Seite ist geschlossen" in over.orga.last
    await over.orga.taps("Bilanzen (1)")
    assert f"Gelernt: „{LEARNED}" in over.orga.last
    assert "mit [Name] den Plan" in over.orga.last
    assert not [name for name in ("Ana", "Ben", "Keller", "Albrecht") if name in over.orga.last]
    await over.orga.taps("Zeigen")
    assert await quoted(over) == [LEARNED]
    for each in (over.ana, over.ben):
        noted = await over.chosen(select(Audit.action).where(Audit.person_id == each.row))
        assert "put released look back into the report" in noted
    text = await takes_along(over)
    assert LEARNED in text
    assert not [name for name in ("Ana", "Ben", "Keller", "Albrecht") if name in text]
    assert over.orga.newest.body["has_protected_content"]


@pytest.mark.parametrize("ends", [no_longer_lets, takes_k_back, is_erased, keeps_it_out])
async def test_what_one_side_takes_back_goes_from_the_report_and_from_the_file(over, ends):
    await lets_in(over)
    await takes_along(over)
    file = over.orga.newest.id
    await ends(over, over.ana, over.ben, over.pledge)
    assert await quoted(over) == []
    await over.clock.advance(seconds=50)
    assert file not in [each.id for each in over.orga.messages]


async def test_the_file_goes_with_whoever_took_it_along(over):
    vera = await of_team(over, "Vera Klein", TeamRole.VIEWER, 1)
    await takes_along(over, vera)
    file = vera.newest.id
    await vera.says("/loeschen")
    await vera.taps_data("erase_yes")
    await over.quiet()
    assert file not in [each.id for each in vera.messages]
    assert "Beispielrechnung" not in await takes_along(over)


async def test_what_was_taken_back_waits_for_the_team_anew(over):
    await lets_in(over)
    await says(over.ana, over.pledge, "two")
    await says(over.ana, over.pledge, "public")
    assert await quoted(over) == []
    await over.orga.says("/orga")
    assert "Ergebnis (1)" in over.orga.buttons


async def test_the_page_is_opened_and_closed_and_opened_at_another_address(over):
    assert await code(over) is None
    await over.orga.sends_button_data("report_of:1")
    await over.orga.taps("Seite öffnen")
    first = await code(over)
    assert f"/report/{first}\n" in over.orga.last
    await over.orga.sends_button_data("report_open:1")
    assert await code(over) == first, "it is open already"
    await over.orga.sends_button_data("report_of:1")
    await over.orga.taps("Seite schließen")
    assert await code(over) is None
    await over.orga.taps("Seite öffnen")
    assert await code(over) not in (None, first)


async def test_the_file_goes_after_an_hour(over):
    await takes_along(over)
    file = over.orga.newest.id
    await over.clock.advance(hours=1, minutes=1)
    assert file not in [each.id for each in over.orga.messages]


async def test_a_viewer_takes_it_along_and_neither_opens_it_nor_says_what_is_in_it(over):
    vera = await of_team(over, "Vera Klein", TeamRole.VIEWER, 1)
    await vera.says("/stand")
    await vera.taps("Ergebnis")
    assert {"Seite öffnen", "Bilanzen", "Bilanzen (1)"}.isdisjoint(vera.buttons)
    await vera.taps("Als PDF")
    assert vera.newest.body["document"]["file_name"] == "ergebnis.pdf"
    nothing = await vera.sends_button_data("nothing_of_ours:1")
    for data in ("report_open:1", "report_close:1", "report_in:1:0", f"report_show:{over.pledge}:1"):
        assert await vera.sends_button_data(data) == nothing
    assert await vera.sends_button_data("report_of:999") == nothing
    assert await code(over) is None
    assert await quoted(over) == []


async def test_a_button_that_is_out_of_date_shows_how_things_stand(over):
    await over.orga.sends_button_data("report_in:1:0")
    (old,) = [data for _, data in over.orga.newest.keyboard if data.startswith("report_show")]
    await over.orga.taps("Nicht zeigen")
    await over.orga.sends_button_data(old)
    assert "Es steht nicht im Ergebnis." in over.orga.last
    assert await quoted(over) == []


async def test_organisers_are_told_once_when_everything_is_over(over):
    due = re.compile("Das Ergebnis der Werkstatt ist da")
    told = len([each for each in over.orga.messages if due.search(each.text)])
    assert told == 0
    for _ in range(8):
        await over.clock.advance(days=30)
    told = [each for each in over.orga.messages if due.search(each.text)]
    assert len(told) == 1
    assert "Die Versprechen des Tages sind abgeschlossen." in told[0].text
