"""Each of these rules gets somewhere on a plain day: one that never did would search nothing."""

import pytest
from hypothesis.stateful import RULE_MARKER

from db.models import BroadcastState, RoundtableState
from domain.history import EventKind
from domain.pledges import Acts, Status
from tests.faults.ground import File
from tests.machine import invariants
from tests.machine.ground import Ground
from tests.machine.people import SECOND, TEAM
from tests.machine.rules import PledgeMachine

ANA, BEN, CEM, DORA = range(4)
EVERYBODY = (ANA, BEN, CEM, DORA)


class Stepwise:
    """A machine of which the invariants are asked after each rule."""

    def __init__(self, machine):
        self._machine = machine

    def __getattr__(self, name):
        found = getattr(self._machine, name)
        return self._step(found) if hasattr(found, RULE_MARKER) else found

    def _step(self, rule):
        def step(*given):
            rule(*given)
            self._machine.holds()

        return step


@pytest.fixture
def machine(_sqlite_template, tmp_path):
    ground = Ground(File(_sqlite_template, tmp_path))
    machine = type("Machine", (PledgeMachine,), {"ground": ground})()
    machine.opens((ANA, BEN), Acts.AUTHOR, 6)
    yield Stepwise(machine)
    machine.run(machine.engine.close())
    ground.close()


def said(machine, *kinds):
    return [each for each in machine.engine.telegram.said if each.kind in kinds and not each.is_edit]


def copies(machine):
    """How many announcements the four have got."""
    guests = {machine.chat(who) for who in EVERYBODY}
    return [each.chat for each in said(machine, "BroadcastCopy") if each.chat in guests]


def want_announcements(machine):
    """All but Dora."""
    for who in (ANA, BEN, CEM):
        machine.changes_what_else_they_agree_to(who, "consent_on:A")


def test_an_announcement_is_let_out_by_the_other_of_the_team(machine):
    want_announcements(machine)
    machine.announces(TEAM, "everybody", False, "yes")
    assert len(copies(machine)) == 3
    machine.announces(SECOND, "everybody", True, "yes")
    assert len(copies(machine)) == 3
    machine.hours_pass(30)
    assert len(copies(machine)) == 6
    machine.announces(TEAM, "everybody", False, "no")
    machine.it_is_the_day()
    machine.announces(SECOND, "notice", False, "yes")
    assert len(copies(machine)) == 10


@pytest.mark.parametrize("how", ["halt", "recall"])
def test_one_is_stopped_half_way(machine, how):
    machine.stops_it_half_way(TEAM, how, "notice")
    (sent,) = machine.seen.broadcasts.values()
    assert sent.state is BroadcastState.HALTED if how == "halt" else sent.ended
    there = len(copies(machine))
    assert there < 4
    machine.lets_an_announcement_go_on(SECOND)
    assert len(copies(machine)) == (4 if how == "halt" else there)


def test_two_of_the_team_decide_at_once(machine):
    want_announcements(machine)
    for side in (0, 1):
        machine.makes_it_public(0, side)
    for what, same in (("role", False), ("moment", True), ("wall", False), ("round", False), ("table", True)):
        machine.two_of_the_team_decide_at_once(what, same)
    assert len(machine.seen.moments) == 1
    machine.announces(TEAM, "everybody", False, "nothing")
    machine.takes(TEAM, "broadcast_do:1:ask")
    machine.two_of_the_team_decide_at_once("announcement", False)
    assert machine.seen.broadcasts[1].state is not BroadcastState.DRAFT
    machine.presses_a_button_of_the_team(ANA, TEAM, 0, 0)


def test_a_photo_reaches_the_other_and_the_wall_shows_what_all_three_let(machine):
    machine.shows_a_photo_of_it(0, ANA)
    (photo,) = [word for word in machine.readers if not word.startswith("Kanari")]
    there = {each.chat for each in machine.engine.telegram.said if photo in each.text}
    assert there == {machine.chat(BEN)}
    for side in (0, 1):
        assert not machine.run(machine.wall())
        machine.makes_it_public(0, side)
    machine.decides_about_the_wall(TEAM, False)
    assert not machine.run(machine.wall())
    machine.decides_about_the_wall(SECOND, True)
    assert machine.run(machine.wall())


@pytest.mark.parametrize("who", [None, CEM])
def test_a_side_is_taken_over(machine, who):
    machine.enters_somebody(ANA, Acts.AUTHOR, True)
    machine.takes_over_a_side(0, who)
    kinds = {each.kind for each in machine.seen.events[max(machine.seen.pledges)]}
    assert EventKind.TAKEN_OVER in kinds
    assert len(machine.people) == (7 if who is None else 6)


def test_whoever_takes_over_is_asked_what_waits_for_them(machine):
    machine.enters_somebody(ANA, Acts.AUTHOR, True)
    machine.one_says_it_is_over(0, 0, Status.ENDED, "nothing")
    machine.takes_over_a_side(0, None)
    (asked,) = said(machine, "AgreementAsked")
    assert asked.chat == machine.people[-1][0]
    machine.enters_somebody(ANA, Acts.AUTHOR, False)
    machine.takes_over_a_side(0, None)


def test_cards_are_entered_and_a_guest_comes(machine):
    machine.enters_a_card(TEAM, (ANA, CEM), True)
    machine.answers_a_card(ANA, "paper_yes")
    assert len(machine.seen.pledges) == 2
    machine.enters_a_card(TEAM, (DORA, CEM), False)
    machine.answers_a_card(DORA, "paper_yes")
    machine.comes_as_a_guest(SECOND, None)
    assert len(machine.seen.pledges) == 3
    assert len(machine.people) == 7


def test_people_meet_in_rounds_by_a_timetable_and_at_a_table(machine):
    machine.judges_a_role(True)
    machine.plans_a_round(TEAM, True)
    for who in EVERYBODY:
        machine.takes(who, "meet:")
    for who in EVERYBODY:
        machine.answers_somebody(who, "intro_yes")
    machine.asks_to_a_round_table(TEAM)
    machine.answer_the_round_table({DORA}, False)
    machine.answer_the_round_table({ANA, BEN, CEM}, True)
    machine.sends_a_timetable(SECOND)
    assert machine.seen.talks
    machine.calls_the_timetable_off(TEAM, True)
    assert not machine.seen.talks
    machine.sends_a_timetable(SECOND)
    assert machine.seen.talks
    machine.hours_pass(1)
    assert {each.state for each in machine.seen.tables.values()} == {RoundtableState.SETTLED}
    assert len(said(machine, "RoundtableStands")) == 3


def test_the_day_has_its_programme_and_its_moment(machine):
    machine.has_a_programme(TEAM, 0)
    machine.wants_to_be_reminded_of_it(ANA, "programme_remind")
    machine.opens_a_pledge_moment(TEAM, 10)
    assert len(said(machine, "MomentOpened")) == 4
    machine.hours_pass(1)
    assert {each.chat for each in said(machine, "ItemSoon")} == {machine.chat(ANA)}
    machine.judges_a_role(True)
    machine.says_how_long_the_mp_stays(BEN, "now")
    machine.announces(SECOND, "notice", False, "yes")
    assert sorted(copies(machine)) == sorted(machine.chat(who) for who in (ANA, CEM, DORA))


def test_the_history_knows_what_each_event_may_follow():
    assert {*invariants._FROM} == {*EventKind}
