"""A round table: people of one topic are asked, each says yes or no, and it stands if enough do."""

import asyncio

import pytest

from db.models import Audit, Invited, Roundtable, RoundtableSeat, RoundtableState
from domain.roles import Role
from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.conversations.offices import seated
from tests.conversations.rights.test_traces import erases

NAMES = ("Ana Keller", "Ben Albrecht", "Cem Demir", "Dora Lenz", "Eva Sommer")


FIRST = ("Ada", "Bea", "Cid", "Dan", "Eli", "Fee", "Gil", "Hal", "Ina")


async def hall(world, names=NAMES):
    """The organiser, and people of whom every second one offers what the others seek; Ben is an MP."""
    orga = await world.organiser()
    workshop = await open_workshop(world)
    people = []
    for place, name in enumerate(names):
        wishes = {"seeks": ("ehrenamt",)} if place % 2 else {"seeks": (), "offers": ("ehrenamt",)}
        mp = {"role": Role.MP, "role_confirmed": True} if place == 1 else {}
        people.append(await guest(world, workshop, name, **wishes, **mp))
    return orga, people


async def planned(orga):
    await orga.says("/orga")
    await orga.taps("Runder Tisch")
    return await orga.taps_data("roundtable_new")


async def asked(orga):
    await planned(orga)
    return await orga.taps_data("roundtable_go")


async def say_yes(*people):
    for each in people:
        await each.taps("Ja, ich bin dabei")


async def goes(world, person, how):
    match how:
        case "pause":
            await person.says("/pause")
            await person.taps_data("pause:1")
        case "withdraw":
            await person.says("/widerruf")
            await person.taps("Nein: Vernetzen und Erinnern")
        case "erase":
            await erases(world, person)
        case "leave":
            await person.says("hier bis 9:35")


async def test_an_organiser_reads_who_would_be_asked_and_why_before_anybody_knows(sqlite_world):
    orga, people = await hall(sqlite_world)
    card = await planned(orga)
    assert "Runder Tisch: Ehrenamt\nHeute um 9:30 Uhr, Stehtisch 1\n" in card
    assert "· Ana Keller, Rathaus oder Landkreis: bietet es an" in card
    assert "· Ben Albrecht, Bundestag oder Landtag: sucht es" in card
    assert not any("runder Tisch" in each.heard for each in people)
    await orga.taps("Menschen ändern")
    await orga.taps("Eva Sommer")
    await orga.taps("Zum Tisch")
    assert "Eva" not in orga.last
    await orga.taps("Zeit ändern")
    assert "Heute um 10 Uhr, Stehtisch 1" in await orga.taps("10 Uhr")
    await orga.taps("Tisch ändern")
    assert "Stehtisch 7" in await orga.taps("7")
    assert "Gefragt: 4 · Ja: 0." in await orga.taps("Jetzt fragen (4)")
    assert len({each.person_id for each in await sqlite_world.rows(Audit)}) == 5, "each finds the look"


async def test_names_are_read_once_it_stands_and_only_by_those_who_come(sqlite_world):
    orga, (ana, ben, cem, dora, eva) = await hall(sqlite_world)
    await asked(orga)
    assert "Gefragt sind 5: 4× Rathaus oder Landkreis, 1× Bundestag oder Landtag." in ana.last
    assert "Warum: Du bietest dazu etwas an." in ana.last
    assert not any(name in ana.last for name in NAMES)
    await say_yes(ana, ben, dora)
    await cem.taps("Lieber nicht")
    assert "Ja: 3." in orga.last
    assert "Cem" not in orga.last, "a no is nobody's to know"
    assert "Ben" not in ana.heard
    await sqlite_world.clock.advance(minutes=20)
    assert "Der Tisch steht: Ehrenamt" in ana.last
    assert "· Ben Albrecht, Bundestag oder Landtag: sucht es\n· Dora Lenz" in ana.last
    assert "Schon entschieden: Ehrenamt" in eva.last
    assert "Ana" not in eva.heard + cem.heard
    assert "Der Tisch steht: Ehrenamt" in orga.last


