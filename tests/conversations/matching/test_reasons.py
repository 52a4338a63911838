"""The reason on a card: it claims no agreement, tells nobody's side, and is true when it is shown."""

import json

import pytest
from sqlalchemy import select, update

from db.models import Interest, Suggestion
from domain.outcomes.choices import Stance
from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.conversations.rights.test_all_data import _document


async def takes_side(world, person, stance):
    """As by a tap on the question."""
    async with world.database.writer.begin() as session:
        await session.execute(update(Interest).where(Interest.person_id == person.row).values(stance=stance))


async def windkraft(world, mine=None, theirs=None, **ben):
    """Ana, who seeks "windkraft", and Ben, who offers it, each with where they stand."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("windkraft",))
    other = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("windkraft",), **ben)
    await takes_side(world, ana, mine)
    await takes_side(world, other, theirs)
    return ana, other


SIDES = [(None, Stance.FOR), (Stance.AGAINST, None), (Stance.AGAINST, Stance.FOR), (Stance.HEARD, None)]


@pytest.mark.parametrize(("mine", "theirs"), SIDES)
async def test_where_one_takes_a_side_the_cards_claim_nothing(sqlite_world, mine, theirs):
    ana, ben = await windkraft(sqlite_world, mine, theirs, voice=Voice.SIE)
    assert "Warum: Ihr beschäftigt euch beide mit dem Thema Windkraft" in await ana.says("/partner")
    await ana.taps("Kennenlernen")
    assert "Warum: Sie beschäftigen sich beide mit dem Thema Windkraft" in ben.last
    await ben.taps("Kennenlernen")
    assert "Ben Albrecht und du, zu: Windkraft" in ana.last
    for each in (*ana.messages, *ben.messages):
        assert not any(word in each.text for word in ("dafür", "dagegen", "bietet genau", "dasselbe"))


async def test_a_shared_interest_reads_the_same_with_and_without_a_side(sqlite_world):
    """Nobody can tell from the wording that the other takes one."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("windkraft",))
    ben = await guest(world, workshop, "Ben Albrecht", seeks=("windkraft",))
    plain = await ana.says("/partner")
    await takes_side(world, ben, Stance.AGAINST)
    assert await ana.says("/partner") == plain


async def test_only_the_owner_finds_it_in_their_data(sqlite_world):
    ana, ben = await windkraft(sqlite_world, Stance.AGAINST, Stance.FOR)
    await ana.says("/partner")
    await ana.says("/auskunft")
    hers = await _document(sqlite_world, ana)
    assert [each["stance"] for each in hers["interests"]] == ["against"]
    assert json.dumps(hers).count("stance") == 1
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    assert await sqlite_world.chosen(select(Interest.stance)) == [Stance.AGAINST]


# --- a reason that is not true any more


async def strikes(person, direction="offers"):
    await person.says("/profil")
    await person.taps_data(f"edit:{direction}")
    await person.taps_data(f"skip:{direction}")


async def test_a_struck_topic_is_no_reason_any_more(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("depression im alter", "kita"))
    ben = await guest(world, workshop, "Ben Albrecht", seeks=("kita",), offers=("depression im alter",))
    assert "depression im alter" in await ana.says("/partner")
    await strikes(ben)
    again = await ana.says("/partner")
    assert "Ihr beschäftigt euch beide mit dem Thema Kita und Kinderbetreuung" in again
    await ana.taps("Kennenlernen")
    assert "Kita und Kinderbetreuung" in ben.last
    await strikes(ben, "seeks")
    await ben.says("/partner")
    assert "Warum: Ihr seid beide bei dieser Werkstatt dabei" in ben.last
    await ben.taps("Kennenlernen")
    for each in (ana, ben):
        assert "depression" not in each.last
        assert "Kita" not in each.last
    assert "Ben Albrecht und du\n" in ana.last
    assert (await world.chosen(select(Suggestion.words))) == ["depression im alter"], "the row is as it was"
