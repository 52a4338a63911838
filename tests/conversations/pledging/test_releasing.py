"""Who may read a pledge: each party is asked, may change it at any time, and never learns who of the two said less."""

import pytest
from sqlalchemy import select

from db.models import PledgeEvent
from domain.history import EventKind
from domain.readers import Readership
from domain.voice import Voice
from tests.cast import pair, sealed_pledge
from tests.conversations.pledges import pledge

ONLY_TWO = "Lesen dürfen: nur ihr zwei."
TEAM_TOO = "Lesen dürfen: ihr zwei und das Team."


async def released(world, *voices):
    """Ana's pledge to Ben; its id."""
    ana, ben = await pair(world, *voices)
    return ana, ben, await sealed_pledge(world, ana, ben)


async def lets_read(person, number, readers):
    """What the question says once they have answered it."""
    await person.sends_button_data(f"readers:{number}")
    await person.taps_data(f"readers_are:{number}:{readers}")
    return person.last


async def card(person, number):
    await person.sends_button_data(f"pledge:{number}")
    return person.last


async def test_it_is_asked_when_the_pledge_is_made_and_the_narrower_word_counts(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await pledge(ana, ben, "Ich stelle einen Antrag für den Bürgerbus.")
    for each in (ana, ben):
        sealed = each.with_button("Wer darf mitlesen?").text
        assert "Wer darf mitlesen? Ohne Antwort bleibt es unter euch." in sealed
    await ben.taps("Wer darf mitlesen?")
    assert ben.last == (
        "Wer darf mitlesen? „Bürgerbus“\n"
        "Lesen dürfen: nur ihr zwei.\n"
        "Andere lesen höchstens Satz, Thema und Tag, nie eure Namen oder Antworten. Öffentlich heißt: Das Team darf "
        "es zeigen, etwa auf einer Leinwand oder im Ergebnis der Werkstatt, auch im Internet.\n"
        "Ich frage euch beide; es gilt der engere Wunsch. Ändern geht jederzeit."
    )
    await ben.taps("Öffentlich")
    assert ben.last.split("\n")[1:3] == ["Deine Antwort: öffentlich.", ONLY_TWO]
    assert (await lets_read(ana, number, "team")).split("\n")[1:3] == [
        "Deine Antwort: auch das Team.",
        TEAM_TOO,
    ]
    assert TEAM_TOO in ben.with_data(f"readers_are:{number}").text, "nobody has to ask what became of it"
    assert TEAM_TOO in await card(ben, number)


async def test_who_said_less_shows_nowhere(sqlite_world):
    ana, ben, number = await released(sqlite_world)
    await lets_read(ben, number, "public")
    silent = await card(ben, number)
    await lets_read(ana, number, "two")
    assert await card(ben, number) == silent, "a no looks like no answer"
    heard = len(ben.messages)
    await lets_read(ana, number, "team")
    assert len(ben.messages) == heard, "it is no news"
    await ana.sends_button_data(f"history:{number}:0")
    await ben.sends_button_data(f"history:{number}:0")
    assert "lesen" not in ana.last + ben.last


async def test_it_is_changed_on_the_card_and_said_twice_is_kept_once(sqlite_world):
    ana, _ben, number = await released(sqlite_world)
    await card(ana, number)
    await ana.taps("Mehr")
    await ana.taps("Wer darf mitlesen?")
    await ana.taps("Auch das Team")
    assert set(ana.newest.buttons) == {"Nur wir zwei", "Öffentlich", "Versprechen ansehen"}
    for _ in range(2):
        await ana.sends_button_data(f"readers_are:{number}:team")
    kept = select(PledgeEvent.readers).where(PledgeEvent.kind == EventKind.READERS_SET)
    assert await sqlite_world.chosen(kept) == [Readership.TEAM]


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        (Voice.SIE, ("Ihre Antwort: auch das Team.", "Lesen dürfen: nur Sie beide.")),
        (Voice.EN, ("Your answer: the team too.", "Who may read it: only the two of you.")),
    ],
)
async def test_it_is_said_in_every_voice(sqlite_world, voice, words):
    ana, _ben, number = await released(sqlite_world, voice)
    assert tuple((await lets_read(ana, number, "team")).split("\n")[1:3]) == words


async def test_a_new_sentence_is_asked_about_anew(sqlite_world):
    ana, ben, number = await released(sqlite_world)
    for each in (ana, ben):
        await lets_read(each, number, "team")
    await ana.sends_button_data(f"amend_words:{number}")
    await ana.says("Ich führe bis 12. Oktober zwei Gespräche zur Ehrenamtspauschale.")
    await ben.taps("Einverstanden")
    for each in (ana, ben):
        assert "Der Satz ist neu: Er bleibt jetzt wieder unter euch." in each.last
        assert "Wer darf mitlesen?" in each.newest.buttons
        assert ONLY_TWO in await card(each, number)


async def test_another_day_is_no_new_sentence(sqlite_world):
    ana, ben, number = await released(sqlite_world)
    for each in (ana, ben):
        await lets_read(each, number, "team")
    await ana.sends_button_data(f"amend_day:{number}")
    await ana.says("20. September")
    await ben.taps("Einverstanden")
    assert TEAM_TOO in await card(ben, number)
