"""While a pledge runs: other words, another day, a no with its reason, evidence; and silence."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.pledges import State
from domain.readers import Readership
from tests.machine.people import People, has, people, recent

LATER = st.sampled_from((-40, 10, 60))  # days from the deadline; some of them may not be chosen
VERDICTS = st.sampled_from(("amend_yes", "amend_no", "amend_back"))
WHY = st.sampled_from(("no_time", "not_mine", "other_words"))


class Amending(People):
    @precondition(has(State.ACTIVE))
    @rule(number=recent, who=people)
    def proposes_other_words(self, number, who):
        pledge = self.pledge(number, State.ACTIVE)
        readers = [self.who(each) for each in self.seen.parties(pledge)]
        self.taps(who, f"amend_words:{pledge.id}")
        if who in readers:
            self.says(who, self.sentence(*(each for each in readers if each is not None), about=pledge.id))

    @precondition(has(State.ACTIVE))
    @rule(number=recent, side=st.integers(0, 1), days=LATER)
    def proposes_another_day(self, number, side, days):
        pledge = self.pledge(number, State.ACTIVE)
        day = pledge.deadline + timedelta(days=days)
        if (who := self.party(pledge, side)) is not None:
            self.taps(who, f"amend_on:{pledge.id}:{day:%Y%m%d}")

    @rule(who=people, verdict=VERDICTS)
    def settles_what_was_proposed(self, who, verdict):
        """Whoever it is: the one who was asked, whoever proposed it, or nobody any more."""
        message, offered = self.offered(who, f"{verdict}:")
        if offered:
            self.taps(who, offered[0], message)

    @rule(number=recent, who=people, why=WHY)
    def says_no_because(self, number, who, why):
        """To a proposal, or to an amendment."""
        _, offered = self.offered(who, "no_because:")
        if offered:
            self.taps(who, offered[0])
            _, reasons = self.offered(who, "because:")
            self.taps(who, next((data for data in reasons if data.endswith(why)), offered[0]))
        elif pledge := self.pledge(number):
            self.taps(who, f"because:{pledge.id}:0:{why}")

    @precondition(has(State.ACTIVE, State.ENDED))
    @rule(number=recent, who=people)
    def shows_what_was_done(self, number, who):
        pledge = self.pledge(number, State.ACTIVE, State.ENDED)
        self.taps(who, f"evidence:{pledge.id}")
        if who in [self.who(each) for each in self.seen.parties(pledge)]:
            self.says(who, "https://example.org/bericht")

    @precondition(has(State.ACTIVE, State.ENDED))
    @rule(number=recent, who=people)
    def shows_a_photo_of_it(self, number, who):
        """Neither it nor the words below it are anybody else's."""
        pledge = self.pledge(number, State.ACTIVE, State.ENDED)
        readers = [self.who(each) for each in self.seen.parties(pledge)]
        self.taps(who, f"evidence:{pledge.id}")
        if who not in readers:
            return
        both = [each for each in readers if each is not None]
        caption = self.sentence(*both, about=pledge.id)
        photo = self.shows(who, caption)
        self.readers[photo], self.about[photo] = set(both), pledge.id
        _, offered = self.offered(who, f"evidence_show:{pledge.id}:")
        for data in offered:
            self.taps(who, data)

    @precondition(has(State.ACTIVE, State.ENDED))
    @rule(number=recent, who=people, readers=st.sampled_from(Readership))
    def lets_others_read(self, number, who, readers):
        """Whoever it is; in their chats nobody else reads it all the same."""
        self.taps(who, f"readers_are:{self.pledge(number, State.ACTIVE, State.ENDED).id}:{readers}")

    @rule(number=recent, who=people, verb=st.sampled_from(("hint", "in_touch", "come_back")))
    def takes_up_a_silence(self, number, who, verb):
        """Whoever it is, silent or not."""
        if pledge := self.pledge(number):
            self.taps(who, f"{verb}:{pledge.id}")
