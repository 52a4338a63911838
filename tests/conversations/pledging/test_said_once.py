"""Nothing is said twice within a short time: what the other was told is quoted by no question soon after."""

from tests.conversations.pledges import a_month_on, answers, asked

NOTE = "Das Amt antwortet nicht."


async def test_a_note_that_was_told_is_not_quoted_again(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "stuck")
    await ben.taps("Ein Satz dazu")
    await ben.says(NOTE)
    await world.clock.advance(days=8)
    assert "Kurz noch einmal" in ana.last
    assert "hängt" not in ana.last, "a week after it was told"
    await answers(ana, number, "nothing")
    await world.clock.advance(months=1)
    assert (await asked(world, ana))[-1] == "m2"
    assert "Ben am 12. Mai: hängt." in ana.last
    assert NOTE not in ana.last
    assert "Melden" not in ana.buttons
    assert sum(NOTE in each.text for each in ana.messages) == 1
    await ana.sends_button_data(f"pledge:{number}")
    assert NOTE in ana.last, "the card says all"


async def test_a_follow_up_says_only_what_the_question_did_not(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    await world.clock.advance(days=8)
    assert ana.last.startswith("Kurz noch einmal: „Ehrenamtspauschale“\nBen am 12. Mai: läuft.\n"), (
        "it is new"
    )
    await world.clock.advance(days=33)
    assert "Kurz noch einmal" in ana.last
    assert "läuft" not in ana.last, "the question a week before said it"


async def test_whoever_sees_it_otherwise_is_not_asked_the_same_again(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await ana.taps("Noch nicht ganz")
    heard = len(ana.messages)
    await world.clock.advance(days=14)
    assert len(ana.messages) == heard
    await world.clock.advance(days=21)
    assert (await asked(world, ana))[-1] == "m2"


async def test_what_was_settled_stays_as_it_was_when_the_next_question_is_answered(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "kept")
    await ana.taps("Noch nicht ganz")
    await world.clock.advance(days=35)
    await answers(ben, number, "running", "m2")
    assert any("Du siehst es anders, und Ben erfährt das von mir." in each.text for each in ana.messages)
    assert not any("Ben sagt inzwischen" in each.text for each in ana.messages)


async def test_an_answer_given_elsewhere_shows_in_the_question_too(sqlite_world):
    _, ben, number = await a_month_on(sqlite_world)
    question = ben.newest.id
    await ben.sends_button_data(f"pledge:{number}")
    await ben.taps("Läuft", message=ben.newest)
    assert "Notiert: läuft." in ben.last
    shown = next(each for each in ben.messages if each.id == question)
    assert "Läuft, notiert." in shown.text
