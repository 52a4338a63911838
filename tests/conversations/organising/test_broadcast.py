"""Announcements over the wire: a segment, an exact count, a second look, progress, and an honest report."""

import asyncio

import pytest

from db.models import Broadcast, BroadcastState, Person
from tests.conversations.organising.announcing import ROOM, SENDER, begin, begin_photo, got, hall
from tests.world import OWNER


async def test_everybody_gets_it_once_the_exact_count_is_typed(world):
    orga, people = await hall(world)
    assert "An wen?" in await begin(orga)
    assert orga.buttons == [
        "An alle (unter 5)",
        "Abgeordnete (unter 5)",
        "Hinweis für heute (unter 5)",
        "Rolle",
        "Bundesland",
        "Thema",
        "Versprechen",
        "Noch im Profil",
        "Still geworden",
        "Abbrechen",
    ]
    await orga.taps("An alle")
    copy, preview = orga.new
    assert copy.text == f"{ROOM}\n\n{SENDER}"
    assert copy.entities == []
    assert preview.text.startswith(
        "So geht es an 3 Menschen\nWerkstatt Berlin\nGeht an: alle.\n"
        "Darunter: Ana Keller, Ben Albrecht, Cem Demir\nSchreib mir die Zahl 3,"
    )
    for wrong in ("4", "alle", "3 und 30"):
        assert "Die Zahl stimmt nicht überein." in await orga.says(wrong)
    assert not any(got(each) for each in people.values())
    report = await orga.says(" 3 ")
    assert "Die Ankündigung ist" in report
    await world.clock.advance(minutes=1)
    assert [got(people[name]) for name in ("ana", "ben", "cem", "eva")] == [1, 1, 1, 0]
    assert orga.last == "Die Ankündigung ist durch\nInsgesamt: 3\nZugestellt: 3", "and no line of zeros"
    assert orga.buttons == ["Wer hat sie bekommen?", "Zurückholen (bis 09:02)", "Zum Menü"]
    shown = [each for each in orga.messages if "Die Ankündigung ist" in each.text]
    assert len(shown) == 1, "the progress is edited into one message"
    assert "Euer Pult" in await orga.says("3"), "a count typed twice starts nothing"
    assert got(people["ana"]) == 1


async def test_a_count_that_is_another_by_now_is_shown_again(sqlite_world):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    await orga.taps("An alle")
    await sqlite_world.joined_already("Dora Lenz")
    heard = await orga.says("3")
    assert "Die Zahl stimmt nicht überein." in heard
    assert "So geht es an 4 Menschen\n" in heard
    assert not any(got(each) for each in people.values())
    await orga.says("4")
    assert sum(got(each) for each in people.values()) == 3


