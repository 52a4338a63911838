"""The team writes to everybody: announcements at once and for later, notices of the day; and stops them."""

import re
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine.people import CHATS_OF_TEAM, SECOND, TEAM, People, organisers, people

_COUNT = re.compile(r"\d+")
WHOM = st.sampled_from(("everybody", "everybody", "mps", "notice"))
LETS_OUT = st.sampled_from(("yes", "yes", "no", "another count", "nothing"))
STOPS = st.sampled_from(("halt", "stop", "recall"))


@dataclass
class Announced:
    """`word` is in its text. `goes`: whether anybody of the team has let it out, and what it was like then; `stopped`:
    since so many messages nothing of it may go out.
    """

    word: str
    whom: str
    goes: bool = False
    stopped: int | None = None


class Announcing(People):
    @rule(by=organisers, whom=WHOM, later=st.booleans(), then=LETS_OUT)
    def announces(self, by, whom, later, then):
        number = self._begins(by, whom)
        if number is None:
            return
        if later:
            self.takes(by, f"broadcast_do:{number}:later")
            self.says(by, "morgen um 9 Uhr")
            number = self._as_previewed(number)
        self._settles(by, number, then)

    def _begins(self, by, whom):
        """As far as the preview; the announcement's number."""
        word = self.word()
        self.says(by, "/ankuendigung")
        self.says(by, f"Wir treffen uns am Freitag im Saal {word}.")
        message, offered = self.offered(by, "segment:")
        chosen = next((data for data in offered if data.endswith(f":{whom}")), None)
        if chosen is None:
            return None
        number = int(chosen.split(":")[1])
        del self.readers[word]  # everybody may, to whom it goes
        self.announced[number] = Announced(word, whom)
        self.taps(by, chosen, message)
        return self._as_previewed(number)

    def _as_previewed(self, number):
        """With each preview it has another number."""
        newest = max(self.seen.broadcasts)
        self.announced[newest] = self.announced.pop(number)
        return newest

    def _settles(self, by, number, then):
        """The other says yes or no; where there is none to ask, the count is typed."""
        other = SECOND if by == TEAM else TEAM
        if then == "nothing":
            return
        if then == "no":
            self.takes(other, f"broadcast_drop:{number}") or self.takes(by, f"broadcast_drop:{number}")
            return
        self.announced[number].goes = True
        if self.offered(by, f"broadcast_go:{number}:")[1]:
            self.takes(by, f"broadcast_go:{number}:")
        elif self.takes(by, f"broadcast_do:{number}:ask"):
            self.takes(other, f"broadcast_go:{number}:")
        else:
            shown = _COUNT.findall(self.engine.shown(self.chat(by))[-1][1])
            self.says(by, "99" if then == "another count" or not shown else shown[-1])

    @precondition(lambda self: self.announced)
    @rule(by=organisers, how=STOPS)
    def stops_an_announcement(self, by, how):
        self.taps(by, f"broadcast_do:{max(self.announced)}:{how}")

    @precondition(lambda self: self.announced)
    @rule(by=organisers)
    def lets_an_announcement_go_on(self, by):
        number = max(self.announced)
        self.announced[number].stopped = None
        self.taps(by, f"broadcast_do:{number}:go_on")

    @precondition(lambda self: not self.blocked)
    @rule(by=organisers, how=STOPS, whom=st.sampled_from(("everybody", "notice")))
    def stops_it_half_way(self, by, how, whom):
        """While the first copy has to wait for Telegram."""
        number = self._begins(by, whom)
        if number is None:
            return
        other = self.chat(SECOND if by == TEAM else TEAM)
        data = f"broadcast_do:{number}:{how}"
        guests = {chat for chat, _ in self.people} - set(CHATS_OF_TEAM)
        self.engine.telegram.meanwhile = guests, self.engine.press(other, None, data)
        self._settles(by, number, "yes")
        self.engine.telegram.meanwhile = None

    @rule(who=people, whose=organisers, which=st.integers(0, 12), place=st.integers(0, 8))
    def presses_a_button_of_the_team(self, who, whose, which, place):
        """Somebody who is not on it."""
        shown = [buttons for _, _, buttons in self.engine.shown(self.chat(whose)) if buttons]
        if shown:
            buttons = shown[-1 - which % len(shown)]
            self.taps(who, buttons[place % len(buttons)])

    @rule(
        what=st.sampled_from(("role", "moment", "wall", "round", "table", "announcement")), same=st.booleans()
    )
    def two_of_the_team_decide_at_once(self, what, same):
        """Both have it before them, and press the same, or one yes and the other no."""
        opens, yes, no = self.decisions()[what]
        presses = []
        for who, start in ((TEAM, yes), (SECOND, yes if same or no is None else no)):
            for data in opens:
                self.taps(who, data)
            message, offered = self.offered(who, start)
            if offered:
                presses.append((self.chat(who), message, offered[0]))
                self.let(offered[0])
        self.does(self.engine.at_once(*presses))

    def notices(self):
        """Words of those that go to everybody in the hall."""
        return {each.word for each in self.announced.values() if each.whom == "notice"}

    def decisions(self):
        """What opens a decision, and the buttons for yes and no."""
        mp = self.people[1][1]
        return {
            "role": ((f"claim:{mp}",), "claim_yes:", "claim_no:"),
            "moment": (("moments", "moment_length:1:10"), "moment_open:", "moment_end:"),
            "wall": (("wall_in:1:0",), "wall_show:", "wall_hide:"),
            "round": (("round",), "round_go:", "round_drop:"),
            "table": (("roundtable_topics:1:0",), "roundtable_go:", "roundtable_drop:"),
            "announcement": ((), "broadcast_go:", "broadcast_drop:"),
        }

    def let(self, data):
        """The team has pressed this, whatever comes of it."""
        verb, _, rest = data.partition(":")
        number = int(rest.split(":")[0])
        if verb == "broadcast_go" and number in self.announced:
            self.announced[number].goes = True
        if verb == "wall_show":
            self.put_up.add(number)
