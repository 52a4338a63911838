"""What people and the clock may do to pledges, in whatever order, and what has to hold after each of it.

Everything is done as people do it: they write, and press buttons that were shown to them, to somebody else, or never.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from actions.organising.wall import wall
from domain.calendar import asking_hours
from domain.pledges import LIVE, Acts
from tests.machine import day_invariants, invariants, sent_invariants
from tests.machine.amending import Amending
from tests.machine.announcing import Announcing
from tests.machine.answering import Answering
from tests.machine.arriving import Arriving
from tests.machine.circumstances import Circumstances
from tests.machine.day import Day
from tests.machine.engine import BERLIN
from tests.machine.organising import Organising
from tests.machine.people import CHATS_OF_TEAM, pairs
from tests.machine.proposing import Proposing

_UNTIL_ALL_IS_OVER = timedelta(days=500)
_LEAPS = timedelta(days=45)
_UNTIL_EVENING = timedelta(hours=10)  # past every hour at which anybody may want to be asked
_ENDS_WITHIN = timedelta(
    days=150
)  # after its day: asked with a leap, after a pause, and fourteen days with another


class PledgeMachine(Proposing, Amending, Answering, Organising, Announcing, Arriving, Day, Circumstances):
    """`ground`: where all of it happens."""

    @initialize(pair=pairs, acts=st.sampled_from(Acts), months=st.sampled_from((1, 2, 6)))
    def opens(self, pair, acts, months):
        """Four people in a workshop; two of them have a pledge."""
        self.gather()
        self.proposes(pair, acts, months)
        self.agrees_to_it(0)

    def teardown(self):
        if not hasattr(self, "engine"):
            return
        try:
            self.all_comes_to_an_end()
        finally:
            self.run(self.engine.close())

    def all_comes_to_an_end(self):
        """Nobody does anything any more: every pledge is over by itself, and nobody waits for ever."""
        for chat in list(self.blocked):
            self.unblocks_chat(chat)
        until = self.engine.moment + _UNTIL_ALL_IS_OVER
        while self.live() and self.engine.moment < until:
            self.engine.moment = asking_hours(self.engine.moment + _LEAPS, BERLIN, None)
            self.does(self.engine.tick())
            self.does(self.engine.go(_UNTIL_EVENING))
            late = self.engine.moment.date() - _ENDS_WITHIN
            assert not [each for each in self.live() if each.made_on and each.deadline < late], self.live()
        assert not self.live(), f"still open after {_UNTIL_ALL_IS_OVER.days} days: {self.live()}"
        self.holds()

    def live(self):
        return [each for each in self.seen.pledges.values() if each.state in LIVE]

    # --- what has to hold

    @invariant()
    def holds(self):
        said, seen = self.engine.telegram.said, self.seen
        sent_invariants.sent_with_consent(said, CHATS_OF_TEAM, self.notices())
        sent_invariants.nothing_to_the_erased(said, self.erased)
        sent_invariants.nothing_to_the_blocked(said, self.blocked)
        sent_invariants.at_most_once(said, self.doubts)
        sent_invariants.no_words_leak(said[self.judged :], self.readers, self.may_read)
        self.the_day_holds(said[self.judged :])
        self.judged = len(said)
        sent_invariants.no_role_is_made_up(said)
        sent_invariants.no_two_nudges_a_week(said)
        sent_invariants.in_office_hours(said, self.evenings)
        invariants.neither_side_is_forgotten(seen)
        invariants.history_is_legal(seen)
        invariants.active_only_after_both_agreed(seen)
        invariants.an_actor_is_a_party(seen)
        invariants.statuses_fit_their_side(seen)
        invariants.whoever_is_waited_for_was_asked(seen)
        invariants.who_waits_is_told(seen)
        invariants.counters_equal_rows(seen, len(self.joined), len(self.made))
        invariants.nothing_is_stuck_on_its_way(seen)

    def the_day_holds(self, new):
        said, seen = self.engine.telegram.said, self.seen
        of_day = day_invariants
        of_day.announcements_reach_whom_they_are_for(new, seen, self.announced, CHATS_OF_TEAM, self.mps)
        of_day.what_is_stopped_stays_so(said, self.announced, CHATS_OF_TEAM)
        of_day.stopped(seen, self.announced, said)
        of_day.nothing_to_the_outsider(new, self.outsider)
        of_day.nobody_is_twice_in_a_slot(seen)
        of_day.tables_stand_with_those_who_said_yes(new, seen)
        of_day.a_moment_asks_once(said, seen, self.doubts)
        of_day.whoever_has_left_is_left_alone(new, seen, self.notices())
        of_day.reminders_go_to_who_wants_them(new, seen)
        of_day.the_wall_shows_what_all_three_let(self.run(self.wall()), seen, self.about, self.put_up)

    async def wall(self):
        """The sentences on it."""
        async with self.engine.database.reader() as session:
            shown = await wall.read(session, 1, self.engine.operator, self.engine.moment)
        return [each.text for each in shown.pledges]

    @invariant()
    def everybody_is_answered(self):
        assert not self.engine.unanswered, f"nothing was said to {self.engine.unanswered}"

    @invariant()
    def nothing_breaks(self):
        assert not self.run(self.engine.unread()), "updates that could not be processed"
        assert not self.engine.log.errors, "\n".join(self.engine.log.errors)
        assert not self.engine.stage.log.violations, self.engine.stage.log.violations

    @invariant()
    def no_words_in_the_log(self):
        lines = "\n".join(self.engine.log.lines[self.read :])
        self.read = len(self.engine.log.lines)
        assert not [word for word in self.readers if word in lines]
