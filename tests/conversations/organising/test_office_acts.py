"""An MP's office acts for the MP: it is asked, one answer settles, and everybody sees who tapped."""

import asyncio

from sqlalchemy import select

from db.models import PledgeEvent
from domain.history import EventKind
from domain.roles import Role
from tests.cast import BUS, guest, sealed_pledge
from tests.conversations.offices import a_month_on, house, seated
from tests.conversations.pledges import answers, proposes, without_day_7


async def test_routine_questions_go_to_the_office_and_name_the_mp(sqlite_world):
    people, _ = await a_month_on(sqlite_world)
    for each in (people.cem, people.dana):
        assert each.last.splitlines()[:2] == ["Ehrenamtspauschale · mit Ana Keller", "Für Ben Albrecht"]
        assert each.buttons[:3] == ["Läuft", "Hängt", "Erfüllt"]
    assert "Wie steht es" not in people.ben.last
    assert "Was kommt bei dir an?" in people.ana.last


async def test_one_answer_settles_the_question_for_the_whole_party(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    await answers(people.cem, number, "running")
    assert "notiert" in people.cem.last
    assert "notiert" in people.dana.last
    assert people.dana.last.splitlines()[-1] == "Zuletzt getippt: Cem Demir"
    said = await sqlite_world.chosen(select(PledgeEvent).where(PledgeEvent.kind == EventKind.SAID))
    assert [(each.party_id, each.actor_id) for each in said] == [(people.ben.row, people.cem.row)]
    await people.dana.taps("Rückgängig")
    assert people.cem.buttons[:3] == ["Läuft", "Hängt", "Erfüllt"]


async def test_the_history_names_who_tapped_inside_and_the_office_outside(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    await answers(people.cem, number, "running")
    for reader, doer in (
        (people.ana, "Ben (Büro)"),
        (people.ben, "Cem (Büro)"),
        (people.dana, "Cem Demir (Büro)"),
        (people.cem, "Sie"),
    ):
        await reader.sends_button_data(f"history:{number}:0")
        assert f", {doer}: " in reader.last


async def test_two_who_tap_at_once_are_one_answer(world):
    people, number = await a_month_on(world)
    await asyncio.gather(*(answers(each, number, "running") for each in (people.cem, people.dana)))
    await world.quiet()
    assert "notiert" in people.cem.last
    assert "notiert" in people.dana.last
    said = await world.chosen(select(PledgeEvent.status).where(PledgeEvent.kind == EventKind.SAID))
    assert set(said) == {"running"}


async def test_the_start_reaches_the_mp_too_and_the_office_says_yes(sqlite_world):
    people = await house(sqlite_world)
    number = await proposes(people.ana, people.ben, BUS)
    for each in (people.ben, people.cem, people.dana):
        assert each.shows(f"accept:{number}:"), each.name
    await people.cem.taps_data(f"accept:{number}:")
    assert people.dana.shows(f"talk:{number}:")
    assert people.ben.shows(f"talk:{number}:")
    assert people.ana.shows(f"talk:{number}:")


async def test_the_office_lists_the_pledges_of_its_mp(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    listed = await people.cem.says("/versprechen")
    assert "für Ben Albrecht" in listed
    await people.cem.taps_data(f"pledge:{number}")
    assert people.cem.last.splitlines()[1] == "Für Ben Albrecht"


async def test_another_mps_office_and_a_former_one_see_nothing(sqlite_world):
    world = sqlite_world
    people, number = await a_month_on(world, dana=False)
    stale = await people.dana.sends_button_data(f"pledge:{number}")
    await seated(world, people.ben, people.dana, ended_at=world.clock.now())
    assert await people.dana.sends_button_data(f"pledge:{number}") == stale
    assert "Ehrenamt" not in await people.dana.says("/versprechen")


async def test_without_an_office_that_can_be_written_to_the_mp_is_asked(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    await people.cem.says("/pause")
    await people.cem.taps("Bis ich mich melde")
    number = await sealed_pledge(world, people.ben, people.ana)
    await world.clock.advance(months=1, hours=4)
    assert people.ben.shows(f"report:{number}:"), people.ben.screen() + people.cem.screen()


async def test_whoever_is_the_other_party_themselves_does_not_act_for_the_mp(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    number = await sealed_pledge(world, people.ben, people.cem)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    assert people.ben.shows(f"report:{number}:")
    assert "Für Ben Albrecht" not in people.cem.screen()
    await people.cem.taps("Geht voran")
    said = await world.chosen(select(PledgeEvent.party_id).where(PledgeEvent.kind == EventKind.SAID))
    assert said == [people.cem.row]


async def test_whoever_is_in_the_offices_of_both_parties_acts_for_one(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    eva = await guest(world, people.workshop, "Eva Falk", role=Role.MP, role_confirmed=True)
    await seated(world, eva, people.cem)
    number = await sealed_pledge(world, eva, people.ben)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    assert eva.shows(f"report:{number}:")
    assert "Für Eva Falk" not in people.cem.screen()
    await people.cem.taps("Geht voran")
    said = await world.chosen(select(PledgeEvent.party_id).where(PledgeEvent.kind == EventKind.SAID))
    assert said == [people.ben.row]


async def test_a_swipe_on_the_question_is_a_note_for_the_mp(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    await people.dana.says("Der Minister hat zugesagt.", reply_to=people.dana.newest.id)
    await people.dana.taps_data("note_to:")
    await people.ana.sends_button_data(f"history:{number}:0")
    assert "Der Minister hat zugesagt." in people.ana.last
