"""From a proposal to a yes, a no, other words or another day, with and without a handshake."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from db.models import Handshake
from domain.pledges import Acts, State
from tests.machine.people import NAMES, People, has, pairs, people, recent


class Proposing(People):
    def _writes(self, who, acts, *readers):
        """After "with whom": who acts, the sentence; the draft's number."""
        _, offered = self.offered(who, "acts:")
        if not offered:
            return None
        number = int(offered[0].split(":")[1])
        self.taps(who, f"acts:{number}:{acts.value}")
        self.says(who, self.sentence(who, *readers, about=number))
        _, keep = self.offered(who, f"sentence_keep:{number}")
        if keep:
            self.taps(who, keep[0])
        return number

    @rule(pair=pairs, acts=st.sampled_from(Acts), months=st.sampled_from((None, 1, 2, 12)))
    def proposes(self, pair, acts, months):
        who, to = pair
        self.taps(who, "pledge_search")
        self.says(who, NAMES[to])
        self.taps(who, f"pledge_with:{self.people[to][1]}")
        number = self._writes(who, acts, to)
        if number is not None and months:
            self.taps(who, f"deadline_in:{number}:{months}")
        if number is not None:
            self.taps(who, f"propose:{number}")

    @rule(pair=pairs, acts=st.sampled_from(Acts), typed=st.booleans(), accepts=st.booleans())
    def shakes_hands(self, pair, acts, typed, accepts):
        who, to = pair
        self.taps(who, "pledge_beside")
        number = self._writes(who, acts, to)
        if number is None:
            return
        self.taps(who, f"propose:{number}")
        held = [h for h in self.run(self.engine.rows(select(Handshake))) if h.pledge_id == number]
        if held and typed:
            self.says(to, f"{held[0].number:04}")
            self.taps(who, f"handshake_yes:{self.people[to][1]}:{number}")
        elif held:
            self.follows(to, f"h_{held[0].code}")
        if accepts:
            self.taps(to, f"accept:{number}:1")

    @precondition(has(State.PROPOSED))
    @rule(number=recent, who=people, behind=st.integers(0, 1))
    def accepts(self, number, who, behind):
        """Whoever it is: the one whose yes is missing, whoever worded it, a stranger; or a yes to older words."""
        if pledge := self.pledge(number, State.PROPOSED):
            self.taps(who, f"accept:{pledge.id}:{pledge.revision - behind}")

    @precondition(has(State.PROPOSED))
    @rule(number=recent)
    def agrees_to_it(self, number):
        """The yes that is missing."""
        if pledge := self.pledge(number, State.PROPOSED):
            who = self.who(pledge.partner_id if pledge.worded_by_author else pledge.author_id)
            if who is not None:  # they have Telegram
                self.taps(who, f"accept:{pledge.id}:{pledge.revision}")

    @rule(number=recent, who=people, verb=st.sampled_from(("decline", "drop")))
    def says_no(self, number, who, verb):
        if pledge := self.pledge(number):
            self.taps(who, f"{verb}:{pledge.id}")

    @precondition(has(State.PROPOSED))
    @rule(number=recent, who=people)
    def words_it_anew(self, number, who):
        if pledge := self.pledge(number, State.PROPOSED):
            readers = [self.who(each) for each in self.seen.parties(pledge)]
            self.taps(who, f"adjust:{pledge.id}")
            _, asked = self.offered(who, "cancel")
            if who in readers and asked:
                self.says(
                    who, self.sentence(*(each for each in readers if each is not None), about=pledge.id)
                )

    @precondition(has(State.PROPOSED))
    @rule(number=recent, who=people, months=st.sampled_from((1, 6)))
    def moves_the_day(self, number, who, months):
        if pledge := self.pledge(number, State.PROPOSED, State.DRAFT):
            self.taps(who, f"deadline_in:{pledge.id}:{months}")
