"""A no may say why: in one of three taps, or in one's own words; the proposer is told, in one message."""

import pytest

from db.models import PledgeEvent
from domain.pledges import State
from domain.voice import Voice
from tests.cast import PAY, pair
from tests.conversations.pledges import proposes, state_of


async def proposed(world, *voices):
    """Ana's pledge, as Ben has just been asked about it; its id."""
    ana, ben = await pair(world, *voices)
    return ana, ben, await proposes(ana, ben, PAY)


async def test_a_no_without_a_reason_is_one_tap(sqlite_world):
    ana, ben, number = await proposed(sqlite_world)
    await ben.taps("Lieber nicht")
    assert await state_of(sqlite_world, number) is State.DECLINED
    assert "Einen Grund nenne ich nicht." in ben.last
    assert "Für Ben passt es gerade nicht." in ana.last
    assert "Melden" not in ana.buttons


@pytest.mark.parametrize(
    ("voice", "button", "told"),
    [
        (Voice.DU, "Keine Zeit", "Für Ben passt es so nicht.\nBen fehlt gerade die Zeit dafür."),
        (Voice.SIE, "Nicht zuständig", "Ben Albrecht ist dafür nicht zuständig."),
        (Voice.EN, "Other words", "Ben would put it differently."),
    ],
)
async def test_a_reason_can_be_tapped(sqlite_world, voice, button, told):
    ana, ben, _ = await proposed(sqlite_world, voice)
    before = len(ana.messages)
    await ben.taps_data("no_because:")
    assert len(ana.messages) == before, "nothing is told before there is a reason, or none"
    await ben.taps(button)
    assert told in ana.last
    assert len(ana.messages) == before + 1


async def test_a_reason_in_ones_own_words_is_told_untappable_and_can_be_reported(sqlite_world):
    ana, ben, number = await proposed(sqlite_world)
    await ben.taps("Nein, weil …")
    await ben.says("Erst nach der Wahl, siehe https://boese.example und @boris")
    assert "nenne deinen Grund" in ben.last
    assert "Ben schreibt dazu: „Erst nach der Wahl, siehe https:" in ana.last
    assert ana.newest.tappable == []
    await ana.taps("Melden")
    assert await state_of(sqlite_world, number) is State.DECLINED
    await ana.sends_button_data(f"history:{number}:0")
    assert "Ben: passt gerade nicht „Erst nach der Wahl" in ana.last


async def test_typed_below_the_question_it_is_a_no_with_its_reason(sqlite_world):
    ana, ben, _ = await proposed(sqlite_world)
    await ben.says("Nein, weil das Ordnungsamt das entscheidet")
    assert "Ben schreibt dazu: „weil das Ordnungsamt das entscheidet“" in ana.last


async def test_a_plain_no_stays_a_no_without_a_reason(sqlite_world):
    ana, ben, _ = await proposed(sqlite_world)
    await ben.says("nein")
    assert "Für Ben passt es gerade nicht." in ana.last


async def test_the_reason_can_be_left_out_after_all(sqlite_world):
    ana, ben, _ = await proposed(sqlite_world)
    await ben.taps("Nein, weil …")
    await ben.taps("Ohne Grund")
    assert "Für Ben passt es gerade nicht." in ana.last


async def test_once_it_is_answered_no_reason_changes_that(sqlite_world):
    ana, ben, number = await proposed(sqlite_world)
    await ben.taps("Nein, weil …")
    await ben.sends_button_data(f"accept:{number}:1")
    await ben.says("keine Lust")
    await ben.sends_button_data(f"because:{number}:0:no_time")
    assert await state_of(sqlite_world, number) is State.ACTIVE
    assert not [each for each in ana.messages if "passt es so nicht" in each.text]


async def test_the_reason_goes_with_whoever_gave_it(sqlite_world):
    world = sqlite_world
    ana, ben, _ = await proposed(world)
    await ben.taps("Nein, weil …")
    await ben.says("Mir fehlt der Kanarienvogel")
    assert "Kanarienvogel" in ana.last
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    assert not [each for each in ana.messages if "Kanarienvogel" in each.text]
    assert "Kanarienvogel" not in str(await world.rows(PledgeEvent.notes))
