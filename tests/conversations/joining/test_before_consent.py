"""Before both core consents, and after one was taken back: the open question stays, and nothing typed is kept."""

import pytest
from sqlalchemy import event

from db.models import Consent, Inbox, Person
from tests.cast import agrees


async def asked_for_consent(world, voice=None):
    await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{world.code}")
    if voice:
        await ana.taps(voice)
    await ana.taps_data("begin:")
    return ana


def noting(world):
    kept = []

    def note(_connection, statement, multiparams, params, _options):
        if getattr(statement, "is_insert", False) and statement.table.name == Inbox.__tablename__:
            kept.append(f"{statement.compile().params} {multiparams} {params}")

    event.listen(world.database.engines[0].sync_engine, "before_execute", note)
    return kept


async def test_whatever_is_sent_while_consent_is_asked_shows_the_question_again(sqlite_world):
    world = sqlite_world
    ana = await asked_for_consent(world, "English")
    kept = noting(world)
    for words in ("Canary yellow", "/unknown canary", "Do you store this?", "/profile", "15 canaries"):
        heard = await ana.says(words)
        assert heard.startswith("First, your yes.") or "yes" in heard.split("\n")[0], heard
        assert ana.shows("k_yes:"), words
        assert len(ana.new) == 1
    for kind in ("photo", "voice"):
        await ana.uploads(kind, caption="Canary")
        assert ana.shows("k_yes:"), kind
    for aside in ("/privacy", "/help"):
        await ana.says(aside)
        await ana.says("Canary")
        assert ana.shows("k_yes:"), aside
    assert kept
    assert not [row for row in kept if "anar" in row or "store" in row]
    assert await world.rows(Person.chat_id) == [9001]
    await ana.says("yes")
    assert ana.shows("u_yes")
    await ana.says("Canary")
    assert ana.shows("u_yes")
    await ana.taps_data("u_yes")
    assert ana.shows("role:"), "the workshop was not lost on the way"


async def test_the_welcome_comes_again_where_it_was_last(sqlite_world):
    ana = await asked_for_consent(sqlite_world)
    await ana.taps("Nein, danke")
    await ana.says("Hallo")
    assert ana.shows("begin:")
    await ana.taps_data("begin:")
    await ana.start()
    await ana.says("Hallo")
    assert ana.shows("begin:")


@pytest.mark.parametrize("typed", ["15", "Ich bin 15", "bin erst 12!", "14 Jahre alt"])
async def test_an_age_under_sixteen_ends_politely_and_leaves_nothing(sqlite_world, typed):
    world = sqlite_world
    ana = await asked_for_consent(world)
    kept = noting(world)
    heard = await ana.says(typed)
    assert heard.startswith("Danke, dass du es sagst.")
    assert "Gespeichert ist nichts." in heard
    assert ana.buttons == []
    assert typed == "15" or not [row for row in kept if typed in row], "which age it is, and in which words"
    assert await world.rows(Person.chat_id) == [9001]
    assert await world.count(Consent) == 0
    await ana.says("Hallo")
    assert ana.shows("begin:"), "from here on it is the welcome again"


async def test_from_sixteen_on_the_question_stays(sqlite_world):
    ana = await asked_for_consent(sqlite_world)
    await ana.says("Ich bin 16")
    assert ana.shows("k_yes:")


async def test_no_is_typed_and_leaves_nothing(sqlite_world):
    ana = await asked_for_consent(sqlite_world)
    assert "Gespeichert ist nichts." in await ana.says("Nein")
    await ana.says("/start")
    await ana.taps_data("begin:")
    await ana.says("Ja")
    assert "Gespeichert ist nichts." in await ana.says("nein danke")
    assert await sqlite_world.rows(Person.chat_id) == [9001]


async def test_who_asks_for_their_data_before_agreeing_hears_that_there_are_none(sqlite_world):
    ana = await asked_for_consent(sqlite_world)
    for command in ("/auskunft", "/loeschen", "/widerruf"):
        heard = await ana.says(command)
        assert heard.startswith("Über dich ist nichts gespeichert."), command
        assert "Deine Daten bei Mutmacher" in heard
    assert (await ana.says("/datenschutz")).startswith("Deine Daten bei Mutmacher")
    await ana.says("Und nun?")
    assert ana.shows("k_yes:")


async def test_after_the_core_was_taken_back_the_welcome_keeps_the_voice(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", voice="en")
    await ana.says("/consents")
    await ana.taps_data("consent_off:K")
    assert (await ana.says("Hello?")).startswith("Good to have you here!")
    await ana.says("/sprache")
    await ana.taps("Deutsch, per Sie")
    assert ana.last.startswith("Schön, dass Sie da sind!")
    await ana.says("/widerruf")
    await ana.taps_data("consent_on:K")
    await ana.says("Kanariengelb")
    assert ana.shows("k_yes:")
    assert "Kanarien" not in await sqlite_world.stored()
    await ana.says("ja")
    await ana.says("ja")
    assert "Ana Keller" in ana.last


async def test_a_draft_of_before_takes_no_words_without_consent(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    await ana.says("/widerruf")
    await ana.taps_data("consent_off:U")
    await ana.says("Ja")
    await ana.says("nein")
    assert (await sqlite_world.rows(Person.name))[-1] == "Ana Keller"


async def test_a_code_that_is_asked_for_first_offers_no_way_in_a_circle(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.start()
    await agrees(ana)
    assert ana.last.startswith("Welche Werkstatt?")
    assert not ana.shows("cancel")
    assert "Das geht hier" in await ana.taps("Hilfe")
    await ana.says(sqlite_world.code)
    assert ana.shows("role:")
    ben = await sqlite_world.joined("Ben Albrecht")
    await ben.says("/profil")
    await ben.taps("Neue Werkstatt per Code")
    assert ben.shows("cancel"), "with a workshop another one can be left alone"
