"""Other words, or another day, for a pledge that both agreed to: proposed, shown as a difference, accepted or not."""

from datetime import date

import pytest
from sqlalchemy import select

from db.models import Nudge, Pledge
from domain.nudging import Period
from domain.voice import Voice
from tests.cast import PAY, pair, sealed_pledge
from tests.conversations.pledges import column_of

NEW = "Ich führe bis 20. September ein Gespräch zur Ehrenamtspauschale."


async def agreed(world, *voices):
    """Ana's pledge to Ben, of today; its id."""
    ana, ben = await pair(world, *voices)
    return ana, ben, await sealed_pledge(world, ana, ben)


async def words_of(world, number):
    return await column_of(world, number, Pledge.text)


async def proposes_words(person, number, words=NEW):
    await person.sends_button_data(f"pledge:{number}")
    await person.taps("Ändern")
    await person.taps("Den Satz")
    await person.says(words)


async def test_other_words_count_once_the_other_agrees(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    assert ana.last.startswith("Unterwegs an Ben Albrecht")
    assert ben.last == (
        "Ana Keller schlägt eine Änderung vor\n"
        f"Bisher: „{PAY}“\n"
        f"Neu: „{NEW}“\n"
        "Bis du zustimmst, bleibt alles, wie es ist."
    )
    marked = {
        each["type"]: ben.last[each["offset"] : each["offset"] + each["length"]]
        for each in ben.newest.entities[1:]
    }
    assert marked == {"strikethrough": "Juli", "bold": "September"}, "only what changes"
    assert await words_of(world, number) == PAY
    await ben.taps("Einverstanden")
    assert await words_of(world, number) == NEW
    assert f"Ben ist einverstanden. Ab jetzt gilt:\n„{NEW}“" in ana.last
    await ben.sends_button_data(f"history:{number}:0")
    assert [line.partition(": ")[2] for line in ben.last.split("\n")[1:]] == [
        "mit der Änderung einverstanden",
        f"Änderungsvorschlag „{NEW}“",
        f"Vorschlag „{PAY}“ bis 12. Oktober",
    ], "the old words are kept"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (
            "Ich führe mit der Gemeindeverwaltungskommission ein Gespräch zur Ehrenamtspauschale.",
            "Ehrenamtspauschale",
        ),
        ("Ich lade zur Wärmeplanung ein.", "Wärmeplanung"),
    ],
)
async def test_the_title_stays_while_the_sentence_has_it(sqlite_world, words, title):
    ana, ben, number = await agreed(sqlite_world)
    await proposes_words(ana, number, words)
    await ben.taps("Einverstanden")
    assert (await ben.sends_button_data(f"pledge:{number}")).startswith(
        f"{title} · mit Ana Keller\n„{words}“"
    )


@pytest.mark.parametrize(
    ("voice", "title", "agree", "said"),
    [
        (Voice.SIE, "Ana Keller schlägt eine Änderung vor", "Einverstanden", "Abgemacht. Ab jetzt gilt:"),
        (Voice.EN, "Ana Keller suggests a change", "I agree", "Agreed. From now on:"),
    ],
)
async def test_it_speaks_every_voice(sqlite_world, voice, title, agree, said):
    ana, ben, number = await agreed(sqlite_world, Voice.DU, voice)
    await proposes_words(ana, number)
    assert ben.last.startswith(title)
    await ben.taps(agree)
    assert said in ben.last


