"""The questions between two people, month by month: asked of both, answered by a tap, never twice, never in heaps."""

import itertools
from datetime import timedelta

from domain.voice import Voice
from tests.cast import BUS, PAY, guest, open_workshop, pair, sealed_pledge
from tests.conversations.pledges import a_month_on, answers, begins, planned, questions, without_day_7


async def test_each_party_is_asked_its_own_question(sqlite_world):
    ana, ben, _ = await a_month_on(sqlite_world)
    assert ben.last == (
        "Ehrenamtspauschale · mit Ana Keller\n"
        "„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“\n"
        "Noch 21 Wochen.\n"
        "Wie steht es heute?"
    )
    assert ben.buttons == ["Läuft", "Hängt", "Erfüllt", "Anderes", "In 1 Woche", "In 2 Wochen"]
    assert "Was kommt bei dir an?" in ana.last
    assert ana.buttons == [
        "Geht voran",
        "Noch nichts",
        "Wir sprechen",
        "Anderes",
        "In 1 Woche fragen",
        "In 2 Wochen fragen",
    ]


async def test_that_nothing_was_heard_is_said_once_somebody_was_asked(sqlite_world):
    world = sqlite_world
    _, ben, number = await a_month_on(world)
    assert "noch nichts gehört" not in ben.last, "nobody asked Ana before"
    await answers(ben, number, "running")
    await world.clock.advance(months=2)
    assert "Von Ana habe ich noch nichts gehört." in ben.last
    assert "Von Ana habe ich noch nichts gehört." in await ben.sends_button_data(f"pledge:{number}")


async def test_nobody_is_called_unheard_on_the_first_day_or_after_showing_something(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ana, ben, PAY)
    await ana.sends_button_data(f"pledge:{number}")
    await ana.taps("Läuft")
    await ana.sends_button_data(f"pledge:{number}")
    assert "Du zuletzt: läuft." in ana.last
    assert "noch nichts gehört" not in ana.last, "nobody asked Ben yet"
    await ben.sends_button_data(f"evidence:{number}")
    await ben.says("https://rat.example/sitzung")
    await world.clock.advance(months=2)
    assert not [each.text for each in ana.messages if "noch nichts gehört" in each.text]
    assert "noch nichts gehört" not in await ana.sends_button_data(f"pledge:{number}")


async def test_whoever_proposed_a_day_to_talk_was_heard(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    await ana.sends_button_data(f"talk_ask:{number}")
    await ana.taps("In 2 Wochen")
    await world.clock.advance(months=2)
    assert not [each.text for each in ben.messages if "noch nichts gehört" in each.text]


async def test_an_answer_changes_the_question_in_place_and_can_be_taken_back(sqlite_world):
    _, ben, number = await a_month_on(sqlite_world)
    asked = ben.newest
    await answers(ben, number, "stuck")
    assert ben.newest.id == asked.id
    assert ben.last == (
        "Ehrenamtspauschale · mit Ana Keller\nHängt, notiert. Ana sieht deine Antwort.\nIch frage im Juni wieder.\n"
        "Woran hängt es? Ein Tipp genügt. Ana sieht auch das."
    )
    assert ben.buttons[-2:] == ["Ein Satz dazu", "Rückgängig"]
    await ben.taps("Rückgängig")
    assert ben.newest.id == asked.id
    assert "Wie steht es heute?" in ben.last


async def test_behind_anderes_are_the_rarer_answers(sqlite_world):
    _, ben, number = await a_month_on(sqlite_world)
    asked = ben.newest
    await ben.taps("Anderes")
    assert ben.buttons[:4] == ["Läuft", "Hängt", "Erfüllt", "Geplant"]
    await ben.taps("Geplant")
    assert "Geplant, notiert." in ben.last
    assert ben.newest.id == asked.id
    await ben.sends_button_data(f"report:{number}:m1:running", message_id=asked.id)
    assert "Läuft, notiert." in ben.last, "a button that was there before still answers"


# --- several pledges


async def three_pledges(world):
    """Ana, Ben and Cem on the day when Ana's three pledges are asked about: two from a month ago, one 27 days old.

    Then the ids of Ben's to Ana, of Cem's to Ana, and of Ana's to Cem.
    """
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", voice=Voice.SIE)
    cem = await guest(world, workshop, "Cem Demir", voice=Voice.EN)
    pay = await sealed_pledge(world, ben, ana)
    bus = await sealed_pledge(world, cem, ana, BUS)
    await world.clock.advance(days=5)
    way = await sealed_pledge(world, ana, cem, "Ich fahre den Radweg mit Fachleuten ab.")
    await without_day_7(world)
    await world.clock.advance(days=27)
    return ana, ben, cem, (pay, bus, way)


async def test_questions_due_within_six_days_make_one_message(sqlite_world):
    ana, ben, cem, _ = await three_pledges(sqlite_world)
    assert len(await questions(sqlite_world, ana)) == 1
    assert ana.last.startswith("Drei Versprechen, drei Tipps\n")
    assert "1 läuft" not in ana.buttons
    assert {"1 geht voran", "2 geht voran", "3 läuft", "3 erfüllt"} <= set(ana.buttons)
    assert "Wie steht es heute?" in ben.last
    assert cem.last.startswith("Two promises, two taps")


async def test_a_list_put_off_asks_again_about_what_is_unanswered_only(sqlite_world):
    world = sqlite_world
    ana, _, _, (pay, bus, way) = await three_pledges(world)
    await answers(ana, bus, "moving")
    assert "2 Bürgerbus · geht voran, notiert" in ana.last
    asked = ana.newest
    await ana.taps("In 2 Wochen")
    assert ana.newest.id == asked.id
    assert ana.last.startswith("Ich frage später wieder\nIn Ordnung. Ich frage am ")
    await world.clock.advance(days=15)
    first, second = await questions(world, ana)
    assert 14 <= (second.date() - first.date()).days <= 17
    assert "Bürgerbus" not in ana.last
    assert ana.last.startswith("Zwei Versprechen, zwei Tipps")
    await answers(ana, pay, "nothing")
    await answers(ana, way, "stuck")
    assert ana.last.endswith("Alles notiert. Ein Satz dazu ist willkommen.")


async def test_of_three_pledges_nobody_is_asked_twice_in_a_week_but_for_their_days(sqlite_world):
    world = sqlite_world
    ana, *_ = await three_pledges(world)
    await ana.taps("In 2 Wochen")
    await world.clock.advance(months=7)
    when = await questions(world, ana)
    near = [(b.date() - a.date()).days for a, b in itertools.pairwise(when)]
    assert len(when) > 6
    assert sum(days < 7 for days in near) <= 3, "on the day of each of three pledges"
    assert len({each.date() for each in when}) == len(when)
    assert await planned(world, ana) == []


# --- questions and words


async def test_words_begun_long_ago_do_not_swallow_what_is_said_after_a_question(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await begins(ben, ana)
    await world.clock.advance(months=1, hours=4)
    assert len(await questions(world, ben)) == 1
    await ben.says("Läuft gut an.")
    assert ben.last.startswith("Eine Notiz?")


async def test_whoever_is_writing_a_sentence_is_asked_the_next_day(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana)
    await world.clock.to((await world.walk.next_due()) - timedelta(minutes=10))
    await begins(ana, ben, "both")
    await world.clock.advance(minutes=11)
    assert len(await questions(world, ben)) == 1
    assert await questions(world, ana) == []
    await ana.says("Wir laden zu einem Vereinstreffen ein.")
    assert "So geht es an Ben" in ana.last
    await world.clock.advance(days=1)
    assert len(await questions(world, ana)) == 1
