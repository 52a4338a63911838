"""Where others than the two read of a pledge on their phones: it changes with what they may read."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import file_ends, shown
from actions.exchange.entries import Kinds
from db.models import Pledge
from domain.outcomes.organising.exports import PledgesExported
from domain.outcomes.organising.released import ReleasedPledges
from domain.outcomes.organising.reports import ReportFiled, ReportRetrospectives
from domain.outcomes.organising.wall import WallPledges

SHOWN_TO_OTHERS: Kinds = (
    ReleasedPledges.Payload,
    WallPledges.Payload,
    ReportRetrospectives.Payload,
    PledgesExported.Payload,
)
"""The messages in which others than the two may read a pledge; the object of each is its workshop. What they show has
to come through the gate (`readable`), and changes with it.
"""


async def show_anew(session: AsyncSession, pledge: Pledge, now: datetime) -> None:
    """Whatever shows it to others changes to what they may read from now on. Call it before anything is told."""
    await shown.show_anew(session, SHOWN_TO_OTHERS, pledge.workshop_id, now)
    await take_files_away(session, select(Pledge.workshop_id).where(Pledge.id == pledge.id), now)


async def take_files_away(session: AsyncSession, workshops: Select[int], now: datetime) -> None:
    """No edit makes a file anew: those of these workshops' reports, which would go after an hour, go at once. What has
    not been sent yet will say what is true then. Call it like `show_anew`.
    """
    await file_ends.end_now(session, ReportFiled.Payload, workshops, now)
