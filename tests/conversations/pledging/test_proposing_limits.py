"""How much one person may propose: five at once, three a day to the same person; a draft is never lost by it."""

from sqlalchemy import select

from db.models import Pledge
from domain.limits import OPEN_PROPOSALS, PROPOSALS_A_DAY
from domain.pledges import State
from tests.cast import guest, pair, pledge_row
from tests.conversations.pledges import all_pledges, proposes, writes

INVITES = "lädt dich zu einem Versprechen ein"


async def test_nobody_is_flooded_with_proposals(sqlite_world, clock):
    """Taken back or not: the fourth of a day stays a draft, and goes out the day after."""
    ana, ben = await pair(sqlite_world)
    for n in range(PROPOSALS_A_DAY):
        number = await proposes(ben, ana, f"Ich mache Sache {n}.")
        await ben.taps_data(f"drop:{number}")
    number = await writes(ben, ana, "Ich mache noch eine Sache.")
    said = await ben.taps_data(f"propose:{number}")
    assert said.startswith("Das reicht für heute.\nDrei Vorschläge am Tag")
    assert ben.buttons == ["Meine Versprechen"]
    assert sum(INVITES in each.text for each in ana.messages) == PROPOSALS_A_DAY
    assert (await all_pledges(sqlite_world))[-1].state is State.DRAFT
    await clock.advance(days=1)
    await ben.taps_data(f"propose:{number}")
    assert INVITES in ana.last


async def test_others_may_still_be_asked_that_day(sqlite_world):
    ana, ben = await pair(sqlite_world)
    cem = await guest(sqlite_world, 1, "Cem Demir")
    for n in range(PROPOSALS_A_DAY):
        await ben.taps_data(f"drop:{await proposes(ben, ana, f'Ich mache Sache {n}.')}")
    await proposes(ben, cem, "Ich rede mit dem Gemeinderat.")
    assert INVITES in cem.last
    await proposes(cem, ana, "Ich rufe an.")
    assert "Cem Demir lädt dich zu einem Versprechen ein" in ana.last, "and nobody else's count is theirs"


async def test_five_proposals_may_wait_for_an_answer(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    waiting = {"state": State.PROPOSED, "made_on": None}
    others = [await guest(world, 1, f"Gast{n} Nachname{n}") for n in range(OPEN_PROPOSALS)]
    at = world.clock.now()
    await world.add(*[pledge_row(1, ben.row, other.row, at, **waiting) for other in others])
    number = await writes(ben, ana, "Ich mache noch eine Sache.")
    heard = len(ana.messages)
    said = await ben.taps_data(f"propose:{number}")
    assert said.startswith("Fünf Vorschläge sind gerade offen.")
    assert len(ana.messages) == heard
    theirs = await world.chosen(select(Pledge.id).where(Pledge.partner_id == others[0].row))
    said = await others[0].sends_button_data(f"decline:{theirs[0]}")
    assert "Dieser Knopf" not in said, said
    await ben.taps_data(f"propose:{number}")
    assert INVITES in ana.last