async def test_left_as_it_is_with_a_reason(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    await ben.taps("So lassen, weil …")
    await ben.says("Juli ist uns versprochen.")
    assert await words_of(world, number) == PAY
    assert "Ben möchte es lassen, wie es ist.\nBen schreibt dazu: „Juli ist uns versprochen.“" in ana.last
    assert "Melden" in ana.buttons
    assert not ben.can("amend_yes:"), "nothing is left to answer"
    assert "es bleibt, wie es ist. Ana erfährt das von mir." in ben.last


async def test_a_typed_yes_and_no_are_taps(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    await ben.says("nein")
    assert "Ben möchte es lassen, wie es ist." in ana.last
    await proposes_words(ana, number)
    await ben.says("einverstanden")
    assert await words_of(world, number) == NEW


async def test_the_day_moves_the_questions_and_comes_as_a_file(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await ben.sends_button_data(f"amend_day:{number}")
    assert "20. September" not in ben.last
    await ben.taps("12. November 2027")
    for person in (ana, ben):
        assert f"„{PAY}“\nEuer Tag: bisher 12. Oktober, neu 12. November." in person.last, "it says of what"
    await ana.taps("Einverstanden")
    assert await column_of(world, number, Pledge.deadline) == date(2027, 11, 12)
    planned = await world.chosen(select(Nudge).where(Nudge.passed_over.is_(False)))
    due = {(each.person_id, each.period): each.due_at.date() for each in planned}
    for person in (ana, ben):
        assert due[person.row, Period.DEADLINE] == date(2027, 11, 12)
        assert due[person.row, Period.M5] == date(2027, 9, 13)
        assert person.newest.body["document"]["file_name"].endswith(".ics")
    assert await column_of(world, number, Pledge.revision) == 2


async def test_a_day_can_be_typed_and_has_to_be_within_a_year_of_the_yes(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    await ana.sends_button_data(f"amend_day:{number}")
    await ana.says("1. Mai 2029")
    assert "Ich habe 1. Mai 2029 verstanden." in ana.last
    await ana.says("in 2 Monaten")
    assert "neu 12. Juni." in ben.last


async def test_after_the_day_has_been_asked_about_it_may_still_move_and_is_asked_again(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await world.clock.advance(months=6, hours=4)
    await ana.taps_data(f"report:{number}:deadline:postponed")
    await ana.sends_button_data(f"amend_day:{number}")
    await ana.taps("12. November 2027")
    await ben.taps("Einverstanden")
    await ben.sends_button_data(f"report:{number}:deadline:kept")
    assert "Dieser Knopf ist nicht mehr aktuell" in ben.last, "the day is to come"
    await world.clock.advance(months=1, hours=4)
    assert "Heute ist euer Tag" in ana.last
    assert ana.shows(f"report:{number}:deadline:kept")


async def test_whoever_proposes_last_is_asked_about_nothing_else(sqlite_world):
    """Both propose at once: the newer proposal takes the place of the one before."""
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    old = next(data for _, data in ben.newest.keyboard if data.startswith("amend_yes:"))
    await ben.taps("Satz anpassen")
    await ben.says("Ich führe zwei Gespräche zur Ehrenamtspauschale.")
    assert ana.last.startswith("Ben Albrecht schlägt eine Änderung vor")
    await ben.sends_button_data(old)
    assert await words_of(world, number) == PAY
    assert ben.last.startswith("Unterwegs an Ana Keller")
    await ana.taps("Einverstanden")
    assert await words_of(world, number) == "Ich führe zwei Gespräche zur Ehrenamtspauschale."


async def test_words_and_a_day_go_together(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    await ana.taps("Den Tag")
    await ana.taps("12. November 2027")
    assert f"Neu: „{NEW}“\nEuer Tag: bisher 12. Oktober, neu 12. November." in ben.last
    await ben.taps("Einverstanden")
    assert await words_of(world, number) == NEW
    assert await column_of(world, number, Pledge.deadline) == date(2027, 11, 12)


async def test_a_day_that_the_new_sentence_names_is_a_tap_away(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    await proposes_words(ana, number)
    assert "Im Satz steht der 20. September." in ana.last
    await ana.taps("20. September nehmen")
    assert f"Neu: „{NEW}“\nEuer Tag: bisher 12. Oktober, neu 20. September." in ben.last


async def test_nothing_is_proposed_to_somebody_who_pauses(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    before = len(ben.messages)
    await proposes_words(ana, number)
    assert "Dein Gegenüber macht gerade Pause." in ana.heard
    assert len(ben.messages) == before


async def test_it_can_be_taken_back(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    asked = ben.newest.id
    await ana.taps("Zurückziehen")
    shown = next(each for each in ben.messages if each.id == asked)
    assert "Ana hat den Änderungsvorschlag zurückgenommen." in shown.text, "in the same message"
    assert "Einverstanden" not in shown.buttons


async def test_the_card_leads_to_what_waits(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    await proposes_words(ana, number)
    await ben.sends_button_data(f"pledge:{number}")
    await ben.taps("Änderung ansehen")
    assert "Einverstanden" in ben.buttons
    await ana.sends_button_data(f"amend:{number}")
    assert "Zurückziehen" in ana.buttons


async def test_what_changes_nothing_is_no_proposal_and_three_a_day_are_enough(sqlite_world):
    ana, ben, number = await agreed(sqlite_world)
    before = len(ben.messages)
    await proposes_words(ana, number, PAY)
    assert len(ben.messages) == before
    for word in ("eins", "zwei", "drei"):
        await proposes_words(ana, number, f"Ich mache {word}.")
    await proposes_words(ana, number, "Ich mache vier.")
    assert "Das reicht für heute." in ana.last
    assert "„Ich mache drei.“" in ben.last


async def test_the_edit_of_an_agreed_sentence_is_offered_as_a_change(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    mine = max(each["message_id"] for each in world.messages(ana.id) if each.get("out"))
    await ben.taps("Einverstanden")
    await ana.edits(mine, PAY)
    assert ana.last.startswith("Als Änderung vorschlagen?")
    await ana.edits(mine, f"{PAY} Versprochen!")
    assert f"Neu: „{PAY} Versprochen!“" in ana.last
    for data in (data for _, data in ana.newest.keyboard if data.startswith(("amend_offer:", "amend_keep:"))):
        assert "Dieser Knopf ist nicht mehr aktuell" in await ben.sends_button_data(data), "it is not Ben's"
    assert await words_of(world, number) == NEW
    await ana.taps("Ja, vorschlagen")
    assert f"Neu: „{PAY} Versprochen!“" in ben.last
    await ana.edits(mine, NEW)
    await ana.edits(mine, "Ich mache es anders.")
    await ana.taps("So lassen")
    assert await words_of(world, number) == NEW


async def test_the_words_of_the_erased_go_with_them(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number, "Ich füttere den Kanarienvogel.")
    await ben.taps("Einverstanden")
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    world.forgotten.add(ana.id)
    assert not [each for each in ben.messages if "Kanarienvogel" in each.text]
    assert await words_of(world, number) is None


async def test_what_is_only_offered_keeps_no_name_of_the_erased(sqlite_world):
    world = sqlite_world
    ana, ben, number = await agreed(world)
    await proposes_words(ana, number)
    mine = max(each["message_id"] for each in world.messages(ana.id) if each.get("out"))
    await ben.taps("Einverstanden")
    await ana.edits(mine, "Ich treffe Ben Albrecht im Rathaus.")
    assert "Albrecht" in await world.stored()
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    assert "Albrecht" not in await world.stored()
    assert not [each for each in ana.messages if "Albrecht" in each.text]
