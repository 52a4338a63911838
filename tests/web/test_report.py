"""The report over HTTP: what everybody may read of a workshop, while its page is opened, and for how long."""

import io
import re

import pypdfium2
import pytest
from sqlalchemy import update

from db.models import Pledge, Workshop
from domain.history import EventKind
from domain.readers import Readership
from tests.cast import event_row
from tests.web.conftest import NOW
from tests.web.reports import CODE, LATER, look_back, page, season, served
from tests.web.walls import add, promise
from web.report import KEPT

HOSTILE = '<img src=x onerror="alert(1)"> {{ 7*7 }} „Nordtal“'
LEARNED = "Wer zuerst die Kämmerei fragt, bekommt schneller ein Ja."


@pytest.fixture
async def over(sqlite_database):
    """What came of a workshop, and a browser's way to it; somebody's name is in what was learned."""
    await season(sqlite_database)
    await look_back(sqlite_database, 1, 2, learned=f"{LEARNED} Danke, Wilhelmine!", done=HOSTILE)
    async with served(sqlite_database) as http:
        yield http


async def change(database, of, **columns):
    async with database.writer.begin() as session:
        await session.execute(update(of).values(**columns))


async def file(http, query=""):
    """The text of the file, and what it says of itself."""
    async with http.get(f"/report/{CODE}/pdf{query}") as answer:
        assert answer.content_type == "application/pdf"
        with pypdfium2.PdfDocument(io.BytesIO(await answer.read())) as document:
            text = " ".join(each.get_textpage().get_text_bounded() for each in document)
            return " ".join(text.split()), document.get_metadata_dict()


async def test_it_names_nobody_and_keeps_the_browser_here(over):
    status, html, headers = await page(over)
    assert status == 200
    assert all(
        words in html for words in ("Werkstatt Nordtal", LEARNED, "Danke, [Name]!", "Stand: 21. August 2027")
    )
    assert "Wilhelmine" not in html
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'self'; font-src 'self'"
    )
    assert not re.findall(r"<script|<[^>]*\s(?:style|on\w+)=|(?:src|href)=\"(?:https?:|//)", html)
    for name in ("report.css", "SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf"):
        assert (await over.get(f"/report/assets/{name}")).status == 200


async def test_words_appear_as_they_were_typed(over):
    html = (await page(over))[1]
    assert "<img" not in html
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt; {{ 7*7 }} „Nordtal“" in html
    assert HOSTILE in (await file(over))[0]


async def test_what_is_no_report_looks_alike(over, sqlite_database):
    await change(sqlite_database, Workshop, report_code=None)
    paths = (
        f"/report/{CODE}",
        f"/report/{CODE}/pdf",
        "/report/ABCDEF",
        "/report/%3Cb%3E",
        "/report/assets/no.css",
    )
    answers = [await page(over, path) for path in paths]
    assert {status for status, *_ in answers} == {404}
    assert len({html for _, html, _ in answers}) == 1
    told = [{k: v for k, v in headers.items() if k != "Date"} for *_, headers in answers]
    assert all(each == told[0] for each in told)


@pytest.mark.parametrize(
    ("query", "language", "words"), [("", "de", "Gelernt"), ("?lang=en", "en", "Learned")]
)
async def test_it_speaks_german_and_english_on_the_page_and_in_the_file(over, query, language, words):
    html = (await page(over, f"/report/{CODE}{query}"))[1]
    assert f'<html lang="{language}">' in html
    assert words in html
    text, about = await file(over, query)
    assert words in text
    assert about["Title"].startswith("Werkstatt Nordtal – ")


