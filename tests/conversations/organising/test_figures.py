"""Every place that tells figures of people and pledges, read at once: none below five, and nothing left by subtraction.

PLACES reads each place as its readers do; a route, or a message with a figure, that is in none of them fails.
`tests/domain/test_figures_together.py` says why what they tell gives nobody away.
"""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook

from db.models import PledgeMoment
from domain.figures import FEW, told, told_within
from domain.outcomes.organising.insight import Aspect
from domain.roles import Role
from tests.cast import member, open_workshop, pledge_row
from tests.conversations.organising.browsing import app_of, browser, page, pdf
from tests.conversations.organising.test_insight import file_of
from tests.domain.test_figures_listed import FIGURES
from tests.web.walls import screen

TITLE = "Werkstatt Nord"
CODE, REPORT = "NNNNNN", "NNNNNNNNNN"


@dataclass(frozen=True)
class Crowd:
    """Of one workshop; `today`: pledges of the day, the others are older. `gone`: people who are erased, and as many
    pledges of theirs.
    """

    here: int
    mps: int
    earlier: int
    today: int
    waiting: int
    gone: int

    @property
    def live(self):
        """What is told as it stands; what is withheld is no number."""
        joined, made = self.here + self.gone, self.earlier + self.today + self.gone
        if joined < FEW:
            return set()
        numbers = (joined, told_within(self.mps, joined), told(made), told(self.waiting))
        return {each for each in (*numbers, told_within(self.today, made)) if told(each or 0)}


CROWDS = [
    Crowd(
        here=38, mps=36, earlier=2, today=21, waiting=3, gone=2
    ),  # what is left of each whole would be a few
    Crowd(here=23, mps=7, earlier=11, today=13, waiting=6, gone=4),
    Crowd(here=3, mps=3, earlier=6, today=6, waiting=1, gone=1),
]


@pytest.fixture
async def hall(sqlite_world, request):
    """The workshop, in which a pledge moment runs, and another with a few people and a few pledges."""
    world, crowd = sqlite_world, request.param
    world.orga, now = await world.organiser(), world.clock.now()
    gone = {"gone_joined": crowd.gone, "gone_finished": crowd.gone, "gone_made": crowd.gone}
    world.here = await open_workshop(world, title=TITLE, code=CODE, report_code=REPORT, **gone)
    world.there = await open_workshop(world, title="Werkstatt Süd", code="SSSSSS")
    mp = {"role": Role.MP, "role_confirmed": True}
    people = [
        *(member(1000 + n, now, f"Xaver {n}", workshop_id=world.here, **(mp if n < crowd.mps else {}))
          for n in range(crowd.here)),
        *(member(2000 + n, now, f"Yvonne {n}", workshop_id=world.there) for n in range(8)),
    ]  # fmt: skip
    earlier = {"made_on": now.date().replace(day=1), "topic": "kita"}
    waiting = {"state": "proposed", "made_on": None}
    await world.add(
        *people,
        PledgeMoment(workshop_id=world.here, opened_at=now, closes_at=now.replace(hour=23)),
        *(pledge_row(world.here, None, None, now, **earlier) for _ in range(crowd.earlier)),
        *(pledge_row(world.here, None, None, now, topic="kita") for _ in range(crowd.today)),
        *(pledge_row(world.here, None, None, now, **waiting) for _ in range(crowd.waiting)),
        *(pledge_row(world.there, None, None, now) for _ in range(3)),
    )
    world.crowd = crowd
    return world


# --- the places


async def wall(world):
    async with browser(world) as http:
        return await page(http, f"/wall/{CODE}")


async def stream(world):
    async with browser(world) as http, screen(http, CODE) as shown:
        sections = await shown.wall()
    said = " ".join(html for name, html in sections.items() if name != "version")
    return re.sub(r"<svg.*?</svg>|<[^>]*>", " ", said, flags=re.DOTALL)


async def report(world):
    async with browser(world) as http:
        return await page(http, f"/report/{REPORT}")


async def report_file(world):
    async with browser(world) as http:
        return await pdf(http, f"/report/{REPORT}/pdf")


