"""What goes through the team, or beside a pledge: offices, help, questions, accounts, the other without Telegram, and
who meets whom.
"""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain.pledges import Acts, Blocker, State, Status
from tests.machine.people import SECOND, TEAM, People, has, pairs, people, periods, recent, seldom, statuses

_MP = 1  # of the people
_CONSENTS = ("consent_on:A", "consent_off:A", "consent_on:G", "consent_off:G")


class Organising(People):
    # --- the team

    @rule(who=people, data=st.sampled_from(_CONSENTS))
    def changes_what_else_they_agree_to(self, who, data):
        """The first time they are asked for it in full."""
        self.taps(who, data)
        if data.startswith("consent_on:"):
            self.takes(who, data.replace("_on:", "_yes:"))

    @rule(yes=st.booleans())
    def judges_a_role(self, yes):
        self.taps(TEAM, f"claim:{self.people[_MP][1]}")
        message, offered = self.offered(TEAM, "claim_yes:" if yes else "claim_no:")
        if offered:
            self.taps(TEAM, offered[0], message)

    @rule(who=people, role=st.sampled_from(("mp", "office", "town_hall")))
    def says_who_they_are(self, who, role):
        self.taps(who, "edit:role")
        self.taps(who, f"role:{role}")

    @rule(
        data=st.sampled_from(
            ("released", "released_in:1:0", "care_list:help_call:0", "care_list:silence:0", "counts")
        )
    )
    def looks_around(self, data):
        self.taps(TEAM, data)

    @rule(who=people, answers=st.booleans(), closes=st.booleans())
    def asks_the_team(self, who, answers, closes):
        """And may be answered; nobody else reads it."""
        question = self.sentence(who, TEAM, SECOND)
        self.taps(who, "ask_team")
        self.says(who, question)
        self.takes(who, "team_send:")
        if not self._is_asked(question):
            return
        if answers:
            self.takes(TEAM, "inquiry_answer:")
            self.says(TEAM, self.sentence(who, TEAM, SECOND))
            self.takes(TEAM, "team_send:")
        if closes:
            self.takes(TEAM, "inquiry_close:")

    def _is_asked(self, question):
        """Whether it is what the team would answer now."""
        shown = self.engine.shown(self.chat(TEAM))
        answerable = [
            text for _, text, keys in shown if any(key.startswith("inquiry_answer:") for key in keys)
        ]
        return bool(answerable) and question in answerable[-1]

    # --- an office

    @rule(who=st.sampled_from((0, 2, 3)), lets=st.sampled_from((_MP, TEAM, None)))
    def comes_into_the_office(self, who, lets):
        """By an invitation of the MP's; in once the MP, or the team, says so."""
        self.taps(_MP, f"office_invite:{self.people[_MP][1]}")
        if (payload := self.link(_MP, "b_")) is None:
            return
        self.follows(who, payload)
        self.takes(who, "office_yes:")
        if lets is not None:
            self.taps(lets, f"office:{self.people[_MP][1]}")
            self.takes(lets, "seat_ok:")

    @rule(who=st.sampled_from((0, 1, 2, 3, TEAM)))
    def ends_a_seat(self, who):
        self.taps(who, f"office:{self.people[_MP][1]}")
        self.takes(who, "seat_end:")

    @rule(who=people, sure=seldom)
    def ends_the_mandate(self, who, sure):
        if sure:
            self.taps(who, f"mandate:{self.people[_MP][1]}")
            self.takes(who, "mandate_end:")

    # --- a new account

    @rule(who=people, sure=seldom, role=st.booleans())
    def goes_on_in_a_new_account(self, who, sure, role):
        """The team has made sure who it is."""
        old, row = self.people[who]
        if not sure or old in self.erased:
            return
        self.taps(TEAM, f"account:{row}")
        self.takes(TEAM, "account_link_role:" if role else "account_link:")
        payload = self.link(TEAM, "c_")
        if payload is None:
            return
        new = self.engine.phone("Neu")
        self.people[who] = (new, row)
        self.follows(who, payload)
        for start in ("begin:", "k_yes:", "u_yes"):
            self.takes(who, start)
        self.takes(who, "account_yes:")
        if row not in self.seen.people or self.seen.people[row].chat_id != new:
            self.people[who] = (old, row)
        else:
            self.blocked.pop(old, None)

    # --- somebody without Telegram

    @rule(who=people, acts=st.sampled_from(Acts), agrees=st.booleans())
    def enters_somebody(self, who, acts, agrees):
        self.taps(who, "enter")
        self.says(who, f"Eva Sommer{self.words}")
        self.takes(who, "enter_skip:")
        _, offered = self.offered(who, "acts:")
        if not offered:
            return
        number = int(offered[0].split(":")[1])
        self.taps(who, f"acts:{number}:{acts.value}")
        self.says(who, self.sentence(who, about=number))
        self.takes(who, f"sentence_keep:{number}")
        self.taps(who, f"propose:{number}")
        if agrees:
            self.taps(who, f"entered_yes:{number}")

    @rule(number=recent, who=people, period=periods, status=statuses)
    def passes_on_what_the_other_says(self, number, who, period, status):
        if pledge := self.pledge(number):
            self.taps(who, f"entered_says:{pledge.id}:{period.value}:{status.value}")

    @rule(number=recent, who=people, sure=seldom)
    def deletes_whom_they_entered(self, number, who, sure):
        if sure and (pledge := self.pledge(number)):
            self.taps(who, f"entry_delete:{pledge.id}")
            self.taps(who, f"entry_delete_yes:{pledge.id}")

    # --- help, and whom to meet

    @precondition(has(State.ACTIVE))
    @rule(
        number=recent,
        side=st.integers(0, 1),
        period=periods,
        what=st.sampled_from(Blocker),
        calls=st.booleans(),
    )
    def is_stuck(self, number, side, period, what, calls):
        pledge = self.pledge(number, State.ACTIVE)
        if (who := self.party(pledge, side)) is None:
            return
        self.taps(who, f"report:{pledge.id}:{period.value}:{Status.STUCK.value}")
        self.taps(who, f"blocker:{pledge.id}:{period.value}:{what.value}")
        self.takes(who, "call:" if calls else "call_no:")

    @rule(who=people, verb=st.sampled_from(("lend", "lend_no", "team", "team_no", "intro_yes", "intro_no")))
    def answers_somebody(self, who, verb):
        self.takes(who, f"{verb}:")

    @rule(pair=pairs, meets=st.booleans())
    def looks_for_somebody(self, pair, meets):
        who, other = pair
        self.says(who, "/partner")
        if self.takes(who, "meet:") and meets:
            self.takes(other, "intro_yes:")

    @rule(who=people, how=st.sampled_from(("telegram", "none")))
    def gives_a_contact(self, who, how):
        self.takes(who, "contact:")
        _, offered = self.offered(who, "contact_by:")
        fitting = [data for data in offered if data.endswith(how)]
        if fitting:
            self.taps(who, fitting[0])
