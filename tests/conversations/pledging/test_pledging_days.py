"""The days of a pledge: until when it is, and when the two talk again."""

from datetime import date

from db.models import Pledge
from domain.pledges import State
from tests.cast import PAY, guest, pair
from tests.conversations.pledges import beside_files, column_of, proposes, writes


async def test_a_day_is_chosen_by_months(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await writes(ben, ana, PAY)
    assert "Euer Tag: 12. Oktober." in ben.last
    await ben.taps("Anderes Datum")
    assert ben.buttons == [
        "In 3 Monaten", "In 6 Monaten", "In 9 Monaten", "In 12 Monaten", "Datum schreiben", "So lassen",
    ]  # fmt: skip
    await ben.taps("In 3 Monaten")
    assert "Euer Tag: 12. Juli." in ben.last


async def test_what_is_no_day_or_too_near_or_far_is_asked_again_and_nothing_is_lost(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ben, ana, PAY)
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
    for months in (0, 13, 400):
        await ben.sends_button_data(f"deadline_in:{number}:{months}")
    assert await column_of(world, number, Pledge.deadline) == date(2027, 9, 15)
    await ben.taps("Bestätigen", message=ben.with_button("Bestätigen"))
    assert PAY in ana.last


async def test_a_day_that_the_sentence_names_is_taken_with_one_tap(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await writes(ben, ana, PAY)
    assert "Euer Tag: 12. Oktober.\nIm Satz steht der 20. Juli.\n" in ben.last
    assert ben.buttons[:2] == ["Bestätigen", "20. Juli nehmen"]
    preview = ben.newest
    await ben.taps("20. Juli nehmen")
    assert (ben.newest.id, "Euer Tag: 20. Juli.\nBleibt es lange still" in ben.last) == (preview.id, True)
    assert ben.buttons[:2] == ["Bestätigen", "Satz ändern"]
    await ben.taps("Bestätigen")
    assert "Euer Tag: 20. Juli." in ana.last
    await ben.sends_button_data("deadline_on:1:20270720")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


async def test_a_day_in_the_sentence_that_is_too_near_cannot_be_taken(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await writes(ben, ana, "Ich rufe bis 15. April beim Träger an.")
    assert "Im Satz steht der 15. April." in ben.last
    assert ben.buttons[:2] == ["Bestätigen", "Satz ändern"]
    for data, answer in (
        ("deadline_on:1:20270415", "Ich habe 15. April 2027 verstanden."),
        ("deadline_on:99:20270720", "Knopf"),
    ):
        assert answer in await ben.sends_button_data(data)
    await ben.sends_button_data("deadline_said:1")
    assert "Im Satz steht der 15. April." in ben.last, "a button of 0.1.0 leads to those of now"


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


async def test_a_yes_shortly_before_the_day_proposes_a_new_one(sqlite_world):
    """Half a year had been meant, and one day is left: that would bind nobody to anything."""
    world = sqlite_world
    ana, ben = await pair(world)
    await proposes(ben, ana, PAY)
    await world.clock.advance(months=6, days=-1)
    await ana.taps("Ich bin dabei")
    assert await world.rows(Pledge.state) == [State.PROPOSED]
    assert await world.rows(Pledge.deadline) == [date(2028, 4, 11)]
    assert "Euer Tag: 11. April" in ben.last
    await ben.taps("Ich bin dabei")
    assert await world.rows(Pledge.state) == [State.ACTIVE]
    assert await world.rows(Pledge.made_on) == [date(2027, 10, 11)]


# --- when the two talk again


async def agreed(world):
    """Ana has said yes to Ben's sentence; both are asked when they talk again. The pledge's id."""
    ana, ben = await pair(world)
    number = await proposes(ben, ana, PAY)
    await ana.taps("Ich bin dabei")
    return ana, ben, number


async def talk_on(world, number):
    return await column_of(world, number, Pledge.talk_on)


async def test_a_day_to_talk_is_written_right_under_the_question(sqlite_world):
    """What is wholly a day is one; all else is offered as a note, as ever, and so is a day once it is no answer."""
    world = sqlite_world
    ana, ben, number = await agreed(world)
    for words in ("Am 3. Mai ruft der Landrat an.", "irgendwann"):
        await ben.says(words)
        assert ben.last.startswith("Eine Notiz?")
        await ben.taps("Nein, danke")
        assert await talk_on(world, number) is None
    await ben.says("3. Mai")
    assert ben.last.startswith("Eine Notiz?"), "something else was said since the question"
    await ana.says("in drei Wochen")
    assert "Ihr sprecht wieder am 3. Mai." in beside_files(ana).text
    assert "Ihr sprecht wieder am 3. Mai." in beside_files(ben).text
    await ana.says("5. Mai")
    assert ana.last.startswith("Eine Notiz?")
    assert await talk_on(world, number) == date(2027, 5, 3)


async def test_a_day_too_far_off_right_under_the_question_keeps_it_open(sqlite_world):
    ana, _, number = await agreed(sqlite_world)
    assert "Ich habe 3. Mai 2030 verstanden. Für das Gespräch geht" in await ana.says("3.5.2030")
    assert "Ihr sprecht wieder am 3. Mai." in await ana.says("3. Mai")
    assert await talk_on(sqlite_world, number) == date(2027, 5, 3)


async def test_a_day_to_talk_that_is_in_doubt_is_asked_about(sqlite_world):
    """Right under the question and after the tap; the button means the day it shows."""
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await ana.says("nächsten Freitag")
    assert ana.last == "Wann sprecht ihr wieder?\nDas kann mehr als ein Tag sein. Welcher soll es sein?"
    assert ana.buttons == ["16. April 2027 · passt", "23. April 2027", "Abbrechen"]
    asked = ana.newest
    await ana.taps("23. April 2027")
    assert beside_files(ana).id == asked.id
    assert "Ihr sprecht wieder am 23. April." in beside_files(ana).text
    assert "Ihr sprecht wieder am 23. April." in beside_files(ben).text

    await ben.taps("Anderer Gesprächstag")
    await ben.taps("Datum wählen")
    await ben.says("Ende Mai")
    assert ben.last.endswith("Verstanden habe ich: 31. Mai 2027. Sonst schreib mir einen anderen Tag.")
    await ben.says("Anfang Juni")
    proposed = ben.newest
    await ben.taps("5. Juni 2027 · passt")
    assert await talk_on(world, number) == date(2027, 6, 5)
    assert "einen neuen Tag vor: 5. Juni." in beside_files(ana).text
    await world.clock.advance(months=3)
    await ben.sends_button_data(f"talk_move:{number}:20270605", message_id=proposed.id)
    assert "Ich habe 5. Juni 2027 verstanden." in ben.last, "by now it is past"


async def test_a_day_to_talk_may_be_typed_after_its_button(sqlite_world):
    ana, ben, _ = await agreed(sqlite_world)
    await ana.taps("Datum wählen")
    assert "Welcher Tag ist das?" in await ana.says("bald mal")
    assert "Dieser Tag passt nicht ganz." in await ana.says("1. April 2027")
    assert "Ihr sprecht wieder am 3. Mai." in await ana.says("3. Mai")
    assert "Ihr sprecht wieder am 3. Mai." in beside_files(ben).text


async def settled(world):
    """As `agreed`, and Ana has chosen 26 April to talk again. Then the message in which Ben was asked for a day."""
    ana, ben, number = await agreed(world)
    theirs = ben.newest
    await ana.taps("In 2 Wochen")
    return ana, ben, number, theirs


async def test_a_day_to_talk_that_was_chosen_is_shown_where_it_was_asked_for(sqlite_world):
    ana, _, number = await agreed(sqlite_world)
    question = ana.newest
    await ana.taps("In 2 Wochen")
    shown = beside_files(ana)
    assert shown.id == question.id
    assert shown.text.startswith("Abgemacht. „Ehrenamtspauschale“ mit Ben\nIhr sprecht wieder am 26. April.")
    assert shown.buttons == [
        "Anderer Gesprächstag",
        "Wer darf mitlesen?",
        "Versprechen ansehen",
        "Alle Versprechen",
    ]
    assert await talk_on(sqlite_world, number) == date(2027, 4, 26)


async def test_whoever_answers_second_hears_which_day_it_is_and_how_to_change_it(sqlite_world):
    ana, ben, number, theirs = await settled(sqlite_world)
    heard = len(ana.messages)
    for label in ("In 4 Wochen", "Datum wählen", "Noch offen"):
        await ben.sends_button_data(theirs.data_of(label), message_id=theirs.id)
        shown = next(each for each in ben.messages if each.id == theirs.id)
        assert "Abgemacht ist schon der 26. April. Passt ein anderer besser, genügt ein Tipp." in shown.text
    assert len(ana.messages) == heard
    assert await talk_on(sqlite_world, number) == date(2027, 4, 26)


async def test_either_may_name_another_day_to_talk(world):
    ana, ben, *_ = await settled(world)
    await ben.taps("Anderer Gesprächstag")
    assert "Bisher ist der 26. April abgemacht." in ben.last
    asked = ben.newest.id
    await ben.taps("In 4 Wochen")
    assert beside_files(ben).id == asked
    assert "Ihr sprecht wieder am 10. Mai." in beside_files(ben).text
    moved = "Zu „Ehrenamtspauschale“\nBen schlägt für euer Gespräch einen neuen Tag vor: 10. Mai."
    assert beside_files(ana).text == moved
    await ana.says("/versprechen")
    await ana.taps("1 Ehrenamtspauschale")
    await ana.taps("Anderer Gesprächstag")
    await ana.taps("Datum wählen")
    await ana.says("5. Mai")
    assert "einen neuen Tag vor: 5. Mai." in beside_files(ben).text


async def test_naming_the_same_day_again_tells_the_other_nothing(sqlite_world):
    ana, ben, *_ = await settled(sqlite_world)
    heard = len(ben.messages), len(ana.messages)
    await ana.taps("Anderer Gesprächstag")
    await ana.says("26. April")
    assert "Ihr sprecht wieder am 26. April." in ana.last
    assert (len(ben.messages), len(ana.messages)) == (heard[0], heard[1] + 2)


async def test_the_day_to_talk_can_be_left_open_and_named_again(sqlite_world):
    ana, ben, number, _ = await settled(sqlite_world)
    await ben.taps("Anderer Gesprächstag")
    await ben.taps("Noch offen")
    assert ana.last.endswith("Wann ihr wieder sprecht, lässt Ben offen.")
    assert await talk_on(sqlite_world, number) is None
    await ana.taps("Gesprächstag vorschlagen")
    assert "Bisher ist es offen." in ana.last
    twice = ("press", {"message_id": ana.newest.id, "data": f"talk_move:{number}:2w"})
    heard = len(ben.messages)
    await ana.does_at_once(twice, twice)
    assert len(ben.messages) == heard + 2, "the day, and the file for his calendar"
    assert "Ihr sprecht wieder am 26. April." in beside_files(ben).text


async def test_a_day_to_talk_is_between_the_two_of_a_running_pledge(sqlite_world):
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
        assert "Abgeschlossen am " in ana.last
    assert await talk_on(world, number) is None
