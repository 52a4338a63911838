"""Who hears of a new account, what a second profile adds, and what an erasure finds afterwards."""

from sqlalchemy import select

from db.models import Outgoing, Person, Pledge
from domain.outcomes.organising.accounts import AccountMoved
from domain.roles import Role
from tests.cast import PAY, guest, sealed_pledge
from tests.conversations.offices import house
from tests.conversations.organising.lost_accounts import YES, link_for, lost, moved, new_account
from tests.conversations.pledges import writes

OLD, NEW = 7_340_987_744, 7_340_987_755  # numbers that appear nowhere by accident
TOLD = "Ben Albrecht hat ein neues Konto"


async def document(world, person):
    await person.says("/auskunft")
    file = next(each for each in reversed(person.messages) if each.body.get("document"))
    async with world._http.get(f"{world.url}/stage/files/{file.body['document']['file_id']}") as answer:
        return await answer.text()


def naming(person, name="Ben"):
    return [each.text for each in person.messages if name in each.text]


async def test_everybody_concerned_hears_once_however_many_pledges_there_are(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    cem, dora = await guest(world, 1, "Cem Demir"), await guest(world, 1, "Dora Wolf")
    await sealed_pledge(world, people.ana, people.ben, PAY)
    number = await writes(people.ben, cem, PAY)
    await people.ben.taps_data(f"propose:{number}")
    await writes(people.ben, dora, PAY)
    await moved(world, people)
    assert [len(naming(each, TOLD)) for each in (people.ana, cem, dora)] == [1, 1, 0]


async def test_an_mp_and_their_office_hear_of_each_other(sqlite_world):
    world = sqlite_world
    orga, people = await world.organiser(), await house(world)
    new = await new_account(world, await link_for(orga, label="Geprüft, auch das Mandat"))
    world.forgotten.add(people.ben.id)
    await new.taps(YES)
    assert [len(naming(each, TOLD)) for each in (people.cem, people.dana)] == [1, 1]
    await people.cem.sends_button_data(f"office:{people.ben.row}")
    assert "Ben Albrecht" in people.cem.last, "they act for the MP as before"
    staff = await new_account(world, await link_for(orga, "Cem Demir"))
    world.forgotten.add(people.cem.id)
    await staff.taps(YES)
    told = [len(naming(each, "Cem Demir hat ein neues Konto")) for each in (new, people.dana, staff)]
    assert told == [1, 1, 0]


async def test_a_pause_keeps_it_for_the_list(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    await people.ana.says("/pause")
    await people.ana.taps_data("pause:2")
    await moved(world, people)
    assert not naming(people.ana, TOLD)
    assert "1 Ben Albrecht hat ein neues Konto." in await people.ana.taps("Weiter")


async def test_somebody_who_had_begun_anew_has_both_afterwards(world):
    people = await lost(world)
    new = await guest(world, 1, "Benno Neu")
    number = await sealed_pledge(world, people.ana, new, PAY)
    await new.start(await link_for(people.orga))
    world.forgotten.add(people.ben.id)
    assert "2 Versprechen laufen hier weiter." in await new.taps(YES)
    assert {each.partner_id or each.author_id for each in await world.chosen(select(Pledge))} <= {
        people.ben.row, people.ana.row,
    }  # fmt: skip
    assert await world.chosen(select(Person.id).where(Person.id == new.row)) == []
    await people.ana.sends_button_data(f"pledge:{number}")
    assert "Ben Albrecht" in people.ana.last
    assert len(naming(people.ana, TOLD)) == 1


async def test_an_erasure_afterwards_finds_both_numbers_and_every_name(world):
    people = await lost(world, phone={"id": OLD})
    new = await moved(world, people, id=NEW)
    assert naming(people.ana)
    assert naming(people.orga)
    await new.says("/loeschen")
    world.forgotten.add(new.id)
    await new.taps("Ja, alles löschen")
    await world.clock.advance(hours=2)
    stored = await world.stored()
    assert [str(each) in stored for each in (OLD, NEW)] == [False, False]
    assert not naming(people.ana), people.ana.screen()
    assert not naming(people.orga), people.orga.screen()


async def test_the_number_of_the_old_account_is_in_the_last_word_to_it_and_nowhere_else(sqlite_world):
    world = sqlite_world
    people = await lost(world, phone={"id": OLD})
    await people.ben.says("/versprechen")
    new = await moved(world, people)
    kept = await world.chosen(select(Outgoing).where(Outgoing.chat_id == OLD))
    assert [each.kind for each in kept] == [AccountMoved.Payload.outcome_name()]
    await world.clock.advance(minutes=1)
    assert (await world.stored()).count(str(OLD)) == 1
    assert str(OLD) in await document(world, new)
    await people.ben.says("/loeschen")
    assert not await world.chosen(
        select(Outgoing).where(Outgoing.chat_id == OLD, Outgoing.kind == kept[0].kind)
    )


async def test_what_was_owed_to_the_old_account_comes_to_the_new_one(sqlite_world):
    world = sqlite_world
    people = await lost(world)
    link = await link_for(people.orga)
    number = await writes(people.ana, people.ben, PAY)
    await people.ben.blocks()
    await people.ana.taps_data(f"propose:{number}")
    new = await new_account(world, link)
    world.forgotten.add(people.ben.id)
    await new.taps(YES)
    await new.says("/versprechen")
    await new.taps_data(f"pledge:{number}")
    assert "Ich bin dabei" in new.buttons
    assert (await world.chosen(select(Person.unreachable_since).where(Person.id == people.ben.row))) == [None]


async def test_somebody_who_took_consent_back_is_not_found_and_their_link_ends(sqlite_world):
    world = sqlite_world
    people = await lost(world, role=Role.TOWN_HALL)
    new = await new_account(world, await link_for(people.orga))
    await people.ben.sends_button_data("consent_off:K")
    assert "Dieser Link öffnet nichts" in await new.taps(YES)
    await people.orga.sends_button_data(f"account_link:{people.ben.row}:1")
    assert "Dieser Knopf ist nicht mehr aktuell" in people.orga.heard
