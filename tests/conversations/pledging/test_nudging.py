"""The questions between two people, month by month: asked of both, answered by a tap, never twice, never in heaps."""

import asyncio
import itertools
from datetime import timedelta

from actions.pledging import nudges
from bot.app import operator_of
from db.models import Report
from domain.voice import Voice
from tests.cast import guest, open_workshop, pair
from tests.conversations.pledges import another_process, answers, planned, pledge, questions, sleep
from tests.people import formats_in

PAY = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."
BUS = "Ich stelle einen Antrag für den Bürgerbus."
NASTY = (
    "Termin: https://boese.example @ana /loeschen #jetzt <b>fett</b> & a@b.de +49 351 1234567 \u202eumgekehrt"
)


async def test_the_dialogue_of_one_question(sqlite_world):
    """Asked, answered, corrected, taken back, answered again behind Anderes, with a note that the other reads."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await pledge(ben, ana, PAY)
    await world.clock.advance(months=1, hours=4)
    asked = ben.newest
    assert asked.text == (
        "Ehrenamtspauschale · mit Ana Keller\n"
        "Noch 21 Wochen.\n"
        "Von Ana habe ich noch nichts gehört.\n"
        "Wie steht es heute?"
    )
    assert asked.buttons == ["Läuft", "Hängt", "Erfüllt", "Anderes", "In 2 Wochen"]
    assert ana.buttons == ["Geht voran", "Noch nichts", "Wir sprechen", "Anderes", "In 2 Wochen fragen"]
    assert "Was kommt bei dir an?" in ana.last

    await answers(ben, number, "stuck")
    assert ben.newest.id == asked.id, "the message changes in place"
    assert ben.last == "Ehrenamtspauschale · mit Ana Keller\nHängt, notiert. Ana sieht deine Antwort."
    assert ben.buttons == ["Ein Satz dazu", "Rückgängig"]
    await ben.taps("Rückgängig")
    assert "Wie steht es heute?" in ben.last
    await ben.taps("Anderes")
    assert ben.buttons[:4] == ["Läuft", "Hängt", "Erfüllt", "Geplant"]
    await ben.taps("Geplant")
    assert "Geplant, notiert." in ben.last
    assert ben.newest.id == asked.id
    await answers_again(ben, asked, number, "running")
    assert "Läuft, notiert." in ben.last

    await ben.taps("Ein Satz dazu")
    await ben.says(NASTY)
    assert "Notiert zu" in ben.last
    await ben.taps("Rückgängig", message=ben.with_button("Rückgängig"))
    await answers(ben, number, "running")
    assert len(await questions(world, ben)) == 1

    await ana.says("Der Ausschuss hat zugesagt.")
    assert ana.last.split("\n")[0] == "Eine Notiz?"
    assert "Soll ich das als Notiz zu „Ehrenamtspauschale“ speichern? Ben liest es dann." in ana.last
    offer = ana.newest
    await ana.taps("Ja, speichern")
    assert ana.newest.id == offer.id
    await ana.says("Und noch etwas, das doch nicht.")
    await ana.taps("Nein, danke")
    assert "Gespeichert ist davon nichts." in ana.last

    await world.clock.advance(months=1, days=3)
    today = "12. Mai"
    assert f"Ana am {today}: „Der Ausschuss hat zugesagt.“" in ben.last
    assert (
        f"Ben am {today}: läuft. „Termin: https://boese.example @ana /loeschen #jetzt <b>fett</b> & a@b.de"
        in (ana.last.replace("\u2060", ""))
    )
    assert "\u202e" not in ana.last
    assert formats_in(ana, ben) <= {"bold", "bot_command"}
    assert ana.newest.tappable == []
    assert "doch nicht" not in await world.stored()


async def test_a_second_note_keeps_the_first(sqlite_world):
    """The next question carries both, and so does the result."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await pledge(ben, ana, PAY, months=3)
    await world.clock.advance(months=2, days=3)
    await notes(ana, "Der Ausschuss tagt am Dienstag.", "Er hat zugesagt.")
    assert ["Der Ausschuss tagt am Dienstag.", "Er hat zugesagt."] in await world.rows(Report.notes)
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


async def answers_again(person, asked, number, status):
    """A button of the message as it stood before."""
    await person.sends_button_data(f"report:{number}:m1:{status}", message_id=asked.id)


