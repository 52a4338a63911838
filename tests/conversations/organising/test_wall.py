"""What comes onto the wall: pledges that both parties and an organiser let everybody read; any of the three ends it."""

import pytest
from sqlalchemy import select

from actions.organising.wall import wall
from bot.app import operator_of
from db.models import Audit
from tests.cast import guest, open_workshop, sealed_pledge
from tests.conversations.organising.announcing import ROOM, begin
from tests.conversations.organising.announcing import hall as crowd
from tests.conversations.organising.test_day_notices import NOTICE
from tests.conversations.organising.test_released import (
    SENTENCE,
    is_erased,
    lets_read,
    narrows,
    takes_k_back,
    words_it_anew,
)

ON_WALL = "Ich lege mit █ den Kanariengelb-Plan vor."


async def hall(world, *says):
    """An organiser, and Ana's pledge to Ben, of which both say this."""
    orga = await world.organiser()
    workshop = await open_workshop(world, code="ABCDEF")
    ana, ben = await guest(world, workshop, "Ana Keller"), await guest(world, workshop, "Ben Albrecht")
    number = await sealed_pledge(world, ana, ben, SENTENCE)
    for person, readers in zip((ana, ben), says or ("public", "public"), strict=True):
        await lets_read(person, number, readers)
    return orga, ana, ben, number


async def seen(world):
    """The wall as the hall reads it."""
    async with world.database.reader() as session:
        operator = operator_of(world.settings, world.bot.username)
        return await wall.read(session, 1, operator, world.clock.now())


async def on_wall(world):
    """The sentences on it."""
    return [each.text for each in (await seen(world)).pledges]


async def opens(orga, waiting=1):
    await orga.says("/orga")
    await orga.taps(f"Wand ({waiting})" if waiting else "Wand")


async def test_an_organiser_lets_a_public_pledge_on_the_wall_and_both_find_it(world):
    orga, ana, ben, number = await hall(world)
    assert await on_wall(world) == []
    await opens(orga)
    assert orga.last == (
        "Die Wand\nWerkstatt Berlin\nFür den Beamer: http://127.0.0.1:8080/wall/ABCDEF\nEines wartet.\n"
        "Kanariengelb-Plan „Ich lege mit █ den Kanariengelb-Plan vor.“ Bis 12. Oktober.\n"
        "Beide machen es öffentlich. Soll es an die Wand und ins Ergebnis?"
    )
    await orga.taps("Zeigen")
    assert "Das letzte steht jetzt an der Wand." in orga.last
    assert await on_wall(world) == [ON_WALL]
    await ana.sends_button_data(f"readers:{number}")
    assert "Es steht jetzt an der Wand der Werkstatt." in ana.last
    for each in (ana, ben):
        noted = await world.chosen(select(Audit.action).where(Audit.person_id == each.row))
        assert noted == ["read released promise", "put released promise on the wall", "read released promise"]


@pytest.mark.parametrize("ends", [narrows, words_it_anew, takes_k_back, is_erased])
async def test_one_side_takes_it_off_the_wall_and_off_the_organisers_phone(sqlite_world, ends):
    world = sqlite_world
    orga, ana, ben, number = await hall(world)
    await opens(orga)
    await orga.taps("Zeigen")
    await ends(world, ana, ben, number)
    assert await on_wall(world) == []
    await world.clock.advance(seconds=50)
    assert "kanarien" not in "".join(str(each.body) for each in orga.messages).casefold()


async def test_what_was_taken_back_waits_again_once_both_release_it_again(sqlite_world):
    world = sqlite_world
    orga, _ana, ben, number = await hall(world)
    await opens(orga)
    await orga.taps("Zeigen")
    await lets_read(ben, number, "team")
    await lets_read(ben, number, "public")
    assert await on_wall(world) == []
    await opens(orga)
    await orga.taps("Zeigen")
    assert await on_wall(world) == [ON_WALL]


async def test_an_organiser_keeps_it_off_puts_it_up_after_all_and_takes_it_down(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    await opens(orga)
    for label, shown in (("Nicht zeigen", []), ("Zeigen", [ON_WALL]), ("Nicht zeigen", [])):
        await orga.taps(label)
        assert await on_wall(world) == shown
    await opens(orga, waiting=0)
    assert "Es steht nicht an der Wand." in orga.last


@pytest.mark.parametrize("says", [("public", "team"), ("team", "public"), ("two", "public")])
async def test_the_narrower_word_keeps_it_from_the_organiser(sqlite_world, says):
    world = sqlite_world
    orga, *_, number = await hall(world, *says)
    await opens(orga, waiting=0)
    assert "Bisher ist es nichts." in orga.last
    await orga.sends_button_data(f"wall_show:{number}:1")
    assert await on_wall(world) == []


async def test_a_button_that_is_out_of_date_shows_how_things_stand(sqlite_world):
    world = sqlite_world
    orga, *_ = await hall(world)
    await opens(orga)
    first = [data for _, data in orga.newest.keyboard if data.startswith("wall_")]
    await orga.taps("Nicht zeigen")
    await orga.sends_button_data(first[0])
    assert "Es steht nicht an der Wand." in orga.last
    assert await on_wall(world) == []


async def test_only_the_team_decides(sqlite_world):
    world = sqlite_world
    _orga, _ana, ben, number = await hall(world)
    for data in (
        "wall",
        "wall_in:1:0",
        f"wall_show:{number}:2",
        f"wall_hide:{number}:2",
        "in_workshop:1:wall",
    ):
        assert "Dieser Knopf ist nicht mehr aktuell" in await ben.sends_button_data(data)
    assert await on_wall(world) == []


async def test_a_closed_workshop_has_no_wall_to_put_it_on(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    await open_workshop(world, code="ABCDEF", closed_at=world.clock.now())
    await opens(orga, waiting=0)
    assert "darum zeigt die Wand nichts" in orga.last
    assert "/wall/" not in orga.last


async def test_a_notice_of_the_day_is_on_the_wall_until_the_day_is_over(sqlite_world):
    world = sqlite_world
    orga, _ = await crowd(world)
    await begin(orga)
    await orga.taps(NOTICE)
    assert (await seen(world)).announcement == "", "it is not out yet"
    await orga.taps("Jetzt senden")
    assert (await seen(world)).announcement == ROOM
    await world.clock.advance(days=1)
    assert (await seen(world)).announcement == ""
