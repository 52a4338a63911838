"""A consent is given by its yes alone: a refusal or a condition in words is none, and nothing of it is kept."""

import pytest

from db.models import Consent
from tests.cast import guest, open_workshop, sealed_pledge
from tests.conversations.joining.door import newcomer, nothing_is_stored_about

SAID = ("Nein, ich bin nicht einverstanden", "Ja, aber nur bis morgen", "Accept")


@pytest.mark.parametrize("said", SAID)
async def test_words_at_the_first_consent_are_no_yes(sqlite_world, said):
    ana = await newcomer(sqlite_world)
    await ana.taps_data("begin:")
    heard = await ana.says(said)
    assert heard.startswith("Zuerst dein Ja.")
    assert heard.endswith("Bei Nein endet es hier, und gespeichert bleibt nichts.")
    assert ana.shows("k_yes:")
    await nothing_is_stored_about(sqlite_world, ana)


@pytest.mark.parametrize("said", SAID)
async def test_words_at_the_second_consent_are_no_yes(sqlite_world, said):
    ana = await newcomer(sqlite_world)
    await ana.taps_data("begin:")
    await ana.taps_data("k_yes:")
    heard = await ana.says(said)
    assert heard.startswith("Und der Weg: Telegram.")
    assert heard.endswith("Bei Nein endet es hier, und gespeichert bleibt nichts.")
    assert await sqlite_world.count(Consent) == 1
    assert said not in await sqlite_world.stored()


async def test_what_happens_on_no_is_said_only_once_words_came(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps_data("begin:")
    assert "Bei Nein" not in ana.last


@pytest.mark.parametrize("said", [*SAID, "okay", "gern"])
async def test_words_at_the_announcements_are_no_yes(sqlite_world, said):
    ana = await sqlite_world.joined("Ana Keller", until="announcements")
    before = await sqlite_world.count(Consent)
    await ana.says(said)
    assert ana.last.startswith("Ankündigungen aus der Werkstatt?")
    assert "Freiwillig: Alles andere geht auch ohne." in ana.last
    assert await sqlite_world.count(Consent) == before
    assert said not in await sqlite_world.stored()


async def asked_to_show_the_telegram_name(world):
    """Ana, who has met Ben and has a pledge with him, so that other words would be offered as a note."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", phone={"username": "ana_keller"})
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await sealed_pledge(world, ana, ben)
    for person, label in ((ana, "Kennenlernen"), (ben, "Kennenlernen")):
        await person.says("/partner")
        await person.taps(label)
    await ana.taps("Kontakt tauschen")
    await ana.taps("Mein Telegram-Name")
    return ana


@pytest.mark.parametrize("said", [*SAID, "okay", "gern"])
async def test_words_at_the_telegram_name_are_no_yes_and_no_note(sqlite_world, said):
    ana = await asked_to_show_the_telegram_name(sqlite_world)
    before = await sqlite_world.count(Consent)
    await ana.says(said)
    assert ana.last.startswith("Deinen Telegram-Namen zeigen?")
    assert "Wer deinen Namen einmal hat, behält ihn." in ana.last
    assert await sqlite_world.count(Consent) == before
    assert said not in await sqlite_world.stored()


async def test_after_the_yes_it_is_said_who_can_write_now(sqlite_world):
    ana = await asked_to_show_the_telegram_name(sqlite_world)
    heard = await ana.says("ja, zeigen")
    assert heard == "Kontakt mit Ben Albrecht\nBen kann dir jetzt direkt schreiben."
