"""Announcements over the wire: a segment, an exact count, a second look, progress, and an honest report."""

import asyncio

import pytest

from db.models import Broadcast, BroadcastState, Person
from domain.roles import Role
from tests.cast import gather
from tests.world import OWNER, running_world

SECOND = 9002
ROOM = "Der Raum ist <b>jetzt</b> 2.14 & nicht 2.41"


@pytest.fixture
async def team(sqlite_url, starts_at):
    """A world with two owners, both at work."""
    async with running_world(sqlite_url, starts_at, owners=frozenset({OWNER, SECOND})) as world:
        world.second = await world.person("Zweite", id=SECOND)
        await world.second.start()
        yield world


async def hall(world):
    """The organiser, and people who all but Eva want announcements."""
    people = await gather(
        world,
        ana={"name": "Ana Keller"},
        ben={"name": "Ben Albrecht", "role": Role.MP, "place": "Erfurt", "role_confirmed": True},
        cem={"name": "Cem Demir", "role": Role.MP},
        eva={"name": "Eva Sommer", "announcements": False},
    )
    return await world.organiser(), people


async def begin(orga, words=ROOM):
    assert "Was soll angekündigt werden?" in await orga.says("/ankuendigung")
    return await orga.says(words)


def got(person, words=ROOM):
    return [each.text for each in person.messages].count(words)


async def test_everybody_gets_it_once_the_exact_count_is_typed(world):
    orga, people = await hall(world)
    assert "An wen?" in await begin(orga)
    assert orga.buttons == [
        "An alle (unter 5)",
        "Abgeordnete (unter 5)",
        "Eine Rolle",
        "Ein Bundesland",
        "Abbrechen",
    ]
    await orga.taps("An alle")
    copy, preview = orga.new
    assert copy.text == ROOM
    assert copy.entities == []
    assert preview.text.startswith(
        "So geht es an 3 Menschen\nWerkstatt Berlin\nGeht an: alle.\nSchreib mir die Zahl 3,"
    )
    for wrong in ("4", "alle", "3 und 30"):
        assert "Die Zahl stimmt nicht überein." in await orga.says(wrong)
    assert not any(got(each) for each in people.values())
    report = await orga.says(" 3 ")
    assert "Die Ankündigung ist" in report
    await world.clock.advance(minutes=1)
    assert [got(people[name]) for name in ("ana", "ben", "cem", "eva")] == [1, 1, 1, 0]
    assert orga.last.startswith("Die Ankündigung ist durch\nInsgesamt: 3\nZugestellt: 3\nNicht erreichbar: 0")
    assert orga.buttons == ["Zum Menü"]
    shown = [each for each in orga.messages if "Die Ankündigung ist" in each.text]
    assert len(shown) == 1, "the progress is edited into one message"
    assert "Euer Pult" in await orga.says("3"), "a count typed twice starts nothing"
    assert got(people["ana"]) == 1


async def test_a_count_that_is_another_by_now_is_shown_again(sqlite_world):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    await orga.taps("An alle")
    await sqlite_world.joined("Dora Lenz")
    heard = await orga.says("3")
    assert "Die Zahl stimmt nicht überein." in heard
    assert "So geht es an 4 Menschen\n" in heard
    assert not any(got(each) for each in people.values())
    await orga.says("4")
    assert sum(got(each) for each in people.values()) == 3


async def test_with_two_workshops_the_organiser_says_which_one_it_goes_to(world):
    orga, people = await hall(world)
    await world.workshop("Werkstatt Nordtal")
    dora = await world.joined("Dora Lenz")
    assert "Für welche Werkstatt?" in await orga.says("/ankuendigung")
    assert orga.buttons == ["Werkstatt Nord… (unter 5)", "Werkstatt Berl… (unter 5)", "Zum Menü"]
    assert "Was soll angekündigt werden?\nWerkstatt Berlin\n" in await orga.taps("Werkstatt Berl")
    assert "An wen?\nWerkstatt Berlin\n" in await orga.says(ROOM)
    await orga.taps("Ein Bundesland")
    assert "An welches Bundesland?\nWerkstatt Berlin" in orga.last
    await orga.taps("Sachsen")
    assert "So geht es an 2 Menschen\nWerkstatt Berlin\n" in orga.heard
    await orga.says("2")
    assert [got(people[name]) for name in ("ana", "ben", "cem", "eva")] == [1, 0, 1, 0]
    assert not got(dora), "the other hall hears nothing of it"


