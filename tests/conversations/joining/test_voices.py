"""Every voice says everything: a whole joining, and the rest of the commands, per Du, per Sie and in English."""

import re

import pytest

from domain.voice import Voice
from tests.cast import agrees, tells

OTHERS = {
    Voice.DU: re.compile(r"\b(Sie|Ihnen|Ihre?[nmrs]?)\b|\b(you|your|please)\b"),
    Voice.SIE: re.compile(r"\b([Dd]u|[Dd]ir|[Dd]ich|[Dd]eine?[nmrs]?|schreib|tippe)\b|\b(you|your|please)\b"),
    Voice.EN: re.compile(
        r"\b(du|dich|dein|Sie|Ihnen|und|nicht|oder|der|die|das|für)\b|[äöüß]", re.IGNORECASE
    ),
}
# What stands in German in every voice: names of topics, places, files, and the other voices' own names.
NAMES = re.compile(
    r"Werkstatt der Mutigen|Werkstatt Süd|Werkstatt-Team|Deutsch, per (Du|Sie)|Lieber per (Du|Sie)|Per (Du|Sie)"
    r"|Deutsch oder Englisch, (Du oder Sie|Sie oder Du)|Thüringen|Baden-Württemberg|/\w+|„[^“]*“|“[^”]*”|Straße"
)
COMMANDS = {
    Voice.DU: (
        "/hilfe",
        "/datenschutz",
        "/profil",
        "/sprache",
        "/pause",
        "/widerruf",
        "/auskunft",
        "/loeschen",
    ),
    Voice.EN: ("/help", "/privacy", "/profile", "/language", "/pause", "/consents", "/mydata", "/delete"),
}
COMMANDS[Voice.SIE] = COMMANDS[Voice.DU]


def slips(person, voice):
    """What was said in another voice, with the sentence it stands in."""
    said = [text for each in person.messages for text in (each.text, *each.buttons)]
    lines = [line for text in said for line in text.splitlines()]
    return [line for line in lines if OTHERS[voice].search(NAMES.sub("", line))]


@pytest.mark.parametrize("voice", Voice)
async def test_a_joining_keeps_its_voice(sqlite_world, voice):
    world = sqlite_world
    await world.workshop("Werkstatt Süd")
    ana = await world.person("Ana", language_code="de")
    await ana.start(f"w_{world.code}")
    if voice is not Voice.DU:
        await ana.taps("Lieber per Sie" if voice is Voice.SIE else "English")
        assert len(ana.messages) == 1, "the welcome itself changes"
    await _join_with_detours(ana)
    for command in COMMANDS[voice]:
        assert await ana.says(command)
    assert await ana.says("Einfach so")
    assert await ana.sends_button_data("nonsense")
    assert not slips(ana, voice)


@pytest.mark.parametrize("begins", ["/start", "/help", "Hello"])
async def test_a_phone_that_speaks_english_is_answered_in_english(sqlite_world, begins):
    world = sqlite_world
    await world.workshop("Werkstatt Süd")
    ana = await world.person("Ana", language_code="en-GB")
    await (ana.start(f"w_{world.code}") if begins == "/start" else ana.says(begins))
    assert not slips(ana, Voice.EN)
    await ana.start(f"w_{world.code}")
    assert ana.last.startswith("Good to have you here!")
    await ana.taps("Auf Deutsch")
    assert ana.last.startswith("Schön, dass du da bist!")
    await ana.taps_data("begin:")
    assert ana.last.startswith("Zuerst dein Ja."), "the choice counts, not the phone"


async def _join_with_detours(ana):
    """From the welcome to the profile, with whatever else may be said on the way."""
    await ana.taps_data("read:")
    await ana.taps_data("without:")
    await agrees(ana)
    await ana.taps_data("role:mp")
    await ana.says("Cem Demir")
    await ana.says("Neustadt")
    await ana.taps_data("land:TH")
    await ana.says("das hier ist eine Frage ohne Thema xyz")
    await ana.taps_data("topics_again")
    await tells(ana, "seeks", "Ehrenamt und Klimaschutz")
    await ana.taps_data("skip:organisation")
    await ana.says("\u200b")
    await ana.taps_data("offer:talk")
    await ana.taps_data("topics_ok:offers")
    await ana.uploads("photo")
    await ana.taps_data("a_yes")
    await ana.taps_data("edit:land")
    await ana.taps_data("land:SN")
    await ana.taps_data("profile_ok")


async def test_the_voice_can_be_changed_at_any_time(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", voice="sie", until="name")
    assert "Wie heißen Sie?" in ana.last
    await ana.says("/language")
    await ana.taps("English")
    assert ana.last.startswith("What is your name?"), ana.last
    await ana.says("/sprache")
    await ana.taps("Deutsch, per Du")
    assert "Wie heißt du?" in ana.last
    await ana.says("Ana Keller")
    await ana.says("Dresden")
    assert "Was treibt dich" in ana.last


async def test_the_voice_of_the_welcome_survives_reading_and_turning_back(sqlite_world):
    world = sqlite_world
    await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{world.code}")
    await ana.taps("English")
    await ana.taps_data("read:")
    assert "Your data" in ana.last
    await ana.taps_data("k_yes")
    await ana.taps_data("u_no")
    assert not OTHERS[Voice.EN].search(ana.last), ana.last


async def test_before_joining_words_and_commands_keep_voice_and_workshop(sqlite_world):
    world = sqlite_world
    await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{world.code}")
    await ana.taps("English")
    for words in ("/privacy", "Hello there, what is this?", "/help", "/cancel", "/unknown"):
        heard = await ana.says(words)
        assert heard
        assert not OTHERS[Voice.EN].search(NAMES.sub("", heard)), heard
    await agrees(ana)
    assert "role:mp" in str(ana.newest.keyboard)
