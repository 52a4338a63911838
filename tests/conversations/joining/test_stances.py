"""Somebody names a topic for or against something: they are asked what they mean, and nobody else reads the answer."""

import pytest
from sqlalchemy import select

from db.models import Interest
from domain.outcomes.choices import Direction, Stance
from domain.voice import Voice
from tests.cast import guest, open_workshop

AGAINST = "gegen Windkraft im Wald"


async def wishes(world, direction=Direction.SEEKS):
    rows = await world.chosen(select(Interest).where(Interest.direction == direction).order_by(Interest.id))
    return [(row.topic or row.words, row.stance) for row in rows]


async def asked_what_moves(world, **more):
    return await world.joined("Ana Keller", until="seeks", **more)


@pytest.mark.parametrize(
    ("voice", "question", "labels"),
    [
        (Voice.DU, "Wie stehst du zu „Windkraft“?", ["Dagegen", "Dafür", "Reden wir darüber"]),
        (Voice.SIE, "Wie stehen Sie zu „Windkraft“?", ["Dagegen", "Dafür", "Reden wir darüber"]),
        (Voice.EN, "Where do you stand on “Wind power”?", ["Against it", "For it", "Let's talk about it"]),
    ],
)
async def test_a_side_is_asked_back_and_kept(sqlite_world, voice, question, labels):
    ana = await asked_what_moves(sqlite_world, voice=voice.value)
    assert (await ana.says(AGAINST)).startswith(question)
    assert ana.buttons[:-1] == labels, "and the way back"
    assert await wishes(sqlite_world) == [("windkraft", Stance.HEARD_NO)]
    heard = await ana.taps(labels[0])
    assert "Wind" in heard
    assert not any(label in heard for label in labels), "nothing of it stands there afterwards"
    await ana.taps_data("topics_ok")
    assert await wishes(sqlite_world) == [("windkraft", Stance.AGAINST)]


@pytest.mark.parametrize(
    ("typed", "stance"),
    [
        ("dafür", Stance.FOR),
        ("Dagegen!", Stance.AGAINST),
        ("Reden wir darüber", Stance.OPEN),
        ("ich bin dagegen", Stance.AGAINST),
    ],
)
async def test_the_answer_can_be_typed(sqlite_world, typed, stance):
    ana = await asked_what_moves(sqlite_world)
    await ana.says(AGAINST)
    assert "Verstanden: Windkraft" in await ana.says(typed)
    assert await wishes(sqlite_world) == [("windkraft", stance)]


async def test_a_doubt_comes_first_then_the_side_of_what_was_meant(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    assert "Meinst du das hier?" in await ana.says("ich bin für Windkraft")
    await ana.taps("Windkraft")
    assert ana.last.startswith("Wie stehst du zu „Windkraft“?")
    assert ana.buttons[0] == "Dafür", "as they said"
    await ana.taps("Dafür")
    assert await wishes(sqlite_world) == [("windkraft", Stance.FOR)]


async def test_of_several_each_is_asked_about_and_a_tap_corrects(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt, gegen Windräder und Solarparks")
    first = ana.newest.data_of("Dagegen")
    await ana.taps("Dagegen")
    assert "Solarenergie" in ana.last
    await ana.taps("Reden wir darüber")
    assert "Ehrenamt · Windkraft · Solarenergie" in ana.last
    await ana.sends_button_data(first.replace("against", "for"))
    assert await wishes(sqlite_world) == [
        ("ehrenamt", None), ("windkraft", Stance.FOR), ("solar", Stance.OPEN),
    ]  # fmt: skip


async def test_what_nearly_all_are_against_is_asked_of_nobody(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("gegen Einsamkeit, Kampf gegen Armut")
    assert "Einsamkeit · Armut und soziale Sicherung" in ana.last
    assert "Bestätigen" in ana.buttons
    assert await wishes(sqlite_world) == [("einsamkeit", None), ("armut", None)]


async def test_a_forged_answer_changes_nothing(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("gegen Windkraft, Ehrenamt")
    ids = {row.topic: row.id for row in await sqlite_world.rows(Interest)}
    neutral, sided = ids["ehrenamt"], ids["windkraft"]
    for data in (
        f"stance:{neutral}:for",
        f"stance:{sided}:heard",
        f"stance:{sided}:heard_no",
        "stance:999999:for",
        f"stance:{sided}:maybe",
    ):
        assert "nicht mehr aktuell" in await ana.sends_button_data(data), data
    assert dict(await wishes(sqlite_world)) == {"ehrenamt": None, "windkraft": Stance.HEARD_NO}


async def test_an_edit_that_is_called_off_brings_the_side_back(sqlite_world):
    ana = await guest(sqlite_world, await open_workshop(sqlite_world), "Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:seeks")
    await ana.says(AGAINST)
    await ana.taps("Dagegen")
    await ana.taps("Bestätigen")
    await ana.says("/profil")
    await ana.taps_data("edit:seeks")
    await ana.says("Ehrenamt")
    await ana.says("/abbrechen")
    assert await wishes(sqlite_world) == [("windkraft", Stance.AGAINST)]


async def test_own_words_with_a_side_are_quoted_without_it(sqlite_world):
    """Nobody is asked about words that no topic knows; others read what they are about, and not on which side."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("gegen Xylophonsteuer im Zwergenland",))
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("Xylophonsteuer im Zwergenland",))
    for reader in (ana, ben):
        await reader.says("/partner")
        assert "Ihr beschäftigt euch beide mit dem Thema „Xylophonsteuer im Zwergenland“" in reader.last
    assert not any("gegen" in each.text for each in ben.messages)
