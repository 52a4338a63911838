"""Who changes their mind again and again changes one message of the other's, which rings at most every ten minutes."""

from db.models import Introduction, Suggestion
from domain.limits import PING_EVERY
from domain.outcomes.choices import Verdict
from tests.cast import guest, open_workshop
from tests.conversations.pledges import proposes


async def meeting(world):
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", phone={"username": "ana_keller"})
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    await ben.taps("Kennenlernen")
    return ana, ben


async def test_many_flips_ring_once_and_the_last_one_is_told(sqlite_world, clock):
    ana, ben = await meeting(sqlite_world)
    heard = len(ben.messages)
    for _ in range(3):
        for choice in ("here", "five", "cant"):
            await ana.sends_button_data(f"meeting:1:{choice}")
    assert len(ben.messages) == heard + 1
    assert ben.last.startswith("Ana schafft es heute nicht."), "the message that stands there is changed"
    await clock.advance(seconds=PING_EVERY.total_seconds())
    assert len(ben.messages) == heard + 2
    assert ben.last.startswith("Ana schafft es heute nicht."), "and what is true in the end is told once more"
    await clock.advance(hours=1)
    assert len(ben.messages) == heard + 2


async def test_a_flip_that_is_alone_rings_at_once_and_never_again(sqlite_world, clock):
    ana, ben = await meeting(sqlite_world)
    heard = len(ben.messages)
    await ana.taps("Bin da")
    await clock.advance(minutes=11)
    assert len(ben.messages) == heard + 1
    await ana.sends_button_data("meeting:1:five")
    assert len(ben.messages) == heard + 2, "after ten minutes the next one rings at once, too"
    assert ben.last.startswith("Ana kommt 5 Minuten später.")


async def test_flips_at_once_are_one_message(sqlite_world):
    """As they come in faster than anything is sent."""
    ana, ben = await meeting(sqlite_world)
    heard = len(ben.messages)
    card = ana.with_button("Bin da")
    taps = [card.data_of(label) for label in ("Bin da", "5 Minuten später")] * 10
    await ana.does_at_once(*[("press", {"message_id": card.id, "data": data}) for data in taps])
    assert len(ben.messages) == heard + 1
    assert "fünf Minuten" in ben.last or "5 Minuten" in ben.last


async def test_the_same_contact_shared_again_and_again_is_one_message(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ana.taps("Kontakt tauschen")
    await ana.taps("Mein Telegram-Name")
    await ana.taps_data("consent_yes:G")
    heard = len(ben.messages)
    for _ in range(3):
        await ana.sends_button_data("contact_by:1:telegram")
    assert len(ben.messages) == heard
    await ana.sends_button_data("contact_by:1:email")
    await ana.says("ana@example.org")
    assert len(ben.messages) == heard + 1
    assert "ana@example.org" in ben.last


async def test_news_of_something_else_with_the_same_number_is_no_answer(sqlite_world):
    """The introduction and the pledge are both the first of their kind."""
    ana, ben = await meeting(sqlite_world)
    await ana.taps("Bin da")
    assert await proposes(ben, ana, "Ich rufe an.") == 1
    heard = len(ben.messages)
    await ana.sends_button_data("meeting:1:five")
    assert len(ben.messages) == heard, "it changes the message that is there"


async def test_next_on_the_card_of_somebody_asked_to_meet_shows_one_more_person(sqlite_world):
    """However often it is tapped, and whoever was asked stays asked."""
    workshop = await open_workshop(sqlite_world)
    ana = await guest(sqlite_world, workshop, "Ana Keller")
    for name in ("Ben Albrecht", "Cem Demir", "Dora Weiß"):
        await guest(sqlite_world, workshop, name, seeks=(), offers=("ehrenamt",))
    await ana.says("/partner")
    card = ana.with_button("Kennenlernen")
    await ana.taps("Kennenlernen")
    first = await ana.presses(card, "next:1")
    assert first.startswith("Ein Gespräch, das passen könnte")
    assert await ana.presses(card, "next:1") == first
    assert await sqlite_world.rows(Suggestion.verdict) == [Verdict.MEET, None]
    assert await sqlite_world.count(Introduction) == 1
