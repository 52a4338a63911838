"""The timetable: whoever both said yes get a time and a table, as a list, as a picture, and everybody their own.

Everybody here is invented.
"""

from datetime import time, timedelta

import pytest
from sqlalchemy import select, update

from db.models import Audit, Introduction, IntroState, Person, Suggestion, Workshop
from domain import timetable
from domain.outcomes.choices import Meeting
from domain.outcomes.matching import Why
from domain.roles import Role
from tests.cast import gather

STALE = "nicht mehr aktuell"
YESES = (("ana", "mara"), ("ben", "mara"), ("cem", "mara"), ("ana", "ben"))


async def four_talks(world, **mp):
    """Ana, Ben and Cem each have two yeses with Mara, an MP, and Ana and Ben with each other. There are two tables."""
    people = await gather(
        world,
        mara={"name": "Mara Mandat", "role": Role.MP, "role_confirmed": True, **mp},
        ana={"name": "Ana Keller"},
        ben={"name": "Ben Albrecht"},
        cem={"name": "Cem Demir"},
    )
    orga = await world.organiser()
    async with world.database.writer.begin() as session:
        hours = {"opens": time(6), "closes": time(23, 30)}
        await session.execute(update(Workshop).values(**hours, tables=2, table_names="Ecke\nFenster"))
        known = {p.name.split()[0].lower(): p.id for p in await session.scalars(select(Person)) if p.name}
        for pair in YESES:
            await both_say_yes(session, world.clock.now(), *(known[name] for name in pair))
    return orga, people


async def both_say_yes(session, now, asker, asked):
    parties = {"workshop_id": 1}
    card = Suggestion(person_id=asker, other_id=asked, why=Why.SAME, topic="kita", shown_at=now, **parties)
    session.add(card)
    await session.flush()
    of = {"asker_id": asker, "asked_id": asked, "suggestion_id": card.id, **parties}
    over = now + timedelta(hours=9)
    session.add(Introduction(**of, state=IntroState.BOTH, asked_at=now, expires_at=over))


def talks(said):
    return [line for line in said.splitlines() if line.startswith("· ")]


def heard(person):
    return [each for each in person.messages if "Deine Gesprächszeiten" in each.text]


async def test_everybody_gets_their_own_times(world):
    orga, people = await four_talks(world)
    await orga.says("/orga")
    assert "Gespräche mit Platz: 4" in await orga.taps("Zeitplan")
    assert not heard(people["ana"]), "nobody hears of it before"
    go = orga.newest.data_of("Verschicken")
    assert "Dieser Zeitplan gilt\nWerkstatt Berlin\nBenachrichtigt: 4\n" in await orga.taps("Verschicken")
    mine = talks(people["mara"].last)
    assert len(mine) == len({line.split(",")[0] for line in mine}) == 3, "nobody is in two places"
    assert len({line.split(", ")[1].split(":")[0] for line in mine}) == 1, "an MP stays at the table"
    assert len(talks(people["cem"].last)) == 1
    assert "Mara Mandat" in people["cem"].last
    await people["cem"].taps("Mit Mara Mandat")
    assert "Treffpunkt: " in people["cem"].last
    assert ", um " in people["cem"].last, "the card says when"
    await orga.sends_button_data(go)
    assert len(heard(people["ana"])) == 1, "a second tap tells nobody"


async def test_whoever_cannot_come_is_in_no_new_timetable(sqlite_world):
    world = sqlite_world
    orga, people = await four_talks(world)
    await orga.says("/orga")
    await orga.taps("Zeitplan")
    go = orga.newest.data_of("Verschicken")
    await people["cem"].says("/pause")
    await people["cem"].taps_data("pause:0")
    assert "Inzwischen sähe der Zeitplan so aus" in await orga.sends_button_data(go)
    await orga.taps("Verschicken")
    assert not heard(people["cem"])
    async with world.database.writer.begin() as session:
        await session.execute(
            update(Introduction).where(Introduction.id == 4).values(asked_says=Meeting.CANT)
        )
    await orga.taps("Neu planen")
    assert "Gespräche mit Platz: 2" in orga.last


