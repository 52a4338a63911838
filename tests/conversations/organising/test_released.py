"""What the team may read: pledges that both parties let it, without their names; and what takes them away again."""

import pytest
from sqlalchemy import select

from db.models import Audit
from tests.cast import guest, open_workshop, sealed_pledge

SENTENCE = "Ich lege mit Ben Albrecht den Kanariengelb-Plan vor."


async def read_by_the_team(world):
    """Ana's pledge to Ben, which both let the team read, in the chat of an organiser who is looking at it."""
    orga = await world.organiser()
    workshop = await open_workshop(world)
    ana, ben = await guest(world, workshop, "Ana Keller"), await guest(world, workshop, "Ben Albrecht")
    number = await sealed_pledge(world, ana, ben, SENTENCE)
    await lets_read(ana, number, "public")
    await lets_read(ben, number, "team")
    await looks(orga)
    return orga, ana, ben, number


async def lets_read(person, number, readers):
    await person.sends_button_data(f"readers_are:{number}:{readers}")


async def looks(orga):
    await orga.says("/orga")
    await orga.taps("Versprechen lesen")


def read(orga):
    return [each for each in orga.messages if "kanarien" in str(each.body).casefold()]


async def test_the_team_reads_sentence_topic_and_day_but_no_name_and_both_find_the_look(world):
    orga, ana, ben, _number = await read_by_the_team(world)
    assert orga.last == (
        "Versprechen zum Mitlesen\n"
        "Werkstatt Berlin\n"
        "Kanariengelb-Plan „Ich lege mit █ den Kanariengelb-Plan vor.“ Bis 12. Oktober.\n"
        "Beide lassen das Team mitlesen. Wer die beiden sind, steht nicht dabei. Dass ihr hier nachgesehen habt, steht "
        "in ihren Daten."
    )
    for each in (ana, ben):
        looked = await world.chosen(select(Audit.action).where(Audit.person_id == each.row))
        assert looked == ["read released promise"]


async def narrows(world, ana, ben, number):
    await lets_read(ben, number, "two")


async def words_it_anew(world, ana, ben, number):
    await ana.sends_button_data(f"amend_words:{number}")
    await ana.says("Ich lege mit anderen einen Plan vor.")
    await ben.taps("Einverstanden")


async def takes_k_back(world, ana, ben, number):
    await ben.says("/widerruf")
    await ben.taps("Nein: Vernetzen und Erinnern")


async def is_erased(world, ana, ben, number):
    await ben.says("/loeschen")
    world.forgotten.add(ben.id)
    await ben.taps("Ja, alles löschen")


@pytest.mark.parametrize("ends", [narrows, words_it_anew, takes_k_back, is_erased])
async def test_once_it_ends_nobody_reads_it_any_more_on_a_phone_that_shows_it(sqlite_world, ends):
    world = sqlite_world
    orga, ana, ben, number = await read_by_the_team(world)
    await looks(orga)
    assert len(read(orga)) == 2
    await ends(world, ana, ben, number)
    await world.clock.advance(seconds=50)
    assert read(orga) == []
    await orga.sends_button_data("released")
    assert "Bisher ist hier nichts für das Team freigegeben." in orga.last


async def test_whoever_agrees_again_is_asked_again(sqlite_world):
    world = sqlite_world
    orga, ana, ben, number = await read_by_the_team(world)
    await takes_k_back(world, ana, ben, number)
    await ben.sends_button_data("consent_on:K")
    await ben.taps_data("k_yes:")
    await orga.sends_button_data("released")
    assert read(orga) == []


async def test_wider_again_is_shown_again_and_a_page_that_is_gone_is_the_last(sqlite_world):
    world = sqlite_world
    orga, _ana, ben, number = await read_by_the_team(world)
    await lets_read(ben, number, "two")
    await lets_read(ben, number, "public")
    await world.clock.advance(seconds=50)
    assert len(read(orga)) == 1
    await orga.sends_button_data("released_in:1:7")
    assert len(read(orga)) == 1
    assert "Kanariengelb-Plan" in orga.last, "the last page there is"


async def test_with_nothing_to_read_the_desk_offers_none(sqlite_world):
    orga = await sqlite_world.organiser()
    await orga.says("/orga")
    assert "Versprechen lesen" not in orga.newest.buttons


async def test_only_the_team_may_ask(sqlite_world):
    _orga, _ana, ben, _number = await read_by_the_team(sqlite_world)
    for data in ("released", "released_in:1:0", "in_workshop:1:released"):
        assert "Dieser Knopf ist nicht mehr aktuell" in await ben.sends_button_data(data)
