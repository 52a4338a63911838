"""Evidence: a link or a photo, seen by the two of a pledge only."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import PledgeEvent
from domain.history import EventKind
from domain.limits import EVIDENCE, EVIDENCE_A_DAY
from tests.cast import BUS, PAY, event_row, guest, pair, sealed_pledge
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
    await ana.taps("Kalender, Beleg und mehr")
    await ana.taps("Beleg hinzufügen")
    assert "Das bleibt zwischen dir und Ben." in ana.last
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
        await person.taps("Kalender, Beleg und mehr")
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


async def test_a_photo_in_reply_is_for_the_question_replied_to(sqlite_world):
    """Though another one has been asked since: nobody is shown what was meant for somebody else."""
    world = sqlite_world
    ana, _, number = await agreed(world)
    cem = await guest(world, 1, "Cem Demir")
    await ana.sends_button_data(f"evidence:{number}")
    asked = ana.newest.id
    await ana.sends_button_data(f"evidence:{await sealed_pledge(world, ana, cem, BUS)}")
    before = len(cem.messages)
    size = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    question = {"message_id": asked, "date": 1, "chat": {"id": ana.id, "type": "private"}}
    await ana.sends_anything(message_id=900, date=1, photo=[size], reply_to_message=question)
    assert await world.chosen(select(PledgeEvent.pledge_id).where(PledgeEvent.photo.is_not(None))) == [number]
    assert len(cem.messages) == before
    assert ana.last.startswith("Beleg zu „Bürgerbus“"), "which is still waited for"
    card = {**question, "message_id": ana.messages[0].id}
    await ana.sends_anything(message_id=901, date=1, photo=[size], reply_to_message=card)
    assert len(cem.messages) == before


async def test_a_photo_whose_words_were_too_long_is_taken_once_these_are_shorter(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await shows(ana, number, caption="Das Schild steht, siehe www.rat.example " + "x" * 500)
    assert "zu lang" in ana.heard or "etwas lang" in ana.heard
    mine = max(each["message_id"] for each in world.messages(ana.id) if each.get("out"))
    sent = next(each for each in world.messages(ana.id) if each["message_id"] == mine)
    edited = {
        "message_id": mine,
        "date": 1,
        "chat": {"id": ana.id, "type": "private"},
        "photo": sent["photo"],
    }
    sender = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    await ana.causes(edited_message={**edited, "from": sender, "caption": "Das Schild steht", "edit_date": 2})
    assert photo_in(ben.newest)
    assert ben.last.endswith("„Das Schild steht“")


async def test_three_a_day_are_enough(sqlite_world):
    world = sqlite_world
    ana, _, number = await agreed(world)
    for _ in range(20):
        await shows(ana, number)
    assert any("Drei Belege am Tag" in each.text for each in ana.messages)
    assert len(await world.rows(PledgeEvent.photo)) == EVIDENCE_A_DAY


async def test_ten_in_all_are_enough(sqlite_world):
    world = sqlite_world
    ana, _, number = await agreed(world)
    long_ago = world.clock.now() - timedelta(days=3)
    await world.add(
        *(event_row(number, ana.row, EventKind.EVIDENCED, long_ago, photo="x") for _ in range(EVIDENCE))
    )
    assert "zehn insgesamt" in await ana.sends_button_data(f"evidence:{number}")
    await ana.uploads("photo")
    assert len(await world.rows(PledgeEvent.photo)) == EVIDENCE


async def test_nobody_else_sees_it(sqlite_world):
    ana, _, number = await agreed(sqlite_world)
    await shows(ana, number)
    cem = await guest(sqlite_world, 1, "Cem Demir")
    for data in (f"evidence:{number}", f"evidence_show:{number}:0"):
        assert "Dieser Knopf ist nicht mehr aktuell" in await cem.sends_button_data(data)


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


async def test_what_somebody_gave_themselves_keeps_no_word_of_the_erased(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ana, ben, "Ich baue einen Kanarienvogelkäfig.")
    await shows(ben, number, caption="Hallo")
    await ben.sends_button_data(f"evidence:{number}")
    await ben.says("www.rat.example")
    for place in (0, 1):
        await ben.sends_button_data(f"evidence_show:{number}:{place}")
        assert "Kanarienvogelkäfig" in ben.last, "the heading is a word of Ana's"
    shown = [each.id for each in ben.messages[-2:]]
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    world.forgotten.add(ana.id)
    assert "Kanarien" not in "".join(each.text for each in ben.messages)
    photo, link = (each for each in ben.messages if each.id in shown)
    assert "„Hallo“" in photo.text
    assert "rat.⁠example" in link.text
