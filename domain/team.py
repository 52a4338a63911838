"""Who may do what at the desk: the roles of the team, in one workshop or in all, and what each of them does."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class TeamRole(StrEnum):
    OWNER = "owner"  # always of all workshops
    ORGANISER = "organiser"
    RECEPTION = "reception"
    VIEWER = "viewer"


class Duty(StrEnum):
    """What an action of the desk is part of."""

    COUNT = "count"  # to see numbers, of nobody by name
    RECEIVE = "receive"  # to confirm and find people, to answer them, to show a workshop's code
    RUN = "run"  # everything else: broadcasts, rounds, complaints, offices, lost accounts ...


_DOES: dict[TeamRole, frozenset[Duty]] = {
    TeamRole.OWNER: frozenset(Duty),
    TeamRole.ORGANISER: frozenset(Duty),
    TeamRole.RECEPTION: frozenset({Duty.RECEIVE}),
    TeamRole.VIEWER: frozenset({Duty.COUNT}),
}


@dataclass(frozen=True)
class Granted:
    """A role on the team, in one workshop, or in all if `workshop_id` is None."""

    role: TeamRole
    workshop_id: int | None = None


OWNER = Granted(TeamRole.OWNER)
"""What the settings grant to the first owners."""

Scope = frozenset[int] | None
"""The ids of some workshops; None: of all there are, also of what belongs to none."""

NO_WORKSHOP: Scope = frozenset()


def doing(duty: Duty) -> tuple[TeamRole, ...]:
    """The roles that do this."""
    return tuple(role for role in TeamRole if duty in _DOES[role])


def scope(granted: Iterable[Granted], duty: Duty | None) -> Scope:
    """The workshops in which somebody does this; `duty` None: in which they do anything."""
    doing_it = [each for each in granted if duty is None or duty in _DOES[each.role]]
    if any(each.workshop_id is None for each in doing_it):
        return None
    return frozenset(each.workshop_id for each in doing_it if each.workshop_id is not None)


def reaches(there: Scope, workshops: Collection[int | None]) -> bool:
    """Whether one of these workshops is in the scope. What belongs to no workshop is in that of all only."""
    return there is None or not there.isdisjoint(workshops)


def may_grant(granted: Collection[Granted], wanted: Granted) -> bool:
    """Whether somebody may invite into this role, change it and end it: owners everything, organisers reception and
    viewers where they organise.
    """
    if any(each.role is TeamRole.OWNER for each in granted):
        return True
    below = wanted.role in (TeamRole.RECEPTION, TeamRole.VIEWER)
    return below and reaches(scope(granted, Duty.RUN), (wanted.workshop_id,))
