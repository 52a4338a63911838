"""A lost account: identified by an organiser, its person goes on in a new one, as who they were."""

import re
from datetime import timedelta

from sqlalchemy import select, update

from db.models import Audit, Consent, Membership, Person, PersonalCode
from domain.outcomes.choices import Purpose
from domain.roles import Role
from tests.cast import agrees, guest
from tests.conversations.organising.lost_accounts import (
    NOTHING,
    YES,
    finds,
    link_for,
    link_in,
    lost,
    moved,
    new_account,
)

NUMBER = 7_340_987_733  # that appears nowhere by accident
STALE = "Dieser Knopf ist nicht mehr aktuell"


async def row_in(world, phone):
    found = await world.chosen(select(Person).where(Person.chat_id == phone.id))
    return found[0] if found else None


async def test_everything_goes_on_in_the_new_account(world):
    people = await lost(world)
    assert "Gib den Link erst, wenn du sicher bist" in await finds(people.orga)
    await people.orga.taps("Geprüft: Link machen")
    assert people.orga.newest.text.startswith("Weiter in einem neuen Konto\nGuten Tag Ben Albrecht,")
    assert people.orga.newest.body.get("photo"), "to be scanned by whoever stands by"
    new = await world.person("Neu")
    assert "was in deinem alten Konto war" in await new.start(link_in(people.orga.newest))
    await agrees(new)
    assert new.last.startswith("Bist du das: Ben Albrecht?\nEingetragen mit: Landratsamt Nordtal.")
    assert "Bürgerbus" not in new.last, "nothing of the pledges before the yes"
    heard = len(people.ana.messages)
    world.forgotten.add(people.ben.id)
    assert "1 Versprechen läuft hier weiter." in await new.taps(YES)
    assert (await row_in(world, new)).id == people.ben.row
    assert await row_in(world, people.ben) is None
    told = [each.text for each in people.ana.messages[heard:]]
    assert [each.partition("\n")[0] for each in told] == ["Ben Albrecht hat ein neues Konto"]
    assert people.ben.last.startswith("Hier endet dieser Chat")
    await new.says("/versprechen")
    assert new.shows(f"pledge:{people.number}")


async def test_the_old_account_is_nobodys_and_the_questions_come_to_the_new_one(sqlite_world):
    world = sqlite_world
    people = await lost(world, phone={"id": NUMBER})
    new = await moved(world, people)
    before = len(people.ben.messages)
    await world.clock.advance(months=1, hours=4)
    assert len(people.ben.messages) == before
    assert any("Wie steht es" in each.text for each in new.messages)
    assert str(NUMBER) not in await world.stored(), "a month later nobody knows its number"
    await people.ben.sends_button_data(f"pledge:{people.number}")
    assert "Bürgerbus" not in people.ben.heard


