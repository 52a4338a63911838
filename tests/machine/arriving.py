"""Whoever comes later, by the link to a side that somebody reported of until now, or by the code of a guest; and
pledges that were made on paper.
"""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine.people import NAMES, SECOND, TEAM, People, organisers, pairs, people, recent

ANSWERS = st.sampled_from(("paper_yes", "paper_yes", "paper_no", "paper_alone"))
_SOMEBODY = "Gerda Neuhaus"


class Arriving(People):
    def entered(self, number=0):
        """One of the newest pledges with somebody without Telegram."""
        found = [
            p
            for p in self.seen.pledges.values()
            if not all(map(self.seen.is_written_to, self.seen.parties(p)))
        ]
        return found[-1 - number % len(found)] if found else None

    @precondition(lambda self: self.entered() is not None)
    @rule(number=recent, who=st.sampled_from((None, None, 0, 2)))
    def takes_over_a_side(self, number, who):
        """By the link that whoever entered them passes on: somebody new, or somebody who is here already."""
        pledge = self.entered(number)
        author = self.who(pledge.author_id)
        if author is None or (who is None and self.is_full()):
            return
        self.taps(author, f"takeover_link:{pledge.id}")
        payload = self.link(author, "c_")
        if payload is not None:
            self.reads_theirs(self.arrives(who, payload, "takeover_yes:"))

    def arrives(self, who, payload, yes):
        """Somebody new if it is None; their number, if they are here then."""
        if who is None:
            return self.comes(payload, yes)
        self.follows(who, payload)
        self.takes(who, yes)
        return who

    def reads_theirs(self, who):
        """Whatever is in a pledge of theirs."""
        if who is None:
            return
        row = self.people[who][1]
        mine = {each.id for each in self.seen.pledges.values() if row in self.seen.parties(each)}
        for word, pledge in self.about.items():
            if pledge in mine:
                self.readers[word].add(who)

    # --- on paper

    @rule(by=organisers, pair=pairs, both=st.booleans())
    def enters_a_card(self, by, pair, both):
        """Of two who are here, or of one and somebody who is not."""
        one, other = pair
        word = self.word(one, TEAM, SECOND, *([other] if both else []))
        self.half_empty |= set() if both else {word}
        self.taps(by, "paper_file:1")
        self.says(
            by, f"{NAMES[one]} verspricht {NAMES[other] if both else _SOMEBODY}: Ich rufe Frau {word} an."
        )
        self.takes(by, "paper_go:")

    @rule(who=people, answer=ANSWERS)
    def answers_a_card(self, who, answer):
        before = set(self.seen.pledges)
        message, offered = self.offered(who, f"{answer}:")
        if not offered:
            return
        text = next(text for number, text, _ in self.engine.shown(self.chat(who)) if number == message)
        self.taps(who, offered[0], message)
        for number in set(self.seen.pledges) - before:
            self.about |= {word: number for word in self.readers if word in text}

    @rule(by=organisers, who=st.sampled_from((None, None, 0, 2)))
    def comes_as_a_guest(self, by, who):
        """By the personal code that the team has made for somebody on the list."""
        self.taps(by, "papers:1:0")
        if (who is None and self.is_full()) or not self.takes(by, "guest_link:"):
            return
        payload = self.link(by, "c_")
        if payload is not None:
            who = self.arrives(who, payload, "guest_yes:")
            self._is_on_a_card(who)

    def _is_on_a_card(self, who):
        """Whoever comes as the one on a card reads what it says."""
        if who is not None:
            for word in self.half_empty:
                self.readers[word].add(who)
            self.reads_theirs(who)