async def test_several_promises_make_one_message_and_snooze(sqlite_world):
    """Due the same day or within six days: one list. Snoozed: what is unanswered comes again, once, in two weeks."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", voice=Voice.SIE)
    cem = await guest(world, workshop, "Cem Demir", voice=Voice.EN)
    pay = await pledge(ben, ana, PAY)
    bus = await pledge(cem, ana, BUS)
    await world.clock.advance(days=5)
    way = await pledge(ana, cem, "Ich fahre den Radweg mit Fachleuten ab.")
    await world.clock.advance(days=27)
    assert len(await questions(world, ana)) == 1
    assert ana.last.startswith("Drei Versprechen, drei Tipps\n")
    assert "1 läuft" not in ana.buttons
    assert {"1 geht voran", "2 geht voran", "3 läuft", "3 erfüllt"} <= set(ana.buttons)
    assert "Wie steht es heute?" in ben.last
    assert cem.last.startswith("Two promises, two taps")

    await answers(ana, bus, "moving")
    assert "2 Bürgerbus · geht voran, notiert" in ana.last
    asked = ana.newest
    await ana.taps("In 2 Wochen")
    assert ana.newest.id == asked.id
    assert ana.last.startswith("In Ordnung.\nIch frage am ")
    await world.clock.advance(days=15)
    assert len(await questions(world, ana)) == 2
    first, second = await questions(world, ana)
    assert 14 <= (second.date() - first.date()).days <= 17
    assert "Bürgerbus" not in ana.last
    assert ana.last.startswith("Zwei Versprechen, zwei Tipps")
    await answers(ana, pay, "nothing")
    await answers(ana, way, "stuck")
    assert ana.last.endswith("Alles notiert. Ein Satz dazu ist willkommen.")
    await world.clock.advance(months=6)
    when = await questions(world, ana)
    near = [(b.date() - a.date()).days for a, b in itertools.pairwise(when)]
    assert all(days >= 7 for days in near[:-2]), when
    assert len({each.date() for each in when}) == len(when)
    assert await planned(world, ana) == []


async def test_words_begun_long_ago_are_not_mixed_up_with_a_question(sqlite_world):
    """A sentence left half-way does not swallow what is said after a nudge; one just being typed is not disturbed."""
    world = sqlite_world
    ana, ben = await pair(world)
    await pledge(ben, ana, PAY)
    await ben.sends_button_data(f"pledge_with:{ana.row}")
    await ben.taps("Ich")
    await world.clock.to((await world.walk.next_due()) - timedelta(minutes=10))
    await ana.sends_button_data(f"pledge_with:{ben.row}")
    await ana.taps("Wir beide")
    await world.clock.advance(minutes=11)
    assert len(await questions(world, ben)) == 1
    assert await questions(world, ana) == []
    await ana.says("Wir laden zu einem Vereinstreffen ein.")
    assert "So geht es an Ben" in ana.last
    await ben.says("Läuft gut an.")
    assert ben.last.startswith("Eine Notiz?")
    await world.clock.advance(days=1)
    assert len(await questions(world, ana)) == 1


async def test_a_downtime_a_pause_and_a_block_lose_nothing_and_flood_nobody(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana, ben, cem, eva = [
        await guest(world, workshop, name)
        for name in ("Ana Keller", "Ben Albrecht", "Cem Demir", "Eva Funke")
    ]
    pay = await pledge(ben, ana, PAY)
    await pledge(cem, eva, BUS)

    await sleep(world, days=45)  # the first month's question fell due a fortnight ago
    for each in (ana, ben, cem, eva):
        when = await questions(world, each)
        assert len(when) == 1
        assert (when[0].weekday() < 5, 8 <= when[0].hour < 18) == (True, True)

    await cem.says("/pause")
    await cem.taps_data("pause:0")
    await eva.blocks()
    await world.clock.advance(months=3)  # months two to four
    assert len(await questions(world, cem)) == 1
    assert len(await questions(world, eva)) == 1
    assert len(await questions(world, ben)) == 4
    heard = len(cem.messages)
    await cem.taps_data("resume")
    await world.clock.advance(days=4)
    assert len(await questions(world, cem)) == 2, "only the latest one"
    assert len(cem.messages) == heard + 2
    await eva.blocks(blocked=False)
    await eva.start()
    await world.clock.advance(days=4)
    assert len(await questions(world, eva)) == 2

    await asyncio.gather(answers(ben, pay, "kept"), answers(ana, pay, "moving"))
    await ana.taps("Ja, sehe ich auch so")
    await world.clock.advance(months=2)
    assert len(await questions(world, ben)) == 4, "what has ended asks nothing"
    assert await planned(world, ana) == []
    heard = len(ben.messages)
    await world.clock.advance(months=2)
    assert len(ben.messages) == heard
    assert len(await questions(world, eva)) == 4, "month five and the day itself"


async def test_a_question_that_never_went_out_is_asked_later(sqlite_world):
    """Planned, and the process gone before it was sent; meanwhile Ben has blocked the bot. Then he comes back."""
    world = sqlite_world
    ana, ben = await pair(world)
    await pledge(ben, ana, PAY)
    due, operator = await world.walk.next_due(), operator_of(world.settings, world.bot.username)
    await world.halt()
    world.clock._to(due)
    async with another_process(world) as session:
        assert await nudges.ask_due(session, world.clock.now(), operator) == 2
    await world.post(f"users/{ben.id}/block", json={"blocked": True})
    await world.run()
    await world.quiet()
    assert await questions(world, ben) == []
    assert len(await questions(world, ana)) == 1
    await ben.blocks(blocked=False)
    await ben.start()
    await world.clock.advance(minutes=1)
    await world.clock.advance(days=1)
    assert len(await questions(world, ben)) == 1
    assert len(await questions(world, ana)) == 1
