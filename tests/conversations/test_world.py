"""The tests' own tool: somebody joins, the clock walks, the bot starts again."""

import pytest

from tests.world import running_world


async def test_somebody_joins_in_the_chat(world):
    ana = await world.joined("Ana Keller")
    assert ana.last.startswith("Alles bereit, Ana Keller!")
    assert (ana.taps_made, ana.answers_typed) == (9, 3)


async def test_the_bot_starts_again_and_the_clock_walks_on(world, clock):
    ana = await world.joined("Ana Keller", until="name")
    await world.restart()
    before = clock.local
    await clock.advance(days=3)
    assert (clock.local.date() - before.date()).days == 3
    assert "Gegend" in await ana.says("Ana Keller")


async def test_a_missing_button_is_named_with_what_there_is(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    with pytest.raises(AssertionError, match="Rathaus oder Landkreis"):
        await ana.taps("Sofort aufhören")


async def test_an_error_in_the_log_fails_the_test(sqlite_url, monkeypatch):
    async with running_world(sqlite_url) as world:
        ana = await world.person("Ana")
        await ana.start(f"w_{await world.workshop()}")
        with monkeypatch.context() as patched:
            patched.setattr("handlers.buttons.ROUTES", {})
            with pytest.raises(AssertionError, match=r"update \d+ failed"):
                await ana.taps("Los geht's")
        world.expected_errors = True
