"""A contact that somebody shared is reported: the team sees it, and it is kept for no longer than any contact."""

import pytest

from db.models import Complaint
from tests.conversations.matching.introducing import meeting

RUDE = "ruf.nie.wieder.an@example.org"


async def reported(world):
    """Ben, whose address Ana has just reported, Ana, and an organiser."""
    ana, ben = await meeting(world)
    orga = await world.organiser()
    await ben.taps("Kontakt tauschen")
    await ben.taps("E-Mail-Adresse")
    await ben.says(RUDE)
    assert (await ana.taps("Melden")).startswith("Danke, das Team sieht es sich an.")
    return ana, ben, orga


async def test_the_team_sees_it_and_says_what_follows(world):
    ana, ben, orga = await reported(world)
    heard = len(ben.messages)
    await ana.taps("Melden")
    assert await world.count(Complaint) == 1, "twice is once"
    await orga.says("/orga")
    shown = await orga.taps("Gemeldete Texte")
    assert shown.replace("\u2060", "").startswith(
        f"1 gemeldeter Text\nAls Kontakt geteilt von: Ben Albrecht\n„{RUDE}“"
    )
    assert "Ana" not in shown
    await orga.taps("Wir sprechen darüber")
    assert ana.last.startswith("Zu der Meldung von neulich")
    assert len(ben.messages) == heard


async def test_nobody_else_reports_it_and_nothing_that_was_not_shared(sqlite_world):
    ana, ben, _orga = await reported(sqlite_world)
    for one, intro in ((ben, 1), (ana, 2)):
        assert "nicht mehr aktuell" in await one.sends_button_data(f"complain_contact:{intro}")
    assert await sqlite_world.count(Complaint) == 1


@pytest.mark.parametrize("settled", [False, True])
async def test_it_ends_a_month_after_it_was_made(sqlite_world, clock, settled):
    _ana, _ben, orga = await reported(sqlite_world)
    if settled:
        await orga.says("/orga")
        await orga.taps("Gemeldete Texte")
        await orga.taps("In Ordnung")
    await clock.advance(days=29)
    assert await sqlite_world.count(Complaint) == 1
    await clock.advance(days=2)
    assert await sqlite_world.count(Complaint) == 0
