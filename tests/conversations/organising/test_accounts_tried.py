"""What people try with the link for a new account: twice, when it is not theirs, from an old chat, and by guessing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Outgoing, Person
from domain.outcomes.organising.accounts import AccountMoved
from domain.roles import Role
from domain.versions import version_of
from tests.cast import agrees, guest
from tests.conversations.offices import house, seated
from tests.conversations.organising.lost_accounts import NOTHING, YES, link_for, lost, moved, new_account

OLD = 7_340_987_766  # a number that appears nowhere by accident
WRONG = [f"c_ZZZZZZZZZ{last}" for last in "23456"]


async def test_a_second_tap_says_again_that_all_is_here(sqlite_world):
    world = sqlite_world
    people = await lost(world, role=Role.MP, role_confirmed=True)
    new = await new_account(world, await link_for(people.orga))
    world.forgotten.add(people.ben.id)
    tap = ("press", {"message_id": new.newest.id, "data": new.newest.data_of(YES)})
    await new.does_at_once(tap, tap)
    assert new.last.startswith("Schön, dass du wieder da bist!")
    assert "1 Versprechen läuft hier weiter." in new.last
    assert "„noch nicht bestätigt“" in new.last
    assert "Meine Versprechen" in new.buttons


@pytest.mark.parametrize(("who", "said"), [("ana", "für jemand anderen"), ("ben", "für dein neues Konto")])
async def test_whoever_comes_back_by_a_link_that_is_not_for_them_has_agreed_all_the_same(
    sqlite_world, who, said
):
    people = await lost(sqlite_world)
    link, phone = await link_for(people.orga), getattr(people, who)
    await phone.sends_button_data("consent_off:K")
    await phone.start(link)
    await agrees(phone)
    assert said in phone.last
    assert "Deine Versprechen" in await phone.says("/versprechen")


async def test_five_wrong_links_in_an_hour_are_enough(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    link = await link_for(people.orga)
    guessing = await world.person("Rät")
    for wrong in WRONG:
        assert NOTHING in await guessing.start(wrong)
    assert "Das waren viele Versuche" in await guessing.start(link)
    await world.clock.advance(minutes=1)
    assert people.orga.last.startswith("Persönliche Links, die nichts öffnen"), people.orga.screen()
    assert "neues Konto" not in guessing.heard
    world.clock.skip(timedelta(hours=1))
    assert "in deinem alten Konto war" in await guessing.start(link)


async def test_both_offices_of_an_mp_who_had_begun_anew_stay_and_nobody_else_comes_in(sqlite_world):
    world = sqlite_world
    orga, people = await world.organiser(), await house(world)
    new = await guest(world, people.workshop, "Benno Neu", role=Role.MP, role_confirmed=True)
    eva, finn, gero = [
        await guest(world, people.workshop, each, role=Role.OFFICE)
        for each in ("Eva Lang", "Finn Roth", "Gero Blum")
    ]
    for each in (eva, finn):
        await seated(world, new, each)
    waits = await seated(world, new, gero, confirmed_at=None)
    await new.start(await link_for(orga, label="Geprüft, auch das Mandat"))
    world.forgotten.add(people.ben.id)
    await new.taps(YES)
    await new.sends_button_data("my_office")
    for each in ("Cem Demir", "Dana Vogt", "Eva Lang", "Finn Roth"):
        assert each in new.last
    assert "Jemanden einladen" not in new.buttons
    assert "Beide Plätze sind besetzt" in await new.sends_button_data(
        f"seat_ok:{waits}:{version_of('Gero Blum', False)}"
    )


async def test_the_number_of_the_old_chat_is_kept_for_a_fortnight_in_one_row(sqlite_world):
    world = sqlite_world
    ben = await world.joined("Ben Albrecht", id=OLD)
    orga = await world.organiser()
    new = await new_account(world, await link_for(orga))
    world.forgotten.add(OLD)
    await new.taps(YES)
    kept = select(Outgoing.kind).where(Outgoing.chat_id == OLD)
    last_word = [AccountMoved.Payload.outcome_name()]
    assert await world.chosen(kept) == last_word, "what was said before they agreed is forgotten, too"
    await world.clock.advance(days=13, hours=22)
    assert await world.chosen(kept) == last_word
    assert "Das war ich nicht" in ben.buttons
    await world.clock.advance(hours=4)
    assert await world.chosen(kept) == []
    assert str(OLD) not in await world.stored()
    assert len(await world.chosen(select(Person.id).where(Person.chat_id == new.id))) == 1


async def test_an_objection_that_nobody_of_the_team_can_be_told_says_so(sqlite_world):
    people = await lost(sqlite_world)
    await moved(sqlite_world, people)
    await people.orga.blocks()
    said = await people.ben.taps("Das war ich nicht")
    assert said.startswith("Gerade erreiche ich niemanden vom Team")
    assert "team@example.org" in said


async def test_whoever_moves_on_and_back_may_object_in_the_chat_they_have_left_last(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    first = await moved(world, people)
    await people.ben.start(await link_for(people.orga))
    await agrees(people.ben)
    world.forgotten.add(first.id)
    await people.ben.taps(YES)
    assert "nicht mehr aktuell" in await people.ben.taps("Das war ich nicht")
    assert "Das Team weiß es jetzt" in await first.taps("Das war ich nicht")
