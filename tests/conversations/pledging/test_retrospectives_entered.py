"""Looking back with somebody without Telegram: the text is passed on, and their yes is reported."""

from sqlalchemy import select

from db.models import PledgeEvent
from domain.history import EventKind
from tests.cast import guest
from tests.conversations.pledging.entering import agreed_with, forwarded
from tests.conversations.pledging.handshaking import link_in


async def ended(world):
    """Ana's pledge with Ben, both of whom say that it is kept; her phone and the pledge's id."""
    ana, number = await agreed_with(world)
    await world.clock.advance(months=1, hours=4)
    await ana.taps_data(f"report:{number}:m1:kept")
    await ana.taps_data(f"entered_text:{number}")
    await ana.taps_data(f"entered_others:{number}")
    await ana.taps_data(next(d for _, d in ana.with_data("entered_says:").keyboard if d.endswith(":kept")))
    await ana.sends_button_data(f"retro:{number}")
    return ana, number


async def test_it_closes_with_their_reported_yes_and_not_by_itself(sqlite_world):
    world = sqlite_world
    ana, _ = await ended(world)
    await ana.taps("Bestätigen")
    text = forwarded(ana).text
    assert text.startswith("Guten Tag Ben Albrecht,\nso sehe ich unser Vorhaben im Rückblick:\n")
    assert "Ergebnis: erfüllt, so sehen wir es beide." in text
    assert "bot" not in text.casefold()
    await world.clock.advance(days=20)
    await ana.taps_data("retro_theirs:")
    closed = next(each for each in ana.messages if each.text.startswith("Eure Bilanz\n"))
    assert "Das Ja von Ben hast du berichtet." in closed.text
    assert "Als Bild" in closed.buttons
    assert "Wer darf sie lesen?" not in closed.buttons


async def test_a_yes_to_other_lines_does_not_count(sqlite_world):
    ana, number = await ended(sqlite_world)
    await ana.taps("Bestätigen")
    stale = next(d for _, d in ana.with_data("retro_theirs:").keyboard if d.startswith("retro_theirs:"))
    await ana.sends_button_data(f"retro_line:{number}:learned")
    await ana.says("Früh anrufen.")
    await ana.sends_button_data(stale)
    assert "Sagt Ben Ja dazu, trag es hier ein" in ana.last
    assert "Abgeschlossen" not in ana.screen()


async def test_whoever_takes_over_has_fourteen_days_of_their_own(sqlite_world):
    world = sqlite_world
    ana, number = await ended(world)
    await ana.taps("Bestätigen")
    await world.clock.advance(days=20)
    ben = await guest(world, 1, "Ben Albrecht")
    await ana.sends_button_data(f"takeover_link:{number}")
    await ben.start(link_in(ana.newest).partition("start=")[2])
    await ben.taps_data("takeover_yes:")
    assert ben.last.startswith("Eure Bilanz – ein Entwurf")
    await world.clock.advance(days=10)
    assert "Abgeschlossen" not in ben.screen()
    await world.clock.advance(days=10)
    assert "Abgeschlossen" in ben.screen()


async def test_nobody_is_let_read_what_somebody_has_a_part_in_who_is_not_asked(sqlite_world):
    ana, number = await ended(sqlite_world)
    await ana.taps("Bestätigen")
    await ana.taps_data("retro_theirs:")
    for pressed in ("readers", "retro_readers", "readers_are", "retro_read_by"):
        more = ":public" if pressed in ("readers_are", "retro_read_by") else ""
        await ana.sends_button_data(f"{pressed}:{number}{more}")
        assert "mitlesen" not in ana.last
        assert "öffentlich" not in ana.last.casefold()
    kinds = await sqlite_world.chosen(select(PledgeEvent.kind))
    assert not {EventKind.READERS_SET, EventKind.RETRO_READERS} & set(kinds)
