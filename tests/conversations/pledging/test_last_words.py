"""What one party says reaches the other with the next question, or on the card: once, with its date, and no sooner."""

from tests.conversations.pledges import a_month_on, answers, asked


async def test_nothing_yet_brings_no_question_to_whoever_said_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    heard = len(ben.messages)
    await answers(ana, number, "nothing")
    said = len(ana.messages)
    for _ in range(6):
        await world.clock.advance(days=1)
        assert len(ana.messages) == said
    assert len(ben.messages) == heard
    await world.clock.advance(days=28)
    assert "Ana am 12. Mai: noch nichts." in ben.last
    assert ben.last.count("noch nichts") == 1


async def test_a_changed_answer_is_seen_once_with_its_date(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    heard = len(ana.messages)
    await answers(ben, number, "running")
    await ben.taps("Ein Satz dazu")
    await ben.says("Der Termin im Ausschuss steht.")
    await world.clock.advance(days=2)
    assert "Ben schreibt: „Der Termin im Ausschuss steht.“" in ana.last
    for status in ("stuck", "running", "stuck"):
        await ben.sends_button_data(f"report:{number}:m1:{status}")
    assert len(ana.messages) == heard + 1, "the note is told once, and what changes is shown there"
    assert "Ben sagt: hängt." in ana.last
    await ana.sends_button_data(f"pledge:{number}")
    assert "Ben am 14. Mai: hängt. „Der Termin im Ausschuss steht.“" in ana.last
    await world.clock.advance(months=1)
    assert await asked(world, ana) == ["m1", "m2"]
    question = ana.with_data(f"report:{number}:m2").text
    assert question.count("Ben am 14. Mai: hängt.") == 1
    assert "läuft" not in question
