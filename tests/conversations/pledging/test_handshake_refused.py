"""Handshakes that open nothing: too late, the wrong person, the wrong number, too many of them."""

from sqlalchemy import select

from db.models import Handshake, Pledge
from domain.handshakes import WRONG_NUMBERS
from domain.pledges import State
from tests.cast import PAY, guest, open_workshop, pair, pledge_row
from tests.conversations.pledging.handshaking import INVITES, NOTHING, STALE, holds_out, shown_by, state


async def test_the_second_one_comes_too_late(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    payload, number = await holds_out(ben)
    await ana.start(payload)
    for said in (await cem.start(payload), await cem.says(number), await cem.start("h_AAAAAAAAAA")):
        assert said.startswith(NOTHING)
        assert "schon vergeben" in said
        assert cem.buttons == ["Name suchen"]
    assert (await ana.start(payload)).startswith(NOTHING), "the sentence is above"


async def test_it_ends_with_the_day_and_can_be_caught_up_on(sqlite_world, clock):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    await clock.to(clock.local.replace(hour=23, minute=50).astimezone(clock.now().tzinfo))
    assert (await ana.says(number)).startswith("Einen Moment noch"), "the same evening is early enough"
    question = ben.newest
    await clock.advance(minutes=20)
    for said in (await ana.start(payload), await ana.says(number)):
        assert said.startswith(NOTHING)
        assert "Ihr könnt es nachholen" in said
    assert STALE in await ben.taps("Ja, das ist Ana", message=question)
    await ben.says("/versprechen")
    await ben.taps_data("pledge:")
    await ben.taps("Bestätigen")
    again, _ = shown_by(ben)
    assert again != payload
    assert (await ana.start(again)).startswith(INVITES)


async def test_ones_own_code_is_said_to_be_that(sqlite_world):
    _, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    assert "Das ist dein eigener Code." in await ben.start(payload)
    assert "Das ist dein eigener Code." in await ben.says(number)
    assert await state(sqlite_world) is State.DRAFT


async def test_nobody_finds_a_number_by_trying(sqlite_world, clock):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    wrong = [str(each) for each in range(1000, 1000 + WRONG_NUMBERS + 1) if str(each) != number][
        :WRONG_NUMBERS
    ]
    for each in wrong:
        assert (await ana.says(each)).startswith(NOTHING)
    assert "Das waren genug Zahlen für jetzt." in await ana.says(number)
    assert not [each for each in ben.messages if "gerade bei dir" in each.text]
    await clock.advance(hours=1, minutes=1)
    assert (await ana.says(number)).startswith("Einen Moment noch")
    assert (await ana.start(payload)).startswith(INVITES)


async def test_a_number_counts_in_its_workshop_and_a_link_leads_into_it(sqlite_world):
    world = sqlite_world
    _, ben = await pair(world)
    elsewhere = await open_workshop(world, code="ZZZZZZ", title="Werkstatt Nord")
    cem = await guest(world, elsewhere, "Cem Demir")
    payload, number = await holds_out(ben)
    said = await cem.says(number)
    assert said.startswith(NOTHING)
    assert "Seid ihr aus verschiedenen, scanne das Bild." in said
    said = await cem.start(payload)
    assert "Willkommen in dieser Werkstatt!\nWerkstatt Berlin" in said
    assert INVITES in said


async def test_who_is_erased_holds_nothing_out(sqlite_world):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    sqlite_world.forgotten.add(ben.id)
    for said in (await ana.start(payload), await ana.says(number)):
        assert said.startswith(NOTHING)
    assert await sqlite_world.count(Handshake) == 0


async def test_who_asked_and_is_erased_is_named_no_more(sqlite_world):
    ana, ben = await pair(sqlite_world)
    _, number = await holds_out(ben)
    await ana.says(number)
    question = ben.newest
    assert "Ana Keller" in question.text
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    sqlite_world.forgotten.add(ana.id)
    assert not [each.text for each in ben.messages if "Ana" in each.text]
    assert STALE in await ben.sends_button_data(f"handshake_yes:{ana.row}:1", message_id=question.id)


async def test_only_who_typed_the_number_can_be_confirmed_and_only_by_its_author(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    _, number = await holds_out(ben)
    await ana.says(number)
    (pledge,) = await world.chosen(select(Pledge.id))
    for who, person in ((cem, ana), (ana, ana), (ben, cem), (ben, ben)):
        assert STALE in await who.sends_button_data(f"handshake_yes:{person.row}:{pledge}")
    assert await state(world) is State.DRAFT


async def test_an_author_who_pauses_hears_it_and_a_typed_yes_shows_nothing_to_anybody(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    _, number = await holds_out(ben)
    await ana.says(number)
    assert ben.last.startswith("Steht Ana Keller gerade bei dir?")
    await ben.says("Ja")
    assert await state(sqlite_world) is State.DRAFT, "it takes a tap"
    await ben.taps("Ja, das ist Ana")
    assert ana.last.startswith(INVITES)


async def test_as_many_proposals_as_anywhere(sqlite_world):
    """Five that wait for a yes, three a day to the same person; the author hears why."""
    world = sqlite_world
    ana, ben = await pair(world)
    for _ in range(3):
        payload, _ = await holds_out(ben)
        await ana.start(payload)
        await ben.taps_data("drop:")
    payload, _ = await holds_out(ben)
    assert NOTHING in await ana.start(payload)
    assert ben.last.startswith("Das reicht für heute.")
    others = [await guest(world, 1, f"Gast{n} Nachname{n}") for n in range(5)]
    waiting = {"state": State.PROPOSED, "made_on": None}
    await world.add(*[pledge_row(1, ben.row, each.row, world.clock.now(), **waiting) for each in others])
    await ben.says("/versprechen")
    await ben.taps_data("pledge_new")
    await ben.taps("Wir stehen zusammen")
    await ben.taps("Ich")
    await ben.says(PAY)
    assert "Fünf Vorschläge sind gerade offen." in await ben.taps("Bestätigen")


async def test_a_handshake_is_kept_for_a_week(sqlite_world, clock):
    _, ben = await pair(sqlite_world)
    await holds_out(ben)
    await clock.advance(days=6)
    assert await sqlite_world.count(Handshake) == 1
    await clock.advance(days=3)
    assert await sqlite_world.count(Handshake) == 0
