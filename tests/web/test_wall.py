"""The wall over HTTP: what everybody may read of a workshop, and how it is kept up to date."""

import asyncio
import re
from datetime import time, timedelta

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from db.models import BroadcastEnd, BroadcastState, ProgrammeItem, Workshop
from domain.voice import Voice
from tests.cast import member, workshop_row
from tests.web.conftest import NOW
from tests.web.walls import SOON, add, join, notice, promise, screen, served, walls_of
from web.health import Health
from web.live import MOST_OF_ONE
from web.server import create_app

HOSTILE = '<img src=x onerror="alert(1)"> {{ 7*7 }} „Nordtal“'


@pytest.fixture
async def hall(sqlite_database):
    """A workshop with nobody in it, and a browser's way to its wall."""
    await add(sqlite_database, workshop_row(NOW, id=1))
    async with served(sqlite_database, walls_of(sqlite_database)) as http:
        yield http


async def page(http, path="/wall/ABCDEF"):
    async with http.get(path) as answer:
        return answer.status, await answer.text(), answer.headers


async def test_it_says_how_to_come_in_and_keeps_the_browser_here(hall):
    status, html, headers = await page(hall)
    assert status == 200
    assert all(words in html for words in ("ABCDEF", "@mutmacher_bot", "<svg", "Werkstatt Berlin"))
    assert "Set-Cookie" not in headers
    assert headers["Content-Security-Policy"].startswith(
        "default-src 'none'; script-src 'self'; style-src 'self'"
    )
    assert not re.findall(r"(?:src|href)=\"(?!assets/)", html)
    assert not re.findall(r"<script[^>]*>[^<]|style=|\son\w+=", html)
    for name in ("wall.js", "wall.css"):
        assert (await page(hall, f"/wall/assets/{name}"))[0] == 200


async def test_what_is_no_wall_looks_alike(hall, sqlite_database):
    await add(sqlite_database, workshop_row(NOW, id=2, code="CL0SED", closed_at=NOW))
    answers = [
        await page(hall, path)
        for path in ("/wall/CL0SED", "/wall/NEVER0", "/wall/%3Cb%3E", "/wall/CL0SED/events", "/wall/x/events")
    ]
    assert {status for status, *_ in answers} == {404}
    assert len({html for _, html, _ in answers}) == 1
    told = [{k: v for k, v in headers.items() if k != "Date"} for *_, headers in answers]
    assert all(each == told[0] for each in told)


@pytest.mark.parametrize(("people", "told"), [(0, False), (4, False), (5, True)])
async def test_figures_are_told_from_five_upward(database, people, told):
    await add(database, workshop_row(NOW, id=1))
    await join(database, people)
    async with served(database, walls_of(database)) as http:
        html = (await page(http))[1]
    assert ("Menschen</dt>" in html) is told
    assert (f"<dd>{people}</dd>" in html) is told


@pytest.mark.parametrize(("pledges", "told"), [(4, False), (5, True)])
async def test_no_figure_says_of_a_few_what_they_did(hall, sqlite_database, pledges, told):
    await join(sqlite_database, 12)
    for number in range(1, pledges + 1):
        await promise(sqlite_database, number)
    html = (await page(hall))[1]
    assert ("Versprechen</dt>" in html) is told
    assert "Gespräche</dt>" not in html
    assert re.findall(r"<dd>(\d+)</dd>", html) == ["12", "5"][: 1 + told]


@pytest.mark.parametrize(
    ("own", "asked", "language"),
    [
        (None, "", "de"),
        (Voice.EN, "", "en"),
        (Voice.EN, "?lang=de", "de"),
        (None, "?lang=en", "en"),
        (None, "?lang=x", "de"),
    ],
)
async def test_it_speaks_as_it_is_asked_or_as_the_workshop_does(sqlite_database, own, asked, language):
    await add(sqlite_database, workshop_row(NOW, voice=own))
    async with served(sqlite_database, walls_of(sqlite_database)) as http:
        html = (await page(http, f"/wall/abc-def{asked}"))[1]
    assert f'<html lang="{language}">' in html
    assert f'data-stream="ABCDEF/events?lang={language}"' in html


