"""Replies: words that answer one certain message belong to what it asks, and never to anything else."""

from sqlalchemy import select, update

from db.models import Introduction, Nudge, Outgoing, Person, Pledge, SendState
from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from tests.cast import guest, open_workshop, sealed_pledge
from tests.conversations.pledges import all_pledges, begins, given, without

SENTENCES = (
    "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.",
    "Ich stelle einen Antrag für den Bürgerbus.",
    "Ich öffne das Rathaus für ein Repair-Café.",
)
PARTNERS = ("Ben Albrecht", "Cem Demir", "Dora Lenz")


async def three_nudges(world):
    """Ana, whom three messages have asked about a pledge each; the pledges and the messages in order."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    numbers = []
    for name, sentence in zip(PARTNERS, SENTENCES, strict=True):
        other = await guest(world, workshop, name)
        numbers.append(await sealed_pledge(world, ana, other, sentence))
        await without(world, *(each for each in Period if each is not Period.M1))
        await world.clock.advance(days=8)
    for _ in PARTNERS:
        await world.clock.advance(days=8)
        await asked_once(world)
    asked = await world.chosen(
        select(Outgoing.message_id)
        .where(
            Outgoing.chat_id == ana.id,
            Outgoing.kind == Nudged.__name__,
            Outgoing.object_id.is_(None),
            Outgoing.state == SendState.SENT,
        )
        .order_by(Outgoing.id)
    )
    assert len(asked) == 3, ana.screen()
    return ana, numbers, asked


async def asked_once(world):
    """What has been asked is not asked again, which would come together with the next."""
    async with world.database.writer.begin() as session:
        await session.execute(update(Nudge).where(Nudge.asked_at.is_not(None)).values(passed_over=True))


async def reports(world):
    return {each.pledge_id: (each.status, each.notes or None) for each in await given(world)}


async def test_words_and_answer_go_to_the_pledge_replied_to(sqlite_world):
    world = sqlite_world
    ana, numbers, asked = await three_nudges(world)
    heard = await ana.says("läuft, Termin steht", reply_to=asked[0])
    assert "Soll ich das als Notiz zu „Ehrenamtspauschale“ speichern und dazu „läuft“ eintragen?" in heard
    assert "Bürgerbus" not in heard
    assert ana.buttons == ["Ja, mit „läuft“", "Nur die Notiz", "Nein, danke"]
    await ana.taps("Ja, mit")
    assert await reports(world) == {numbers[0]: ("running", ["läuft, Termin steht"])}
    first = next(each for each in ana.messages if each.id == asked[0])
    assert "Läuft, notiert." in first.text, "the question shows the answer, too"
    assert [each.text for each in ana.messages].count(ana.last) == 1


async def test_words_alone_are_offered_on_that_pledge_only(sqlite_world):
    world = sqlite_world
    ana, numbers, asked = await three_nudges(world)
    heard = await ana.says("Der Ausschuss tagt am Dienstag.", reply_to=asked[1])
    assert "als Notiz zu „Bürgerbus“" in heard
    assert ana.buttons == ["Ja, speichern", "Nein, danke"]
    await ana.taps("Ja, speichern")
    assert await reports(world) == {numbers[1]: (None, ["Der Ausschuss tagt am Dienstag."])}


async def test_a_label_in_a_reply_presses_the_button_of_that_message(sqlite_world):
    world = sqlite_world
    ana, numbers, asked = await three_nudges(world)
    await ana.says("hängt", reply_to=asked[1])
    assert await reports(world) == {numbers[1]: ("stuck", None)}
    assert [each.id for each in ana.new] == [asked[1]], "it changes where the button was"


async def test_a_reply_about_a_pledge_that_is_over_goes_nowhere_else(sqlite_world):
    world = sqlite_world
    ana, numbers, asked = await three_nudges(world)
    async with world.database.writer.begin() as session:
        (await session.get_one(Pledge, numbers[0])).state = "ended"
    heard = await ana.says("Das war gut.", reply_to=asked[0])
    assert heard.startswith("Das hat sich inzwischen erledigt.")
    assert await reports(world) == {}


async def test_a_reply_to_what_asks_nothing_is_plain_words(sqlite_world):
    ana, _, _ = await three_nudges(sqlite_world)
    mine = (await sqlite_world.post(f"users/{ana.id}/send", json={"text": "/hilfe"}))["message_id"]
    await sqlite_world.quiet()
    for to in (mine, ana.newest.id):
        heard = await ana.says("Es geht voran, alles gut.", reply_to=to)
        assert "Zu welchem Versprechen soll ich" in heard, "as without a reply, any of the three may be meant"


async def test_an_introduction_takes_its_own_button_and_no_note(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("ehrenamt",))
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    cem = await guest(world, workshop, "Cem Demir", seeks=(), offers=())
    await sealed_pledge(world, ben, cem)
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    asked = ben.newest
    heard = await ben.says("Worum geht es denn genau?", reply_to=asked.id)
    assert heard.startswith("Hier geht es mit einem Tipp weiter.")
    assert ben.last == asked.text, "and the question once more"
    assert await given(world) == []
    await ben.says("Kennenlernen", reply_to=asked.id)
    assert "Treffpunkt" in ben.last or "beide" in ben.last


async def test_an_older_draft_takes_the_reply_and_the_newer_one_is_asked_again(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben, cem = [await guest(world, workshop, name) for name in PARTNERS[:2]]
    await begins(ana, ben)
    first = ana.newest
    await begins(ana, cem)
    second = ana.newest
    await ana.says(SENTENCES[0], reply_to=first.id)
    assert [each.text for each in await all_pledges(world)] == [SENTENCES[0], None]
    assert ana.last == second.text, "what was open is open again"
    await ana.says(SENTENCES[1])
    assert [each.text for each in await all_pledges(world)] == list(SENTENCES[:2])


async def test_what_a_reply_would_answer_may_be_settled(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht")
    await begins(ana, ben)
    asked = ana.newest
    await ana.says(SENTENCES[0])
    await ana.taps_data("propose:")
    heard = await ana.says(SENTENCES[1], reply_to=asked.id)
    assert heard.startswith("Das hat sich inzwischen erledigt.")
    assert [each.text for each in await all_pledges(world)] == [SENTENCES[0]]


async def test_while_joining_a_reply_corrects_the_line_it_answers(sqlite_world):
    ana = await sqlite_world.joined("Ana Keler", until="seeks")
    asked = next(each for each in ana.messages if each.text.startswith("Wie heißt du?"))
    await ana.says("Ana Keller", reply_to=asked.id)
    assert "Was treibt dich" in ana.last
    assert "Ana Keller" in await sqlite_world.rows(Person.name)


async def test_a_reply_to_something_forgotten_is_no_answer_to_what_is_open(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("ehrenamt",))
    await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await ana.says("/partner")
    bot = {"id": 1_000_000, "is_bot": True, "first_name": "Mutmacher"}
    old = {"message_id": 777_777, "date": 1_700_000_000, "chat": ana._chat(), "from": bot, "text": "Alt"}
    sent = {"message_id": 888_888, "date": 1_800_000_000, "text": "Kennenlernen"}
    await ana.sends_anything(**sent, reply_to_message=old)
    assert await world.rows(Introduction.id) == []
    await ana.says("Kennenlernen")
    assert len(await world.rows(Introduction.id)) == 1


async def test_an_answer_that_could_be_to_several_pledges_loses_no_words(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    for name, sentence in zip(PARTNERS[:2], SENTENCES[:2], strict=True):
        await sealed_pledge(world, ana, await guest(world, workshop, name), sentence)
    await world.clock.advance(months=1, hours=4)
    heard = await ana.says("läuft, Termin steht", reply_to=ana.newest.id)
    assert "„läuft, Termin steht“" in heard
    assert len([data for _, data in ana.newest.keyboard if data.startswith("note_to:")]) == 2
