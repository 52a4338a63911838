"""The whole way of two people: from the code at the door to what became of their pledge, over seven months."""

from datetime import UTC, date, datetime, time
from time import tzset

import pytest
from sqlalchemy import select, update

from db.models import Nudge, Person, Pledge
from domain.calendar import public_holiday
from domain.nudging import Period
from tests.cast import guest, open_workshop
from tests.clock import BERLIN
from tests.conversations.pledges import answers, pledge, pledge_led_to, questions
from tests.people import formats_in
from tests.world import running_world

MOST_TAPS, MOST_TYPED = 25, 6
SENTENCE = "Ich führe bis Februar ein Gespräch zur Ehrenamtspauschale."

# Days on which the questions have to come; the last one is the deadline's.
END_OF_AUGUST = datetime(2027, 8, 31, 9, 0, tzinfo=BERLIN)
"""Short months; summer time ends on a question's day, a Sunday; one falls on New Year's Eve."""
AFTER_AUGUST = ("2027-09-30", "2027-11-01", "2027-11-30", "2028-01-07", "2028-01-31", "2028-02-29")
DECEMBER = datetime(2027, 12, 1, 11, 0, tzinfo=BERLIN)
"""New Year, and a first of May on a Monday."""
AFTER_DECEMBER = ("2028-01-07", "2028-02-01", "2028-03-01", "2028-04-03", "2028-05-02", "2028-06-01")

# One after the other in one workshop, at its day's hour: Christmas and Good Friday; the evening before summer time.
STARTS = (
    (datetime(2026, 10, 26, 20, 0, tzinfo=BERLIN),
     ("2026-11-26", "2027-01-07", "2027-01-26", "2027-02-26", "2027-03-30", "2027-04-26")),
    (datetime(2027, 3, 27, 20, 0, tzinfo=BERLIN),
     ("2027-04-27", "2027-05-28", "2027-06-28", "2027-07-27", "2027-08-27", "2027-09-27")),
)  # fmt: skip


@pytest.fixture
def host_zone(monkeypatch):
    """Sets the machine's own time zone for one test."""

    def set_to(zone):
        if zone is not None:
            monkeypatch.setenv("TZ", zone)
            tzset()

    yield set_to
    monkeypatch.undo()
    tzset()


async def test_seven_months(sqlite_url, host_zone):
    host_zone("America/New_York")
    await _seven_months(sqlite_url, END_OF_AUGUST, AFTER_AUGUST)


async def test_seven_months_on_postgresql(postgres_url):
    await _seven_months(postgres_url, DECEMBER, AFTER_DECEMBER)


async def test_other_days_to_begin_on(sqlite_url, host_zone):
    host_zone("UTC")
    async with running_world(sqlite_url, STARTS[0][0].astimezone(UTC)) as world:
        workshop = await open_workshop(world)
        couples = []
        for begins, _ in STARTS:
            if begins > world.clock.now():
                await world.clock.to(begins.astimezone(UTC))
            couples.append([await guest(world, workshop, name) for name in ("Ana Keller", "Ben Albrecht")])
            await pledge(*couples[-1], SENTENCE)
            async with (
                world.database.writer.begin() as session
            ):  # nobody answers, and all the same they are asked
                await session.execute(update(Pledge).values(told_of_silence=False))
        for (_, days), couple in zip(STARTS, couples, strict=True):
            the_day = datetime.combine(date.fromisoformat(days[-1]), time(12), tzinfo=BERLIN)
            await world.clock.to(the_day.astimezone(UTC))
            for each in couple:
                await _was_asked(world, each, days)
                world.forgotten.add(each.id)  # the first couple's rows end before the second couple's pledge


