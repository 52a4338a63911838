"""A talk that is moved again and again: the other's message changes, and rings at most every ten minutes."""

from datetime import timedelta

from tests.cast import pair, sealed_pledge
from tests.conversations.pledges import beside_files


async def test_many_moves_ring_once_and_the_last_day_is_told(sqlite_world, clock):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana)
    first, *moves = [clock.local.date() + timedelta(days=10 + n) for n in range(8)]
    await ben.sends_button_data(f"talk_move:{number}:{first:%Y%m%d}")
    heard = len(ana.messages)
    for day in moves:
        await ben.sends_button_data(f"talk_move:{number}:{day:%Y%m%d}")
    assert len(ana.messages) == heard + 1
    assert f"{moves[-1].day}. April" in ana.last
    await clock.advance(minutes=11)
    assert len(ana.messages) == heard + 3, "the day, and the file for her calendar"
    assert f"{moves[-1].day}. April" in beside_files(ana).text
    await clock.advance(hours=2)
    assert len(ana.messages) == heard + 3