async def test_every_figure_on_the_page_and_in_the_file_is_a_multiple_of_five(over):
    html = (await page(over))[1]
    told = re.findall(r"<dd>(\d+)</dd>|class=\"number\">(\d+)<|(?:erfüllt|geklappt) (\d+)", html)
    numbers = [int(each) for found in told for each in found if each]
    assert len(numbers) > 8
    assert not [each for each in numbers if each % 5 or not each]
    text = re.sub(r"Was daraus wurde · \d+", "", (await file(over))[0])  # the foot of a page
    charts = text[text.index("Auf einen Blick") : text.index("Was gelernt wurde")]
    assert not [each for each in map(int, re.findall(r"\d+", charts)) if each % 5]


async def test_what_pledges_were_stuck_on_is_told_and_a_topic_that_is_gone_as_none(over, sqlite_database):
    await change(sqlite_database, Pledge, topic="no_such_topic")
    status, html, _ = await page(over)
    assert status == 200
    _, chart = html.split("Woran es zwischendurch hing")
    assert re.search(r"<dt>Geld</dt><dd><span class=\"number\">10<", chart)
    text, _ = await file(over)
    assert "Woran es zwischendurch hing Geld 10" in text
    assert "Versprechen nach Thema ohne Angabe 25" in text


async def test_of_four_people_nothing_is_told(sqlite_database):
    await season(sqlite_database, people=4, pledges=3)
    async with served(sqlite_database) as http:
        html = (await page(http))[1]
    assert not re.findall(r"<dd>\d+</dd>|class=\"number\"", html)


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ((Readership.PUBLIC, Readership.PUBLIC), False),
        ((Readership.PUBLIC, Readership.TEAM), True),
        ((Readership.THE_TWO, Readership.PUBLIC), True),
        ((None, Readership.PUBLIC), True),
        ((None, None), True),
    ],
)
async def test_it_takes_three_yeses(sqlite_database, says, shown):
    await season(sqlite_database)
    await look_back(sqlite_database, 1, 2, learned=LEARNED, says=says, shown=shown)
    async with served(sqlite_database) as http:
        assert LEARNED not in (await page(http))[1]
        assert LEARNED not in (await file(http))[0]


async def test_what_is_on_the_wall_is_in_it_until_one_side_takes_it_back(over, sqlite_database):
    number = await promise(sqlite_database, 5, text="Ich öffne die Werkhalle.", on_wall=True)
    assert "Ich öffne die Werkhalle." in (await page(over))[1]
    assert "Ich öffne die Werkhalle." in (await file(over))[0]
    await add(sqlite_database, event_row(number, 5, EventKind.READERS_SET, LATER, readers=Readership.THE_TWO))
    assert "Werkhalle" not in (await page(over))[1]
    assert "Werkhalle" not in (await file(over))[0]


async def test_it_is_behind_by_twenty_seconds_at_most_and_closed_at_once(sqlite_database):
    await season(sqlite_database)
    number = await look_back(sqlite_database, 1, 2, learned=LEARNED)
    seconds = [0.0]
    async with served(sqlite_database, monotonic=lambda: seconds[0]) as http:
        assert LEARNED in (await page(http))[1]
        await add(
            sqlite_database, event_row(number, 1, EventKind.RETRO_READERS, LATER, readers=Readership.TEAM)
        )
        seconds[0] = KEPT - 1
        assert LEARNED in (await page(http))[1]
        seconds[0] = KEPT
        assert LEARNED not in (await page(http))[1]
        assert LEARNED not in (await file(http))[0]
        await change(sqlite_database, Workshop, report_code=None)
        assert (await page(http))[0] == 404
    assert KEPT <= 60


async def test_before_everything_is_over_it_says_so(sqlite_database):
    await season(sqlite_database)
    async with served(sqlite_database, now=NOW) as http:
        html = (await page(http))[1]
    assert "Zwischenstand vom 20. Januar 2027. Abgeschlossen sind die Versprechen am 17. August 2027." in html


async def test_who_asks_too_often_waits(sqlite_database):
    async with served(sqlite_database, monotonic=lambda: 0.0) as http:
        answers = [(await page(http))[0] for _ in range(60)]
    assert answers == [404] * 50 + [429] * 10
