"""What people type appears literally and cannot be tapped; what is no answer never counts as one."""

from datetime import timedelta

import pytest

from db.models import Person
from domain.outcomes.choices import Purpose
from handlers import button_arguments
from handlers.buttons import ROUTES
from messages.buttons import Verb
from messages.callback_data import encode
from tests.cast import fingerprint

RTL = "\u202egnal\u202c"
LIVE = (
    "url",
    "mention",
    "bot_command",
    "text_link",
    "text_mention",
    "email",
    "phone_number",
    "hashtag",
    "cashtag",
)
NAMES = {
    "<b>Ana</b> & <i>Co": "<b>Ana</b> & <i>Co",
    "Ana &amp; Ben &lt;3": "Ana &amp; Ben &lt;3",
    f"Ana {RTL} Keller": "Ana gnal Keller",
    "A\u200bn\u200ca \u2066Kel\u00adler\u2069": "Ana Keller",
    "  Ana \n\n Keller\t": "Ana Keller",
    "{name} %s {0}": "{name} %s {0}",
    "Ana @berlin_bot": "Ana @berlin_bot",
    "ana.keller.de t.me/evil": "ana.keller.de t.me/evil",
    "Ana https://evil.example #x $USD": "Ana https://evil.example #x $USD",
    "Ana /loeschen": "Ana /loeschen",
}


def seen(text):
    """As it reads: word joiners, which keep links apart, show nothing."""
    return text.replace("\u2060", "")


def live(bubble):
    """What of a message's text leads somewhere, besides our own commands."""
    units = bubble.text.encode("utf-16-le")
    found = []
    for entity in bubble.entities:
        if entity["type"] in LIVE:
            part = units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
            found.append((entity["type"], part))
    return [each for each in found if each[1] not in ("/profil", "/widerruf", "/pause")]


async def test_a_name_appears_literally_to_its_owner(world):
    ana = await world.joined_already("Ana Keller")
    await ana.says("/profil")
    for typed, shown in NAMES.items():
        await ana.taps_data("edit:name")
        await ana.says(typed)
        assert f"Name: {shown}\n" in seen(ana.last), typed
        assert not live(ana.newest), typed
    assert next(iter(NAMES.values())) not in str(ana.newest.buttons)


async def test_what_others_see_of_me_cannot_be_tapped(sqlite_world):
    hostile = "Ana <b>@berlin_bot</b> t.me/evil /loeschen"
    ana = await sqlite_world.joined(
        hostile,
        role="association",
        place="evil.example & Söhne",
        organisation="https://evil.example/?a=1&b=<2> @admin #jetzt +49 30 1234567",
        seeks="Ehrenamt",
        until="land",
    )
    await ana.taps_data("land:SN")
    await ana.says("Ehrenamt")
    await ana.taps("Bestätigen")
    await ana.says("https://evil.example/?a=1&b=<2> @admin #jetzt +49 30 1234567")
    await ana.taps("Überspringen")
    await ana.taps("Ja, gern")
    await ana.taps("Bestätigen")
    ben = await sqlite_world.joined("Ben Albrecht", seeks="Ehrenamt")
    card = ben.with_button("Kennenlernen")
    assert hostile in seen(card.text)
    assert "https://evil.example/?a=1&b=<2> @admin #jetzt" in seen(card.text)
    assert not live(card)
    await ben.taps("Kennenlernen")
    await ana.taps_data("intro_yes:")
    for person in (ana, ben):
        assert not [each for bubble in person.messages for each in live(bubble)]


@pytest.mark.parametrize("length", [4096, 501])
async def test_the_longest_message_is_told_how_long_it_may_be(sqlite_world, length):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    for question, limit in (("Wie heißt", 60), ("Aus welcher Gegend", 80), ("Was treibt dich", 500)):
        assert question in ana.last
        assert f"Bis zu {limit} Zeichen" in await ana.says("ü" * length)
        sqlite_world.stage.clock.set(sqlite_world.stage.clock.now() + timedelta(seconds=10))  # typed by hand
        await ana.start()
        await ana.says("Dresden")


