"""What somebody without Telegram answers is reported by whoever entered them, and says so everywhere."""

from sqlalchemy import select

from db.models import Nudge, Outgoing, PledgeEvent
from domain.history import EventKind
from domain.pledges import State
from tests.conversations.pledges import answers, results, state_of, without_day_7
from tests.conversations.pledging.entering import agreed_with, entered_people, forwarded


async def a_month_later(world, **more):
    ana, number = await agreed_with(world, **more)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    return ana, number


async def asks(ana, number):
    await ana.taps_data(f"entered_text:{number}")


async def tells(ana, number, status):
    """What Ben answered, below the question that was passed on to him."""
    message = ana.with_data(f"entered_says:{number}:")
    data = next(
        d for _, d in message.keyboard if d.startswith(f"entered_says:{number}:") and d.endswith(f":{status}")
    )
    return await ana.presses(message, data)


async def test_one_message_a_month_asks_for_both(sqlite_world):
    world = sqlite_world
    ana, number = await a_month_later(world)
    asked = [each for each in ana.messages if "Wie steht es heute?" in each.text]
    assert len(asked) == 1
    assert "Text für Ben Albrecht" in asked[0].buttons
    await asks(ana, number)
    question, file = ana.new[-2:]
    assert "Guten Tag Ben Albrecht, was kommt von unserem Vorhaben „Ehrenamtspauschale“" in question.text
    assert file.body["document"]["file_name"].endswith(".ics")
    said = await tells(ana, number, "moving")
    assert "Notiert: geht voran, von dir berichtet." in said
    ben = (await entered_people(world))[0]
    (event,) = await world.chosen(select(PledgeEvent).where(PledgeEvent.kind == EventKind.SAID))
    assert (event.party_id, event.actor_id) == (ben.id, ana.row)
    await ana.sends_button_data(f"pledge:{number}")
    assert "von dir berichtet: geht voran." in ana.last
    assert "Was sagt" not in forwarded(ana).text


async def test_no_silence_is_held_against_who_is_not_asked(sqlite_world):
    world = sqlite_world
    ana, number = await a_month_later(world)
    for _ in range(4):
        await ana.sends_button_data(f"pledge:{number}")
        await world.clock.advance(months=1)
    assert not [each for each in ana.messages if "ist es still" in each.text]
    assert "nichts gehört" not in str([each.text for each in ana.messages])
    ben = (await entered_people(world))[0]
    assert not await world.chosen(
        select(Nudge.id).where(Nudge.person_id == ben.id, Nudge.asked_at.is_not(None))
    )
    assert not await world.chosen(select(Outgoing.id).where(Outgoing.person_id == ben.id))


async def test_kept_needs_both_words_one_of_them_reported(sqlite_world):
    world = sqlite_world
    ana, number = await a_month_later(world)
    await answers(ana, number, "kept")
    assert "Spätestens am" in ana.last
    await world.clock.advance(weeks=4)
    assert await state_of(world, number) is State.ACTIVE, "whoever is not asked objects to nothing by silence"
    await asks(ana, number)
    await ana.taps_data("entered_others:")
    await tells(ana, number, "kept")
    assert await state_of(world, number) is State.ENDED
    assert "Was Ben sagt, hast du berichtet." in results(ana)[-1].text


async def test_another_view_is_a_reason_to_talk(sqlite_world):
    ana, number = await a_month_later(sqlite_world)
    await answers(ana, number, "kept")
    await asks(ana, number)
    await tells(ana, number, "nothing")
    assert "Ben sieht es noch anders." in ana.last
    assert await state_of(sqlite_world, number) is State.ACTIVE


async def test_an_ending_that_is_reported_is_asked_about(sqlite_world):
    ana, number = await a_month_later(sqlite_world, acts="partner")
    await asks(ana, number)
    await tells(ana, number, "kept")
    assert "So hast du es berichtet." in ana.last
    await ana.taps_data(f"agree:{number}:")
    assert await state_of(sqlite_world, number) is State.ENDED


async def test_without_a_word_of_theirs_it_ends_on_its_day_and_says_so(sqlite_world):
    world = sqlite_world
    ana, number = await a_month_later(world)
    await world.clock.advance(months=5)
    await answers(ana, number, "partly", "deadline")
    assert await state_of(world, number) is State.ACTIVE
    await world.clock.advance(weeks=2, days=4)
    assert await state_of(world, number) is State.ENDED
    assert "Von Ben ist nichts eingetragen." in results(ana)[-1].text


async def test_their_words_end_and_so_does_the_entry(sqlite_world):
    world = sqlite_world
    await a_month_later(world)
    await world.clock.advance(months=9)
    assert not await entered_people(world)
    assert "Landratsamt" not in await world.stored()


async def test_an_amendment_counts_once_their_yes_is_reported(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    await ana.sends_button_data(f"amend_words:{number}")
    await ana.says("Ich führe bis 20. Juli zwei Gespräche zur Ehrenamtspauschale.")
    assert "ich würde unser Vorhaben gern so fassen:" in forwarded(ana).text
    await world.clock.advance(days=1)
    await ana.taps("Ist einverstanden")
    assert "Ben ist einverstanden. Ab jetzt gilt:" in ana.heard
    await ana.sends_button_data(f"history:{number}:0")
    assert "Von dir berichtet." in ana.last.split("\n")[1]
    await ana.sends_button_data(f"entered_agrees:{number}:1")
    assert "Was soll" in ana.last or "Versprechen" in ana.last
