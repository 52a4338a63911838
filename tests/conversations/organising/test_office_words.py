"""What an office writes stands outside as the office's, and inside with who wrote it, whatever happens later."""

from domain.roles import Role
from tests.cast import guest
from tests.conversations.matching.introducing import asks, seeker_and_helper
from tests.conversations.offices import a_month_on, seated
from tests.conversations.pledges import answers

OFFICE = "Ben (Büro)"


async def with_note(world):
    """The pledge of Ben's, to which Cem has answered and noted something; Ana has answered, too."""
    people, number = await a_month_on(world)
    await answers(people.cem, number, "running")
    await people.cem.taps("Ein Satz dazu")
    await people.cem.says("Der Ausschuss tagt im Mai.")
    return people, number


async def test_a_note_of_the_offices_is_the_offices_wherever_it_is_read(sqlite_world):
    people, number = await with_note(sqlite_world)
    await sqlite_world.clock.advance(days=5)
    assert any(f"{OFFICE} schreibt: „Der Ausschuss" in each.text for each in people.ana.messages), (
        people.ana.screen()
    )
    await people.ana.sends_button_data(f"pledge:{number}")
    assert f"{OFFICE} am 12. Mai: läuft. „Der Ausschuss tagt im Mai.“" in people.ana.last


async def test_words_that_the_office_passes_on_are_the_offices(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    for each, writer in ((people.cem, "Ben Albrecht (Büro)"), (people.ben, "Ben Albrecht")):
        await each.sends_button_data(f"relay:{number}")
        await each.says("Passt Ihnen Montag?")
        assert people.ana.last.startswith(f"Worte von {writer}\n")


async def test_a_line_of_the_offices_in_the_retrospective_is_the_offices(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    for each in (people.cem, people.ana):
        await each.sends_button_data(f"report:{number}:deadline:kept")
    for each in (people.cem, people.ana):
        await each.sends_button_data(f"report:{number}:m1:kept")
    await people.cem.sends_button_data(f"retro:{number}")
    await people.cem.sends_button_data(f"retro_line:{number}:learned")
    await people.cem.says("Früh anrufen.")
    await people.ana.sends_button_data(f"retro:{number}")
    assert "„Früh anrufen.“ (Büro Ben)" in people.ana.last


async def test_who_tapped_last_stays_when_the_other_party_answers(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    await answers(people.cem, number, "kept")
    assert people.dana.last.splitlines()[-1] == "Zuletzt getippt: Cem Demir"
    await people.ana.taps_data(f"agree:{number}")
    asked = next(each for each in people.dana.messages if "Erfüllt, notiert" in each.text)
    assert asked.text.splitlines()[-1] == "Zuletzt getippt: Cem Demir"


async def test_the_others_read_with_which_answer_it_is_settled(sqlite_world):
    world = sqlite_world
    ana, ben = await seeker_and_helper(world, role=Role.MP, role_confirmed=True)
    cem, dana = [await guest(world, 1, name, role=Role.OFFICE) for name in ("Cem Demir", "Dana Vogt")]
    for each in (cem, dana):
        await seated(world, ben, each)
    await asks(ana)
    await cem.taps_data("intro_no:")
    settled = "Gespräch mit Ana Keller.\nDie Antwort: Nein.\nZuletzt getippt: Cem Demir"
    assert ben.last == f"Erledigt\n{settled}"
    assert dana.last == f"Erledigt\nFür Ben Albrecht\n{settled}"
