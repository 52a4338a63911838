"""Words that end by themselves: in one move of the clock, on their days."""

from sqlalchemy import select

from db.models import Outgoing, Pledge
from domain.outcomes.rights import TextEnding
from tests.cast import pair
from tests.conversations.pledges import pledge


async def test_the_notice_comes_on_its_day_and_the_words_go_on_theirs(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await pledge(ben, ana, "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.")
    (deadline,) = await world.rows(Pledge.deadline)
    assert f"{deadline:%d.%m.%Y}" == "12.10.2027"
    await world.clock.advance(months=9)
    told = select(Outgoing.created_at).where(Outgoing.kind == TextEnding.__name__)
    days = [f"{at:%d.%m.%Y}" for at in await world.chosen(told)]
    assert days == ["07.01.2028", "07.01.2028"], "76 days later is in the quiet time around New Year"
    assert await world.rows(Pledge.text) != [None]
    await world.clock.advance(days=10)
    assert await world.rows(Pledge.text) == [None]
    await world.clock.advance(days=3)  # a weekend, after which their profiles end
    assert await world.rows(Pledge.text) == []
    assert "gelöscht" in ana.last
    assert "gelöscht" in ben.last
