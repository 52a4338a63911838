"""The days of a pledge: until when it is, and when the two talk again."""

from datetime import date

from sqlalchemy import select

from db.models import Pledge
from domain.pledges import State
from tests.cast import PAY, guest, pair
from tests.conversations.pledges import all_pledges, chooses, proposes


async def test_until_when(sqlite_world):
    """By months or typed; what is no day, or too near or far, is asked again without losing anything."""
    world = sqlite_world
    ana, ben = await pair(world)
    await chooses(ben, ana)
    await ben.taps("Ich")
    await ben.says(PAY)
    assert "Euer Tag: 12. Oktober." in ben.last
    await ben.taps("Anderes Datum")
    assert ben.buttons == [
        "In 3 Monaten", "In 6 Monaten", "In 9 Monaten", "In 12 Monaten", "Datum schreiben", "So lassen",
    ]  # fmt: skip
    await ben.taps("In 3 Monaten")
    assert "Euer Tag: 12. Juli." in ben.last
    await ben.taps("Anderes Datum")
    await ben.taps("Datum schreiben")
    for typed, answer in (
        ("irgendwann", "Welcher Tag ist das?"),
        ("20. April 2027", "Dieser Tag passt nicht ganz."),
        ("1. Juni 2028", "Dieser Tag passt nicht ganz."),
        ("11.05.2027", "Dieser Tag passt nicht ganz."),
        ("15. September", "Euer Tag: 15. September."),
    ):
        assert answer in await ben.says(typed)
    for forged in (0, 13, 400):
        await ben.sends_button_data(f"deadline_in:1:{forged}")
    (pledge,) = await all_pledges(world)
    assert pledge.deadline == date(2027, 9, 15)
    await ben.taps("Bestätigen", message=ben.with_button("Bestätigen"))
    await ana.taps("Ich bin dabei")
    await ana.taps("Datum wählen")
    assert "Welcher Tag ist das?" in await ana.says("bald mal")
    assert "Dieser Tag passt nicht ganz." in await ana.says("1. April 2027")
    assert "Ihr sprecht wieder am 3. Mai." in await ana.says("3. Mai")
    assert "Ihr sprecht wieder am 3. Mai." in ben.last


async def test_the_sentence_names_another_day(sqlite_world):
    """Said in one line; taken with one tap where it may be a deadline; nothing is in the way."""
    world = sqlite_world
    ana, ben = await pair(world)
    await chooses(ben, ana)
    await ben.taps("Ich")
    await ben.says(PAY)
    assert "Euer Tag: 12. Oktober.\nIm Satz steht der 20. Juli.\nPasst alles?" in ben.last
    assert ben.buttons[:2] == ["Bestätigen", "20. Juli nehmen"]
    preview = ben.newest
    await ben.taps("20. Juli nehmen")
    assert (ben.newest.id, "Euer Tag: 20. Juli.\nPasst alles?" in ben.last) == (preview.id, True)
    assert ben.buttons[:2] == ["Bestätigen", "Satz ändern"]
    await ben.taps("Satz ändern")
    await ben.says("Ich rufe bis 15. April beim Träger an.")
    assert "Im Satz steht der 15. April." in ben.last
    assert ben.buttons[:2] == ["Bestätigen", "Satz ändern"], "too near for a deadline"
    for data, answer in (("deadline_said:1", "Dieser Tag passt nicht ganz."), ("deadline_said:99", "Knopf")):
        await ben.sends_button_data(data)
        assert answer in ben.heard
    await ben.taps("Bestätigen", message=ben.with_button("Bestätigen"))
    assert "Euer Tag: 20. Juli." in ana.last
    await ben.sends_button_data("deadline_said:1")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


async def test_a_yes_after_the_day_proposes_a_new_one(sqlite_world):
    """Nobody is bound to a day they did not see."""
    world = sqlite_world
    ana, ben = await pair(world)
    await proposes(ben, ana, PAY, months=3)
    await world.clock.advance(months=3, days=2)
    await ana.taps("Ich bin dabei")
    assert set(await world.rows(Pledge.state)) == {State.PROPOSED}
    (day,) = await world.rows(Pledge.deadline)
    assert day > world.clock.local.date()
    assert f"Euer Tag: {day.day}. " in ben.last
    await ben.taps("Ich bin dabei")
    assert set(await world.rows(Pledge.state)) == {State.ACTIVE}
    assert await world.rows(Pledge.deadline) == [day]


# --- when the two talk again


async def agreed(world):
    """Ana has said yes to Ben's sentence; both are asked when they talk again. The promise's id."""
    ana, ben = await pair(world)
    number = await proposes(ben, ana, PAY)
    await ana.taps("Ich bin dabei")
    return ana, ben, number


