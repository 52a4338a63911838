"""An announcement for later: its time in Berlin is confirmed with it, can be changed, and is kept."""

from tests.conversations.organising.announcing import begin, got, hall


async def test_it_goes_out_at_its_time_and_may_be_changed_until_then(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await begin(orga)
    await orga.taps("An alle")
    await orga.taps("Später senden")
    assert "Diese Zeit habe ich nicht verstanden." in await orga.says("irgendwann")
    heard = await orga.says("morgen um 14:30 Uhr")
    assert "um 14:30 Uhr (Berlin), in einem Tag und" in heard
    assert "Die Ankündigung ist geplant\nInsgesamt: 3\nGeht hinaus:" in await orga.says("3")
    assert orga.buttons == ["Ändern", "Absagen"]
    await orga.taps("Ändern")
    assert "nicht mehr aktuell" in await orga.taps("Absagen"), "it waits for its count again"
    await orga.taps("Später senden")
    await orga.says("übermorgen um 9 Uhr")
    await orga.says("3")
    await world.clock.advance(days=1, hours=12)
    assert not any(got(each) for each in people.values())
    await world.clock.advance(days=1)
    assert sum(got(each) for each in people.values()) == 3
    assert orga.last.startswith("Die Ankündigung ist durch\nInsgesamt: 3\nZugestellt: 3")


async def test_called_off_before_its_time_it_never_sets_out(sqlite_world):
    world = sqlite_world
    orga, people = await hall(world)
    await begin(orga)
    await orga.taps("An alle")
    await orga.taps("Später senden")
    await orga.says("morgen um 9 Uhr")
    await orga.says("3")
    assert "Es geht nichts hinaus." in await orga.taps("Absagen")
    await world.clock.advance(days=2)
    assert not any(got(each) for each in people.values())
