"""The morning after: did the two meet? One tap, of which the other learns nothing."""

import json
from datetime import timedelta

from sqlalchemy import select

from db.models import Introduction, Pledge
from domain.outcomes.choices import Met, Purpose
from tests.cast import guest, open_workshop
from tests.conversations.matching.introducing import asks, meeting, seeker_and_helper
from tests.conversations.pledges import column_of, proposes

DU, SIE = "Habt ihr euch getroffen?", "Haben Sie sich getroffen?"


def _asked(person):
    return [each for each in person.messages if each.text.startswith((DU, SIE))]


async def _met(world):
    (found,) = await world.chosen(select(Introduction))
    return found.asker_met, found.asked_met


async def _next_morning(world):
    """Ana asked Ben to meet, who said yes; both were just asked whether they met."""
    ana, ben = await meeting(world)
    await world.clock.advance(days=1, minutes=70)
    return ana, ben


async def test_both_are_asked_at_ten_and_once(sqlite_world, clock):
    ana, ben = await meeting(sqlite_world)
    await clock.advance(days=1, minutes=50)
    assert not _asked(ana) + _asked(ben)
    await clock.advance(minutes=20)
    assert ana.newest.text.startswith(f"{DU}\nBen Albrecht und du wolltet")
    assert ben.newest.text.startswith(f"{SIE}\nAna Keller und Sie wollten")
    assert ana.buttons == ["Ja", "Noch nicht", "Nein"]
    await clock.advance(days=9)
    assert [len(_asked(each)) for each in (ana, ben)] == [1, 1]


async def test_after_a_saturday_monday_is_the_next_morning(sqlite_world, clock):
    await clock.advance(days=5)
    ana, _ = await meeting(sqlite_world)
    await clock.advance(days=1, hours=8)
    assert not _asked(ana)
    await clock.advance(days=1)
    assert len(_asked(ana)) == 1


async def test_a_yes_leads_into_a_pledge_with_that_very_person(sqlite_world):
    ana, ben = await _next_morning(sqlite_world)
    await ana.taps("Ja")
    assert ana.last.startswith("Schön!")
    assert await _met(sqlite_world) == (Met.YES, None)
    await ana.taps("Versprechen geben")
    assert ana.last.startswith("Ein Versprechen mit Ben Albrecht")
    assert await column_of(sqlite_world, 1, Pledge.partner_id) == ben.row
    assert ben.newest.text.startswith(SIE), "Ben hears nothing of it"


async def test_not_yet_offers_a_way_to_reach_each_other(sqlite_world):
    ana, ben = await _next_morning(sqlite_world)
    await ana.taps("Noch nicht")
    assert ana.buttons == ["Kontakt tauschen", "Inzwischen ja"]
    await ben.says("noch nicht")
    assert await _met(sqlite_world) == (Met.NOT_YET, Met.NOT_YET)
    await ben.taps("Kontakt tauschen")
    await ben.taps("Telefonnummer")
    await ben.says("+49 30 123456")
    await ana.sends_button_data("met:1:not_yet")
    await ana.taps("Kontakt ansehen")
    assert "+49 30 123456" in ana.last


async def test_a_no_is_told_to_nobody_and_may_be_put_right(sqlite_world):
    ana, ben = await _next_morning(sqlite_world)
    heard = len(ben.messages)
    await ana.says("nein")
    assert await _met(sqlite_world) == (Met.NO, None)
    assert ana.with_data("met:").text == "In Ordnung.\nBen erfährt davon nichts."
    await ana.taps("Inzwischen ja")
    assert await _met(sqlite_world) == (Met.YES, None)
    assert len(ben.messages) == heard


async def test_nobody_answers_for_others_or_unasked(sqlite_world):
    ana, _ = await meeting(sqlite_world)
    await ana.sends_button_data("met:1:yes")
    stranger = await sqlite_world.joined_already("Cem Demir")
    await stranger.sends_button_data("met:1:no")
    await ana.sends_button_data("met:1:maybe")
    assert await _met(sqlite_world) == (None, None)


async def test_one_question_a_day_however_many_one_met(sqlite_world, clock):
    workshop = await open_workshop(sqlite_world)
    ben = await guest(sqlite_world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    for name in ("Ana Keller", "Cem Demir"):
        await asks(await guest(sqlite_world, workshop, name, seeks=("ehrenamt",)))
        await ben.taps("Kennenlernen")
    await clock.advance(days=1, hours=2)
    assert len(_asked(ben)) == 1
    await clock.advance(days=1)
    assert len(_asked(ben)) == 2


async def test_whoever_promised_something_to_each_other_is_not_asked(sqlite_world, clock):
    ana, ben = await meeting(sqlite_world)
    await proposes(ana, ben, "Ich rufe bis Mai den Landrat an.")
    await clock.advance(days=2)
    assert not _asked(ana) + _asked(ben)


async def test_a_yes_after_the_day_is_not_asked_about(sqlite_world, clock):
    ana, ben = await seeker_and_helper(sqlite_world, day=clock.local.date() - timedelta(days=1))
    await asks(ana)
    await ben.taps("Kennenlernen")
    await clock.advance(days=2)
    assert not _asked(ana) + _asked(ben)


async def test_pauses_and_withdrawn_consents_are_respected(sqlite_world, clock):
    ana, ben = await meeting(sqlite_world)
    await ana.sends_button_data("pause:4")
    await ben.sends_button_data(f"consent_off:{Purpose.CORE}")
    sqlite_world.forgotten.add(ben.id)
    await clock.advance(days=3)
    assert not _asked(ana) + _asked(ben)


async def test_the_answer_is_in_ones_own_data_only_and_goes_with_an_erasure(sqlite_world):
    ana, ben = await _next_morning(sqlite_world)
    await ana.taps("Ja")
    await ana.says("/auskunft")
    assert (await _data(sqlite_world, ana))["introductions"][0]["asker_met"] == "yes"
    await ben.says("/auskunft")
    theirs = (await _data(sqlite_world, ben))["introductions"][0]
    assert "asker_met" not in theirs
    assert theirs["asked_met"] is None
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    sqlite_world.forgotten.add(ana.id)
    assert await sqlite_world.rows(Introduction.id) == []
    assert "Ana" not in "\n".join(each.text for each in ben.messages)


async def _data(world, person):
    file = next(each for each in reversed(person.messages) if each.body.get("document"))
    async with world._http.get(f"{world.url}/stage/files/{file.body['document']['file_id']}") as answer:
        return json.loads(await answer.text())
