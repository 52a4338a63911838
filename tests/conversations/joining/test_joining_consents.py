"""The consents: what is asked and stored before, between and after each yes and no."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from db.models import Consent, Inbox, Membership
from domain import consents
from domain.outcomes.choices import Purpose
from domain.voice import Voice
from tests.cast import agrees
from tests.conversations.joining.door import newcomer, nothing_is_stored_about


async def test_before_the_first_yes_nothing_typed_is_stored_and_the_question_comes(world):
    kept = []
    ana = await newcomer(world)
    event.listen(world.database.engines[0].sync_engine, "before_execute", _noting(kept))
    for words in ("Kanariengelb und Zitronenfalter", "/unbekannt Kanariengelb", "Zwölf Kanarienvögel"):
        heard = await ana.says(words)
        assert "Schön, dass du da bist!" in heard
        assert ana.shows("begin:")
    await ana.uploads("photo", caption="Kanariengelb")
    await ana.shares_contact("+49301234567")
    await ana.sends_anything(location={"latitude": 52.5, "longitude": 13.4})
    assert len(kept) == 6
    assert not [
        row
        for row in kept
        if "Kanarien" in row or "Zitronen" in row or "Keller" in row or "52.5" in row or "+49" in row
    ]
    await nothing_is_stored_about(world, ana)


def _noting(kept):
    """Notes every update as it is about to be stored, before it is encrypted."""

    def note(_connection, statement, multiparams, params, _options):
        if getattr(statement, "is_insert", False) and statement.table.name == Inbox.__tablename__:
            kept.append(f"{statement.compile().params} {multiparams} {params}")

    return note


async def test_words_between_the_two_yes_are_not_stored_either(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps("Los geht's")
    await ana.says("Kanariengelb")
    await ana.taps("Ja, ich willige ein")
    heard = await ana.says("Zitronenfalter")
    assert "Und der Weg: Telegram." in heard
    stored = await sqlite_world.stored()
    assert "Kanarien" not in stored
    assert "Zitronen" not in stored


async def test_no_to_the_core_leaves_nothing(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps("Los geht's")
    assert "Gespeichert ist nichts." in await ana.taps("Nein, danke")
    await nothing_is_stored_about(sqlite_world, ana)


async def test_no_to_telegram_takes_the_first_yes_back(sqlite_world):
    world = sqlite_world
    ana = await newcomer(world)
    await ana.taps("Los geht's")
    await ana.taps("Ja, ich willige ein")
    assert await world.count(Consent) == 1
    assert "Gespeichert ist nichts." in await ana.taps("Nein, danke")
    await nothing_is_stored_about(world, ana)
    await ana.start(f"w_{world.code}")
    await agrees(ana)
    assert ana.last.startswith("Für wen bist du heute hier?")


@pytest.mark.parametrize("voice", Voice)
async def test_a_yes_is_stored_with_the_text_that_was_shown(sqlite_world, voice):
    world = sqlite_world
    await world.joined("Ana Keller", voice=voice)
    given = await world.rows(Consent)
    assert [each.purpose for each in given] == [Purpose.CORE, Purpose.CARRIER, Purpose.ANNOUNCEMENTS]
    for each in given:
        text = consents.text(each.purpose, voice)
        assert (each.given, each.voice, each.version) == (True, voice, text.version)
        assert each.sha256 == text.sha256(world.settings.controller)
        assert abs((each.at - world.clock.now()).total_seconds()) < 60


@pytest.mark.parametrize(
    ("tap", "purpose"),
    [("k_yes:", Purpose.CORE), ("u_yes:", Purpose.CARRIER), ("a_yes:", Purpose.ANNOUNCEMENTS)],
)
async def test_a_yes_to_a_text_that_is_replaced_meanwhile_asks_for_the_present_one(
    sqlite_world, monkeypatch, tap, purpose
):
    """As an upgrade does: the question hangs in the chat with the old words."""
    ana = await asked_for(sqlite_world, purpose)
    shown = consents.text
    new = lambda which, voice: replace(shown(which, voice), version=9, html="<b>Neu.</b>")  # noqa: E731
    monkeypatch.setattr(consents, "text", new)
    assert "nicht mehr aktuell" in await ana.taps_data(tap)
    assert "Neu." in ana.last
    assert purpose not in await sqlite_world.rows(Consent.purpose)
    await ana.taps_data(tap)
    given = [each for each in await sqlite_world.rows(Consent) if each.purpose is purpose]
    assert [(each.given, each.version) for each in given] == [(True, 9)]
    assert given[0].sha256 == new(purpose, Voice.DU).sha256(sqlite_world.settings.controller)


async def asked_for(world, purpose):
    if purpose is Purpose.ANNOUNCEMENTS:
        ana = await world.joined("Ana Keller", until="offers")
        await ana.taps_data("skip:offers")
        return ana
    ana = await newcomer(world)
    for tap in ("begin:", "k_yes:")[: 1 if purpose is Purpose.CORE else 2]:
        await ana.taps_data(tap)
    return ana


async def test_the_voice_of_the_text_is_kept_with_the_yes(sqlite_world):
    """Not the one that was chosen since."""
    ana = await newcomer(sqlite_world)
    for tap in ("begin:", "k_yes:"):
        await ana.taps_data(tap)
    question = ana.newest
    await ana.says("/sprache")
    await ana.taps("English")
    await ana.presses(question, next(data for _, data in question.keyboard if data.startswith("u_yes:")))
    assert await sqlite_world.rows(Consent.voice) == [Voice.DU, Voice.DU]


async def test_no_to_announcements_is_an_answer_and_all_else_works(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", announcements=False)
    assert ana.last.startswith("Alles bereit")
    assert [c.given for c in await sqlite_world.rows(Consent)] == [True, True, False]


async def test_the_long_text_can_be_read_before_and_between(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps("Erst lesen")
    assert ana.last.startswith("Deine Daten bei Mutmacher")
    await ana.taps("Ja, ich willige ein")
    await ana.taps("Alles lesen")
    assert ana.last.startswith("Deine Daten bei Mutmacher")
    await ana.taps("Ja, über Telegram")
    assert ana.last.startswith("Für wen bist du heute hier?")
    assert await sqlite_world.count(Membership) == 1


async def test_without_telegram_there_is_a_way_back(sqlite_world):
    ana = await newcomer(sqlite_world)
    assert "Am Infopunkt" in await ana.taps("Ohne Telegram")
    await ana.taps("Zurück")
    await agrees(ana)
    assert await sqlite_world.count(Membership) == 1
