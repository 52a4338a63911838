"""The coach asks once about a vague sentence, and never blocks it."""

from db.models import Pledge
from domain.pledges import State
from domain.voice import Voice
from tests.cast import pair, sealed_pledge
from tests.conversations.intake.test_edits import typed
from tests.conversations.pledges import all_pledges, begins, column_of, writes

VAGUE = "Ich setze mich für den Bürgerbus ein."
LEFT_OPEN = "Was ist der erste Schritt?\nGenauer sagen könnt ihr es jederzeit mit „Satz oder Tag ändern“."


async def _coached(world, sentence=VAGUE, *voices, acts="author"):
    """Ben's sentence, which is asked back; his phone and the pledge's id."""
    ana, ben = await pair(world, *voices)
    await begins(ben, ana, acts)
    await ben.says(sentence)
    (pledge,) = await all_pledges(world)
    return ben, pledge.id


async def test_the_sharper_sentence_is_taken_with_a_tap(sqlite_world):
    ben, number = await _coached(sqlite_world)
    assert "Was ist der erste Schritt?" in ben.last
    assert VAGUE in ben.last
    shown = len(ben.messages)
    await ben.taps("Vorschlag nehmen")
    assert len(ben.messages) == shown, "the question becomes the preview"
    assert "So geht es an Ana" in ben.last
    text = await column_of(sqlite_world, number, Pledge.text)
    assert text.startswith("Ich lade bis ")
    assert text in ben.last
    assert not ben.shows("sharper:"), "it has its day"


async def test_ones_own_sentence_is_kept_and_goes_out(sqlite_world):
    ben, number = await _coached(sqlite_world)
    await ben.taps("Meins behalten")
    assert VAGUE in ben.last
    await ben.taps("Bestätigen")
    assert await column_of(sqlite_world, number, Pledge.text) == VAGUE
    await ben.says("Und noch etwas.")
    assert await column_of(sqlite_world, number, Pledge.text) == VAGUE, "no words are awaited any more"


async def test_words_typed_below_are_the_new_sentence_and_are_not_asked_back_again(sqlite_world):
    ben, number = await _coached(sqlite_world)
    await ben.says("Ich kümmere mich um den Bürgerbus")
    assert "So geht es an Ana" in ben.last
    assert await column_of(sqlite_world, number, Pledge.text) == "Ich kümmere mich um den Bürgerbus"


async def test_words_in_reply_are_the_new_sentence_too(sqlite_world):
    ben, number = await _coached(sqlite_world)
    question = ben.newest
    await ben.says("/hilfe")
    await ben.says("Ich rufe bis Mai den Landrat an.", reply_to=question.id)
    assert await column_of(sqlite_world, number, Pledge.text) == "Ich rufe bis Mai den Landrat an."


async def test_saying_it_differently_asks_for_the_sentence(sqlite_world):
    ben, number = await _coached(sqlite_world)
    await ben.taps("Anders sagen")
    await ben.says("Ich rufe bis Mai den Landrat an.")
    assert await column_of(sqlite_world, number, Pledge.text) == "Ich rufe bis Mai den Landrat an."


async def test_labels_may_be_typed(sqlite_world):
    ben, number = await _coached(sqlite_world)
    await ben.says("meins behalten")
    assert await column_of(sqlite_world, number, Pledge.text) == VAGUE
    assert "So geht es an Ana" in "\n".join(each.text for each in ben.messages[-2:])


async def test_a_plain_yes_takes_the_sharper_sentence_and_below_the_preview_sends_it(sqlite_world):
    ben, number = await _coached(sqlite_world)
    await ben.says("ja")
    assert (await column_of(sqlite_world, number, Pledge.text)).startswith("Ich lade bis ")
    await ben.says("ja")
    assert await column_of(sqlite_world, number, Pledge.state) is State.PROPOSED


async def test_a_plain_yes_does_not_put_a_day_into_the_sentence(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, "Ich rufe den Landrat an.")
    await ben.says("ja")
    assert await column_of(sqlite_world, number, Pledge.state) is State.PROPOSED
    assert await column_of(sqlite_world, number, Pledge.text) == "Ich rufe den Landrat an."


async def test_an_old_button_takes_only_what_it_showed(sqlite_world):
    ben, number = await _coached(sqlite_world)
    old = next(data for _, data in ben.newest.keyboard if data.startswith("sharper:"))
    await ben.says("Ich prüfe die Förderung.")
    await ben.sends_button_data(old)
    assert await column_of(sqlite_world, number, Pledge.text) == "Ich prüfe die Förderung."
    assert "So geht es an Ana" in ben.last
    await ben.taps_data(f"propose:{number}")
    await ben.sends_button_data(old)
    assert await column_of(sqlite_world, number, Pledge.text) == "Ich prüfe die Förderung."


async def test_a_sentence_that_lacks_only_its_day_gets_it_with_one_tap(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, "Ich rufe den Landrat an.")
    deadline = await column_of(sqlite_world, number, Pledge.deadline)
    (label,) = [text for text, data in ben.newest.keyboard if data.startswith("sharper:")]
    assert label.startswith(f"Mit „bis {deadline.day}. ")
    await ben.taps(label)
    assert (await column_of(sqlite_world, number, Pledge.text)).startswith(f"Ich rufe bis {deadline.day}. ")
    assert not ben.shows("sharper:")


async def test_what_the_other_is_to_do_is_asked_back_for_vagueness_only(sqlite_world):
    ben, number = await _coached(sqlite_world, "Förderung prüfen", acts="partner")
    assert "Offen bleibt, wer" not in ben.last
    assert not ben.shows("sharper:")
    await ben.taps("Meins behalten")
    assert await column_of(sqlite_world, number, Pledge.text) == "Förderung prüfen"


async def test_other_words_for_a_proposal_are_not_asked_back(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ben, ana, "Ich rufe bis Mai den Landrat an.")
    await ben.taps_data(f"propose:{number}")
    await ana.taps_data(f"adjust:{number}")
    await ana.says(VAGUE)
    assert "Unterwegs an Ben" in ana.last
    assert LEFT_OPEN in ana.last, "but told, since it can be put more exactly later"
    await ben.taps("Anderes Datum")
    await ben.taps("In 3 Monaten")
    assert LEFT_OPEN not in ben.last, "these are no words of Ben's"


async def test_an_amendment_that_leaves_something_open_says_so(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await sealed_pledge(sqlite_world, ana, ben)
    for words, told in ((VAGUE, True), ("Ich rufe bis Mai den Landrat an.", False)):
        await ana.sends_button_data(f"amend_words:{number}")
        await ana.says(words)
        assert "Unterwegs an Ben" in ana.last
        assert (LEFT_OPEN in ana.last) is told


async def test_an_edited_sentence_turns_the_question_into_the_preview(sqlite_world):
    ben, number = await _coached(sqlite_world)
    await ben.edits(typed(sqlite_world, ben, VAGUE), "Ich rufe bis Mai den Landrat an.")
    assert await column_of(sqlite_world, number, Pledge.text) == "Ich rufe bis Mai den Landrat an."
    assert "So geht es an Ana" in ben.last


async def test_the_coach_says_sie_and_english(sqlite_world):
    ben, _ = await _coached(sqlite_world, VAGUE, Voice.SIE, Voice.EN)
    assert "how you two will know it is done" in ben.last
