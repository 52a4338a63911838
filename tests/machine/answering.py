"""What both say of a pledge: answers, corrections, endings, notes, days to talk, later and at another hour."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.history import sayable
from domain.pledges import CLOSING, ENDINGS, State, side
from tests.machine.people import People, chance, has, people, periods, recent, statuses

THEN = ("agree", "disagree", "else", "nothing")


class Answering(People):
    @rule(number=recent, who=people, period=periods, status=statuses)
    def answers_anything(self, number, who, period, status):
        """Sense or not: a question that is not theirs, not due, over, or an answer that belongs to the other side."""
        if pledge := self.pledge(number):
            self.taps(who, f"report:{pledge.id}:{period.value}:{status.value}")

    @precondition(has(State.ACTIVE))
    @rule(number=recent, side=st.integers(0, 1), period=periods, which=chance)
    def answers(self, number, side, period, which):
        """What one of the two may say, in the question or from the card."""
        pledge = self.pledge(number, State.ACTIVE)
        who = self.party(pledge, side)
        message, shown = self.offered(who, f"report:{pledge.id}:")
        fitting = sayable(self._side(pledge, who), period)
        said = f"report:{pledge.id}:{period.value}:{fitting[which % len(fitting)].value}"
        self.taps(who, shown[which % len(shown)] if shown else said, message)

    def _side(self, pledge, who):
        return side(pledge.acts, is_author=self.people[who][1] == pledge.author_id)

    @precondition(has(State.ACTIVE))
    @rule(number=recent, first=st.integers(0, 1), status=st.sampled_from(CLOSING), then=st.sampled_from(THEN))
    def one_says_it_is_over(self, number, first, status, then):
        """And the other says the same, sees it otherwise, says something else, or nothing."""
        pledge = self.pledge(number, State.ACTIVE)
        who, other = self.party(pledge, first), self.party(pledge, 1 - first)
        self.taps(who, f"report:{pledge.id}:w1:{status.value}")
        _, asked = self.offered(other, f"agree:{pledge.id}:")
        answer = {
            "agree": asked[:1],
            "disagree": [f"disagree:{pledge.id}"],
            "else": [f"report:{pledge.id}:w1:planned"],
        }
        for data in answer.get(then, []):
            self.taps(other, data)

    @precondition(has(State.ACTIVE, State.ENDED))
    @rule(number=recent, side=st.integers(0, 1), status=st.sampled_from(ENDINGS))
    def answers_how_it_ended(self, number, side, status):
        pledge = self.pledge(number, State.ACTIVE, State.ENDED)
        if pledge and (who := self.party(pledge, side)) is not None:
            self.taps(who, f"report:{pledge.id}:deadline:{status.value}")

    @rule(number=recent, who=people, period=periods)
    def takes_an_answer_back(self, number, who, period):
        if pledge := self.pledge(number):
            self.taps(who, f"undo:{pledge.id}:{period.value}")

    @rule(number=recent, who=people)
    def corrects(self, number, who):
        if pledge := self.pledge(number):
            self.taps(who, f"correct:{pledge.id}")

    @rule(number=recent, who=people, status=statuses, yes=st.booleans())
    def sees_it_the_same_or_not(self, number, who, status, yes):
        if pledge := self.pledge(number):
            _, asked = self.offered(who, f"agree:{pledge.id}:")
            said = asked[0] if asked else f"agree:{pledge.id}:{status.value}"
            self.taps(who, said if yes else f"disagree:{pledge.id}")

    @rule(number=recent, who=people, period=periods)
    def notes(self, number, who, period):
        pledge = self.pledge(number, State.ACTIVE, State.ENDED)
        if pledge:
            readers = [self.who(each) for each in self.seen.parties(pledge)]
            self.taps(who, f"note:{pledge.id}:{period.value}")
            if who in readers:
                self.says(
                    who, self.sentence(*(each for each in readers if each is not None), about=pledge.id)
                )

    @rule(who=people, keeps=st.booleans())
    def says_something(self, who, keeps):
        """Words that nobody waits for may become a note."""
        self.says(who, "Wir haben gestern lange telefoniert.")
        _, offered = self.offered(who, "note_to:" if keeps else "note_no:")
        if offered:
            self.taps(who, offered[0])

    @rule(
        number=recent,
        who=people,
        verb=st.sampled_from(("talk", "talk_move")),
        when=st.sampled_from(("2w", "4w", "open")),
    )
    def sets_a_day_to_talk(self, number, who, verb, when):
        if pledge := self.pledge(number):
            self.taps(who, f"{verb}:{pledge.id}:{when}")

    @rule(who=people, weeks=st.sampled_from(("1", "2", "sitting")))
    def snoozes(self, who, weeks):
        message, offered = self.offered(who, "snooze:")
        if offered:
            self.taps(who, f"{offered[0].rpartition(':')[0]}:{weeks}", message)

    @rule(who=people, hour=st.sampled_from((8, 10, 15, 19)))
    def chooses_an_hour(self, who, hour):
        self.evenings |= hour >= 18
        self.taps(who, f"hour:{hour}")

    @rule(number=recent, who=people, verb=st.sampled_from(("pledge", "when", "calendar", "history")))
    def looks_at_it(self, number, who, verb):
        if pledge := self.pledge(number):
            self.taps(who, f"{verb}:{pledge.id}" + (":0" if verb == "history" else ""))

    @rule(who=people, wish=st.sampled_from(("/versprechen", "/abbrechen", "/hilfe")))
    def asks(self, who, wish):
        self.says(who, wish)
