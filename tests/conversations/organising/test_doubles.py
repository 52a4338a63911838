"""Accounts that may be one human's are shown side by side; nothing is merged but by a link and that human's own yes.

Likewise a claimed role stands beside the guest list and its namesakes, and whoever is erased takes no namesake along.
"""

from sqlalchemy import select

from db.models import Audit, Guest, Person, ToldApart
from domain.roles import Role
from tests.cast import guest, open_workshop, sealed_pledge


async def offered(world):
    orga = await world.organiser()
    await orga.says("/teilnehmende")
    await orga.taps("Filtern")
    return orga


async def test_two_of_one_name_are_put_side_by_side_and_become_one_by_their_own_yes(sqlite_world):
    world = sqlite_world
    here = await open_workshop(world)
    old = await guest(world, here, "Ana Keller", place="Köln")
    new = await guest(world, here, "Keller, Ana", place="Bonn", phone={"username": "ana_neu"})
    orga = await offered(world)
    listed = await orga.taps("Vielleicht doppelt (1)")
    assert "1 Ana Keller, Köln · Keller, Ana, Bonn" in listed
    card = await orga.taps_data(f"double:{old.row}:{new.row}")
    assert "1 Ana Keller" in card
    assert "Von allein wird nichts zusammengelegt." in card
    assert len(await world.rows(Person.id)) == 3, "with the organiser"
    looks = await world.chosen(select(Audit.person_id).where(Audit.action == "saw beside another account"))
    assert sorted(looks) == sorted([old.row, new.row])
    await orga.taps("1 soll bleiben")
    assert "Ana Keller" in orga.last
    link = await orga.taps_data("account_link:")
    await new.start(link.split("start=")[1].split()[0])
    await new.taps("Ja, das bin ich")
    assert await world.chosen(select(Person.id).where(Person.chat_id == new.id)) == [old.row]
    assert "doppelt" not in str((await offered(world)).buttons)


async def test_two_who_were_told_apart_are_not_shown_again_until_one_is_gone(sqlite_world):
    world = sqlite_world
    here = await open_workshop(world)
    one, other = [await guest(world, here, "Ana Keller", place=each) for each in ("Köln", "Bonn")]
    orga = await offered(world)
    await orga.taps("Vielleicht doppelt (1)")
    await orga.taps_data(f"double:{one.row}:{other.row}")
    assert "Gerade sieht niemand doppelt aus" in await orga.taps("Das sind zwei Menschen")
    assert len(await world.rows(ToldApart)) == 1
    told = await world.chosen(
        select(Audit.person_id).where(Audit.action == "told apart from another account")
    )
    assert sorted(told) == sorted([one.row, other.row])
    assert "nicht mehr aktuell" in await orga.sends_button_data(f"double_two:{one.row}:{other.row}")
    assert "doppelt" not in str((await offered(world)).buttons)
    await one.says("/loeschen")
    await one.taps("Ja, alles löschen")
    assert await world.rows(ToldApart) == []


async def test_who_has_a_pledge_with_the_other_is_another(sqlite_world):
    world = sqlite_world
    here = await open_workshop(world)
    one = await guest(world, here, "Ana Keller")
    other = await guest(world, here, "Ana Keller")
    cem = await guest(world, here, "Cem Demir")
    await sealed_pledge(world, one, other)
    orga = await offered(world)
    assert "doppelt" not in str(orga.buttons)
    assert "nicht mehr aktuell" in await orga.sends_button_data(f"double:{one.row}:{other.row}")
    assert "nicht mehr aktuell" in await orga.sends_button_data(f"double:{one.row}:{cem.row}")


async def test_whoever_came_under_anothers_name_on_the_list_may_be_that_other(sqlite_world):
    world = sqlite_world
    here = await open_workshop(world)
    ana = await guest(world, here, "Ana Keller")
    await guest(world, here, "A. Keller-Braun")
    row = {"workshop_id": here, "organisation": "", "place": "", "land": "", "made_at": world.clock.now()}
    (other,) = await world.chosen(select(Person.id).where(Person.id != ana.row, Person.chat_id.is_not(None)))
    await world.add(Guest(name="Ana Keller", person_id=other, **row))
    assert "Vielleicht doppelt (1)" in str((await offered(world)).buttons)


async def test_a_claim_stands_beside_the_list_and_its_namesakes(sqlite_world):
    world = sqlite_world
    here = await open_workshop(world)
    ben = await guest(world, here, "Ben Albrecht", role=Role.MP)
    same = await guest(world, here, "Ben Albrecht", place="Bonn")
    row = {"workshop_id": here, "place": "", "land": "", "made_at": world.clock.now()}
    await world.add(
        Guest(name="Dr. Ben Albrecht", organisation="Bundestag", role=Role.MP, person_id=ben.row, **row)
    )
    await world.add(Guest(name="Веn Albrecht", organisation="Verein", **row))
    orga = await world.organiser()
    card = await orga.sends_button_data(f"claim:{ben.row}")
    assert "Auf der Gästeliste: Dr. Ben Albrecht · Bundestag" in card
    assert "Auf der Liste, noch nicht dabei: Веn Albrecht · Verein" in card
    assert "Auch dabei: Ben Albrecht · Bonn" in card
    assert await world.chosen(select(Audit.action).where(Audit.person_id == same.row)) == [
        "saw beside role claim"
    ]
    await same.says("/loeschen")
    await same.taps("Ja, alles löschen")
    assert "Bonn" not in str([each.body for each in orga.messages])


async def test_a_namesakes_row_stays_when_somebody_is_erased(sqlite_world):
    world = sqlite_world
    here = await open_workshop(world)
    ana = await guest(world, here, "Ana Keller", place="Köln", organisation="Stadt Köln")
    row = {"workshop_id": here, "land": "", "made_at": world.clock.now()}
    await world.add(Guest(name="Keller, Ana", organisation="Stadt Köln", place="", **row))
    await world.add(Guest(name="Ana Keller", organisation="Radverein", place="Bonn", **row))
    await ana.says("/loeschen")
    await ana.taps("Ja, alles löschen")
    assert await world.rows(Guest.organisation) == ["Radverein"]