async def test_words_appear_as_they_were_typed(sqlite_database):
    await add(sqlite_database, workshop_row(NOW, title=HOSTILE, code="ABCDEF"))
    async with served(sqlite_database, walls_of(sqlite_database)) as http:
        html = (await page(http))[1]
    assert "<img" not in html
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt; {{ 7*7 }} „Nordtal“" in html


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, True),
        ({"confirmed_at": NOW - timedelta(days=1)}, False),
        ({"state": BroadcastState.HALTED}, False),
        ({"state": BroadcastState.DRAFT, "confirmed_at": None}, False),
        ({"ended": BroadcastEnd.RECALLED}, False),
        ({"words": None}, False),
        ({"audience": {"version": 1}}, False),
    ],
)
async def test_the_announcement_is_what_everybody_got_today(hall, sqlite_database, more, shown):
    row = notice("Raum <b>geändert</b>: Saal 2")
    for column, value in more.items():
        setattr(row, column, value)
    await add(sqlite_database, row)
    assert ("<p>Raum &lt;b&gt;geändert&lt;/b&gt;: Saal 2</p>" in (await page(hall))[1]) is shown


async def test_of_two_announcements_the_later_counts(hall, sqlite_database):
    later = notice("Wieder Saal 1", confirmed_at=NOW + timedelta(minutes=1))
    await add(sqlite_database, later, notice("Saal 2"))
    html = (await page(hall))[1]
    assert "Wieder Saal 1" in html
    assert "Saal 2" not in html


async def test_it_says_what_is_on_and_the_next_two(hall, sqlite_database):
    day = ((9, "Begrüßung"), (12, "Mittag"), (14, "Runde"), (15, "Kaffee"), (16, "Abschied"))
    await add(
        sqlite_database,
        *(
            ProgrammeItem(workshop_id=1, begins=time(hour), title=title, place="Saal <1>")
            for hour, title in day
        ),
    )
    html = (await page(hall))[1]  # it is one o'clock
    assert re.findall(r"<dt>([^<]+)</dt><dd>(\w+)", html) == [
        ("Jetzt", "Mittag"),
        ("14 Uhr", "Runde"),
        ("15 Uhr", "Kaffee"),
    ]
    assert "Saal &lt;1&gt;" in html


async def test_a_pledge_that_was_let_on_it_is_read_without_names(hall, sqlite_database):
    await add(sqlite_database, member(1, NOW, "Ana Keller"), member(2, NOW, "Ben Albrecht"))
    await promise(sqlite_database, 1, text="Ich zeige Ben Albrecht unsere <i>Werkhalle</i>.", on_wall=True)
    await promise(sqlite_database, 1, text="Ich schweige.")
    html = (await page(hall))[1]
    assert "<q>Ich zeige █ unsere &lt;i&gt;Werkhalle&lt;/i&gt;.</q>" in html
    assert "schweige" not in html
    assert not re.search("Ana|Keller|Ben|Albrecht", html)


async def test_damaged_words_leave_the_rest(hall, sqlite_database):
    await join(sqlite_database, 6)
    await promise(sqlite_database, 1, on_wall=True)
    await add(sqlite_database, notice("Saal 2"))
    async with sqlite_database.writer.begin() as session:
        for column in ("pledges SET text", "broadcasts SET words"):
            await session.execute(text(f"UPDATE {column} = x'00'"))
    html = (await page(hall))[1]
    assert "<dd>6</dd>" in html
    assert "<q>" not in html


# --- the stream


async def test_it_fills_while_sixty_people_join_and_promise(hall, sqlite_database):
    async with screen(hall) as shown, asyncio.TaskGroup() as at_once:
        at_once.create_task(_sixty_join(sqlite_database))
        seen = [await shown.wall(until=lambda wall: "<dd>60</dd>" in wall["figures"])]
        while "<dd>30</dd>" not in seen[-1]["figures"]:
            seen.append(await shown.wall())
        assert "Ich halte Wort 59." in seen[-1]["pledges"]