async def test_a_photo_goes_with_its_caption(sqlite_world):
    orga, people = await hall(sqlite_world)
    await orga.says("/ankuendigung")
    assert "An wen?" in await orga.uploads("photo", "Blick <aus> dem Saal")
    await orga.taps("An alle")
    await orga.says("3")
    photo = people["ana"].newest
    assert photo.text == "Blick <aus> dem Saal"
    assert photo.body["photo"]


async def test_a_voice_message_is_no_announcement(sqlite_world):
    await sqlite_world.workshop()
    orga = await sqlite_world.organiser()
    await orga.says("/ankuendigung")
    heard = await orga.uploads("voice")
    assert "Das kann ich nicht als Ankündigung senden." in heard
    assert "An wen?" in await orga.says("Dann eben so")


@pytest.mark.parametrize(
    ("first", "then", "names", "whom"),
    [
        ("Abgeordnete", None, ["ben"], "bestätigte Abgeordnete"),
        ("Eine Rolle", "Bundestag oder Landtag", ["ben", "cem"], "Bundestag oder Landtag"),
        ("Ein Bundesland", "Sachsen", ["ana", "cem"], "alle aus diesem Bundesland: Sachsen"),
    ],
)
async def test_only_the_chosen_ones_get_it(sqlite_world, first, then, names, whom):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    await orga.taps(first)
    if then:
        await orga.taps(then)
    how_many = "einen" if len(names) == 1 else len(names)
    assert f"So geht es an {how_many} Menschen\nWerkstatt Berlin\nGeht an: {whom}." in orga.heard
    await orga.says(str(len(names)))
    assert [name for name, each in people.items() if got(each)] == names


async def test_a_choice_that_reaches_nobody_sends_nothing(sqlite_world):
    await sqlite_world.workshop()
    orga = await sqlite_world.organiser()
    await begin(orga)
    assert "Da ist gerade niemand zu erreichen." in await orga.taps("An alle")
    assert orga.buttons == ["Zum Menü"]
    await sqlite_world.joined("Ana Keller")
    assert "So geht es an einen Menschen" in await orga.taps("An alle")


async def test_called_off_nothing_goes_out(sqlite_world):
    orga, people = await hall(sqlite_world)
    await begin(orga)
    await orga.taps("An alle")
    assert "Es geht nichts hinaus." in await orga.taps("Abbrechen")
    await orga.says("3")
    assert not any(got(each) for each in people.values())


async def test_a_second_organiser_confirms(team):
    orga, people = await hall(team)
    second = team.second
    await begin(orga)
    await orga.taps("An alle")
    assert "sobald jemand Zweites aus dem Team bestätigt" in orga.heard
    assert "Ein zweiter Blick" in orga.last
    assert "gelöschte" not in orga.heard
    copy, card = second.messages[-2:]
    assert copy.text == ROOM
    assert card.text.startswith(
        "Eine Ankündigung an 3 Menschen\nWerkstatt Berlin\nGeht an: alle.\nJemand aus dem Team bittet um"
    )
    own = await orga.sends_button_data(card.data_of("Bestätigen"))
    assert "nicht mehr aktuell" in own
    assert "Euer Pult" in await orga.says("3"), "where somebody looks twice no count is asked for"
    assert not any(got(each) for each in people.values())
    await second.presses(card, card.data_of("Bestätigen"))
    await team.clock.advance(minutes=1)
    assert [got(people[name]) for name in ("ana", "ben", "cem", "eva")] == [1, 1, 1, 0]
    for organiser in (orga, second):
        assert "Die Ankündigung ist durch\nInsgesamt: 3\nZugestellt: 3" in organiser.last
    assert "nicht mehr aktuell" in await second.presses(card, card.data_of("Bestätigen"))
    assert got(people["ana"]) == 1


