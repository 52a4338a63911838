"""What is promised about silence to whoever enters a partner without Telegram is what happens."""

from tests.cast import PAY, guest, open_workshop
from tests.conversations.pledges import asked
from tests.conversations.pledging.entering import agreed_with, enters
from tests.conversations.pledging.handshaking import link_in

RULE = "Bleibt es lange still, bekommt erst das Gegenüber einen Hinweis"


async def test_nobody_is_promised_a_hint_that_cannot_come(sqlite_world):
    ana = await guest(sqlite_world, await open_workshop(sqlite_world), "Ana Keller")
    await enters(ana)
    await ana.taps_data(next(data for _, data in ana.newest.keyboard if data.endswith(":author")))
    await ana.says(PAY)
    assert "Bleibt es bei dir lange still, frage ich seltener. Sonst geschieht nichts." in ana.last
    assert RULE not in ana.last


async def test_the_rule_is_said_once_the_other_takes_over(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    ben = await guest(world, 1, "Ben Albrecht")
    await ana.sends_button_data(f"takeover_link:{number}")
    await ben.start(link_in(ana.newest).partition("start=")[2])
    await ben.taps_data("takeover_yes:")
    assert ana.last.startswith("Ben Albrecht ist jetzt selbst dabei")
    assert RULE in ana.last


async def test_who_stays_quiet_is_asked_less_often_and_nobody_else_hears_of_it(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    ana, _ = await agreed_with(world, place="Nirgendwo")  # where no school holidays are known
    await world.clock.advance(months=6, hours=4)
    assert await asked(world, ana) == ["w1", "m1", "m2", "m3", "d14", "deadline"]
    assert "still" not in orga.screen(9).casefold()
