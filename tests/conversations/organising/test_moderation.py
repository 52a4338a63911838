"""A pledge that both release and the team lets through, in every place at once; one side takes it back, and within a
minute it is in none of them.
"""

import pytest
from sqlalchemy import update

from db.models import Workshop
from tests.conversations.organising.browsing import browser, page, pdf, printed
from tests.conversations.organising.test_exports import data_of, files, takes
from tests.conversations.organising.test_insight import file_of
from tests.conversations.organising.test_released import is_erased, narrows, takes_k_back
from tests.conversations.organising.test_wall import ON_WALL, hall, opens
from tests.web.walls import screen

CODE, REPORT = "ABCDEF", "ABCDEFGHJK"
WORDS = "Kanariengelb-Plan vor."


async def let_through(world):
    """A pledge that is on the wall, and two files in which an organiser has it: an export, and the report."""
    orga, ana, ben, number = await hall(world)
    async with world.database.writer.begin() as session:
        await session.execute(update(Workshop).values(report_code=REPORT))
    await opens(orga)
    await orga.taps("Zeigen")
    assert ON_WALL in data_of(world, await takes(orga, "Versprechen (1)"))
    await orga.sends_button_data("report_file:1")
    assert WORDS in printed(await file_of(world, orga.newest))
    return orga, ana, ben, number


async def everywhere(http):
    return [
        await page(http, f"/wall/{CODE}"),
        await page(http, f"/report/{REPORT}"),
        await pdf(http, f"/report/{REPORT}/pdf"),
    ]


@pytest.mark.parametrize("ends", [narrows, takes_k_back, is_erased])
async def test_what_one_side_takes_back_is_gone_everywhere_within_a_minute(sqlite_world, ends):
    world = sqlite_world
    orga, ana, ben, number = await let_through(world)
    began = world.clock.now()

    def passed():
        return (world.clock.now() - began).total_seconds()

    async with browser(world, passed) as http, screen(http, CODE) as shown:
        assert ON_WALL in (await shown.wall())["pledges"]
        assert [WORDS in each for each in await everywhere(http)] == [True] * 3
        assert len(files(orga)) == 2
        await ends(world, ana, ben, number)
        await world.clock.advance(seconds=59)
        assert not [each for each in await everywhere(http) if "kanarien" in each.casefold()]
        await shown.wall(until=lambda wall: "kanarien" not in str(wall).casefold())
    assert files(orga) == []
    assert "kanarien" not in str([each.body for each in orga.messages]).casefold()