async def test_what_shows_nothing_is_no_answer(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    for typed in ("\u200b", "\u2800", "\u3164"):
        assert "Darin sehe ich keine Worte." in await ana.says(typed)
    assert await sqlite_world.rows(Person.name) == [None, None]
    assert "Aus welcher Gegend" in await ana.says("Ana")


async def test_erasing_inside_an_answer_is_only_a_word(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="organisation")
    await ana.says("Verein /loeschen /start w_ABCDEF")
    await ana.says("/profil")
    assert "was läuft bei euch schon gut?" in ana.last
    await ana.taps("Überspringen")
    await ana.taps("Ja, gern")
    assert "Organisation: Verein /loeschen /start w_ABCDEF" in seen(ana.last)
    assert not live(ana.newest)


FILE = {"file_id": "f", "file_unique_id": "u"}
STRANGER = {"id": 777, "is_bot": False, "first_name": "Fremd"}
CHANNEL = {"id": -100777, "type": "channel", "title": "Kanal"}
PLACE = {"latitude": 52.5, "longitude": 13.4}
COMMAND = {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
FOREIGN = (
    {"text": "Falsch", "forward_origin": {"type": "user", "sender_user": STRANGER, "date": 1}},
    {"text": "Falsch", "forward_origin": {"type": "hidden_user", "sender_user_name": "F", "date": 1}},
    {"text": "Falsch", "forward_origin": {"type": "chat", "sender_chat": CHANNEL, "date": 1}},
    {"text": "Falsch", "forward_origin": {"type": "channel", "chat": CHANNEL, "message_id": 1, "date": 1}},
    {**COMMAND, "forward_origin": {"type": "user", "sender_user": STRANGER, "date": 1}},
    {"text": "Falsch", "via_bot": {"id": 778, "is_bot": True, "first_name": "Bot"}},
)
NO_TEXT = (
    {
        "sticker": {
            **FILE,
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    {"location": PLACE},
    {"venue": {"location": PLACE, "title": "Falsch", "address": "Falsch"}},
    {"video_note": {**FILE, "length": 1, "duration": 1}},
    {"video": {**FILE, "width": 1, "height": 1, "duration": 1}, "caption": "Falsch"},
    {"audio": {**FILE, "duration": 1, "title": "Falsch"}},
    {"dice": {"emoji": "🎲", "value": 3}},
)


async def asked_for_a_name(world, kinds, said):
    """Somebody who sends all of these where a name was asked for; each time this is said, and the question again."""
    ana = await world.joined("Ana Keller", until="name")
    for kind in kinds:
        await ana.sends_anything(**kind)
        assert ana.heard.startswith(said), kind
        assert [each.text.startswith("Wie heißt du?") for each in ana.new] == [False, True], kind
    return ana


async def nothing_was_taken_for_a_name(world, ana):
    assert await world.rows(Person.name) == [None, None]
    assert "Falsch" not in await world.stored()
    assert "Aus welcher Gegend" in await ana.says("Ana Keller")


async def test_words_of_somebody_else_are_no_answer(sqlite_world):
    ana = await asked_for_a_name(sqlite_world, FOREIGN, "Das zählt nicht als Antwort.")
    await ana.says("Falsch", forwarded=True)
    await nothing_was_taken_for_a_name(sqlite_world, ana)


async def test_what_is_heard_seen_or_placed_is_no_answer(sqlite_world):
    ana = await asked_for_a_name(sqlite_world, NO_TEXT, "Hören kann ich noch nicht")
    for kind in ("photo", "voice", "document"):
        assert (await ana.uploads(kind, caption="Falsch")).startswith("Hören kann ich noch nicht")
    assert (await ana.shares_contact("+49301234567")).startswith("Hören kann ich noch nicht")
    await nothing_was_taken_for_a_name(sqlite_world, ana)


async def test_an_edit_by_a_stranger_is_passed_over(sqlite_world):
    ana = await sqlite_world.person("Ana")
    await ana.start()
    mine = next(body["message_id"] for body in sqlite_world.messages(ana.id) if body.get("out"))
    assert await ana.edits(mine, "/start geheimes Wort") == ""
    assert "geheimes" not in await sqlite_world.stored()


def _plausible(parse):
    """An argument that this parser accepts."""
    if parse is button_arguments.fingerprint:
        return fingerprint(Purpose.CARRIER, "Werkstatt-Team")
    return next(iter(parse)).value if isinstance(parse, type) else "1"


async def test_every_button_of_ours_from_a_stranger_stores_nothing(sqlite_world):
    """No error, nobody comes into being, whatever is pressed except the first yes itself."""
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.start(f"w_{sqlite_world.code}")
    people = await sqlite_world.count(Person)
    presses = [
        encode(verb, *(_plausible(parse) for parse in route.parsers))
        for verb, route in ROUTES.items()
        if verb is not Verb.CORE_YES
    ]
    for at in range(0, len(presses), 10):
        for data in presses[at : at + 10]:
            await sqlite_world.post("updates", json={"callback_query": ana.press_of(data)})
        await sqlite_world.quiet()
    assert await sqlite_world.count(Person) == people


async def test_a_press_under_a_message_that_is_gone_is_answered(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller")
    sender = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    gone = {"message_id": 1, "date": 0, "chat": {"id": ana.id, "type": "private"}}
    query = {"id": "1", "from": sender, "chat_instance": "1", "data": "profile"}
    assert "Dein Profil" in await ana.causes(callback_query={**query, "message": gone})