async def test_an_mp_who_leaves_or_takes_few_talks_is_respected(sqlite_world):
    world = sqlite_world
    today = world.clock.local.date()
    orga, _ = await four_talks(world, present_on=today, present_talks=2)
    await orga.says("/orga")
    plan = await orga.taps("Zeitplan")
    assert "Gespräche mit Platz: 3" in plan
    assert "Ohne Platz: 1\n– " in plan
    assert "Mara Mandat" in plan.split("Ohne Platz")[1]
    soon = (world.clock.local + timedelta(minutes=40)).time()
    async with world.database.writer.begin() as session:
        of = update(Person).where(Person.role == Role.MP)
        await session.execute(of.values(present_talks=None, present_until=soon))
    await orga.taps("30 Min.")
    mine = [line for line in talks(orga.last) if "Mara" in line]
    assert len(mine) <= 1, "a talk of half an hour ends before Mara leaves"


async def test_a_talk_of_three_that_has_begun_is_one_of_those_an_mp_takes(sqlite_world):
    world = sqlite_world
    orga, people = await four_talks(world, present_on=world.clock.local.date(), present_talks=2)
    async with world.database.writer.begin() as session:
        ids = {p.chat_id: p.id for p in await session.scalars(select(Person))}
        trio = {ids[people[each].id] for each in ("mara", "ana", "ben")}
        for card in await session.scalars(select(Suggestion)):
            if len(third := trio - {card.person_id, card.other_id}) == 1:
                card.third_id = third.pop()
        begun = Introduction.asker_id.in_(trio), Introduction.asked_id.in_(trio)
        at = world.clock.now() - timedelta(minutes=30)
        await session.execute(update(Introduction).where(*begun).values(slot_at=at, slot_table=1))
    await orga.says("/orga")
    plan = await orga.taps("Zeitplan")
    assert "Gespräche mit Platz: 1" in plan, "the one with Cem is the second"


async def test_it_is_moved_paged_and_drawn(sqlite_world):
    world = sqlite_world
    orga, people = await four_talks(world)
    await orga.says("/orga")
    before = talks(await orga.taps("Zeitplan"))
    await orga.taps("Später")
    assert talks(orga.last) != before
    await orga.taps("Verschicken")
    await orga.taps("Als Bild")
    assert orga.last == "Der Zeitplan als Bild (1/1)"
    shown = len(orga.messages)
    await orga.taps("Dunkel")
    assert len(orga.messages) == shown, "in the picture itself"
    assert await world.count(Audit) > 0
    for data in ("timetable:1:600-15:0", "timetable_go:1:600-15:1", "timetable_sent:1:0", "timetables"):
        assert STALE in await people["ana"].sends_button_data(data), data
    for data in ("timetable:1:600-7:0", "timetable:9:600-15:0", "timetable:1:1440-15:0", "timetable_new:9"):
        assert STALE in await orga.sends_button_data(data), data


async def test_without_two_yeses_there_is_nothing_to_plan(sqlite_world):
    world = sqlite_world
    await world.workshop()
    orga = await world.organiser()
    await orga.says("/orga")
    assert "Gerade wartet kein solches Gespräch." in await orga.taps("Zeitplan")
    assert "Verschicken" not in orga.buttons
    assert STALE in await orga.sends_button_data("timetable_sent:1:0")
    assert STALE in await orga.sends_button_data("timetable_picture:1:dark:0")


async def sent(world, *taps):
    """The first timetable went out, after these taps: Mara has three talks, each in another slot."""
    orga, people = await four_talks(world)
    await orga.says("/orga")
    for each in ("Zeitplan", *taps, "Verschicken"):
        await orga.taps(each)
    return orga, people


@pytest.mark.parametrize("gone", ["pauses", "withdraws", "can't"])
async def test_a_new_timetable_takes_the_places_of_those_who_are_out(sqlite_world, gone):
    world = sqlite_world
    orga, people = await sent(world)
    ana = people["ana"]
    if gone == "pauses":
        await ana.says("/pause")
        await ana.taps_data("pause:0")
    elif gone == "withdraws":
        await ana.says("/widerruf")
        await ana.taps("Nein: Vernetzen und Erinnern")
    else:
        await ana.taps("Mit Mara Mandat")
        await ana.taps("Klappt nicht")
    out = {"can't": [("Ana Keller", "Mara Mandat")]}.get(gone, [("Ana Keller",)])
    await orga.says("/orga")
    holds = talks(await orga.taps("Zeitplan"))
    assert not [row for row in holds for names in out if all(name in row for name in names)], holds
    await orga.taps("Neu planen")
    planned = talks(orga.last)
    await orga.taps("Verschicken")
    assert talks(orga.last) == planned, "nobody else is at a table of the plan"
    assert not [row for row in talks(people["mara"].last) if "Ana" in row]
    if gone != "can't":
        assert not [row for row in talks(people["ben"].last) if "Ana" in row]
        assert len(heard(people["ben"])) == 2, "Ben lost a talk"
    if gone == "pauses":
        assert "Deine Gesprächszeiten haben sich geändert: Werkstatt Berlin." in await ana.taps_data("resume")


