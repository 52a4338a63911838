"""A label of a message that is not the newest presses nothing: its question is shown once more, with its buttons."""

from db.models import Introduction, IntroState
from domain.voice import Voice
from tests.cast import guest, open_workshop, pair, sealed_pledge
from tests.conversations.pledges import noted, statuses, without_day_7


async def seeker_and_helper(world, voice=Voice.DU):
    """Ana, who seeks what Ben offers, with Ben's card before her; her profile is below it."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("ehrenamt",), voice=voice)
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",), voice=voice)
    await ana.says("/partner")
    await ana.says("/profil")
    return ana, ben


async def test_the_card_comes_back_and_nothing_is_pressed(sqlite_world):
    ana, _ = await seeker_and_helper(sqlite_world)
    assert "Meinst du eine dieser Antworten?" in await ana.says("Kennenlernen")
    assert "Kennenlernen" in ana.buttons
    assert await sqlite_world.rows(Introduction.state) == []
    assert "Ich frage Ben Albrecht" in await ana.says("kennenlernen"), "now it is the newest"
    assert await sqlite_world.rows(Introduction.state) == [IntroState.ASKED]


async def test_a_yes_belongs_to_no_message_further_up(sqlite_world):
    ana, _ = await seeker_and_helper(sqlite_world)
    await ana.says("ja gern")
    assert "Kennenlernen" not in ana.buttons
    assert await sqlite_world.rows(Introduction.state) == []


async def test_in_english(sqlite_world):
    ana, _ = await seeker_and_helper(sqlite_world, Voice.EN)
    await ana.says("meet")
    assert "Meet" in ana.buttons


async def test_an_answer_to_a_question_further_up_is_no_note(sqlite_world):
    world = sqlite_world
    ana, ben = await seeker_and_helper(world)
    await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    await ben.says("/profil")
    assert "Meinst du eine dieser Antworten?" in await ben.says("läuft")
    assert ben.shows("report:")
    assert await statuses(world) == await noted(world) == []


async def test_where_the_newest_buttons_are_no_answers_none_is_spoken_of(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await sealed_pledge(sqlite_world, ben, ana)
    await ben.says("/loeschen")
    await ben.taps("Ja, alles löschen")
    assert ana.buttons == ["Meine Versprechen"]
    assert "Womit geht es weiter?" in await ana.says("hm")
    assert len(ana.buttons) > 1
