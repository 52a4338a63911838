"""Who is there whom a card of paper may mean, and which cards were taken over: one that comes again is known, also by
other names.
"""

from collections import defaultdict

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.organising.guests import guest_lists
from db import crowd, intact
from db.models import Guest, PaperPledge
from domain.guest_lists import same_name
from domain.labels import spelt
from domain.outcomes.organising.papers import PaperSide
from domain.paper import KnownPerson, ResolvedCard


def of_workshop(workshop_id: int) -> Select[int]:
    """The ids of the cards of a workshop."""
    here = select(Guest.id).where(Guest.workshop_id == workshop_id)
    return select(PaperPledge.id).where(PaperPledge.first_id.in_(here))


async def cards(session: AsyncSession, workshop_id: int) -> defaultdict[str, list[ResolvedCard]]:
    """The cards that were taken over, by their sentence."""
    guests = {each.id: _listed(each) for each in await guest_lists.on_list(session, workshop_id)}
    there = defaultdict(list)
    for each in await intact.rows(session, PaperPledge, of_workshop(workshop_id)):
        if {each.first_id, each.second_id} <= guests.keys():
            first, second = guests[each.first_id], guests[each.second_id]
            there[spelt(each.text)].append(ResolvedCard(first, second, each.acts, each.text))
    return there


def _listed(guest: Guest) -> frozenset[object]:
    """The same as `goes_by`, of a row of the guest list."""
    joined = guest.person_id is not None
    somebody = KnownPerson(guest.person_id or guest.id, joined=joined, name=guest.name, where="")
    return goes_by(PaperSide(guest.name, somebody, is_open=False))


def goes_by(side: PaperSide) -> frozenset[object]:
    """What tells that two sides are one: the name, and whoever it means."""
    return frozenset((same_name(side.name), *((side.known.key,) if side.known is not None else ())))


async def known(session: AsyncSession, workshop_id: int) -> list[KnownPerson]:
    """Everybody whom a name may mean: those who have joined, and the guests who have not."""
    people = await crowd.named(session, crowd.in_workshop(workshop_id))
    guests = await guest_lists.on_list(session, workshop_id)
    return [
        *(
            KnownPerson(each.id, joined=True, name=each.name, where=each.place)
            for each in people
            if each.name
        ),
        *(
            KnownPerson(each.id, joined=False, name=each.name, where=each.organisation or each.place)
            for each in guests
            if each.person_id is None
        ),
    ]
