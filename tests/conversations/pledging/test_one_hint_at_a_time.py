"""However many pledges of two people somebody is silent about, the other gets one hint at a time."""

from tests.cast import guest
from tests.conversations.silences import hints, silent_pledge, two

ONE_MORE = "Um ein weiteres Versprechen zwischen euch ist es auch still."


async def test_three_silences_of_one_person_are_one_hint(world):
    ana, ben = await two(world)
    for author, partner in ((ben, ana), (ben, ana), (ana, ben)):
        await silent_pledge(world, author, partner, ben)
    await world.clock.advance(days=8)
    (said,) = hints(ana)
    assert "Um 2 weitere Versprechen zwischen euch ist es auch still." in said
    assert hints(ben) == []


async def test_the_next_is_told_once_it_is_quiet_again(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    first, second = [await silent_pledge(world, ben, ana, ben) for _ in range(2)]
    await world.clock.advance(hours=2)
    assert ONE_MORE in hints(ana)[0]
    await ben.sends_button_data(f"pledge:{first}")
    await world.clock.advance(days=6)
    assert hints(ana) == [], "just heard of"
    await world.clock.advance(days=3)
    (said,) = hints(ana)
    assert ana.newest.data_of("Versprechen ansehen") == f"pledge:{second}"
    assert ONE_MORE not in said


async def test_what_it_says_of_the_others_is_kept_true(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    _, second = [await silent_pledge(world, ben, ana, ben) for _ in range(2)]
    await world.clock.advance(hours=2)
    await ben.sends_button_data(f"report:{second}:m3:running")
    (said,) = hints(ana)
    assert ONE_MORE not in said


async def test_each_of_two_readers_has_a_hint(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    cem = await guest(world, 1, "Cem Demir", place="Nirgendwo")
    for reader in (ana, cem):
        await silent_pledge(world, ben, reader, ben)
    await world.clock.advance(hours=2)
    assert [len(hints(each)) for each in (ana, cem)] == [1, 1]
