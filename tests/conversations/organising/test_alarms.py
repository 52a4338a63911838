"""What owners hear when something is wrong with the bot itself: once when it begins, and once when it is over."""

from collections import defaultdict

import pytest

from bot.app import operator_of
from bot.watching import Watching
from db.models import Outgoing
from domain.watchdogs import Signs
from tests.databases import opened
from web.health import Readings

LATE = Signs(oldest_due_seconds=901)
FAILED = Signs(database_fails=True)
WELL = Signs()


class Watch:
    """The watchdogs of a world, with signs and seconds that the test decides."""

    def __init__(self, world):
        self.world, self.signs, self.seconds, self.leads = world, WELL, 0.0, True
        self.begin()

    def begin(self):
        """As another process would."""

        async def look():
            return Readings(self.signs, defaultdict(int))

        world = self.world
        operator = operator_of(world.settings, world.bot.username)
        self.watching = Watching(
            look,
            world.database,
            world.bot,
            operator,
            world.clock.now,
            lambda: self.seconds,
            lambda: self.leads,
        )

    async def sees(self, signs, after=10.0):
        self.signs = signs
        self.seconds += after
        await self.watching.round()
        await self.world.quiet()


@pytest.fixture
async def watch(sqlite_world):
    sqlite_world.expected_errors = True  # what barks is in the log
    return Watch(sqlite_world)


def heard(orga):
    """The alarms on the phone."""
    return [each.text for each in orga.messages if "Störung" in each.text]


async def test_owners_are_told_once_when_it_begins_and_once_when_it_is_over(sqlite_world, watch):
    orga = await sqlite_world.organiser()
    for _ in range(3):
        await watch.sees(LATE)
    watch.begin()
    await watch.sees(LATE)
    assert heard(orga) == ["Störung\nNachrichten gehen mehr als 15 Minuten zu spät hinaus."]
    await watch.sees(WELL)
    assert len(heard(orga)) == 1
    await watch.sees(WELL, after=300)
    assert heard(orga)[1:] == [
        "Störung vorbei\nGemeldet war: Nachrichten gehen mehr als 15 Minuten zu spät hinaus."
    ]
    await watch.sees(LATE)
    assert len(heard(orga)) == 3


async def test_what_passes_within_a_minute_is_not_told(sqlite_world, watch):
    orga = await sqlite_world.organiser()
    for signs in (FAILED, WELL, FAILED):
        await watch.sees(signs, after=59)
    assert heard(orga) == []
    await watch.sees(FAILED, after=60)
    assert heard(orga) == ["Störung\nDie Datenbank antwortet nicht."]


async def test_while_the_database_is_the_trouble_owners_are_told_directly(sqlite_world, watch, tmp_path):
    orga = await sqlite_world.organiser()
    (tmp_path / "away").mkdir()
    watch.watching.database = away = opened(f"sqlite:///{tmp_path / 'away'}")
    for _ in range(3):
        await watch.sees(FAILED, after=60)
    assert heard(orga) == ["Störung\nDie Datenbank antwortet nicht."]
    await away.close()


async def test_whoever_never_wrote_to_the_bot_holds_nobody_up_and_is_logged_once(sqlite_world, watch):
    for _ in range(3):
        await watch.sees(LATE)
    assert await sqlite_world.rows(Outgoing.id) == []
    assert sum("never wrote" in line for line in sqlite_world._log.lines) == 1


DATABASE_AWAY = "Störung\nDie Datenbank antwortet nicht."
TOO_LATE = "Störung\nNachrichten gehen mehr als 15 Minuten zu spät hinaus."


async def test_of_several_processes_the_one_that_leads_tells(sqlite_world, watch):
    """And whoever leads again does not take for told what another has told the end of."""
    orga, other = await sqlite_world.organiser(), Watch(sqlite_world)
    other.leads = False
    for each in (watch, other):
        await each.sees(LATE)
    assert heard(orga) == [TOO_LATE]
    watch.leads, other.leads = False, True
    for each in (watch, other, watch):
        await each.sees(WELL, after=300)
    await other.sees(WELL, after=300)
    assert len(heard(orga)) == 2
    watch.leads, other.leads = True, False
    for each in (watch, other):
        await each.sees(LATE)
    assert heard(orga)[2:] == [TOO_LATE]


async def test_while_the_database_is_away_nobody_leads_and_whoever_led_last_tells(
    sqlite_world, watch, tmp_path
):
    orga, other = await sqlite_world.organiser(), Watch(sqlite_world)
    other.leads = False
    (tmp_path / "away").mkdir()
    away = opened(f"sqlite:///{tmp_path / 'away'}")
    for each in (watch, other):
        await each.sees(WELL)
        each.leads, each.watching.database = False, away
        for _ in range(3):
            await each.sees(FAILED, after=60)
    assert heard(orga) == [DATABASE_AWAY]
    await away.close()
