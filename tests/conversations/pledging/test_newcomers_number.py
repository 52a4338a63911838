"""Somebody new to the bot has only the number: they agree, say their name, and the author says that they stand by."""

from db.models import Handshake, Membership, Pledge
from domain.pledges import State
from tests.cast import agrees, open_workshop, pair, pledge_row
from tests.conversations.pledging.test_handshake import INVITES, NOTHING, holds_out


async def newcomer(world):
    """Cem has opened the bot without any link, and agreed."""
    cem = await world.person("Cem")
    await cem.start()
    await agrees(cem)
    return cem


async def test_the_number_leads_to_the_sentence_after_the_authors_yes(sqlite_world):
    world = sqlite_world
    _, ben = await pair(world)
    _, number = await holds_out(ben)
    cem = await world.person("Cem")
    await cem.start()
    await cem.says(number)
    assert INVITES not in cem.heard, "before the consents nothing of it is read"
    await agrees(cem)
    assert "Oder die Zahl, die dir dein Gegenüber zeigt." in cem.last
    await cem.says(number)
    assert cem.last.startswith("Wie")
    assert "Steht Cem" not in ben.last
    await cem.says("Cem Demir")
    assert cem.last.startswith("Einen Moment noch")
    assert ben.last.startswith("Steht Cem Demir gerade bei dir?")
    await ben.taps("Ja, das ist Cem")
    assert INVITES in cem.heard
    await cem.taps("Ich bin dabei")
    assert await world.rows(Pledge.state) == [State.ACTIVE]
    assert {each.workshop_id for each in await world.rows(Membership)} == {1}
    await cem.taps("Noch offen")
    assert cem.shows("role:"), "the rest of joining follows"


async def test_a_number_that_two_hold_out_is_nobodys(sqlite_world):
    """In two workshops on the same day: whoever is in neither may mean either."""
    world = sqlite_world
    ana, ben = await pair(world)
    _, number = await holds_out(ben)
    other = await open_workshop(world, code="GHJKLM")
    draft = pledge_row(other, ana.row, None, world.clock.now(), state=State.DRAFT, made_on=None)
    await world.add(draft)
    day = world.clock.local.date()
    held = {"pledge_id": draft.id, "code": "ABCDEFGHJK", "number": int(number), "day": day}
    await world.add(Handshake(workshop_id=other, **held))
    cem = await newcomer(world)
    assert NOTHING in await cem.says(number)
    assert not ana.can("handshake_yes:")
    assert not ben.can("handshake_yes:")


async def test_a_no_leaves_them_outside(sqlite_world):
    world = sqlite_world
    _, ben = await pair(world)
    _, number = await holds_out(ben)
    cem = await newcomer(world)
    await cem.says(number)
    await cem.says("Cem Demir")
    await ben.taps("Nein")
    assert NOTHING in cem.heard
    assert await world.rows(Pledge.state) == [State.DRAFT]
    assert len(await world.rows(Membership)) == 2


async def test_wrong_numbers_are_counted_for_newcomers_too(sqlite_world):
    world = sqlite_world
    _, ben = await pair(world)
    _, number = await holds_out(ben)
    cem = await newcomer(world)
    for wrong in [each for each in ("1111", "2222", "3333", "4444", "5555", "6666") if each != number][:5]:
        await cem.says(wrong)
        assert NOTHING in cem.heard
    await cem.says(number)
    assert "Das waren genug Zahlen für jetzt." in cem.heard
