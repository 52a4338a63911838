"""Who on the team does what, and where; and who lets whom."""

import pytest

from domain.team import OWNER, Duty, Granted, TeamRole, may_grant, reaches, scope

HERE, THERE = 1, 2


@pytest.mark.parametrize(
    ("role", "duties"),
    [
        (TeamRole.OWNER, {Duty.COUNT, Duty.RECEIVE, Duty.RUN}),
        (TeamRole.ORGANISER, {Duty.COUNT, Duty.RECEIVE, Duty.RUN}),
        (TeamRole.RECEPTION, {Duty.RECEIVE}),
        (TeamRole.VIEWER, {Duty.COUNT}),
    ],
)
def test_each_role_does_its_own(role, duties):
    assert {duty for duty in Duty if reaches(scope([Granted(role, HERE)], duty), [HERE])} == duties


@pytest.mark.parametrize("duty", [*Duty, None])
def test_a_role_in_one_workshop_is_none_elsewhere(duty):
    there = scope([Granted(TeamRole.ORGANISER, HERE)], duty)
    assert there == {HERE}
    assert reaches(there, [THERE, HERE])
    assert not reaches(there, [THERE])
    assert not reaches(there, [None]), "what belongs to no workshop"
    assert not reaches(there, [])


def test_of_several_roles_each_counts_where_it_is():
    granted = [Granted(TeamRole.VIEWER, HERE), Granted(TeamRole.RECEPTION, THERE)]
    assert scope(granted, Duty.COUNT) == {HERE}
    assert scope(granted, Duty.RECEIVE) == {THERE}
    assert scope(granted, None) == {HERE, THERE}
    assert scope([*granted, Granted(TeamRole.VIEWER)], Duty.COUNT) is None


def test_nobody_without_a_role_reaches_anything():
    assert not reaches(scope([], None), [HERE, None])


@pytest.mark.parametrize(
    ("granted", "wanted", "may"),
    [
        (OWNER, OWNER, True),
        (OWNER, Granted(TeamRole.ORGANISER), True),
        (Granted(TeamRole.ORGANISER, HERE), Granted(TeamRole.RECEPTION, HERE), True),
        (Granted(TeamRole.ORGANISER, HERE), Granted(TeamRole.VIEWER, HERE), True),
        (Granted(TeamRole.ORGANISER, HERE), Granted(TeamRole.VIEWER, THERE), False),
        (Granted(TeamRole.ORGANISER, HERE), Granted(TeamRole.VIEWER), False),
        (Granted(TeamRole.ORGANISER, HERE), Granted(TeamRole.ORGANISER, HERE), False),
        (Granted(TeamRole.ORGANISER), Granted(TeamRole.VIEWER), True),
        (Granted(TeamRole.ORGANISER), OWNER, False),
        (Granted(TeamRole.RECEPTION, HERE), Granted(TeamRole.VIEWER, HERE), False),
        (Granted(TeamRole.VIEWER, HERE), Granted(TeamRole.VIEWER, HERE), False),
    ],
)
def test_owners_let_everybody_and_organisers_those_below_them_where_they_are(granted, wanted, may):
    assert may_grant([granted], wanted) is may
