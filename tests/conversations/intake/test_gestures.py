"""What people do besides typing and tapping: contact cards, albums, pasted texts, threads."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Broadcast, Draft, Outgoing, Person, Pledge
from tests.cast import gather, pair, sealed_pledge
from tests.conversations.matching.introducing import meeting
from tests.conversations.pledges import all_pledges, answers, begins
from tests.people import formats_in

CARD = {"phone_number": "4915100000000", "first_name": "Ben"}
PART = "Ein Satz, der sich lang hinzieht. " * 130  # of which a message holds 4096
PHOTO = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]


# --- contact cards


async def asked_for_a_number(world):
    ana, ben = await meeting(world)
    await ben.taps("Kontakt tauschen")
    await ben.taps("Telefonnummer")
    return ana, ben


async def test_ones_own_card_is_taken_as_the_number(sqlite_world):
    ana, ben = await asked_for_a_number(sqlite_world)
    await ben.shares_contact("4915100000000")
    assert "Ana Keller hat jetzt Ihre Telefonnummer." in ben.last
    assert "Telefon: +4915100000000" in ana.last
    assert formats_in(ana) <= {"bold", "bot_command", "phone_number"}


async def test_somebody_elses_card_is_refused_and_the_question_stays(sqlite_world):
    ana, ben = await asked_for_a_number(sqlite_world)
    heard = await ben.sends_anything(contact={**CARD, "user_id": ana.id})
    assert heard.startswith("Diese Karte gehört jemand anderem.")
    assert "4915100000000" not in await sqlite_world.stored()
    await ben.says("0351 1234567 (abends)")
    assert "Telefon: 0351 1234567 (abends)" in ana.last, "nothing invisible inside"


async def test_a_card_without_an_owner_is_asked_about(sqlite_world):
    ana, ben = await asked_for_a_number(sqlite_world)
    before = ana.last
    heard = await ben.sends_anything(contact=CARD)
    assert heard == (
        "Ist das Ihre Nummer?\n+4915100000000\nAuf der Karte steht nicht, wem sie gehört. "
        "Weiter geht sie erst nach Ihrem Ja."
    )
    assert ana.last == before
    card = ben.newest
    await ben.taps("Nein, eine andere")
    assert ben.last.startswith("Unter welcher Nummer?")
    await ben.presses(card, card.data_of("Ja, das ist meine"))
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.heard
    await ben.sends_anything(contact=CARD)
    await ben.taps("Ja, das ist meine")
    assert "Telefon: +4915100000000" in ana.last
    assert not any(await sqlite_world.rows(Draft.words)), "of no card more is kept than the contact itself"


async def test_a_card_where_no_number_is_asked_for_is_no_answer(sqlite_world):
    ben = await sqlite_world.joined("Ben Albrecht", until="name")
    heard = await ben.shares_contact("4915100000000")
    assert heard.startswith("Hören kann ich noch nicht")
    assert ben.last.startswith("Wie heißt du?")
    assert "4915100000000" not in await sqlite_world.stored()


# --- albums


async def sends_album(person, *captions, number="13579"):
    """A picture for each caption, None for one without, all at once."""
    heard = [
        await person.sends_anything(
            photo=PHOTO, media_group_id=number, **({"caption": caption} if caption else {})
        )
        for caption in captions
    ]
    return [each for each in heard if each]


async def test_an_album_is_one_announcement_where_that_is_written_and_nothing_elsewhere(sqlite_world):
    await gather(sqlite_world, ana={"name": "Ana Keller"})
    orga = await sqlite_world.organiser()
    assert len(await sends_album(orga, None, None, number="24680")) == 1
    await orga.says("/ankuendigung")
    (heard,) = await sends_album(orga, None, "Blick aus dem Saal", None)
    assert heard.startswith("An wen?")
    (broadcast,) = await sqlite_world.chosen(select(Broadcast))
    assert (broadcast.words["text"], len(broadcast.words["album"])) == ("Blick aus dem Saal", 3)


@pytest.mark.parametrize("until", ["consent", "name", None])
async def test_elsewhere_an_album_gets_one_answer(sqlite_world, until):
    ana = await sqlite_world.joined("Ana Keller", until=until)
    assert len(await sends_album(ana, None, "Schau", None)) == 1
    assert len(await sends_album(ana, "Noch eins", None, number="24680")) == 1


async def test_a_forwarded_album_gets_one_answer(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    origin = {"type": "hidden_user", "sender_user_name": "Fremd", "date": 1}
    heard = [
        await ana.sends_anything(photo=PHOTO, media_group_id="1", forward_origin=origin) for _ in range(3)
    ]
    assert [bool(each) for each in heard] == [True, False, False]
    assert heard[0].startswith("Das zählt nicht als Antwort.")


# --- pasted texts


async def pastes(person, *parts):
    return await person.does_at_once(*(("send", {"text": part}) for part in parts))


FIRST, REST = PART[:4080], PART[4080:4420].strip()


async def test_of_a_pasted_text_the_rest_is_no_name_and_no_place(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    heard = await pastes(ana, FIRST, "Der Rest")
    assert heard.count("Das ist etwas lang für mich.") == 1
    assert ana.last.startswith("Wie heißt du?")
    assert await sqlite_world.rows(Person.name) == [None, None]
    await types(sqlite_world, ana, "Ana Keller")
    heard = await pastes(ana, FIRST, "Der Rest", "und noch einer")
    assert heard.count("Das ist etwas lang für mich.") == 1
    assert await sqlite_world.rows(Person.place) == [None, None]


async def types(world, person, text):
    """By hand, so that it comes a while after what was sent before."""
    world.stage.clock.set(world.stage.clock.now() + timedelta(seconds=10))
    return await person.says(text)


async def test_of_a_pasted_text_the_rest_is_no_pledge(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await begins(ana, ben)
    heard = await pastes(ana, FIRST, REST)
    assert heard.count("Das ist etwas lang für mich.") == 1
    assert [each.text for each in await all_pledges(world)] == [None]
    await types(world, ana, "Ich rufe an.")
    assert [each.text for each in await all_pledges(world)] == ["Ich rufe an."]


async def test_of_a_pasted_text_the_rest_is_no_note(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ana, ben)
    heard = await pastes(ana, FIRST, REST)
    assert heard.count("Das ist etwas lang für mich.") == 1
    assert await world.count(Draft) == 0


async def test_of_a_pasted_text_the_rest_is_no_announcement(sqlite_world):
    world = sqlite_world
    people = await gather(world, ana={"name": "Ana Keller"})
    orga = await world.organiser()
    await orga.says("/ankuendigung")
    heard = await pastes(orga, FIRST, REST)
    assert heard.count("Bis zu 3976 Zeichen passen.") == 1
    assert await world.count(Broadcast) == 0
    await types(world, orga, "Der Raum ist 2.14")
    await orga.taps("An alle")
    await orga.says("1")
    assert people["ana"].last.startswith("Der Raum ist 2.14\n")


# --- threads


async def says_in(person, thread, text):
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text[0] == "/" else []
    return await person.sends_anything(
        text=text, entities=entities, message_thread_id=thread, is_topic_message=True
    )


async def test_the_answer_stays_in_the_thread_also_before_anybody_agrees(sqlite_world):
    code = await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await says_in(ana, 42, "Hallo?")
    assert ana.newest.body["message_thread_id"] == 42
    await says_in(ana, 43, code)
    assert ana.newest.body["message_thread_id"] == 43
    await ana.says("Und hier?")
    assert "message_thread_id" not in ana.newest.body


async def test_what_comes_by_itself_arrives_outside_and_its_answer_where_it_was_tapped(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    await says_in(ben, 42, "/hilfe")
    assert ben.newest.body["message_thread_id"] == 42
    await world.clock.advance(months=1, hours=4)
    asked = ben.newest
    assert "message_thread_id" not in asked.body
    await answers(ben, number, "running")
    assert ben.newest.id == asked.id


async def test_a_preview_said_anew_stays_in_its_thread(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await begins(ana, ben)
    await says_in(ana, 42, "Ich rufe bei der Stifftung an.")
    preview = ana.newest
    gone = {"method": "editMessageText", "code": 400, "description": "Bad Request: message to edit not found"}
    await world.post("faults", json={"next": [gone]})
    query = ana.press_of(
        next(d for _, d in preview.keyboard if d.startswith("deadline")), message_id=preview.id
    )
    query["message"] |= {"message_thread_id": 42, "is_topic_message": True}
    await ana.causes(callback_query=query)
    assert ana.newest.body["message_thread_id"] == 42
    rows = await world.chosen(select(Outgoing).where(Outgoing.chat_id == ana.id))
    assert all(
        set(row.args or {}) >= {"thread"} for row in rows if row.message_id and row.message_id > preview.id
    )
    assert await world.count(Pledge) == 1