async def test_with_fewer_than_three_it_is_called_off_kindly(sqlite_world):
    orga, (ana, ben, *_) = await hall(sqlite_world)
    await asked(orga)
    await say_yes(ana, ben)
    await sqlite_world.clock.advance(minutes=20)
    for each in (ana, ben):
        assert each.last.startswith("Findet nicht statt: Ehrenamt\n")
        assert "Danke für dein Ja." in each.last
    assert "Abgesagt: Ehrenamt" in orga.last


@pytest.mark.parametrize("gone", ["pause", "withdraw", "erase", "leave"])
async def test_whoever_does_not_come_any_more_does_not_count(sqlite_world, gone):
    orga, (ana, ben, cem, *_) = await hall(sqlite_world)
    await asked(orga)
    await say_yes(ana, ben, cem)
    await goes(sqlite_world, ben, gone)
    await sqlite_world.clock.advance(minutes=20)
    assert "Findet nicht statt" in ana.last
    assert "Findet nicht statt" in cem.last
    assert "Der Tisch steht" not in ben.heard


@pytest.mark.parametrize("gone", ["pause", "withdraw", "leave"])
@pytest.mark.parametrize("stands", [False, True])
async def test_whoever_does_not_come_any_more_is_not_named(sqlite_world, gone, stands):
    orga, (ana, ben, cem, dora, _) = await hall(sqlite_world)
    await asked(orga)
    await say_yes(ana, ben, cem, dora)
    if stands:
        await sqlite_world.clock.advance(minutes=20)
        assert "Ben" in ana.last
    await goes(sqlite_world, ben, gone)
    assert "Ben" not in orga.last
    await sqlite_world.clock.advance(minutes=20 if not stands else 1)
    for each in (ana, cem, dora):
        assert each.last.startswith("Der Tisch steht")
        assert "Ben" not in each.last
    assert "Der Tisch steht" in orga.last
    assert "Ben" not in orga.last


async def test_a_table_that_stands_is_called_off_when_somebody_leaves(sqlite_world):
    orga, (ana, ben, cem, *_) = await hall(sqlite_world)
    await asked(orga)
    await say_yes(ana, ben, cem)
    await sqlite_world.clock.advance(minutes=20)
    assert "Der Tisch steht" in ana.last
    await ben.says("ich gehe jetzt")
    await sqlite_world.clock.advance(minutes=1)
    assert "Findet nicht statt" in ana.last
    assert "Findet nicht statt" in cem.last


async def test_whoever_is_erased_is_read_at_the_table_no_more(sqlite_world):
    orga, (ana, ben, cem, dora, _) = await hall(sqlite_world)
    await asked(orga)
    await say_yes(ana, ben, cem, dora)
    await sqlite_world.clock.advance(minutes=20)
    assert "Dora Lenz" in ana.last
    await erases(sqlite_world, dora)
    for each in (ana, ben, cem, orga):
        assert "Dora" not in each.screen(20)
    assert "· Cem Demir" in ana.last


async def test_below_three_before_it_begins_it_is_called_off_after_all(sqlite_world):
    orga, (ana, ben, cem, dora, _) = await hall(sqlite_world)
    await asked(orga)
    await say_yes(ana, ben, cem, dora)
    await sqlite_world.clock.advance(minutes=20)
    await dora.taps("Klappt nicht")
    assert "Dora" not in ana.last
    await cem.taps("Klappt nicht")
    await sqlite_world.clock.advance(minutes=1)
    assert "Findet nicht statt" in ana.last
    assert "Findet nicht statt" not in cem.last


async def nine_asked(world):
    """Nine people are asked to a table, of whom seven have said yes."""
    orga, people = await hall(world, [f"{first} Weber" for first in FIRST])
    await planned(orga)
    await orga.taps("Menschen ändern")
    await orga.taps_data("roundtable_people:1:1")
    if orga.shows("roundtable_person"):
        await orga.taps(next(each for each in orga.buttons if "✓" not in each and "Weber" in each))
    await orga.taps("Zum Tisch")
    assert "(9)" in " ".join(orga.buttons)
    await orga.taps_data("roundtable_go")
    await say_yes(*people[:7])
    return people


