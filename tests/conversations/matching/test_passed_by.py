"""Whoever was passed by with *Weiter* is shown again only if they are asked for."""

from db.models import Suggestion
from domain.outcomes.choices import Verdict
from domain.outcomes.matching import Why
from tests.cast import guest
from tests.conversations.matching.introducing import seeker_and_helper


async def test_whom_somebody_passed_by_comes_back_when_asked_for(world):
    ana, ben = await seeker_and_helper(world)
    cem = await guest(world, 1, "Cem Demir", seeks=(), offers=("ehrenamt",))
    await ana.says("/partner")
    first = ana.last.split("\n")[1]
    await ana.taps("Weiter")
    await ana.taps_data("next:")
    assert ana.last.startswith("Gerade habe ich niemanden")
    assert "Weiter" not in ana.buttons
    await ana.taps("Noch einmal zeigen")
    assert ana.last.split("\n")[1] == first, "who was passed by first"
    await ana.taps("Kennenlernen")
    asked = next(each for each in (ben, cem) if each.name in first)
    assert asked.shows("intro_yes:"), asked.screen()


async def test_whoever_wants_no_talk_does_not_come_back(sqlite_world):
    ana, ben = await seeker_and_helper(sqlite_world)
    await ana.says("/partner")
    await ana.taps("Weiter")
    sides = {"person_id": ben.row, "other_id": ana.row, "workshop_id": 1}
    shown = {"why": Why.SAME, "shown_at": sqlite_world.clock.now(), "verdict": Verdict.NOT_MY_TOPIC}
    await sqlite_world.add(Suggestion(**sides, **shown))
    assert (await ana.sends_button_data("show_again")).startswith("Gerade habe ich niemanden")
    assert "Noch einmal zeigen" not in ana.buttons
