"""What is nobody's answer: written by a bot or through one, forwarded, or no words at all."""

import pytest

from db.models import Outgoing, Person

FOREIGN = {
    "forwarded": {
        "text": "Falsch",
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Fremd", "date": 1},
    },
    "via a bot": {"text": "Falsch", "via_bot": {"id": 778, "is_bot": True, "first_name": "Bot"}},
}
NO_WORDS = {
    "poll": {
        "poll": {
            "id": "1",
            "question": "Falsch?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "contact": {"contact": {"phone_number": "+4930", "first_name": "Falsch"}},
    "location": {"location": {"latitude": 52.5, "longitude": 13.4}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}


@pytest.mark.parametrize("kind", FOREIGN)
async def test_foreign_words_are_told_apart_from_what_cannot_be_heard(sqlite_world, kind):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="name")
    heard = await ana.sends_anything(**FOREIGN[kind])
    assert heard.startswith("Das zählt nicht als Antwort.\nWeitergeleitetes")
    assert ana.last.startswith("Wie heißt du?")
    assert len(ana.new) == 2
    assert await world.rows(Person.name) == [None, None]
    assert "Falsch" not in await world.stored()


@pytest.mark.parametrize("kind", [*FOREIGN, *NO_WORDS])
async def test_nothing_of_it_ends_a_line_that_is_edited(sqlite_world, kind):
    ana = await sqlite_world.joined_already("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    await ana.sends_anything(**{**FOREIGN, **NO_WORDS}[kind])
    assert ana.last.startswith("Wie heißt du?")
    assert "Name: Anna Braun" in await ana.says("Anna Braun")


@pytest.mark.parametrize("kind", [*FOREIGN, *NO_WORDS])
async def test_nothing_of_it_ends_a_pledge_that_is_being_written(sqlite_world, kind):
    ana = await sqlite_world.joined_already("Ana Keller", seeks=None)  # so that no card comes in between
    await sqlite_world.joined_already("Ben Albrecht")
    await ana.taps_data("pledge_new")
    await ana.taps_data("pledge_search")
    asked = ana.last
    await ana.sends_anything(**{**FOREIGN, **NO_WORDS}[kind])
    assert asked in [each.text for each in ana.new]
    await ana.says("Ben")
    assert ana.shows("pledge_with:"), "the name was awaited all the while"


@pytest.mark.parametrize("text", ["Falsch", "/profil", "Überspringen"])
async def test_a_bot_is_not_answered(sqlite_world, text):
    world = sqlite_world
    ana = await world.joined("Ana Keller", until="name")
    before = await world.count(Outgoing)
    bot = {"id": ana.id, "is_bot": True, "first_name": "Bot"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text[0] == "/" else []
    message = {"chat": {"id": ana.id, "type": "private"}, "from": bot, "text": text, "entities": entities}
    await ana.causes(message=message)
    await ana.causes(edited_message={**message, "message_id": 1, "date": 1, "edit_date": 2})
    assert await world.count(Outgoing) == before
    assert await world.rows(Person.name) == [None, None]
    assert "Falsch" not in await world.stored()
