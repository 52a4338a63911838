"""Deleting what is stored about somebody without Telegram: whoever entered them may at any time.

Both steps raise Refusal(STALE_BUTTON) if the pledge is not mine.
"""

from actions.exchange.turn import Turn
from actions.pledging import pledges
from actions.pledging.entered.entering import entered_party
from actions.rights import erasure
from db.session import drop_copy
from domain.outcomes.pledging.entered import EntryDeleteAsked, EntryDeleted


async def ask_delete(turn: Turn, pledge_id: int) -> None:
    """*Eintrag löschen*: the first of two steps. A pledge with anybody else is shown as it is."""
    pledge = await pledges.mine(turn, pledge_id)
    if await entered_party(turn, pledge) is None:
        await pledges.present(turn, pledge)
    else:
        turn.tell(EntryDeleteAsked.Payload(pledge.id))


async def delete(turn: Turn, pledge_id: int) -> None:
    """The second step: they are deleted, in every pledge with them, which ends. My own words are kept, without them."""
    pledge = await pledges.mine(turn, pledge_id)
    person = await entered_party(turn, pledge)
    if person is None:
        await pledges.present(turn, pledge)
        return
    await erasure.forget_entered(turn, person)
    drop_copy(turn.session)
    turn.session.info["erased"] = True
    turn.tell(EntryDeleted())
