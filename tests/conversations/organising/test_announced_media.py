"""Announcements of any kind: pictures, files and albums go as they are, with a line that says who they are from."""

import pytest

from tests.conversations.organising.announcing import SENDER, hall


async def test_a_photo_goes_with_its_caption(sqlite_world):
    orga, people = await hall(sqlite_world)
    await orga.says("/ankuendigung")
    assert "An wen?" in await orga.uploads("photo", "Blick <aus> dem Saal")
    await orga.taps("An alle")
    await orga.says("3")
    photo = people["ana"].newest
    assert photo.text == f"Blick <aus> dem Saal\n\n{SENDER}"
    assert photo.body["photo"]


async def test_a_sticker_is_no_announcement(sqlite_world):
    await sqlite_world.workshop()
    orga = await sqlite_world.organiser()
    await orga.says("/ankuendigung")
    sticker = {"file_id": "x", "file_unique_id": "y", "type": "regular", "width": 1, "height": 1}
    sticker |= {"is_animated": False, "is_video": False}
    await orga.sends_anything(message_id=9_000, date=1_800_000_000, sticker=sticker)
    assert "Das kann ich nicht als Ankündigung senden." in orga.heard
    assert "An wen?" in await orga.says("Dann eben so")


@pytest.mark.parametrize("kind", ["document", "voice", "video"])
async def test_a_file_goes_as_it_is_and_says_who_it_is_from(sqlite_world, kind):
    orga, people = await hall(sqlite_world)
    await orga.says("/ankuendigung")
    assert "An wen?" in await orga.uploads(kind, "Hört mal")
    await orga.taps("An alle")
    await orga.says("3")
    came = people["ana"].newest
    assert came.text == f"Hört mal\n\n{SENDER}"
    assert came.body[kind]


async def test_an_album_goes_as_one_and_is_taken_back_as_one(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await orga.says("/ankuendigung")
    assert "An wen?" in await orga.uploads("photo", "Der Saal", album="71")
    assert await orga.uploads("photo", album="71") == ""
    assert await orga.uploads("video", album="71") == ""
    await orga.taps("An alle")
    await orga.says("3")
    *_, first, second, third = people["ana"].messages
    assert first.text == f"Der Saal\n\n{SENDER}"
    assert [bool(first.body.get("photo")), bool(second.body.get("photo")), bool(third.body.get("video"))] == [
        True
    ] * 3
    assert len({each.body["media_group_id"] for each in (first, second, third)}) == 1
    before = len(people["ana"].messages)
    await world.clock.advance(minutes=1)
    await orga.taps("Zurückholen")
    await world.clock.advance(minutes=1)
    assert len(people["ana"].messages) == before - 3
    assert orga.last.endswith("Zugestellt: 3\nDavon wieder gelöscht: 3")
