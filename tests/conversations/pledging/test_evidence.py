"""Evidence: a link or a photo, seen by the two of a pledge only."""

import pytest

from db.models import PledgeEvent
from domain.limits import EVIDENCE_A_DAY
from tests.cast import PAY, guest, pair, sealed_pledge
from tests.conversations.pledges import a_month_on, answers

STICKER = {
    "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 512, "height": 512, "is_animated": False,
    "is_video": False,
}  # fmt: skip


async def agreed(world, *voices):
    ana, ben = await pair(world, *voices)
    return ana, ben, await sealed_pledge(world, ana, ben, PAY)


async def shows(person, number, kind="photo", caption=""):
    await person.sends_button_data(f"evidence:{number}")
    await person.uploads(kind, caption)


def copied_by(person):
    """What the buttons below the newest message copy."""
    rows = person.newest.body["reply_markup"]["inline_keyboard"]
    return [each["copy_text"]["text"] for row in rows for each in row if "copy_text" in each]


def photo_in(message):
    return message.body["photo"][0]["file_id"]


async def test_a_link_reaches_the_other_once_and_cannot_be_tapped(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    await ana.sends_button_data(f"pledge:{number}")
    await ana.taps("Beleg hinzufügen")
    assert "Das sehen nur du und Ben." in ana.last
    await ana.says("Protokoll: https://rat.example/sitzung")
    assert ana.last.startswith("Notiert zu „Ehrenamtspauschale“")
    assert ben.last.startswith("Beleg zu „Ehrenamtspauschale“\nVon Ana, 12. April.\n„Protokoll: https:")
    assert ben.newest.tappable == []
    assert copied_by(ben) == ["https://rat.example/sitzung"]
    assert "Melden" in ben.buttons
    await ben.sends_button_data(f"history:{number}:0")
    assert "12. April, Ana: Beleg „Protokoll: https:" in ben.last


async def test_of_a_photo_only_telegrams_id_is_kept_and_both_can_look_again(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await shows(ana, number, caption="Das Schild steht")
    assert ben.last == "Beleg zu „Ehrenamtspauschale“\nVon Ana, 12. April.\n„Das Schild steht“"
    assert await world.rows(PledgeEvent.photo) == [photo_in(ben.newest)]
    for person, by in ((ana, "Von dir, 12. April."), (ben, "Von Ana, 12. April.")):
        await person.sends_button_data(f"pledge:{number}")
        await person.taps("Belege (1)")
        assert photo_in(person.newest)
        assert by in person.last


@pytest.mark.parametrize(
    "said", ["Siehe https://rat.example: bitte PIN eingeben", f"https://rat.example/{'x' * 256}"]
)
async def test_a_link_that_asks_for_a_secret_or_is_too_long_is_only_shown(sqlite_world, said):
    ana, ben, number = await agreed(sqlite_world)
    await ana.sends_button_data(f"evidence:{number}")
    await ana.says(said)
    assert ben.last.startswith("Beleg zu")
    assert copied_by(ben) == []


async def test_several_are_turned_one_by_one(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    await shows(ana, number, caption="eins")
    await shows(ben, number, caption="zwei")
    await ana.sends_button_data(f"evidence_show:{number}:9")
    assert "zwei" in ana.last
    await ana.taps("Davor")
    assert "eins" in ana.last
    assert "Danach" in ana.buttons


async def test_it_is_offered_after_an_answer_that_something_can_show(sqlite_world):
    ana, ben, number = await a_month_on(sqlite_world)
    await answers(ben, number, "running")
    assert "Beleg hinzufügen" in ben.buttons
    await answers(ana, number, "nothing")
    assert "Beleg hinzufügen" not in ana.buttons


@pytest.mark.parametrize("kind", ["document", "voice"])
async def test_anything_else_gets_a_kind_sentence(sqlite_world, kind):
    ana, ben, number = await agreed(sqlite_world)
    before = len(ben.messages)
    await shows(ana, number, kind)
    assert "Hier passt ein Link oder ein Foto." in ana.heard
    await ana.says("Es läuft gut.")
    assert "Hier passt ein Link oder ein Foto." in ana.heard
    assert len(ben.messages) == before
    await ana.uploads("photo")
    assert len(ben.messages) == before + 1, "the question is still open"


async def test_an_album_and_a_sticker_are_refused_once(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    before = len(ben.messages)
    await ana.sends_button_data(f"evidence:{number}")
    size = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    for message in (11, 12):
        await ana.sends_anything(message_id=message, date=1, photo=[size], media_group_id="77")
    assert len([each for each in ana.messages if "Hier passt ein Link" in each.text]) == 1
    await ana.sends_anything(message_id=13, date=1, sticker=STICKER)
    assert "Hier passt ein Link oder ein Foto." in ana.heard
    assert len(ben.messages) == before


async def test_three_a_day_are_enough(sqlite_world):
    world = sqlite_world
    ana, _, number = await agreed(world)
    for _ in range(20):
        await shows(ana, number)
    assert any("Drei Belege am Tag" in each.text for each in ana.messages)
    assert len(await world.rows(PledgeEvent.photo)) == EVIDENCE_A_DAY


async def test_nobody_else_sees_it(sqlite_world):
    ana, _, number = await agreed(sqlite_world)
    await shows(ana, number)
    cem = await guest(sqlite_world, 1, "Cem Demir")
    for data in (f"evidence:{number}", f"evidence_show:{number}:0"):
        await cem.sends_button_data(data)
        assert "Dieser Knopf ist nicht mehr aktuell" in cem.last


async def test_it_goes_with_whoever_gave_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await shows(ana, number, caption="Kanarienvogel")
    theirs = ben.newest
    await shows(ben, number, caption="Nistkasten")
    await ben.sends_button_data(f"evidence_show:{number}:1")
    own = ben.newest
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    world.forgotten.add(ana.id)
    now = {each.id: each for each in ben.messages}
    assert "Kanarienvogel" not in "".join(each.text for each in ben.messages)
    assert photo_in(now[theirs.id]) != photo_in(theirs), "a grey picture in its place"
    assert photo_in(now[own.id]) == photo_in(own), "what Ben gave is still his"
    assert [each for each in await world.rows(PledgeEvent.photo) if each] == [photo_in(own)]
