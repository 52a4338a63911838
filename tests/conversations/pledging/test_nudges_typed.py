"""Every button of a question has a durable twin: its label typed, or in reply, hours later and after a restart."""

import pytest

from tests.conversations.pledges import a_month_on, given, questions, statuses

LABELS = [
    ("Läuft", "Läuft, notiert."),
    ("hängt", "Hängt, notiert."),
    ("Erfüllt", "Erfüllt, notiert."),
    ("Anderes", "[Geplant]"),
    ("In 1 Woche", "Ich frage am 19. Mai wieder."),
    ("In 2 Wochen", "Ich frage am 26. Mai wieder."),
]


def shown(person, message):
    """The text and buttons of this message as it is now."""
    now = next(each for each in person.messages if each.id == message.id)
    return now.text + " ".join(f"[{label}]" for label in now.buttons)


@pytest.mark.parametrize(("label", "says"), LABELS)
async def test_a_label_counts_two_hours_later_and_after_a_restart(sqlite_world, label, says):
    world = sqlite_world
    _, ben, _ = await a_month_on(world)
    asked = ben.newest
    await world.clock.advance(hours=2)
    await world.restart()
    await ben.says(label)
    assert says in shown(ben, asked)


@pytest.mark.parametrize(("label", "says"), LABELS)
async def test_a_label_counts_in_reply_whatever_came_below(sqlite_world, label, says):
    world = sqlite_world
    _, ben, _ = await a_month_on(world)
    asked = ben.newest
    await ben.says("/profil")
    await ben.says(label, reply_to=asked.id)
    assert says in shown(ben, asked)


async def test_what_follows_an_answer_can_be_typed_too(sqlite_world):
    _, ben, _ = await a_month_on(sqlite_world)
    await ben.says("läuft")
    await ben.says("Rückgängig")
    assert "Wie steht es heute?" in ben.last
    assert await statuses(sqlite_world) == []
    await ben.says("hängt")
    await ben.says("Ein Satz dazu")
    await ben.says("Der Ausschuss tagt erst im Juni.")
    assert [each.notes for each in await given(sqlite_world)] == [["Der Ausschuss tagt erst im Juni."]]


async def test_the_follow_up_says_when_it_would_be_quiet_and_keeps_its_word(sqlite_world):
    world = sqlite_world
    _, ben, _ = await a_month_on(world)
    await world.clock.advance(days=7, hours=6)
    assert ben.last == (
        "Kurz noch einmal: „Ehrenamtspauschale“\nWie steht es heute?\nEin Tipp, dann frage ich erst im Juni wieder."
    )
    await ben.says("läuft")
    assert ben.last.endswith("Ich frage im Juni wieder.")
    told = len(await questions(world, ben))
    await world.clock.advance(days=20)
    assert [at.month for at in (await questions(world, ben))[told:]] in ([], [6])


async def test_the_follow_up_is_led_by_the_other_s_last_words(sqlite_world):
    world = sqlite_world
    ana, ben, _ = await a_month_on(world)
    await ana.says("Geht voran")
    await world.clock.advance(days=7, hours=6)
    assert ben.last.split("\n")[:3] == [
        "Kurz noch einmal: „Ehrenamtspauschale“",
        "Ana am 12. Mai: geht voran.",
        "Wie steht es heute?",
    ]
