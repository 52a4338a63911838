"""Three who meet at once: two get the card of the same third one, and each two of them what any pair gets.

Everybody here is invented.
"""

from sqlalchemy import select

from db.models import Introduction, IntroState, Person, Suggestion
from domain.roles import Role
from tests.cast import gather

MP = {"name": "Mara Mandat", "role": Role.MP, "role_confirmed": True}
NAMES = ("Ana Keller", "Ben Albrecht", "Cem Demir", "Dora Lenz", "Eva Brandt", "Finn Moor")
TOPICS = ("ehrenamt", "kita", "wald", "bahn", "wohnen", "rente")


async def six_for_five(world):
    """Six who have something in common with one MP only, who has room for five conversations."""
    makers = {
        name.split()[0].lower(): {"name": name, "offers": (topic,)}
        for name, topic in zip(NAMES, TOPICS, strict=True)
    }
    people = await gather(world, mp={**MP, "seeks": TOPICS}, **makers)
    return await world.organiser(), people


async def threes(world, people):
    """The phones of the two who got the same card as one conversation."""
    async with world.database.reader() as session:
        cards = await session.scalars(select(Suggestion).where(Suggestion.third_id.is_not(None)))
        chats = {p.id: p.chat_id for p in await session.scalars(select(Person))}
        of = {chats[card.person_id] for card in cards}
    return [each for each in people.values() if each.id in of]


async def test_a_three_meets_at_one_table_and_each_two_know_each_other(world):
    orga, people = await six_for_five(world)
    assert "Vorschläge: 6\n" in await orga.says("/runde")
    assert "Gespräche zu dritt: 1" in orga.last
    assert "Zu dritt mit" in await orga.taps("Wer trifft wen")
    await orga.taps("Zur Übersicht")
    await orga.taps("Bestätigen")
    one, third = await threes(world, people)
    assert f"Ihr wärt zu dritt: {third.name}" in one.last
    for each in (one, third):
        await each.taps("Kennenlernen")
    asked = [each for each in people["mp"].messages if "Ihr wärt zu dritt" in each.text]
    assert len(asked) == 2
    for each in asked:
        await people["mp"].taps("Kennenlernen", message=each)
    assert await world.rows(Introduction.state) == [IntroState.BOTH] * 3, "the two as well"
    tables = {
        line
        for each in (one, third, people["mp"])
        for said in each.messages
        for line in said.text.splitlines()
        if "Stehtisch" in line
    }
    assert len(tables) == 1, tables
    assert "Am selben Tisch: Mara Mandat." in one.last


async def test_the_third_takes_no_further_conversation(sqlite_world):
    world = sqlite_world
    orga, people = await six_for_five(world)
    await orga.says("/runde")
    await orga.taps("Bestätigen")
    for name in NAMES:
        await people[name.split()[0].lower()].taps("Kennenlernen")
    assert await world.rows(Introduction.state) == [IntroState.ASKED] * 6


async def test_who_is_erased_is_not_named_to_the_two_who_are_left(sqlite_world):
    world = sqlite_world
    orga, people = await six_for_five(world)
    await orga.says("/runde")
    await orga.taps("Bestätigen")
    one, third = await threes(world, people)
    assert third.name in one.last
    await third.says("/loeschen")
    world.forgotten.add(third.id)
    await third.taps_data("erase_yes")
    assert third.name not in one.last
    assert "Mara Mandat" in one.last
    assert "Kennenlernen" in one.buttons
