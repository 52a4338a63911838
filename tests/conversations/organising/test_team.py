"""The team: invited by a link, for a role in a workshop; and over with the next tap."""

import re

import pytest

from db.models import Audit, Grant, Person, PersonalCode
from domain.roles import Role
from domain.team import TeamRole
from tests.cast import guest, open_workshop
from tests.conversations.organising.lost_accounts import YES, link_for, lost, new_account
from tests.world import OWNER

_CODE = re.compile(r"start=(o_[0-9A-Z]{10})")


async def invites(orga, role, where=None):
    """The payload of the link that the organiser gets for this role."""
    await orga.says("/orga")
    await orga.taps_data("members")
    await orga.taps_data("member_add:0")
    await orga.taps(role)
    if where is not None:
        await orga.taps(where)
    codes = [found[1] for each in orga.new if (found := _CODE.search(str(each.body)))]
    assert codes, orga.screen()
    return codes[-1]


async def joins(person, payload, name=None):
    await person.start(payload)
    await person.taps("Ja, ich bin dabei")
    if name is not None:
        await person.says(name)


@pytest.fixture
async def desk(sqlite_world):
    """An owner who has a name, and two workshops."""
    orga = await sqlite_world.organiser()
    here = await open_workshop(sqlite_world, title="Werkstatt Nord", code="NNNNNN")
    there = await open_workshop(sqlite_world, title="Werkstatt Süd", code="SSSSSS")
    sqlite_world.here, sqlite_world.there, sqlite_world.orga = here, there, orga
    return sqlite_world


async def test_whoever_opens_the_link_reads_what_the_role_does_and_joins_with_a_name(desk):
    payload = await invites(desk.orga, "Empfang", "Werkstatt Nord")
    rike = await desk.person("Rike")
    offer = await rike.start(payload)
    assert "Empfang · Werkstatt Nord" in offer
    assert "Abgeordnete bestätigen" in offer
    assert "wird notiert" in offer
    assert not await desk.rows(Grant)
    assert "Wie heißt du?" in await rike.taps("Ja, ich bin dabei")
    assert "Euer Pult" in await rike.says("Rike Vogel")
    (grant,) = await desk.rows(Grant)
    assert (grant.role, grant.workshop_id) == (TeamRole.RECEPTION, desk.here)
    assert "Neu im Team" in desk.orga.screen()
    assert "granted reception" in {each.action for each in await desk.rows(Audit)}
    (code,) = await desk.rows(PersonalCode)
    assert payload.removeprefix("o_") not in await desk.stored(), "only a hash"
    assert code.used_at is not None


async def test_a_link_that_was_used_is_over_or_foreign_opens_nothing(desk):
    payload = await invites(desk.orga, "Einblick", "Alle Werkstätten")
    over = await invites(desk.orga, "Einblick", "Alle Werkstätten")
    await joins(await desk.person("Rike"), payload, "Rike Vogel")
    eve = await desk.person("Eve")
    used = await eve.start(payload)
    assert "Dieser Link öffnet nichts" in used
    assert await eve.start("o_AAAAAAAAAA") == used
    await desk.clock.advance(days=4)
    assert await eve.start(over) == used
    assert len(await desk.rows(Grant)) == 1


async def test_a_link_that_was_taken_back_opens_nothing(desk):
    payload = await invites(desk.orga, "Einblick", "Alle Werkstätten")
    invitation, eve = desk.orga.newest, await desk.person("Eve")
    await eve.start(payload)
    back = invitation.data_of("Einladung zurücknehmen")
    assert "nicht mehr aktuell" not in await desk.orga.presses(invitation, back)
    assert "Der Link öffnet nichts mehr" in desk.orga.screen()
    assert "Dieser Link öffnet nichts" in await eve.taps("Ja, ich bin dabei"), "though it was open already"
    assert "nicht mehr aktuell" in await desk.orga.sends_button_data(back)
    assert not await desk.rows(Grant)


async def test_nobody_else_takes_a_link_back(desk):
    rike = await desk.person("Rike")
    await joins(rike, await invites(desk.orga, "Organisation", "Werkstatt Nord"), "Rike Vogel")
    await invites(desk.orga, "Einblick", "Alle Werkstätten")
    back = desk.orga.newest.data_of("Einladung zurücknehmen")
    assert "nicht mehr aktuell" in await rike.sends_button_data(back)
    assert len(await desk.rows(PersonalCode)) == 2


async def test_a_regional_organiser_sees_and_invites_where_they_organise(desk):
    await guest(desk, desk.here, "Ana Keller", role=Role.MP)
    await guest(desk, desk.there, "Ben Albrecht", role=Role.MP)
    rike = await desk.person("Rike")
    await joins(rike, await invites(desk.orga, "Organisation", "Werkstatt Nord"), "Rike Vogel")
    claims = await rike.sends_button_data("claims")
    assert "Ana Keller" in claims
    assert "Ben" not in claims
    assert "Süd" not in await rike.says("/orga")
    assert "Stand" in await rike.says("/stand"), "of the only one"
    await rike.says("/orga")
    await rike.taps_data("members")
    await rike.taps_data("member_add:0")
    assert [label for label, _ in rike.newest.keyboard if label in ("Leitung", "Organisation")] == []
    await rike.taps("Empfang")
    assert "Süd" not in rike.screen()


