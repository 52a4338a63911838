"""The promise moment on the wall: how many pledges the day has, while it runs."""

from datetime import timedelta

import pytest

from db.models import PledgeMoment
from tests.cast import pledge_row, workshop_row
from tests.web.conftest import NOW
from tests.web.walls import add, join, promise, served, walls_of


@pytest.mark.parametrize(
    ("today", "before", "minutes", "told"),
    [(5, 0, 10, True), (4, 5, 10, False), (5, 1, 10, False), (5, 5, 10, True), (5, 0, 0, False)],
)
async def test_it_is_told_while_it_runs(sqlite_database, today, before, minutes, told):
    await add(sqlite_database, workshop_row(NOW, id=1))
    await join(sqlite_database, 12)
    for number in range(1, today + 1):
        await promise(sqlite_database, number)
    yesterday = NOW - timedelta(days=1)
    await add(sqlite_database, *(pledge_row(1, None, None, yesterday) for _ in range(before)))
    ends = NOW + timedelta(minutes=minutes)
    await add(sqlite_database, PledgeMoment(workshop_id=1, opened_at=NOW, closes_at=ends))
    async with (
        served(sqlite_database, walls_of(sqlite_database)) as http,
        http.get("/wall/ABCDEF") as answer,
    ):
        html = await answer.text()
    assert ("<p>Versprechensrunde läuft: 5 Versprechen heute</p>" in html) is told
    assert ("Versprechensrunde" in html) is told
