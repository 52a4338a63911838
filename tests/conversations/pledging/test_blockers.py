"""After "hängt": what is lacking, with one tap, which the other party reads, too."""

import pytest

from domain.voice import Voice
from tests.cast import BUS, sealed_pledge
from tests.conversations.pledges import a_month_on, answers
from tests.conversations.pledging.test_hearing import heard, soon
from tests.conversations.pledging.test_history import history

LACKS = ["Zuständigkeit", "Geld", "Kontakt", "Zeit", "Mehrheit", "Etwas anderes"]


async def stuck(world, *voices):
    ana, ben, number = await a_month_on(world, *voices)
    await answers(ben, number, "stuck")
    return ana, ben, number


async def test_it_is_asked_in_the_same_message(sqlite_world):
    _, ben, number = await stuck(sqlite_world)
    assert ben.last.startswith(
        "Ehrenamtspauschale · mit Ana Keller\nHängt, notiert. Ana sieht deine Antwort."
    )
    assert ben.last.endswith("Woran hängt es? Ein Tipp genügt. Ana sieht auch das.")
    assert ben.buttons == [*LACKS, "Ein Satz dazu", "Rückgängig"]
    await ben.taps("Kontakt")
    question = ben.with_data(f"undo:{number}")
    assert "Hängt an Kontakten, notiert." in question.text
    assert question.buttons == ["Ein Satz dazu", "Rückgängig"]


async def test_the_other_reads_it_together_with_the_answer(sqlite_world):
    ana, ben, number = await stuck(sqlite_world)
    await ben.taps("Mehrheit")
    await soon(sqlite_world)
    (told,) = heard(ana)
    assert "Ben sagt: hängt an einer Mehrheit." in told.text
    assert (await history(ana, number))[:2] == [
        "12. Mai, Ben: hängt an einer Mehrheit",
        "12. Mai, Ben: hängt",
    ]


@pytest.mark.parametrize(
    ("voice", "label", "said"),
    [(Voice.SIE, "Geld", "Hängt an Geld, notiert."), (Voice.EN, "Money", "Stuck for want of money, noted.")],
)
async def test_it_is_asked_in_every_voice(sqlite_world, voice, label, said):
    _, ben, number = await stuck(sqlite_world, Voice.DU, voice)
    await ben.taps(label)
    assert said in ben.with_data(f"undo:{number}").text


async def test_it_goes_with_the_answer_that_is_taken_back(sqlite_world):
    ana, ben, number = await stuck(sqlite_world)
    await ben.taps("Geld")
    await ben.sends_button_data(f"undo:{number}:m1")
    assert await history(ana, number) == ["Hier ist noch nichts festgehalten."]
    await answers(ben, number, "stuck")
    assert "Geld" in ben.buttons, "it is asked anew"


async def test_of_several_pledges_each_is_asked(sqlite_world):
    ana, ben, number = await a_month_on(sqlite_world)
    await sealed_pledge(sqlite_world, ben, ana, BUS)
    await sqlite_world.clock.advance(months=1, hours=4)
    await answers(ben, number, "stuck")
    listed = ben.with_data(f"blocker:{number}:")
    assert "1 Ehrenamtspauschale · hängt, notiert\nWoran hängt es?\n2 Bürgerbus" in listed.text
    assert listed.buttons[:6] == [f"1 {each}" for each in LACKS]
    await ben.taps("1 Zeit", message=listed)
    assert (
        "1 Ehrenamtspauschale · hängt an Zeit, notiert\n2 Bürgerbus" in ben.with_data(f"undo:{number}").text
    )


@pytest.mark.parametrize("data", ["blocker:{}:m1:money", "blocker:{}:m1:luck", "blocker:{}:m9:money"])
async def test_only_my_own_answer_that_is_stuck_takes_it(sqlite_world, data):
    ana, ben, number = await a_month_on(sqlite_world)
    await answers(ben, number, "running")
    for person in (ana, ben):
        await person.sends_button_data(data.format(number))
        assert person.last.startswith("Dieser Knopf ist nicht mehr aktuell."), person.last
