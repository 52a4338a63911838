"""Who may read a retrospective is asked once it is closed; the narrower of both answers counts."""

from domain.voice import Voice
from tests.conversations.pledging.looking_back import closes, ended


def may_read(person):
    return next(line for line in person.last.split("\n") if line.startswith("Lesen dürfen"))


async def says(person, number, readers):
    await person.sends_button_data(f"retro_readers:{number}")
    await person.sends_button_data(f"retro_read_by:{number}:{readers}")


async def test_it_is_a_question_of_its_own_and_the_narrower_answer_counts(sqlite_world):
    ana, ben, number = await closes(sqlite_world)
    await ana.taps("Wer darf sie lesen?")
    assert ana.last.startswith("Wer darf eure Bilanz lesen?\nLesen dürfen: nur ihr zwei.")
    await ana.taps("Öffentlich")
    assert "Deine Antwort: öffentlich." in ana.last
    assert may_read(ana) == "Lesen dürfen: nur ihr zwei.", "Ben has not said"
    for readers, told in (("team", "ihr zwei und das Team."), ("public", "alle."), ("two", "nur ihr zwei.")):
        await says(ben, number, readers)
        assert may_read(ben) == f"Lesen dürfen: {told}"
        assert f"Lesen dürfen: {told}" in ana.with_data(f"retro_read_by:{number}").text
    await ana.sends_button_data(f"retro_readers:{number}")
    assert may_read(ana) == "Lesen dürfen: nur ihr zwei."
    assert "Deine Antwort: öffentlich." in ana.last, "her own answer stands"


async def test_who_may_read_the_promise_says_nothing_of_it(sqlite_world):
    ana, ben, number = await closes(sqlite_world)
    for person in (ana, ben):
        await person.sends_button_data(f"readers_are:{number}:public")
    await ana.sends_button_data(f"retro_readers:{number}")
    assert may_read(ana) == "Lesen dürfen: nur ihr zwei."


async def test_nobody_is_asked_before_it_is_closed(sqlite_world):
    ana, _, number = await ended(sqlite_world, Voice.DU)
    await says(ana, number, "public")
    assert ana.last.startswith("Eure Bilanz – ein Entwurf")
    await ana.sends_button_data(f"history:{number}:0")
    assert "wer die Bilanz" not in ana.last
