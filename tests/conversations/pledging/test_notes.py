"""Notes to a pledge: asked for or offered, kept beside each other, read by the other as they were typed."""

from tests.cast import pair, sealed_pledge
from tests.conversations.pledges import a_month_on, answers, noted, questions
from tests.people import formats_in

NASTY = (
    "Termin: https://boese.example @ana /loeschen #jetzt <b>fett</b> & a@b.de +49 351 1234567 \u202eumgekehrt"
)


async def test_words_that_come_unasked_are_offered_as_a_note(sqlite_world):
    ana, _, _ = await a_month_on(sqlite_world)
    await ana.says("Der Ausschuss hat zugesagt.")
    assert ana.last.split("\n")[0] == "Eine Notiz?"
    assert "Soll ich das als Notiz zu „Ehrenamtspauschale“ speichern? Ben liest es dann." in ana.last
    offer = ana.newest
    await ana.taps("Ja, speichern")
    assert ana.newest.id == offer.id
    assert await noted(sqlite_world) == [["Der Ausschuss hat zugesagt."]]


async def test_of_a_note_that_is_not_wanted_nothing_is_stored(sqlite_world):
    ana, _, _ = await a_month_on(sqlite_world)
    await ana.says("Und noch etwas, das doch nicht.")
    await ana.taps("Nein, danke")
    assert "Gespeichert ist davon nichts." in ana.last
    assert "doch nicht" not in await sqlite_world.stored()


async def noted_by_both(world):
    """Ana and Ben, a month after each noted something; Ben took the answer to his note back and gave it again."""
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    await ben.taps("Ein Satz dazu")
    await ben.says(NASTY)
    assert "Notiert zu" in ben.last
    await ben.taps("Rückgängig", message=ben.with_button("Rückgängig"))
    await answers(ben, number, "running")
    assert len(await questions(world, ben)) == 1
    await notes(ana, "Der Ausschuss hat zugesagt.")
    await world.clock.advance(months=1, days=3)
    return ana, ben


def told_of_it(person):
    """The message that told them the other's note."""
    return next(each for each in person.messages if "schreibt: „" in each.text)


async def test_the_other_is_told_what_was_noted_and_the_next_question_what_was_said(sqlite_world):
    ana, ben = await noted_by_both(sqlite_world)
    assert "Ana am 12. Mai: „Der Ausschuss hat zugesagt.“" in ben.last
    words = "Termin: https://boese.example @ana /loeschen #jetzt <b>fett</b> & a@b.de"
    assert f"Ben sagt: läuft.\nBen schreibt: „{words}" in told_of_it(ana).text.replace("\u2060", "")
    assert "Ben am 12. Mai: läuft.\n" in ana.last


async def test_a_note_can_do_nothing_on_the_other_s_phone(sqlite_world):
    ana, ben = await noted_by_both(sqlite_world)
    told = told_of_it(ana)
    assert "umgekehrt" in told.text
    assert "\u202e" not in told.text
    assert set(told.tappable) <= {"phone_number"}
    assert "+49 351 1234567" in told.text, "nothing invisible inside: it can be copied and dialled"
    assert formats_in(ana, ben) <= {"bold", "bot_command", "expandable_blockquote", "phone_number"}


async def test_a_second_note_keeps_the_first(sqlite_world):
    """The next question carries both, and so does the result."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, months=3)
    await world.clock.advance(months=2, days=3)
    await notes(ana, "Der Ausschuss tagt am Dienstag.", "Er hat zugesagt.")
    assert ["Der Ausschuss tagt am Dienstag.", "Er hat zugesagt."] in await noted(world)
    await world.clock.advance(months=1)
    await ben.says("/versprechen")
    await ben.taps_data(f"pledge:{number}")
    assert "„Der Ausschuss tagt am Dienstag. Er hat zugesagt.“" in ben.last
    await notes(ana, "Es ist beschlossen.", "Die Zeitung kommt.")
    await answers(ben, number, "kept", "deadline")
    await answers(ana, number, "kept", "deadline")
    for each in (ana, ben):
        assert "„Es ist beschlossen. Die Zeitung kommt.“" in each.with_button("Antwort ändern").text


async def notes(person, *lines):
    for line in lines:
        await person.says(line)
        await person.taps("Ja, speichern")