async def test_with_the_end_of_a_role_the_next_tap_and_the_next_words_go_nowhere(desk):
    rike = await guest(desk, desk.here, "Rike Vogel")
    await joins(rike, await invites(desk.orga, "Organisation", "Werkstatt Nord"))
    await rike.says("/ankuendigung")
    await desk.orga.says("/orga")
    await desk.orga.taps_data("members")
    await desk.orga.taps("Rike")
    await desk.orga.taps("Organisation beenden")
    assert "Keine Rolle mehr" in desk.orga.screen()
    assert "Deine Rolle im Team hat geendet" in rike.screen()
    said = await rike.says("Der Raum ist jetzt 2.14")
    assert "hat niemand bekommen" in said
    assert await rike.says("/orga") == await rike.says("/gibtesnicht")
    assert not await desk.rows(Grant)


async def test_erasure_ends_a_role_and_owners_hear_which_is_free(desk):
    rike = await guest(desk, desk.here, "Rike Vogel")
    await joins(rike, await invites(desk.orga, "Empfang", "Werkstatt Nord"))
    await rike.says("/loeschen")
    await rike.taps_data("erase_yes")
    screen = desk.orga.screen()
    assert "Eine Rolle im Team ist frei\nEmpfang · Werkstatt Nord" in screen
    assert "Rike" not in screen
    assert not await desk.rows(Grant)


async def test_what_somebody_granted_outlives_them_but_their_invitations_do_not(desk):
    rike, sam, eve = [await desk.person(name) for name in ("Rike", "Sam", "Eve")]
    await joins(rike, await invites(desk.orga, "Organisation", "Werkstatt Nord"), "Rike Vogel")
    await joins(sam, await invites(rike, "Empfang", "Werkstatt Nord"), "Sam Lenz")
    unused = await invites(rike, "Einblick", "Werkstatt Nord")
    await rike.says("/loeschen")
    await rike.taps_data("erase_yes")
    desk.forgotten.add(rike.id)
    (grant,) = await desk.rows(Grant)
    assert (grant.role, grant.granted_by_id) == (TeamRole.RECEPTION, None)
    assert "Euer Pult" in await sam.says("/orga")
    assert "Rike" not in await sam.taps_data("my_role")
    assert "Dieser Link öffnet nichts" in await eve.start(unused)


async def test_whoever_leaves_by_themselves_is_out_at_once(desk):
    rike = await desk.person("Rike")
    await joins(rike, await invites(desk.orga, "Leitung"), "Rike Vogel")
    await rike.says("/orga")
    await rike.taps_data("my_role")
    assert "Deine Rolle im Team hat geendet" in await rike.taps("Leitung beenden")
    assert "Nicht mehr im Team: Rike Vogel" in desk.orga.screen()
    (person,) = [each for each in await desk.rows(Person) if each.chat_id != OWNER]
    assert person.name == "Rike Vogel"


async def test_an_announcement_of_somebody_who_has_lost_the_role_does_not_go_out(desk):
    ana = await guest(desk, desk.here, "Ana Keller", announcements=True)
    rike = await guest(desk, desk.here, "Rike Vogel")
    await joins(rike, await invites(desk.orga, "Organisation", "Werkstatt Nord"))
    await rike.says("/ankuendigung")
    await rike.says("Der Raum ist jetzt 2.14")
    await rike.taps("An alle")
    await rike.taps("Um Bestätigung bitten")
    (confirm,) = [data for _, data in desk.orga.newest.keyboard if data.startswith("broadcast_go")]
    await desk.orga.says("/orga")
    await desk.orga.taps_data("members")
    await desk.orga.taps("Rike")
    await desk.orga.taps("Organisation beenden")
    assert "nicht mehr aktuell" in await desk.orga.sends_button_data(confirm)
    assert "2.14" not in ana.screen()


async def test_a_new_account_brings_no_role_along(sqlite_world):
    people = await lost(sqlite_world, role=Role.TOWN_HALL)
    held = {"person_id": people.ben.row, "granted_at": sqlite_world.clock.now()}
    await sqlite_world.add(Grant(role=TeamRole.ORGANISER, workshop_id=None, **held))
    new = await new_account(sqlite_world, await link_for(people.orga))
    await new.taps(YES)
    assert not await sqlite_world.rows(Grant)
    assert "Deine Rolle im Team hat geendet" in new.screen()
    assert "Das Konto ist ein neues" in people.orga.screen()


async def test_the_menu_shows_what_the_roles_do_and_no_more(world):
    here = await open_workshop(world)
    await guest(world, here, "Ana Keller", role=Role.MP)
    rike = await guest(world, here, "Rike Vogel")
    held = {"person_id": rike.row, "workshop_id": here, "granted_at": world.clock.now()}
    await world.add(Grant(role=TeamRole.VIEWER, **held))
    await rike.says("/orga")
    assert [label for label, _ in rike.newest.keyboard] == ["Werkstatt Berlin", "Stand", "Meine Rolle"]
    await world.add(Grant(role=TeamRole.RECEPTION, **held))
    await rike.says("/orga")
    assert [label for label, _ in rike.newest.keyboard] == [
        "Werkstatt Berlin", "Aufgaben", "Rollen bestätigen (1)", "Menschen", "Wer bleibt wie lange?", "Stand",
        "Warum keine Frage?", "Meine Rolle",
    ]  # fmt: skip
