"""The relay: a few words to the other through the bot, reportable, stoppable, gone after thirty days."""

from sqlalchemy import select

from db.models import Complaint, Relay
from tests.cast import PAY, guest, pair, sealed_pledge
from tests.conversations.offices import a_month_on
from tests.conversations.pledges import writes as drafted

STALE = "Dieser Knopf ist nicht mehr aktuell"


async def writes(person, number, words="Passt es dir am Montag? https://böse.example @wer /start"):
    await person.sends_button_data(f"relay:{number}")
    return await person.says(words)


async def test_words_go_to_the_other_and_come_back(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await sealed_pledge(sqlite_world, ben, ana, PAY)
    assert (await writes(ben, number)).startswith(
        "Weitergegeben an Ana Keller\nHeute gehen noch 2 Nachrichten."
    )
    assert ana.last.splitlines()[0] == "Worte von Ben Albrecht"
    assert "Passt es dir am Montag?" in ana.last
    tappable = {"url", "mention", "bot_command"}
    assert not tappable & {each["type"] for each in ana.newest.body.get("entities", ())}
    await ana.taps("Antworten")
    await ana.says("Montag passt.")
    assert "Montag passt." in ben.last


async def test_three_a_day_and_a_swipe_counts_as_an_answer(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, PAY)
    for _ in range(3):
        await writes(ben, number)
    assert "Drei Nachrichten am Tag" in await ben.sends_button_data(f"relay:{number}")
    await ana.says("Ja, gern.", reply_to=ana.newest.id)
    assert "Ja, gern." in ben.last
    await world.clock.advance(days=1)
    assert "Weitergegeben" in await writes(ben, number)


async def test_whoever_gets_them_reports_and_stops_them(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, PAY)
    await writes(ben, number, "Böse Worte")
    await ana.taps("Melden")
    (complaint,) = await world.chosen(select(Complaint))
    assert (complaint.words, complaint.pledge_id) == ("Böse Worte", number)
    await ana.taps_data("relay_stop:")
    assert (
        "Von Ben reiche ich dir ein halbes Jahr lang nichts mehr weiter" in ana.with_data("relay_allow:").text
    )
    assert "reiche ich gerade nicht weiter" in await ben.sends_button_data(f"relay:{number}")
    await ana.taps_data("relay_allow:")
    assert "Weitergegeben" in await writes(ben, number)


async def test_whoever_stopped_them_gets_no_new_proposal_for_half_a_year(sqlite_world):
    """A sentence would be a few words, too."""
    world = sqlite_world
    ana, ben = await pair(world)
    await writes(ben, await sealed_pledge(world, ben, ana, PAY))
    await ana.taps_data("relay_stop:")
    draft = await drafted(ben, ana, "Ich schreibe dir hier weiter.")
    assert "reiche ich gerade nicht weiter" in await ben.taps_data(f"propose:{draft}")
    assert "schreibe dir hier" not in str([each.body for each in ana.messages])
    await world.clock.advance(days=182)
    draft = await drafted(ben, ana, "Ich schreibe dir hier weiter.")
    assert "reiche ich gerade nicht weiter" in await ben.taps_data(f"propose:{draft}")
    await world.clock.advance(days=2)
    await ben.taps_data(f"propose:{draft}")
    assert "schreibe dir hier" in ana.last


async def test_nobody_else_reads_or_answers_them(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, PAY)
    await writes(ben, number)
    (relay,) = await world.chosen(select(Relay.id))
    (workshop,) = {each.workshop_id for each in await world.chosen(select(Complaint.id))} or {1}
    cem = await guest(world, workshop, "Cem Demir")
    for verb in ("relay_show", "relay_answer", "relay_stop", "complain_relay"):
        for stranger in (cem, ben):
            assert STALE in await stranger.sends_button_data(f"{verb}:{relay}")
    assert STALE in await cem.sends_button_data(f"relay:{number}")


async def test_after_thirty_days_they_are_gone(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await sealed_pledge(world, ben, ana, PAY)
    await writes(ben, number)
    await world.clock.advance(days=31)
    assert await world.chosen(select(Relay)) == []
    assert STALE in await ana.sends_button_data("relay_show:1")


async def test_they_reach_an_mps_office_and_the_office_answers(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    await writes(people.ana, number)
    assert people.cem.last.startswith("Worte von Ana Keller\nFür Ben Albrecht")
    await people.cem.taps("Antworten")
    await people.cem.says("Der Termin steht.")
    assert people.ana.last.startswith("Worte von Ben Albrecht")
    shown = "Die Antwort: „Der Termin steht.“\nZuletzt getippt: Cem Demir"
    assert people.dana.last.startswith("Worte von Ana Keller\nFür Ben Albrecht")
    assert people.dana.last.endswith(shown)


async def test_whoever_had_blocked_the_bot_reads_them_when_they_are_back(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await sealed_pledge(sqlite_world, ben, ana, PAY)
    await ana.blocks()
    await writes(ben, number, "Bis bald!")
    await writes(ben, number, "Und gute Reise!")
    await ana.blocks(False)
    await ana.start()
    assert [word for word in ("Bis bald!", "Und gute Reise!") if word not in ana.screen()] == []