async def test_the_person_finds_in_their_data_that_they_were_identified(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    await moved(world, people)
    looks = await world.chosen(select(Audit.action).where(Audit.person_id == people.ben.row))
    assert looks == ["saw why no question came", "saw account", "identified for a new account"]


async def test_consents_are_given_anew_and_the_name_of_the_old_account_is_shown_no_more(sqlite_world):
    world = sqlite_world
    yes = (Purpose.CORE, Purpose.CARRIER, Purpose.SHOW_TELEGRAM)
    people = await lost(world, yes=yes, telegram_name="alter_ben")
    new = await moved(world, people)
    me = await row_in(world, new)
    assert me.telegram_name is None
    assert [me.gave(each) for each in yes] == [True, True, False]
    assert sum(each.purpose is Purpose.CORE for each in me.consents) == 2
    assert await world.count(Consent) == len(me.consents) + len((await row_in(world, people.ana)).consents)


async def test_a_role_is_confirmed_anew_unless_the_organiser_has_checked_it(sqlite_world):
    world = sqlite_world
    people = await lost(world, role=Role.MP, role_confirmed=True)
    assert "Die Rolle ist danach wieder unbestätigt" in await finds(people.orga)
    new = await moved(world, people)
    assert "Deine Rolle bestätigt das Team." in new.heard
    assert (await row_in(world, new)).role_confirmed is None
    assert "Rolle" in people.orga.heard or "Mandat" in people.orga.heard, "the claim waits at the desk"


async def test_a_role_that_was_checked_stays(sqlite_world):
    world = sqlite_world
    people = await lost(world, role=Role.MP, role_confirmed=True)
    new = await new_account(world, await link_for(people.orga, label="Geprüft, auch das Mandat"))
    world.forgotten.add(people.ben.id)
    assert "bestätigt das Team." not in await new.taps(YES)
    assert (await row_in(world, new)).role_confirmed is True


async def test_used_renewed_taken_back_and_expired_links_look_alike(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    old, link = await link_for(people.orga), await link_for(people.orga)
    cem, dora = await guest(world, 1, "Cem Demir"), await guest(world, 1, "Dora Wolf")
    said = [await cem.start(old)]
    await cem.start(link)
    await dora.start(link)
    await people.orga.taps("Link zurückziehen")
    said += [await cem.taps(YES), await dora.start(link)]
    link = await link_for(people.orga)
    async with world.database.writer.begin() as session:
        await session.execute(update(PersonalCode).values(expires_at=world.clock.now()))
    said.append(await dora.start(link))
    assert {each.partition("\n")[0] for each in said} == {NOTHING}
    assert (await row_in(world, people.ben)).id == people.ben.row


async def test_a_renewed_link_opens_in_the_chat_in_which_the_old_one_was_open(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    new = await new_account(world, await link_for(people.orga))
    await people.orga.taps("Zurück")
    await people.orga.taps("Geprüft: Link machen")
    link = link_in(people.orga.newest)
    assert NOTHING in await new.taps(YES)
    assert "Für wen bist du heute hier?" in new.last, "they may go on as somebody new"
    assert (await new.start(link)).startswith("Bist du das: Ben Albrecht?")
    world.forgotten.add(people.ben.id)
    assert "1 Versprechen läuft hier weiter." in await new.taps(YES)


async def test_a_link_works_for_a_day_and_its_words_are_stored_nowhere(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    code = (await link_for(people.orga)).removeprefix("c_")
    assert code not in await world.stored()
    world.clock.skip(timedelta(hours=23, minutes=59))
    cem = await guest(world, 1, "Cem Demir")
    assert (await cem.start(f"c_{code}")).startswith("Bist du das")
    assert "Der Link gilt weiter." in await cem.taps("Nein")
    world.clock.skip(timedelta(minutes=2))
    assert NOTHING in await cem.start(f"c_{code}")


def pressed(phone):
    return {"message_id": phone.newest.id, "data": phone.newest.data_of(YES)}


async def test_what_was_passed_on_in_the_old_account_opens_nothing_any_more(sqlite_world):
    world = sqlite_world
    people = await lost(world, role=Role.MP, role_confirmed=True)
    await people.ben.sends_button_data(f"office_invite:{people.ben.row}")
    payload = re.search(r"start=(b_\w+)", people.ben.newest.text)[1]
    await moved(world, people)
    stranger = await world.person("Dora")
    await stranger.start(payload)
    assert NOTHING in stranger.heard


async def test_of_two_who_have_opened_it_the_first_takes_over(world):
    people = await lost(world)
    link = await link_for(people.orga)
    new, other = await new_account(world, link), await new_account(world, link, "Andere")
    world.forgotten.add(people.ben.id)
    for each in (new, other):
        await world.post(f"users/{each.id}/press", json=pressed(each))
    await world.quiet()
    mine = [each for each in (new, other) if (await row_in(world, each)).id == people.ben.row]
    assert len(mine) == 1
    assert [NOTHING in each.heard for each in (new, other) if each not in mine] == [True]


async def test_only_organisers_who_have_looked_somebody_up_may_do_it(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    for verb in ("account", "account_link", "account_link_role", "account_revoke"):
        for each in (people.ana, people.ben, people.orga):
            seen = ":1" if "link" in verb else ""
            assert STALE in await each.sends_button_data(f"{verb}:{people.ben.row}{seen}"), verb
    assert not await world.count(PersonalCode)
    assert not await world.chosen(select(Audit.id))


async def test_nobody_takes_over_from_themselves_or_from_whom_they_know(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    link = await link_for(people.orga)
    assert "Der Link ist für dein neues Konto" in await people.ben.start(link)
    assert "Dieser Link ist für jemand anderen" in await people.ana.start(link)
    assert await world.count(Membership) == 2


async def test_whoever_has_the_old_account_objects_and_the_team_hears_of_it_once(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    await moved(world, people)
    await world.clock.advance(days=13)
    button = people.ben.newest.data_of("Das war ich nicht")
    assert "Das Team weiß es jetzt" in await people.ben.taps("Das war ich nicht")
    assert "team@example.org" in people.ben.last
    assert people.orga.last.startswith("Einspruch zu einem neuen Konto\nBen Albrecht:")
    heard = len(people.orga.messages)
    await people.ben.sends_button_data(button)
    assert len(people.orga.messages) == heard
    assert STALE in await people.ana.sends_button_data(button)
    await people.orga.taps("Neues Konto")
    await people.orga.taps("Geprüft: Link machen")
    await people.ben.start(link_in(people.orga.newest))
    await agrees(people.ben)
    await people.ben.taps(YES)
    assert (await row_in(world, people.ben)).id == people.ben.row, "it went to the wrong one, and is back"


async def test_an_objection_comes_too_late_after_a_fortnight(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    await moved(world, people)
    button = people.ben.newest.data_of("Das war ich nicht")
    await world.clock.advance(days=14, hours=2)
    assert STALE in await people.ben.sends_button_data(button)
    assert "Einspruch" not in people.orga.heard