async def menu(world):
    text = await world.orga.says("/orga")
    return "\n".join([text, *(each for each in world.orga.buttons if TITLE in each)])


async def choosing(world):
    await world.orga.says("/werkstatt")
    return "\n".join(each for each in world.orga.buttons if TITLE in each)


async def card(world):
    await world.orga.sends_button_data(f"workshop:{world.here}")
    return next(line for line in world.orga.last.splitlines() if "dabei" in line or "Dabei" in line)


async def welcome(world):
    newcomer = await world.person("Neu")
    text = await newcomer.start(f"w_{CODE}")
    return "\n".join(line for line in text.splitlines() if "dabei" in line)


async def moment(world):
    await world.orga.sends_button_data("moment:1")
    return world.orga.last.partition("Versprechen heute")[2]


async def stand(world):
    await world.orga.says("/stand")
    said = []
    for where in (0, world.here):
        for look in Aspect:
            await world.orga.sends_button_data(f"insight:{where}:{look}:0")
            said.append(world.orga.last)
    return "\n".join(said)


async def stand_as_files(world):
    said = []
    for look in Aspect:
        await world.orga.sends_button_data(f"insight_file:0:{look}:csv")
        rows = (await file_of(world, world.orga.newest)).decode("utf-8-sig")
        said += [each for row in [*csv.reader(io.StringIO(rows), delimiter=";")][1:] for each in row[1:]]
        await world.orga.sends_button_data(f"insight_file:0:{look}:xlsx")
        sheet = load_workbook(io.BytesIO(await file_of(world, world.orga.newest))).active
        said += [str(cell.value or "") for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
    return "\n".join(said)


async def stand_as_picture(world):
    await world.orga.sends_button_data(f"insight_picture:{world.here}:light")
    return world.orga.last


ROUNDED = {"Looked.figures", "InsightGroup.figures", "Report.figures"}
PLACES = {
    wall: {"/wall/{code}"},
    stream: {"/wall/{code}/events"},
    report: {"/report/{code}", *ROUNDED},
    report_file: {"/report/{code}/pdf", *ROUNDED},
    menu: {"OrgaMenu.pledges", "OrgaWorkshop.people"},
    choosing: {"OrgaWorkshop.people"},
    card: {"WorkshopCard.people"},
    welcome: {"Welcome.people", "Welcome.mps"},
    moment: {"MomentProgress.made", "MomentProgress.waiting"},
    stand: ROUNDED,
    stand_as_files: ROUNDED,
    stand_as_picture: ROUNDED,
}
NO_PEOPLE = {"/", "/health", "/metrics", "/wall/assets/{name}", "/report/assets/{name}"}
NO_FIGURES = re.compile(
    r"[Uu]nter 5|ab 5|wurde · \d+|zusammen: \d|Monat \d|Tag \d|\d+ Tage"
    r"|\d+\.(?:\d+\.\d*)?|\d+[-–]\d+ %|\d+ %|\d+:\d\d|20\d\d"
)


def numbers(text):
    return {int(each) for each in re.findall(r"\d+", NO_FIGURES.sub(" ", text))}


async def test_every_route_and_every_figure_of_a_message_is_read(sqlite_world):
    routes = {each.resource.canonical for each in app_of(sqlite_world).router.routes()}
    read = set().union(*PLACES.values())
    assert routes - NO_PEOPLE == {each for each in read if each.startswith("/")}
    assert read - routes == FIGURES


@pytest.mark.parametrize("hall", CROWDS, indirect=True)
async def test_no_place_tells_a_few_and_all_tell_the_same(hall):
    found = {place.__name__: numbers(await place(hall)) for place in PLACES}
    rounded = {name for name in found if name.startswith(("report", "stand"))}
    live = hall.crowd.live
    for name in rounded:
        assert not {each for each in found[name] if each % FEW}, name
    elsewhere = {name: found[name] for name in found.keys() - rounded}
    assert set().union(*elsewhere.values()) == live, elsewhere
    assert bool(live) is bool(found["report"])