async def test_with_two_workshops_the_organiser_says_which_one_it_goes_to(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await world.workshop("Werkstatt Nordtal")
    dora = await world.joined_already("Dora Lenz")
    assert "Für welche Werkstatt?" in await orga.says("/ankuendigung")
    assert orga.buttons == ["Werkstatt Nordtal", "Werkstatt Berlin", "Zum Menü"]
    assert "Was soll angekündigt werden?\nWerkstatt Berlin\n" in await orga.taps("Werkstatt Berl")
    assert "An wen?\nWerkstatt Berlin\n" in await orga.says(ROOM)
    await orga.taps("Bundesland")
    assert "An welches Bundesland?\nWerkstatt Berlin" in orga.last
    await orga.taps("Sachsen")
    await orga.taps("Zurück")
    await orga.taps("Zur Vorschau")
    assert "So geht es an 2 Menschen\nWerkstatt Berlin\n" in orga.heard
    await orga.says("2")
    assert [got(people[name]) for name in ("ana", "ben", "cem", "eva")] == [1, 0, 1, 0]
    assert not got(dora), "the other hall hears nothing of it"


@pytest.mark.parametrize(
    ("first", "then", "names", "whom"),
    [
        ("Abgeordnete", (), ["ben"], "Abgeordnete, bestätigt."),
        ("Rolle", ("Bundestag oder Landtag",), ["ben", "cem"], "Bundestag oder Landtag."),
        ("Bundesland", ("Sachsen",), ["ana", "cem"], "Sachsen."),
        ("Bundesland", ("Sachsen", "nur: Sachsen"), ["ben"], "alle. Ohne: Sachsen."),
    ],
)
async def test_only_the_chosen_ones_get_it(sqlite_world, first, then, names, whom):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    await orga.taps(first)
    for tap in then and (*then, "Zurück", "Zur Vorschau"):
        await orga.taps(tap)
    how_many = "einen" if len(names) == 1 else len(names)
    assert f"So geht es an {how_many} Menschen\nWerkstatt Berlin\nGeht an: {whom}\n" in orga.heard
    await orga.says(str(len(names)))
    assert [name for name, each in people.items() if got(each)] == names


async def test_a_choice_that_reaches_nobody_sends_nothing(sqlite_world):
    await sqlite_world.workshop()
    orga = await sqlite_world.organiser()
    await begin(orga)
    assert "Da ist gerade niemand zu erreichen." in await orga.taps("An alle")
    assert orga.buttons == ["Zum Menü"]
    await sqlite_world.joined_already("Ana Keller")
    assert "So geht es an einen Menschen" in await orga.taps("An alle")


async def test_called_off_nothing_goes_out(sqlite_world):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    await orga.taps("An alle")
    assert "Es geht nichts hinaus." in await orga.taps("Abbrechen")
    await orga.says("3")
    assert not any(got(each) for each in people.values())


async def test_who_signs_off_pauses_or_blocks_before_it_leaves_gets_nothing(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    ana, ben, cem = people["ana"], people["ben"], people["cem"]
    dana = await world.joined_already("Dana Weiß")
    await ana.says("/widerruf")
    await ben.says("/pause")
    await begin_photo(orga)
    await orga.taps("An alle")
    busy = {"method": "copyMessage", "code": 429, "times": 4, "parameters": {"retry_after": 5}}
    await world.post("faults", json={"next": [busy | {"description": "Too Many Requests: retry after 5"}]})
    await world.post(f"users/{OWNER}/send", json={"text": "4"})
    while world.stage.faults.next:  # noqa: ASYNC110 - the stage rings no bell
        await asyncio.sleep(0.01)
    for person, data in ((ana, "consent_off:A"), (ben, "pause:2")):
        shown = person.with_data(data)
        await world.post(f"users/{person.id}/press", json={"message_id": shown.id, "data": data})
    await world.post(f"users/{dana.id}/block", json={"blocked": True})
    await world.quiet()
    await world.clock.advance(minutes=1)
    assert [got(each) for each in (ana, ben, cem, dana)] == [0, 0, 1, 0]
    assert orga.last == (
        "Fertig, 1 nicht zugestellt\nInsgesamt: 4\nZugestellt: 1\nNicht erreichbar: 1\n"
        "Inzwischen abgemeldet oder in Pause: 2"
    )


async def test_blocked_and_refused_ones_stand_in_the_report(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await begin_photo(orga)
    await orga.taps("An alle")
    refusals = {403: "Forbidden: bot was blocked by the user", 400: "Bad Request: wrong file identifier"}
    steps = [{"method": "copyMessage", "code": c, "description": d} for c, d in refusals.items()]
    await world.post("faults", json={"next": steps})
    await orga.says("3")
    await world.clock.advance(minutes=1)
    assert orga.last.startswith("Fertig, 2 nicht zugestellt\nInsgesamt: 3\n")
    assert "Zugestellt: 1\nNicht erreichbar: 1\nFehlgeschlagen: 1" in orga.last
    assert sum(got(each) for each in people.values()) == 1
    assert len([since for since in await world.rows(Person.unreachable_since) if since]) == 1
    assert await world.rows(Broadcast.state) == [BroadcastState.FINISHED]


TROUBLE = [
    {"code": 403, "description": "Forbidden: bot was blocked by the user"},
    {"code": 400, "description": "Bad Request: chat not found"},
    {"code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}},
    {"code": 502, "description": "Bad Gateway"},
]
"""403, 400, 429 and then delivered, an answer that was lost, delivered."""


async def test_the_report_names_each_group_and_sends_again_to_those_who_missed_it(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    for name in ("Dora Lenz", "Fritz Ohm"):
        people[name] = await world.joined_already(name)
    await begin_photo(orga)
    await orga.taps("An alle")
    await world.post("faults", json={"next": [{"method": "copyMessage", **step} for step in TROUBLE]})
    await orga.says("5")
    await world.clock.advance(minutes=1)
    assert orga.last == (
        "Fertig, 2 nicht zugestellt\nInsgesamt: 5\nZugestellt: 3\nNicht erreichbar: 1\nFehlgeschlagen: 1\n"
        "Möglicherweise doppelt: 1"
    )
    assert orga.buttons == [
        "Fehlgeschlagene erneut",
        "Wer hat sie bekommen?",
        "Zurückholen (bis 09:02)",
        "Zum Menü",
    ]
    report = orga.newest.id
    await orga.taps("Fehlgeschlagene erneut")
    await world.clock.advance(minutes=1)
    assert (orga.newest.id, orga.last.split("\n")[:4]) == (
        report,
        ["Fertig, 1 nicht zugestellt", "Insgesamt: 5", "Zugestellt: 4", "Nicht erreichbar: 1"],
    )
    assert sum(got(each) for each in people.values()) == 4
    assert "Da ist gerade niemand zu erreichen." in await orga.taps("Fehlgeschlagene erneut")
    assert await world.rows(Broadcast.state) == [BroadcastState.FINISHED]


async def test_it_is_not_sent_again_by_a_word(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await begin_photo(orga)
    await orga.taps("An alle")
    await world.post("faults", json={"next": [{"method": "copyMessage", **TROUBLE[1]}]})
    await orga.says("3")
    await world.clock.advance(minutes=1)
    await orga.says("Fehlgeschlagene erneut")
    await world.clock.advance(minutes=1)
    assert sum(got(each) for each in people.values()) == 2
    assert orga.buttons[0] == "Fehlgeschlagene erneut", "it takes a tap"
    await orga.taps("Fehlgeschlagene erneut")
    await world.clock.advance(minutes=1)
    assert sum(got(each) for each in people.values()) == 3


async def test_an_unfinished_announcement_waits_quietly(sqlite_world):
    orga, _ = await hall(sqlite_world)
    await orga.says("/ankuendigung")
    for command in ("/stand", "/teilnehmende", "/orga", "/hilfe"):
        assert "Was soll angekündigt werden?" not in await orga.says(command), command
    assert "An wen?" in await orga.says(ROOM), "the words are still for it"


# --- who it is from, and what is in it


async def test_it_keeps_its_formatting_and_says_who_it_is_from(sqlite_world):
    orga, people = await hall(sqlite_world)
    await orga.says("/ankuendigung")
    bold = {"type": "bold", "offset": 6, "length": 3}
    link = {"type": "text_link", "offset": 10, "length": 4, "url": "https://saal.example/plan"}
    text = "Um 🕑 Uhr hier. Mehr: https://mehr.example/x"
    url = {"type": "url", "offset": text.index("https") + 1, "length": len("https://mehr.example/x")}
    await orga.sends_anything(message_id=9_000, date=1_800_000_000, text=text, entities=[bold, link, url])
    await orga.taps("An alle")
    links = "Cem Demir\nLinks darin:\n· https://saal.example/plan\n· https://mehr.example/x\nSchreib mir"
    assert links in orga.last.replace("\u2060", "")
    assert not orga.newest.tappable, "they are there to be read"
    await orga.says("3")
    came = people["ana"].newest
    assert came.text == f"{text}\n\n{SENDER}"
    assert [each for each in came.entities if each["type"] != "url"] == [bold, link]
    assert came.body["link_preview_options"] == {"is_disabled": True}


async def test_it_leaves_room_for_who_it_is_from(sqlite_world):
    orga, people = await hall(sqlite_world)
    await orga.says("/ankuendigung")
    assert "Bis zu 904 Zeichen passen." in await orga.uploads("photo", "x" * 1000)
    assert "An wen?" in await orga.says("x" * 3976)
    await orga.taps("An alle")
    await orga.says("3")
    assert got(people["ana"], "x" * 3976)


async def test_its_words_are_kept_for_a_week(sqlite_world, clock):
    orga, people = await hall(sqlite_world)
    await begin(orga, "Um zwei im Saal")
    await orga.taps("An alle")
    await orga.says("3")
    await clock.advance(days=6)
    assert "Um zwei im Saal" in await sqlite_world.stored()
    await clock.advance(days=2)
    assert "Um zwei im Saal" not in await sqlite_world.stored()
    assert got(people["ana"], "Um zwei im Saal")