async def _seven_months(url, starts_at, days):
    async with running_world(url, starts_at.astimezone(UTC)) as world:
        ana, ben = await _two_at_the_door(world)
        number = await _pledge(ana, ben)
        for each in (ana, ben):
            assert each.taps_made <= MOST_TAPS, f"{each.name}: {each.taps_made} taps"
            assert each.answers_typed <= MOST_TYPED, f"{each.name}: {each.answers_typed} answers"
        await _months(world, ana, ben, number)
        await _the_day(world, ana, ben, number, days[-1])
        await world.clock.advance(months=1)
        for each in (ana, ben):
            await _was_asked(world, each, days)
        assert formats_in(ana, ben) <= {"bold", "bot_command", "expandable_blockquote"}, (
            "ours: commands in our own words"
        )


async def _two_at_the_door(world):
    await world.makes_workshop()
    ana = await world.joined("Ana Keller", seeks="Ehrenamt")
    ben = await world.joined("Ben Albrecht", seeks="Ehrenamt")
    return ana, ben


async def _pledge(ana, ben):
    """They meet through a suggestion; Ben pledges, Ana agrees."""
    await ben.taps("Kennenlernen")
    await ana.taps("Kennenlernen")
    await ben.taps("Versprechen geben")
    await ben.taps("Ich")
    await ben.says(SENTENCE)
    await ben.taps("Bestätigen")
    assert SENTENCE in ana.last
    await ana.taps("Ich bin dabei")
    await ana.taps("In 2 Wochen")
    for each in (ana, ben):
        assert "Abgemacht." in each.with_button("Anderer Gesprächstag").text
    return pledge_led_to(ana)


async def _months(world, ana, ben, number):
    """Five times both are asked, each their own question, and each hears what the other said."""
    for month in range(1, 6):
        await _to_question(world, ana, month)
        for each, asks in ((ben, "Wie steht es heute?"), (ana, "Was kommt bei dir an?")):
            assert "Ehrenamtspauschale" in each.last.split("\n")[0]
            assert asks in each.last
        if month > 1:
            assert "Ana am" in ben.last
            assert "geht voran." in ben.last
            assert "läuft." in ana.last
        await answers(ben, number, "running")
        await answers(ana, number, "moving")
        assert "Läuft, notiert. Ana sieht deine Antwort." in ben.last
        assert "Geht voran, notiert. Ben sieht deine Antwort." in ana.last


async def _to_question(world, person, month):
    while len(await _days_asked(world, person)) < month:
        await world.clock.to(await world.walk.next_due())


async def _the_day(world, ana, ben, number, day):
    await _to_question(world, ana, 6)
    assert world.clock.local.date() == date.fromisoformat(day)
    assert "Vor sechs Monaten hast du versprochen:" in ben.last
    assert "Vor sechs Monaten hat Ben dir versprochen:" in ana.last
    assert SENTENCE in ben.last
    await answers(ben, number, "kept")
    assert not [each for each in ana.new if "Ergebnis" in each.text]
    await answers(ana, number, "partly")
    assert "Ergebnis: Du sagst teilweise, Ben sagt erfüllt. Beides darf stehen bleiben." in ana.last
    assert "Ergebnis: Du sagst erfüllt, Ana sagt teilweise. Beides darf stehen bleiben." in ben.last


async def _days_asked(world, person):
    """The days of the monthly questions and of that on the day itself."""
    others = (Period.WEEK1, Period.BEFORE14, Period.BEFORE3)
    numbered = select(Person.id).where(Person.chat_id == person.id).scalar_subquery()
    asked = select(Nudge.asked_at).where(
        Nudge.person_id == numbered, Nudge.asked_at.is_not(None), Nudge.period.not_in(others)
    )
    when = await world.chosen(asked.order_by(Nudge.asked_at))
    return [each.astimezone(BERLIN).date().isoformat() for each in when]


async def _was_asked(world, person, days):
    assert await _days_asked(world, person) == list(days)
    for each in await questions(world, person):
        assert each.weekday() < 5
        assert not public_holiday(each.date(), None)
        assert 8 <= each.hour < 18
