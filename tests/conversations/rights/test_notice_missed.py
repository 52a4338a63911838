"""Somebody who was away when the notice came gets it when they are back, and has their fourteen days."""

from datetime import datetime

from db.models import Pledge
from tests.cast import PAY, pair, sealed_pledge
from tests.clock import BERLIN


async def test_no_words_end_before_the_notice_has_arrived(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana, months=3)  # until 12 July; the notice comes on 27 September
    await world.clock.to(datetime(2027, 9, 24, 9, 0, tzinfo=BERLIN))
    await ana.blocks()
    await world.clock.to(datetime(2027, 9, 30, 12, 0, tzinfo=BERLIN))
    assert "am 11. Oktober" in ben.last
    assert PAY in await ben.taps("Versprechen ansehen"), "to copy from"
    await ana.blocks(False)
    await ana.says("/versprechen")
    await world.clock.to(datetime(2027, 9, 30, 13, 5, tzinfo=BERLIN))
    assert "am 14. Oktober" in ana.last
    assert "am 14. Oktober" in next(each.text for each in reversed(ben.messages) if "verblasst" in each.text)
    assert "die letzten am 14. Oktober" in await ana.says("/auskunft")
    await world.clock.to(datetime(2027, 10, 13, 23, 30, tzinfo=BERLIN))
    assert await world.rows(Pledge.text) != [None]
    await world.clock.to(datetime(2027, 10, 14, 1, 5, tzinfo=BERLIN))
    assert await world.rows(Pledge.text) == [None]
    assert "die letzten am" not in await ana.says("/auskunft"), "nothing is said of words that are gone"