async def test_a_yes_of_somebody_who_pauses_takes_nobodys_place(sqlite_world):
    first, *_, eighth, ninth = await nine_asked(sqlite_world)
    await first.says("/pause")
    await first.taps_data("pause:0")
    await say_yes(eighth, ninth)
    assert ninth.last.splitlines()[0] == "Du bist dabei: Ehrenamt"
    await sqlite_world.clock.advance(minutes=1)
    assert "Der Tisch steht" in ninth.last
    assert "Ada" not in ninth.last
    assert "Ein runder Tisch ist ohne dich voll geworden." in await first.taps_data("resume")
    states = [each.state for each in await sqlite_world.rows(RoundtableSeat)]
    assert states.count(Invited.YES) == 8
    assert "Ada" not in ninth.last


async def test_an_mp_who_leaves_hears_at_once_that_somebody_has_the_place(sqlite_world):
    _, mp, *_, eighth, ninth = await nine_asked(sqlite_world)
    await mp.says("ich gehe jetzt")
    await say_yes(eighth, ninth)
    assert mp.last.startswith("Ein Tisch ohne dich: Ehrenamt\n")
    assert "Danke für dein Ja." in mp.last
    await mp.says("bin wieder da")
    await sqlite_world.clock.advance(minutes=1)
    assert "Bea" not in ninth.last


async def test_of_two_who_take_the_eighth_place_at_once_one_gets_it(world):
    eighth, ninth = (await nine_asked(world))[7:]
    await asyncio.gather(*(each.taps("Ja, ich bin dabei") for each in (eighth, ninth)))
    states = [each.state for each in await world.rows(RoundtableSeat)]
    assert states.count(Invited.YES) == 8
    said = sorted(each.last.splitlines()[0] for each in (eighth, ninth))
    assert said == ["Der Tisch ist schon voll: Ehrenamt", "Du bist dabei: Ehrenamt"]
    await world.clock.advance(minutes=1)
    assert [each.state for each in await world.rows(Roundtable)] == [RoundtableState.SETTLED]


async def test_the_office_says_yes_for_the_mp(sqlite_world):
    orga, (ana, ben, cem, *_) = await hall(sqlite_world)
    staff = await guest(sqlite_world, 1, "Frieda Vogt", role=Role.OFFICE, voice=Voice.SIE, seeks=())
    await seated(sqlite_world, ben, staff)
    await asked(orga)
    await say_yes(ana, cem)
    await staff.taps("Ja, ich bin dabei")
    await sqlite_world.clock.advance(minutes=20)
    assert "Ben Albrecht" in ana.last
    assert "Der Tisch steht" in ben.heard
    assert "Der Tisch steht" in staff.heard


async def test_what_has_changed_since_it_was_shown_is_shown_again(sqlite_world):
    orga, (ana, ben, *_) = await hall(sqlite_world)
    await planned(orga)
    await ana.says("/pause")
    await ana.taps_data("pause:1")
    card = await orga.taps_data("roundtable_go")
    assert "Seit dem letzten Blick hat sich etwas geändert." in card
    assert "Ana" not in card
    assert "runder Tisch" not in ben.heard
    assert "Gefragt: 4" in await orga.taps_data("roundtable_go")


async def test_an_organiser_calls_it_off_and_nothing_is_kept_of_those_who_did_not_come(sqlite_world):
    orga, (ana, ben, *_) = await hall(sqlite_world)
    await asked(orga)
    await say_yes(ana)
    assert "Abgesagt: Ehrenamt" in await orga.taps("Absagen")
    assert "Findet nicht statt" in ana.last
    assert ben.last.startswith("Findet nicht statt"), "the question itself"
    await ben.sends_button_data("roundtable_yes:2")
    assert "Findet nicht statt" in ben.last
    await sqlite_world.clock.advance(days=8)
    assert not await sqlite_world.rows(Roundtable)
    assert not await sqlite_world.rows(RoundtableSeat)


async def test_whoever_was_not_asked_cannot_say_yes(sqlite_world):
    orga, (ana, *_) = await hall(sqlite_world)
    zoe = await guest(sqlite_world, 1, "Zoe Kraus", seeks=())
    await planned(orga)
    for each in (zoe, ana):
        for seat in range(1, 7):
            await each.sends_button_data(f"roundtable_yes:{seat}")
            await each.sends_button_data(f"roundtable_no:{seat}")
    assert {each.state for each in await sqlite_world.rows(RoundtableSeat)} == {Invited.PLANNED}
