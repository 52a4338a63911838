"""What people and the clock may do to pledges, in whatever order, and what has to hold after each of it.

Everything is done as people do it: they write, and press buttons that were shown to them, to somebody else, or never.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from db.models import Handshake
from domain.history import sayable
from domain.nudging import Period
from domain.pledges import CLOSING, ENDINGS, LIVE, Acts, State, Status, side
from domain.roles import Role
from tests.machine import invariants
from tests.machine.engine import Engine
from tests.machine.snapshot import taken
from tests.world import STARTS_AT

NAMES = ("Ana Keller", "Ben Albrecht", "Cem Yildiz", "Dora Lang")
LANDS = ("Dresden", "München", "Hamburg", "Erfurt")
_UNTIL_ALL_IS_OVER = timedelta(days=500)
_LEAPS = timedelta(days=30)

people = st.integers(0, len(NAMES) - 1)
pairs = st.permutations(range(len(NAMES))).map(lambda order: tuple(order[:2]))
recent = st.integers(0, 2)  # the newest pledge, or one of those before
chance = st.integers(0, 400)
THEN = ("agree", "disagree", "else", "nothing")
seldom = st.integers(0, 3).map(lambda drawn: drawn == 3)
periods, statuses = st.sampled_from(Period), st.sampled_from(Status)


def _has(*states):
    """There is a pledge in one of these states."""
    return lambda machine: machine.pledge(0, *states) is not None


class PledgeMachine(RuleBasedStateMachine):
    """`ground`: where all of it happens."""

    ground = None

    # --- beginning and end

    @initialize(pair=pairs, acts=st.sampled_from(Acts), months=st.sampled_from((1, 2, 6)))
    def opens(self, pair, acts, months):
        """Four people in a workshop; two of them have a pledge."""
        self.engine = Engine(self.ground, STARTS_AT)
        self.people, self.readers, self.lost = [], {}, 0
        self.erased, self.blocked, self.made, self.words = {}, {}, set(), 0
        self.evenings = False
        self.run(self._gathers())
        self.looks()
        self.proposes(pair, acts, months)
        self.agrees_to_it(0)

    async def _gathers(self):
        await self.engine.open()
        for number, (name, place) in enumerate(zip(NAMES, LANDS, strict=True)):
            role = Role.MP if number == 1 else Role.TOWN_HALL
            self.people.append(await self.engine.guest(name, place=place, role=role))

    def teardown(self):
        if not hasattr(self, "engine"):
            return
        try:
            self.all_comes_to_an_end()
        finally:
            self.engine.close()

    def all_comes_to_an_end(self):
        """Nobody does anything any more: every pledge is over by itself, and nobody waits for ever."""
        for chat in list(self.blocked):
            self.unblocks_chat(chat)
        until = self.engine.moment + _UNTIL_ALL_IS_OVER
        while self.live() and self.engine.moment < until:
            self.engine.skip(_LEAPS)
            self.does(self.engine.tick())
            due = self.run(self.engine.ticks.next_due())
            assert due is not None or not self.live(), f"nothing will ever end {self.live()}"
            self.engine.moment = due or self.engine.moment
            self.does(self.engine.tick())
        assert not self.live(), f"still open after {_UNTIL_ALL_IS_OVER.days} days: {self.live()}"
        self.holds()

    def live(self):
        return [each for each in self.seen.pledges.values() if each.state in LIVE]

    # --- doing

    def run(self, coroutine):
        return self.ground.run(coroutine)

    def looks(self):
        self.seen = self.run(taken(self.engine))
        self.made |= {each.id for each in self.seen.pledges.values() if each.made_on is not None}

    def does(self, coroutine):
        self.run(coroutine)
        self.looks()

    def chat(self, who):
        return self.people[who][0]

    def taps(self, who, data, message=None, times=1):
        """Where such a button is shown to them, else as an old message would."""
        chat = self.chat(who)
        shown = [number for number, _, buttons in self.engine.shown(chat) if data in buttons]
        self.does(self.engine.taps(chat, message or (shown[-1] if shown else None), data, times))
        self._came_back(chat)

    def says(self, who, text):
        self.does(self.engine.says(self.chat(who), text))
        self._came_back(self.chat(who))

    def _came_back(self, chat):
        """Whoever writes or taps is there again, as Telegram unblocks first."""
        if not self.engine.stage.ledger.phones[chat].blocked:
            self.blocked.pop(chat, None)

    def offered(self, who, start):
        """The data of the newest button that begins so, with its message."""
        for number, _, buttons in reversed(self.engine.shown(self.chat(who))):
            found = [data for data in buttons if data.startswith(start)]
            if found:
                return number, found
        return None, []

    def pledge(self, number, *states):
        """One of the newest pledges in these states, any if none is named."""
        found = [p for p in self.seen.pledges.values() if not states or p.state in states]
        return found[-1 - number % len(found)] if found else None

    def who(self, person_id):
        return next((n for n, (_, row) in enumerate(self.people) if row == person_id), None)

    def party(self, pledge, number):
        """One of its parties, as the number says; None if both are gone."""
        found = [who for each in self.seen.parties(pledge) if (who := self.who(each)) is not None]
        return found[number % len(found)] if found else None

    def sentence(self, *readers):
        """A sentence that nobody but these may read."""
        self.words += 1
        word = f"Kanari{self.words:03}x"
        self.readers[word] = {self.chat(each) for each in readers}
        return f"Ich rufe Frau {word} im Bauamt an."

    # --- proposing

    def _writes(self, who, acts, *readers):
        """After "with whom": who acts, the sentence; the draft's number."""
        _, offered = self.offered(who, "acts:")
        if not offered:
            return None
        number = int(offered[0].split(":")[1])
        self.taps(who, f"acts:{number}:{acts.value}")
        self.says(who, self.sentence(who, *readers))
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
            self.does(self.engine.follows(self.chat(to), f"h_{held[0].code}"))
        if accepts:
            self.taps(to, f"accept:{number}:1")

    @precondition(_has(State.PROPOSED))
    @rule(number=recent, who=people, behind=st.integers(0, 1))
    def accepts(self, number, who, behind):
        """Whoever it is: the one whose yes is missing, whoever worded it, a stranger; or a yes to older words."""
        if pledge := self.pledge(number, State.PROPOSED):
            self.taps(who, f"accept:{pledge.id}:{pledge.revision - behind}")

    @precondition(_has(State.PROPOSED))
    @rule(number=recent)
    def agrees_to_it(self, number):
        """The yes that is missing."""
        if pledge := self.pledge(number, State.PROPOSED):
            who = self.who(pledge.partner_id if pledge.worded_by_author else pledge.author_id)
            self.taps(who, f"accept:{pledge.id}:{pledge.revision}")

    @rule(number=recent, who=people, verb=st.sampled_from(("decline", "drop")))
    def says_no(self, number, who, verb):
        if pledge := self.pledge(number):
            self.taps(who, f"{verb}:{pledge.id}")

    @precondition(_has(State.PROPOSED))
    @rule(number=recent, who=people)
    def words_it_anew(self, number, who):
        if pledge := self.pledge(number, State.PROPOSED):
            readers = [self.who(each) for each in self.seen.parties(pledge)]
            self.taps(who, f"adjust:{pledge.id}")
            _, asked = self.offered(who, "cancel")
            if who in readers and asked:
                self.says(who, self.sentence(*(each for each in readers if each is not None)))

    @precondition(_has(State.PROPOSED))
    @rule(number=recent, who=people, months=st.sampled_from((1, 6)))
    def moves_the_day(self, number, who, months):
        if pledge := self.pledge(number, State.PROPOSED, State.DRAFT):
            self.taps(who, f"deadline_in:{pledge.id}:{months}")

    # --- answering

    @rule(number=recent, who=people, period=periods, status=statuses)
    def answers_anything(self, number, who, period, status):
        """Sense or not: a question that is not theirs, not due, over, or an answer that belongs to the other side."""
        if pledge := self.pledge(number):
            self.taps(who, f"report:{pledge.id}:{period.value}:{status.value}")

    @precondition(_has(State.ACTIVE))
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

    @precondition(_has(State.ACTIVE))
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

    @precondition(_has(State.ACTIVE, State.ENDED))
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
                self.says(who, self.sentence(*(each for each in readers if each is not None)))

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

    @rule(who=people, weeks=st.sampled_from((1, 2)))
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
            if not data.startswith(("erase_yes", "consent_off")):  # these have rules of their own
                self.taps(who, data, number if who == whose else None, times)

    @rule()
    def telegram_says_it_again(self):
        if getattr(self.engine, "last", None):
            self.does(self.engine.again())

    @rule(count=st.integers(1, 2))
    def answers_of_telegram_are_lost(self, count):
        self.engine.loses_answers(count)
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
            self.blocked[chat] = self.engine.moment

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
        for data in ("k_yes:1:du", "u_yes"):
            if self.offered(who, data.partition(":")[0])[1]:
                self.taps(who, data)

    @precondition(lambda self: len(self.erased) < 2)
    @rule(who=people, sure=seldom)
    def has_all_erased(self, who, sure):
        if not sure or self.chat(who) in self.erased:
            return
        known = self.people[who][1] in self.seen.people
        self.says(who, "/loeschen")
        self.taps(who, "erase_yes")
        if known:
            self.erased[self.chat(who)] = self.engine.moment

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

    @rule(days=st.sampled_from((1, 8, 25, 60)))
    def is_down(self, days):
        """The machine is off for so long; what falls due meanwhile is late."""
        self.engine.skip(timedelta(days=days))
        self.run(self.engine.restart())
        self.does(self.engine.tick())

    @rule()
    def restarts(self):
        self.does(self.engine.restart())

    # --- what has to hold

    @invariant()
    def holds(self):
        said, seen = self.engine.said, self.seen
        invariants.sent_with_consent(said)
        invariants.nothing_to_the_erased(said, self.erased)
        invariants.nothing_to_the_blocked(said, self.blocked)
        invariants.at_most_once(said, self.lost)
        invariants.no_words_leak(said, self.readers)
        invariants.no_two_nudges_a_week(said)
        invariants.in_office_hours(said, self.evenings)
        invariants.neither_side_is_forgotten(seen)
        invariants.history_is_legal(seen)
        invariants.active_only_after_both_agreed(seen)
        invariants.an_actor_is_a_party(seen)
        invariants.statuses_fit_their_side(seen)
        invariants.who_waits_is_told(seen)
        invariants.counters_equal_rows(seen, len(NAMES), len(self.made))
        invariants.nothing_is_stuck_on_its_way(seen)

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
        lines = "\n".join(self.engine.log.lines)
        assert not [word for word in self.readers if word in lines]