async def talk_on(world, number):
    (day,) = await world.chosen(select(Pledge.talk_on).where(Pledge.id == number))
    return day


async def test_a_day_to_talk_is_written_right_under_the_question(sqlite_world):
    """What is wholly a day is one; all else is offered as a note, as ever, and so is a day once it is no answer."""
    world = sqlite_world
    ana, ben, number = await agreed(world)
    for words in ("Am 3. Mai ruft der Landrat an.", "1. April 2027", "irgendwann"):
        await ben.says(words)
        assert ben.last.startswith("Eine Notiz?")
        await ben.taps("Nein, danke")
        assert await talk_on(world, number) is None
    await ben.says("3. Mai")
    assert ben.last.startswith("Eine Notiz?"), "something else was said since the question"
    await ana.says("in drei Wochen")
    assert "Ihr sprecht wieder am 3. Mai." in ana.last
    assert "Ihr sprecht wieder am 3. Mai." in ben.last
    await ana.says("5. Mai")
    assert ana.last.startswith("Eine Notiz?")
    assert await talk_on(world, number) == date(2027, 5, 3)


async def test_either_may_name_another_day_to_talk(world):
    """The message that was tapped shows what was chosen; the second hears what stands, and how to change it."""
    ana, ben, number = await agreed(world)
    question, theirs = ana.newest, ben.newest
    await ana.taps("In 2 Wochen")
    assert ana.newest.id == question.id, "it changes in place"
    assert ana.last.startswith("Abgemacht. „Ehrenamtspauschale“ mit Ben\nIhr sprecht wieder am 26. April.")
    assert ana.buttons == ["Anderer Gesprächstag", "Versprechen ansehen", "Alle Versprechen"]
    heard = len(ana.messages)
    for label in ("In 4 Wochen", "Datum wählen", "Noch offen"):
        await ben.sends_button_data(theirs.data_of(label), message_id=theirs.id)
        shown = next(each for each in ben.messages if each.id == theirs.id)
        assert "Abgemacht ist schon der 26. April. Passt ein anderer besser, genügt ein Tipp." in shown.text
    assert len(ana.messages) == heard
    assert await talk_on(world, number) == date(2027, 4, 26)

    await ben.taps("Anderer Gesprächstag")
    assert "Bisher ist der 26. April abgemacht." in ben.last
    asked = ben.newest.id
    await ben.taps("In 4 Wochen")
    assert (ben.newest.id, "Ihr sprecht wieder am 10. Mai." in ben.last) == (asked, True)
    assert ana.last == "Zu „Ehrenamtspauschale“\nBen schlägt für euer Gespräch einen neuen Tag vor: 10. Mai."
    heard = len(ben.messages), len(ana.messages)
    await ana.taps("Anderer Gesprächstag")
    await ana.says("10. Mai")
    assert "Ihr sprecht wieder am 10. Mai." in ana.last
    assert (len(ben.messages), len(ana.messages)) == (heard[0], heard[1] + 2), "the same day: nothing to say"

    await ana.says("/versprechen")
    await ana.taps("1 Ehrenamtspauschale")
    await ana.taps("Anderer Gesprächstag")
    await ana.taps("Datum wählen")
    await ana.says("5. Mai")
    assert "einen neuen Tag vor: 5. Mai." in ben.last
    await ben.taps("Anderer Gesprächstag")
    await ben.taps("Noch offen")
    assert ana.last.endswith("Wann ihr wieder sprecht, lässt Ben offen.")
    assert await talk_on(world, number) is None
    await ana.taps("Gesprächstag vorschlagen")
    assert "Bisher ist es offen." in ana.last
    twice = ("press", {"message_id": ana.newest.id, "data": f"talk_move:{number}:2w"})
    heard = len(ben.messages)
    await ana.does_at_once(twice, twice)
    assert len(ben.messages) == heard + 1
    assert "Ihr sprecht wieder am 26. April." in ben.last


async def test_a_day_to_talk_is_between_the_two_of_a_running_promise(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    cem = await guest(world, 1, "Cem Demir")
    for data in (f"talk_ask:{number}", f"talk_move:{number}:2w", f"talk:{number}:date"):
        await cem.sends_button_data(data)
        assert "Dieser Knopf ist nicht mehr aktuell." in cem.last
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    for data in (f"talk_ask:{number}", f"talk_move:{number}:2w", f"talk:{number}:date"):
        await ana.sends_button_data(data)
        assert "Abgeschlossen." in ana.last
    assert await talk_on(world, number) is None
