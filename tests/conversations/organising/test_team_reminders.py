"""A question to the team that waits for a working day: everybody of the team is reminded, once, in office hours."""

from datetime import datetime, timedelta

from tests.clock import BERLIN
from tests.conversations.organising.asking import answers, asks, shown, two_organisers

FRIDAY = datetime(2027, 5, 14, 15, tzinfo=BERLIN)  # before Whitsun
TUESDAY = datetime(2027, 5, 18, 15, tzinfo=BERLIN)
REMINDER = "Frage ans Team: wartet seit 14. Mai"


def reminders(organiser):
    return [each for each in organiser.messages if each.text.startswith(REMINDER)]


async def test_after_the_weekend_and_the_holiday_all_are_reminded_once_and_see_who_has_it(database_url):
    async with two_organisers(database_url, starts_at=FRIDAY) as (world, ana, orga, ora):
        await asks(ana)
        await orga.taps("Ich übernehme")
        await world.clock.to(TUESDAY - timedelta(minutes=5))
        assert not reminders(orga)
        assert not reminders(ora)
        await world.clock.to(TUESDAY + timedelta(minutes=5))
        assert reminders(orga)[0].text.endswith("Du kümmerst dich.")
        assert reminders(ora)[0].text.endswith("Orga Nisator kümmert sich.")
        await world.clock.advance(days=3)
        assert (len(reminders(orga)), len(reminders(ora))) == (1, 1)
        await answers(orga)
        assert not reminders(orga)
        assert not reminders(ora), "their messages say that it is answered"
        assert "Beantwortet." in shown(ora)[-1].text


async def test_what_is_answered_or_settled_in_time_is_not_reminded_of(sqlite_url):
    async with two_organisers(sqlite_url, starts_at=FRIDAY) as (world, ana, orga, ora):
        await asks(ana)
        await answers(orga)
        await world.clock.advance(days=6)
        await asks(ana, "Und noch etwas?")
        await ora.taps("Erledigt", message=shown(ora)[-1])
        await world.clock.advance(days=6)
        assert not reminders(orga)
        assert not reminders(ora)
        assert not any("wartet seit" in each.text for each in (*orga.messages, *ora.messages))