async def test_a_second_organiser_says_no_and_the_author_hears_it(team):
    orga, people = await hall(team)
    await begin(orga)
    await orga.taps("An alle")
    assert "Es geht nichts hinaus." in await team.second.taps("Abbrechen")
    assert "Beim zweiten Blick hieß es: lieber nicht." in orga.last
    assert not any(got(each) for each in people.values())


async def test_nobody_confirms_other_recipients_than_they_read(team):
    orga, people = await hall(team)
    await begin(orga)
    await orga.taps("Abgeordnete")
    few = team.second.with_button("Bestätigen")
    await orga.taps("An alle")
    everybody = team.second.with_button("Bestätigen")
    assert "nicht mehr aktuell" in await team.second.presses(few, few.data_of("Bestätigen"))
    assert not any(got(each) for each in people.values())
    await team.second.presses(everybody, everybody.data_of("Bestätigen"))
    assert sum(got(each) for each in people.values()) == 3


async def test_nobody_confirms_another_number_than_they_read(team):
    orga, people = await hall(team)
    await begin(orga)
    await orga.taps("An alle")
    card = team.second.with_button("Bestätigen")
    dora = await team.joined("Dora Lenz")
    again = await team.second.presses(card, card.data_of("Bestätigen"))
    assert again.startswith(
        "Eine Ankündigung an 4 Menschen\nWerkstatt Berlin\nGeht an: alle.\nSeit dem ersten Blick"
    )
    assert not any(got(each) for each in (*people.values(), dora))
    await team.second.taps("Bestätigen")
    assert sum(got(each) for each in (*people.values(), dora)) == 4


async def test_what_the_author_edits_after_the_preview_was_not_confirmed(team):
    orga, people = await hall(team)
    await begin(orga)
    mine = next(body for body in reversed(team.messages(OWNER)) if body.get("out"))
    await orga.taps("An alle")
    await orga.edits(mine["message_id"], "Etwas ganz anderes")
    await team.second.taps("Bestätigen")
    assert got(people["ana"]) == 1
    assert not got(people["ana"], "Etwas ganz anderes")


async def test_who_signs_off_pauses_or_blocks_before_it_leaves_gets_nothing(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    ana, ben, cem = people["ana"], people["ben"], people["cem"]
    dana = await world.joined("Dana Weiß")
    await ana.says("/widerruf")
    await ben.says("/pause")
    await begin(orga)
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
        "Die Ankündigung ist durch\nInsgesamt: 4\nZugestellt: 1\nNicht erreichbar: 1\nFehlgeschlagen: 0\n"
        "Möglicherweise doppelt: 0\nOhne Auskunft von Telegram: 0\nInzwischen abgemeldet oder in Pause: 2"
    )


async def test_blocked_and_refused_ones_stand_in_the_report(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await begin(orga)
    await orga.taps("An alle")
    refusals = {403: "Forbidden: bot was blocked by the user", 400: "Bad Request: wrong file identifier"}
    steps = [{"method": "copyMessage", "code": c, "description": d} for c, d in refusals.items()]
    await world.post("faults", json={"next": steps})
    await orga.says("3")
    await world.clock.advance(minutes=1)
    assert "Zugestellt: 1\nNicht erreichbar: 1\nFehlgeschlagen: 1\n" in orga.last
    assert sum(got(each) for each in people.values()) == 1
    assert len([since for since in await world.rows(Person.unreachable_since) if since]) == 1
    assert await world.rows(Broadcast.state) == [BroadcastState.FINISHED]
