"""How long an MP stays, as they, the office or reception say; matching and rounds go by it until the day ends."""

import pytest
from sqlalchemy import select

from db.models import Audit, Grant, Introduction, Person
from domain.roles import Role
from domain.team import TeamRole
from tests.cast import guest, open_workshop
from tests.conversations.matching.introducing import asks, seeker_and_helper
from tests.conversations.offices import seated


@pytest.fixture
async def two(sqlite_world):
    """Ana, who seeks what Ben offers, an MP; it is nine in the morning of their workshop."""
    return await seeker_and_helper(sqlite_world, role=Role.MP, role_confirmed=True)


async def test_what_an_mp_types_stands_on_the_cards_of_both(two):
    ana, ben = two
    noted = await ben.says("Bin hier bis 15:30, noch 3 Gespräche")
    assert noted.startswith("Deine Zeit hier\nNotiert: hier bis 15:30 Uhr · noch 3 Gespräche\n")
    assert "Heute hier bis 15:30 Uhr." in await ana.says("/partner")
    await ana.taps("Kennenlernen")
    await ben.taps("Kennenlernen")
    assert "Ben ist bis 15:30 Uhr hier." in ana.last
    assert "15:30" not in ben.last
    assert "noch 2 Gespräche" in await ben.taps("Meine Zeit hier", message=await profile(ben))


async def on_team(world, name, role):
    person = await guest(world, 1, name)
    await world.add(
        Grant(
            person_id=person.row, role=role, workshop_id=1, granted_at=world.clock.now(), granted_by_id=None
        )
    )
    return person


async def profile(person):
    await person.says("/profil")
    return person.newest


async def test_whoever_asked_an_mp_who_leaves_hears_at_once_that_it_was_time(two, sqlite_world):
    ana, ben = two
    await asks(ana)
    await ben.says("Ich muss los")
    await sqlite_world.clock.advance(minutes=1)
    assert "Heute hat es zeitlich nicht gepasst." in ana.heard
    assert "Ben Albrecht" not in await ana.says("/partner")


async def test_nobody_is_sent_to_an_mp_who_leaves_within_a_quarter_of_an_hour(two, sqlite_world):
    ana, ben = two
    await ana.says("/partner")
    await ben.says("hier bis 10:00")
    await sqlite_world.clock.advance(minutes=50)
    await ana.taps("Kennenlernen")
    assert "Dieser Knopf ist nicht mehr aktuell." in ana.heard
    assert not await sqlite_world.rows(Introduction)


async def test_a_table_is_named_only_while_both_are_there(two, sqlite_world):
    ana, ben = two
    await asks(ana)
    await ben.taps("Kennenlernen")
    assert "Stehtisch" in ana.last
    await ben.says("hier bis 10")
    await sqlite_world.clock.advance(hours=2)
    await ana.taps("Bin da")
    assert "Stehtisch" not in ana.last


async def test_with_the_talks_that_are_left_all_given_nobody_else_may_ask(two, sqlite_world):
    ana, ben = two
    dora = await guest(sqlite_world, 1, "Dora Lenz", seeks=("ehrenamt",))
    await ben.says("noch ein Gespräch")
    await asks(ana)
    assert "Ben Albrecht" not in await dora.says("/partner")
    await ben.taps_data("intro_no")
    await ben.says("noch zwei Gespräche")
    assert "Ben Albrecht" in await dora.says("/partner")


async def test_reception_and_the_office_note_it_too_and_the_mp_reads_who_did(two, sqlite_world):
    _, ben = two
    cem = await guest(sqlite_world, 1, "Cem Demir", role=Role.OFFICE)
    await seated(sqlite_world, ben, cem)
    assert "Zeit von Ben Albrecht" in await cem.says("hier bis 16 Uhr")
    assert "Das hat gerade dein Büro notiert.\nNotiert: hier bis 16 Uhr" in ben.last
    rike = await on_team(sqlite_world, "Rike Vogel", TeamRole.RECEPTION)
    await rike.says("/orga")
    assert "1. Ben Albrecht · hier bis 16 Uhr" in await rike.taps("Wer bleibt wie lange?")
    await rike.taps("Ben Albrecht")
    await rike.taps("Anders sagen")
    assert "nicht als Zeit erkannt" in await rike.says("morgen")
    await rike.says("halb drei")
    assert "Das hat gerade das Team notiert.\nNotiert: hier bis 14:30 Uhr" in ben.last
    assert "saw presence" in {each.action for each in await sqlite_world.rows(Audit)}


