"""What goes on around pledges: time, outages, old buttons and those of others, Telegram's whims, people's rights."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.pledges import State
from tests.machine import invariants
from tests.machine.people import People, chance, has, pairs, people, recent, seldom

_OF_THEIR_OWN = ("erase_yes", "consent_off")
"""What has a rule of its own."""
_KEPT_BY_TELEGRAM = timedelta(hours=24)
LEAVING = ("pause:1", "pause:0", "consent_off:U")
DOING = ("report:{}:w1:kept", "talk_move:{}:2w", "amend_on:{}:20270901", "disagree:{}")


class Circumstances(People):
    # --- any button

    @rule(who=people, which=chance, place=chance, times=st.integers(1, 3))
    def presses_an_old_button(self, who, which, place, times):
        self._presses(who, who, which, place, times)

    @rule(pair=pairs, which=chance, place=chance)
    def presses_a_button_of_somebody_else(self, pair, which, place):
        self._presses(*pair, which, place, 1)

    def _presses(self, who, whose, which, place, times):
        shown = [each for each in self.engine.shown(self.chat(whose)) if each[2]]
        if shown:
            number, _, buttons = shown[-1 - which % len(shown)]
            data = buttons[place % len(buttons)]
            if not data.startswith(_OF_THEIR_OWN):
                self.taps(who, data, number if who == whose else None, times)

    @rule()
    def telegram_says_it_again(self):
        if self.engine.moment - self.engine.acted_at > _KEPT_BY_TELEGRAM:
            return
        before = self.rows()
        self.does(self.engine.again())
        assert self.rows() == before, "the same update had an effect twice"

    @rule(count=st.integers(1, 2))
    def answers_of_telegram_are_lost(self, count):
        self.engine.telegram.lose = count
        self.lost += count

    # --- rights

    @rule(who=people, weeks=st.sampled_from((0, 1, 4)))
    def pauses(self, who, weeks):
        self.taps(who, f"pause:{weeks}")

    @rule(who=people)
    def goes_on(self, who):
        self.taps(who, "resume")

    @rule(who=people)
    def blocks(self, who):
        chat = self.chat(who)
        if chat not in self.blocked:
            self.does(self.engine.blocks(chat, blocked=True))
            self.blocked[chat] = len(self.engine.telegram.said)

    @rule(who=people)
    def unblocks(self, who):
        if self.chat(who) in self.blocked:
            self.unblocks_chat(self.chat(who))

    def unblocks_chat(self, chat):
        self.blocked.pop(chat)
        self.does(self.engine.says(chat, "/hilfe"))

    @rule(who=people, purpose=st.sampled_from(("K", "U")), sure=seldom)
    def takes_a_consent_back(self, who, purpose, sure):
        if sure:
            self.taps(who, f"consent_off:{purpose}")

    @rule(who=people)
    def agrees_again(self, who):
        for start in ("k_yes:", "u_yes:"):
            self.takes(who, start)

    @precondition(lambda self: len(self.erased) < 2)
    @rule(who=people, sure=seldom)
    def has_all_erased(self, who, sure):
        if not sure or self.chat(who) in self.erased:
            return
        known = self.people[who][1] in self.seen.people
        self.says(who, "/loeschen")
        self.taps(who, "erase_yes")
        if known:
            self.erased[self.chat(who)] = len(self.engine.telegram.said)

    @precondition(has(State.ACTIVE))
    @rule(number=recent, side=st.integers(0, 1), leaves=st.sampled_from(LEAVING), does=st.sampled_from(DOING))
    def one_is_away_and_the_other_acts(self, number, side, leaves, does):
        """What the other does is news, which must not come, or come later."""
        pledge = self.pledge(number, State.ACTIVE)
        away, there = self.party(pledge, side), self.party(pledge, 1 - side)
        self.taps(away, leaves)
        self.taps(there, does.format(pledge.id))

    # --- time

    @rule(hours=st.integers(1, 30))
    def hours_pass(self, hours):
        self._goes(timedelta(hours=hours))

    @rule(days=st.integers(1, 20))
    def days_pass(self, days):
        self._goes(timedelta(days=days))

    @rule(months=st.sampled_from((1, 1, 3, 6)))
    def months_pass(self, months):
        self._goes(timedelta(days=30 * months))

    def _goes(self, delta):
        self.does(self.engine.go(delta))
        invariants.due_is_asked_or_has_a_reason(self.seen)
        before = self.rows()
        self.does(self.engine.tick())
        assert self.rows() == before, "a second tick at the same moment had an effect"

    @rule(days=st.sampled_from((1, 8, 25, 60)))
    def is_down(self, days):
        """The machine is off for so long; what falls due meanwhile is late."""
        self.engine.skip(timedelta(days=days))
        self.run(self.engine.restart())
        self.does(self.engine.tick())

    @rule(waits=st.integers(1, 150))
    def dies_soon(self, waits):
        """At whatever it does then."""
        self.engine.fate.dies_in(waits)

    @rule(hours=st.sampled_from((-3, -1, 1, 3)))
    def has_its_clock_set(self, hours):
        """And wrong by three hours at most."""
        if abs(self.set_by + hours) > 3:
            return
        self.set_by += hours
        self.engine.moment += timedelta(hours=hours)
        self.does(self.engine.tick())
