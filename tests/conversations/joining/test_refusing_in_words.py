"""A consent is given by its yes alone: a refusal or a condition in words is none, and nothing of it is kept."""

import pytest

from db.models import Consent
from tests.conversations.joining.door import newcomer, nothing_is_stored_about

SAID = ("Nein, ich bin nicht einverstanden", "Ja, aber nur bis morgen", "Accept")


@pytest.mark.parametrize("said", SAID)
async def test_words_at_the_first_consent_are_no_yes(world, said):
    ana = await newcomer(world)
    await ana.taps_data("begin:")
    heard = await ana.says(said)
    assert heard.startswith("Zuerst dein Ja.")
    assert heard.endswith("Bei Nein endet es hier, und gespeichert bleibt nichts.")
    assert ana.shows("k_yes:")
    await nothing_is_stored_about(world, ana)


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