async def test_nobody_else_says_how_long_an_mp_stays(two, sqlite_world):
    ana, ben = two
    vera = await on_team(sqlite_world, "Vera Klein", TeamRole.VIEWER)
    for stranger in (ana, vera):
        for data in ("presence", "presence_type"):
            await stranger.sends_button_data(f"{data}:{ben.row}")
        await stranger.sends_button_data(f"presence_is:{ben.row}:now")
        await stranger.sends_button_data("presences:0")
        assert "Ben" not in stranger.heard
    await ana.says("hier bis 15:30")
    assert "Notiert" not in ana.heard
    assert await sqlite_world.chosen(select(Person.present_on).where(Person.present_on.is_not(None))) == []


async def test_an_mp_who_withdrew_is_in_no_list_and_on_no_card(two, sqlite_world):
    _, ben = two
    orga = await sqlite_world.organiser()
    await orga.says("/orga")
    await orga.taps("Wer bleibt wie lange?")
    assert "Ben Albrecht" in orga.last
    await ben.says("/widerruf")
    await ben.taps("Nein: Vernetzen und Erinnern")
    heard = len(orga.messages)
    await orga.sends_button_data("presences:0")
    for data in ("presence:{}", "presence_is:{}:1530", "presence_type:{}"):
        await orga.sends_button_data(data.format(ben.row))
    assert "Ben Albrecht" not in str([each.text for each in orga.messages[heard:]])
    assert "Bundestag und Landtag" in orga.messages[heard].text
    assert await sqlite_world.chosen(select(Person.present_on).where(Person.present_on.is_not(None))) == []


async def test_the_office_says_of_itself_that_it_leaves_and_of_the_mp_how_long(two, sqlite_world):
    _, ben = two
    cem = await guest(sqlite_world, 1, "Cem Demir", role=Role.OFFICE)
    await seated(sqlite_world, ben, cem)
    for words in ("Ich muss los", "bin wieder da", "Ich muss los, hier bis 16 Uhr"):
        assert "Zeit von Ben Albrecht" not in await cem.says(words)
    assert await sqlite_world.chosen(select(Person.present_on).where(Person.present_on.is_not(None))) == []
    assert "noch 2 Gespräche" in await cem.says("noch 2 Gespräche")


async def test_a_time_that_is_over_changes_nothing_however_it_is_said(two, sqlite_world):
    _, ben = two
    await sqlite_world.clock.advance(hours=6)
    assert "10 Uhr" not in await ben.says("hier bis 10")
    await ben.taps("Anders sagen")
    assert "10 Uhr" not in await ben.says("10 Uhr")
    assert "hier bis 17 Uhr · noch 2 Gespräche" in await ben.says("hier bis 17, noch 2 Gespräche")
    await ben.says("Ich muss los")
    noted = await ben.says("bin wieder da, hier bis 17")
    assert "hier bis 17 Uhr" in noted
    assert "noch 2" not in noted


async def test_a_round_goes_by_it_when_it_is_planned_and_when_it_goes_out(two, sqlite_world):
    ana, ben = two
    orga = await sqlite_world.organiser()
    assert "Vorschläge: 1" in await orga.says("/runde")
    await ben.says("Ich gehe jetzt")
    await orga.taps("Bestätigen")
    assert "Ben Albrecht" not in ana.heard
    assert "heute schon gegangen" in await orga.says("/runde")


async def test_it_is_over_with_the_day_and_can_be_said_before(sqlite_world):
    world = sqlite_world
    tomorrow = await open_workshop(world, day=world.clock.local.date().replace(day=13))
    ben = await guest(world, tomorrow, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    assert "Am 13. April:\nNotiert: hier bis 15:30 Uhr" in await ben.says("hier bis 15:30")
    assert "Ich gehe jetzt" not in ben.buttons
    assert "nicht mehr aktuell" not in await ben.says("bin dann weg")
    await ben.sends_button_data(f"presence_type:{ben.row}")
    assert "nicht als Zeit erkannt" in await ben.says("bin dann weg")
    await ben.says("hier bis 15:30")
    said = select(Person.present_on).where(Person.present_on.is_not(None))
    await world.clock.advance(days=1)
    assert await world.chosen(said)
    await world.clock.advance(days=1, hours=2)
    assert not await world.chosen(said)
    assert "Notiert" not in await ben.says("hier bis 15:30")
