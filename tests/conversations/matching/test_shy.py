"""Whoever named no topic hears what helps; nobody gets two cards at once; a card says who speaks English."""

from sqlalchemy import select

from db.models import Person, Suggestion
from domain.meeting import CARD_IS_NEW
from domain.voice import Voice
from tests.cast import gather, guest, open_workshop

WANTED = "Sag mir ein Thema, dann finde ich jemanden."


async def test_without_a_topic_there_is_a_way_to_name_one(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    ana = await guest(world, workshop, "Ana Keller", seeks=())
    assert WANTED in await ana.says("/partner")
    assert ana.buttons == ["Thema nennen"]
    await ana.taps("Thema nennen")
    await ana.says("Ehrenamt")
    heard = await ana.taps("Bestätigen")
    assert "Ben Albrecht · " in heard, "it was asked for to find somebody"
    assert "Dein Profil" in ana.last


async def test_a_newcomer_who_skips_the_question_may_answer_it_later(sqlite_world):
    await sqlite_world.joined("Ben Albrecht", seeks=None, offers="Ehrenamt")
    ana = await sqlite_world.joined("Ana Keller", until="seeks", voice="en")
    before = len(ana.messages)
    assert "organisation" in await ana.taps_data("skip:seeks")
    assert len(ana.messages) == before + 1, "one question at a time"
    assert "Tell me a topic, then I'll find someone." in await ana.says("/partner")
    await ana.taps("Name a topic")
    await ana.says("Ehrenamt")
    assert "Ben Albrecht · " in await ana.taps("Confirm")
    assert "organisation" in ana.last, "joining goes on where it was"


async def test_a_card_says_who_speaks_english(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    emily = await guest(world, workshop, "Emily Clark", voice=Voice.EN, offers=("ehrenamt",))
    ana = await guest(world, workshop, "Ana Keller")
    assert "Dresden · Sachsen\nSpricht Englisch\nWarum: " in await ana.says("/partner")
    await ana.taps("Kennenlernen")
    assert "English" not in emily.last
    ivy = await guest(world, workshop, "Ivy Hill", voice=Voice.EN)
    await ivy.says("/partner")
    assert "Speaks English" in ivy.last or "Ana Keller" in ivy.last


async def cards_of(world, person):
    mine = (
        select(Suggestion.id)
        .join(Person, Person.id == Suggestion.person_id)
        .where(Person.chat_id == person.id)
    )
    return len(await world.chosen(mine))


async def test_no_second_card_comes_unasked_on_the_heels_of_the_first(sqlite_world):
    """A round goes out just after somebody looked for themselves: the next round has them again."""
    world = sqlite_world
    helps = {"offers": ("ehrenamt",)}
    people = await gather(
        world,
        ana={"name": "Ana Keller", "seeks": ("ehrenamt",)},
        ben={"name": "Ben Albrecht", **helps},
        cem={"name": "Cem Demir", **helps},
    )
    orga = await world.organiser()
    ana = people["ana"]
    await ana.says("/partner")
    await orga.says("/runde")
    await orga.taps("Bestätigen")
    assert ana.last.startswith("Eine Runde ist unterwegs\nDiesmal ist niemand Neues für dich dabei.")
    assert await cards_of(world, ana) == 1
    await world.clock.advance(minutes=CARD_IS_NEW.total_seconds() / 60 + 1)
    await orga.says("/runde")
    await orga.taps("Bestätigen")
    assert ana.last.startswith("Ein Gespräch, das passen könnte")
    assert await cards_of(world, ana) == 2
