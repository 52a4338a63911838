"""Looking back with somebody who pauses, or is gone; and the picture of it."""

import io

from PIL import Image

from tests.conversations.pledging.looking_back import (
    approves,
    below,
    closes,
    ended,
    kinds,
    looks,
    writes,
)


async def picture_in(world, message):
    """The picture in this message, opened."""
    file_id = message.body["photo"][-1]["file_id"]
    async with world._http.get(f"{world.url}/stage/files/{file_id}") as answer:
        return Image.open(io.BytesIO(await answer.read()))


async def test_a_pause_holds_the_question_back_and_the_days_count_after_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    await looks(ana, number)
    await approves(ana)
    assert ana.last.endswith("Ben: pausiert.")
    await world.clock.advance(days=20)
    assert await kinds(world, number) == ["approved"]
    await ben.taps_data("resume")
    assert (
        "Ana Keller hat eure Bilanz zu „Ehrenamtspauschale“ bestätigt. Passt sie auch für dich?" in ben.last
    )
    await ben.taps("Ansehen")
    assert ben.last.startswith("Eure Bilanz – ein Entwurf")
    await world.clock.advance(days=10)
    assert await kinds(world, number) == ["approved"]
    await world.clock.advance(days=5)
    assert await kinds(world, number) == ["approved", "closed"]


async def test_of_an_erased_party_no_word_is_left_in_it(world):
    ana, ben, number = await closes(world)
    await ben.sends_button_data(f"retro_picture:{number}:light")
    pictured = ben.newest
    await ana.says("/loeschen")
    world.forgotten.add(ana.id)
    await ana.taps_data("erase_yes")
    assert not any("Beispielrechnung" in each.text or "Ana" in each.text for each in ben.messages)
    covered = next(each for each in ben.messages if each.id == pictured.id)
    assert (await picture_in(world, covered)).width < 100, "a grey one took its place"
    lines = await looks(ben, number)
    assert [line.partition(":")[0] for line in lines[:-1]] == ["Versprochen", "Getan", "Ergebnis"]
    assert "Ergebnis: erfüllt, so sagt es Ben." in lines


async def test_who_is_erased_before_it_is_closed_leaves_none(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await looks(ana, number)
    await approves(ana)
    await ben.says("/loeschen")
    world.forgotten.add(ben.id)
    await ben.taps_data("erase_yes")
    await ana.sends_button_data(f"retro:{number}")
    assert "Bilanz ansehen" not in ana.buttons
    await world.clock.advance(days=20)
    assert await kinds(world, number) == ["approved"]


async def test_it_can_be_had_as_a_picture_light_and_dark(sqlite_world):
    world = sqlite_world
    ana, _, _ = await closes(world)
    await ana.taps("Als Bild")
    light = await picture_in(world, ana.newest)
    assert (ana.last, light.width) == ("Eure Bilanz als Bild", 1080)
    drawn, heard = ana.newest.id, len(ana.messages)
    await ana.taps("Dunkel")
    dark = await picture_in(world, ana.newest)
    assert (ana.newest.id, len(ana.messages)) == (drawn, heard), "in the place of the light one"
    assert sum(light.getpixel((900, 20))) > 600 > sum(dark.getpixel((900, 20)))
    assert "Hell" in ana.buttons


async def test_there_is_no_picture_before_it_is_closed(sqlite_world):
    ana, _, number = await ended(sqlite_world)
    await ana.sends_button_data(f"retro_picture:{number}:light")
    assert "photo" not in ana.newest.body
    assert ana.last.startswith("Eure Bilanz – ein Entwurf")


async def test_nobody_else_can_look(sqlite_world):
    world = sqlite_world
    _, _, number = await closes(world)
    cem = await world.joined_already("Cem Demir")
    for data in (
        f"retro:{number}",
        f"retro_ok:{number}:1",
        f"retro_line:{number}:next",
        f"retro_none:{number}",
    ):
        await cem.sends_button_data(data)
        assert "nicht mehr aktuell" in cem.screen(2)


async def test_words_can_be_reported(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await writes(ana, number, "learned", "Ben ist unfähig")
    await approves(ana)
    await ben.taps("Melden")
    orga = await world.organiser()
    await orga.says("/orga")
    await orga.sends_button_data("complaints")
    assert "Ben ist unfähig" in orga.last
    assert below(ana)