async def _sixty_join(database):
    for first in range(1, 61, 2):
        await join(database, 2, first)
    for number in range(1, 61, 2):
        await promise(database, number, text=f"Ich halte Wort {number}.", on_wall=True)


async def test_a_screen_is_told_the_wall_then_what_changes(database):
    await add(database, workshop_row(NOW, id=1))
    async with served(database, walls_of(database)) as http, screen(http) as shown:
        assert "Ab fünf Menschen" in (await shown.wall())["figures"]
        await join(database, 7)
        assert "<dd>7</dd>" in (await shown.wall())["figures"]
        assert await shown.next() == ("same", "")


async def test_screens_in_two_languages_are_told_by_one_reader(hall, sqlite_database):
    async with screen(hall) as german, screen(hall, language="en") as english:
        await german.wall(), await english.wall()
        await join(sqlite_database, 6)
        assert "Menschen</dt>" in (await german.wall())["figures"]
        assert "people</dt>" in (await english.wall())["figures"]


async def test_a_wall_that_is_closed_ends_its_stream(hall, sqlite_database):
    async with screen(hall) as shown:
        await shown.wall()
        async with sqlite_database.writer.begin() as session:
            (await session.get_one(Workshop, 1)).closed_at = NOW
        while await shown.next() is not None:
            pass
    assert (await page(hall))[0] == 404


async def test_more_screens_than_one_hall_has_are_turned_away(hall):
    opened = [await hall.get("/wall/ABCDEF/events") for _ in range(MOST_OF_ONE)]
    async with hall.get("/wall/ABCDEF/events") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (await page(hall))[0] == 200
    for each in opened:
        each.close()


async def test_a_screen_that_has_left_makes_room(sqlite_database):
    await add(sqlite_database, workshop_row(NOW, id=1))
    walls = walls_of(sqlite_database)
    async with served(sqlite_database, walls) as http:
        async with screen(http) as shown:
            await shown.wall()
            assert walls.live.screens == 1
        async with asyncio.timeout(120):
            while walls.live.screens:  # noqa: ASYNC110 - it is the server that notices
                await asyncio.sleep(0.01)


async def test_while_nothing_can_be_read_nothing_is_said(sqlite_database):
    database = sqlite_database
    await add(database, workshop_row(NOW, id=1))
    async with served(database, walls_of(database)) as http, screen(http) as shown:
        await shown.wall()
        await _renamed(database, "memberships", "away")
        assert await _is_silent(shown)
        assert (await page(http))[0] == 503
        await _renamed(database, "away", "memberships")
        assert (await page(http))[0] == 200


async def _is_silent(shown):
    """Whether it is told nothing for as long as thirty looks take, once what was on its way has come."""
    try:
        for _ in range(5):
            async with asyncio.timeout(30 * SOON):
                await shown.next()
    except TimeoutError:
        return True
    return False


async def _renamed(database, one, other):
    async with database.writer.begin() as session:
        await session.execute(text(f"ALTER TABLE {one} RENAME TO {other}"))


async def test_the_server_ends_all_streams_when_it_stops(sqlite_database):
    await add(sqlite_database, workshop_row(NOW, id=1))
    app = create_app(
        Health(sqlite_database, lambda: NOW, lambda: 0.0), lambda: "bot", walls=walls_of(sqlite_database)
    )
    server = TestServer(app)
    await server.start_server()
    async with ClientSession(server.make_url("")) as http, screen(http) as shown:
        await shown.wall()
        stopping = asyncio.create_task(server.close())
        while await shown.next() is not None:
            pass
        await stopping


# --- how often


async def test_too_many_requests_are_turned_away_for_a_while(sqlite_database):
    await add(sqlite_database, workshop_row(NOW, id=1))
    now = [0.0]
    async with served(sqlite_database, walls_of(sqlite_database, monotonic=lambda: now[0])) as http:
        answers = [(await page(http, "/wall/NEVER0"))[0] for _ in range(101)]
        assert answers == [404] * 100 + [429]
        assert (await page(http))[0] == 429
        now[0] += 1
        assert (await page(http))[0] == 200