@pytest.mark.parametrize(("taps", "over"), [(["30 Min."], "9:45"), ([], "9:30")])
async def test_who_is_in_a_talk_is_in_no_other_until_it_is_over(sqlite_world, taps, over):
    world = sqlite_world
    orga, _ = await sent(world, *taps)
    assert "· 9:15 Uhr, Ecke: Mara" in orga.last
    await world.clock.advance(minutes=20)
    await orga.taps("Neu planen")
    assert "Ab 9:30 Uhr, je 15 Minuten" in orga.last
    assert talks(orga.last)[0].startswith(f"· {over} Uhr, Ecke: Mara"), orga.last


async def test_a_whole_timetable_is_called_off(world):
    orga, people = await sent(world)
    ask = await orga.taps("Zeitplan absagen")
    assert "Den Zeitplan absagen?" in ask
    assert "Gespräche, die noch kommen: 4" in ask
    yes = orga.newest.data_of("Ja, absagen")
    assert len(heard(people["ana"])) == 1, "nobody hears of it before"
    assert "Der Zeitplan ist abgesagt" in await orga.taps("Ja, absagen")
    assert "Benachrichtigt: 4" in orga.last
    for each in people.values():
        assert "kein Gespräch mehr" in each.last
        assert len(heard(each)) == 2
    assert STALE in await orga.sends_button_data(yes)
    assert len(heard(people["ana"])) == 2, "a second tap tells nobody"
    assert await places(world) == [None] * 4
    await orga.taps("Neu planen")
    assert "Gespräche mit Platz: 4" in orga.last, "a yes stays a yes"


async def places(world):
    async with world.database.writer.begin() as session:
        return list(await session.scalars(select(Introduction.slot_at).order_by(Introduction.id)))


async def test_only_what_was_shown_is_called_off(sqlite_world):
    world = sqlite_world
    orga, people = await sent(world)
    await orga.taps("Zeitplan absagen")
    yes = orga.newest.data_of("Ja, absagen")
    assert "Dieser Zeitplan gilt" in await orga.taps("Nein, er gilt weiter")
    assert STALE in await people["ana"].sends_button_data(yes)
    assert STALE in await orga.sends_button_data("timetable_end:9")
    await world.clock.advance(minutes=16)
    begun = [each for each in await places(world) if each <= world.clock.now()]
    assert "Inzwischen hat sich der Zeitplan geändert" in await orga.sends_button_data(yes)
    assert len(heard(people["mara"])) == 1
    await orga.taps("Ja, absagen")
    assert [each for each in await places(world) if each is not None] == begun, "what has begun stays"
    assert STALE in await orga.sends_button_data("timetable_end:1")
    await orga.sends_button_data("timetable_sent:1:0")
    assert "Zeitplan absagen" not in orga.buttons


async def test_whoever_pauses_reads_afterwards_that_it_was_called_off(sqlite_world):
    world = sqlite_world
    orga, people = await sent(world)
    await people["ben"].says("/pause")
    await people["ben"].taps_data("pause:0")
    await orga.taps("Zeitplan absagen")
    await orga.taps("Ja, absagen")
    assert "Benachrichtigt: 3" in orga.last
    assert "Deine Gesprächszeiten haben sich geändert" in await people["ben"].taps_data("resume")


async def test_a_tap_solves_the_timetable_once(sqlite_world, monkeypatch):
    world, solved = sqlite_world, []
    orga, _ = await four_talks(world)
    await orga.says("/orga")
    await orga.taps("Zeitplan")
    solve = timetable.milp
    monkeypatch.setattr(timetable, "milp", lambda *of, **how: (solved.append(of), solve(*of, **how))[1])
    await orga.taps("10 Min.")
    assert len(solved) == 1
    await orga.taps("Verschicken")
    assert "Dieser Zeitplan gilt" in orga.last
    assert len(solved) == 1, "it was solved when it was shown"
