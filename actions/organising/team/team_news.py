"""Tells the right people that somebody has been given a role on the team, or has lost one.

For owners and organisers that is every other owner; for all other roles, whoever let them in. The person concerned is
always told.
"""

from collections.abc import Iterable

from sqlalchemy import select

from actions.exchange.turn import Turn
from actions.organising.team import team
from db.models import Grant, Person
from domain.outcomes.organising.team import (
    EVERYWHERE,
    TeamGranted,
    TeamJoined,
    TeamRoleEnded,
    TeamRoleGone,
)
from domain.team import Granted, TeamRole

_MATTERS = (TeamRole.OWNER, TeamRole.ORGANISER)


async def tell_granted(turn: Turn, person: Person, what: Granted, by: Person | None) -> None:
    """Somebody has a role now. Whoever's turn it is knows."""
    where = what.workshop_id or EVERYWHERE
    if person is not turn.person:
        turn.news(person, TeamJoined.Payload(what.role, where))
    told = [by] if by is not None else []
    for each in await _concerned(turn, person, what, told):
        payload = TeamGranted.Payload(person.id, what.role, where, by=by.id if by is not None else 0)
        turn.news(each, payload)


async def tell_ended(turn: Turn, person: Person, what: Granted, *, moved: bool = False) -> None:
    """A role of theirs has ended; `moved`: with their old account."""
    where = what.workshop_id or EVERYWHERE
    left = await turn.session.scalar(select(Grant.id).where(Grant.person_id == person.id).limit(1))
    ended = TeamRoleEnded.Payload(what.role, where, last=left is None)
    if person is turn.person:
        turn.tell(ended, edit=turn.pressed is not None and not moved)
    else:
        turn.news(person, ended)
    for each in await _concerned(turn, person, what):
        turn.news(each, TeamRoleGone.Payload(person.id, what.role, where, moved=moved))


async def tell_erased(turn: Turn, ended: Iterable[Granted]) -> None:
    """Whoever had these roles has erased themselves: owners hear which are free, and no name."""
    for what in ended:
        for each in await _concerned(turn, turn.me, what, every=True):
            turn.news(each, TeamRoleGone.Payload(0, what.role, what.workshop_id or EVERYWHERE))


async def _concerned(
    turn: Turn, person: Person, what: Granted, told: Iterable[Person] = (), *, every: bool = False
) -> list[Person]:
    matters = every or what.role in _MATTERS
    owners = await team.owners_within_reach(turn.session, turn.operator) if matters else []
    people = {each.id: each for each in (*owners, *told)}
    return [each for number, each in sorted(people.items()) if each not in (person, turn.person)]
