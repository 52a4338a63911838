"""The rows of a database of any size: workshops over six months, their people, pledges, and all that was said.

The same size gives the same rows. Nothing is due at `NOW` but the question of month three about the first pledges.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from actions.exchange import codec
from db.models import (
    Audit,
    Consent,
    Inbox,
    InboxState,
    Interest,
    Introduction,
    IntroState,
    Lane,
    Membership,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    PledgeEvent,
    Priority,
    SendState,
    Suggestion,
    Workshop,
)
from domain import nudging, topics
from domain.calendar import months_after
from domain.history import EventKind
from domain.outcomes.choices import Direction, Purpose, Question, Verdict
from domain.outcomes.joining import Asked, ConsentAsked, Profile, Ready, TopicsHeard, Welcome
from domain.outcomes.matching import Asking, IntroAsked, MeetCard, Suggested, Why
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    PledgeCard,
    PledgeList,
    PledgePreview,
    ProposalSent,
    SentenceAsked,
)
from domain.outcomes.pledging.talks import Sealed, TalkAsked
from domain.pledges import Acts, State, Status
from domain.roles import Role
from domain.voice import Voice

NOW = datetime(2027, 10, 13, 8, 0, tzinfo=UTC)  # a Wednesday, ten in Berlin: people are asked
ZONE = ZoneInfo("Europe/Berlin")
ORGANISER = 9001
_FIRST_CHAT = 100_000
_FIRST = "Ana Ben Cem Dora Eva Finn Greta Hans Ida Jan Klara Leo Mia Noah Olga Paul Rosa Sven Tina Ute".split()
_LAST = "Keller Albrecht Demir Klein Funke Berg Sommer Winter Kaiser Lange Wolf Vogel Roth Huber Maier".split()
_LAENDER = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH".split()
_ROLES = (Role.TOWN_HALL, Role.ASSOCIATION, Role.BUSINESS, Role.OTHER)
_CARDS, _CARDS_PER_MEETING = 8, 4
_SENTENCE = "Ich führe bis zum Frühjahr ein Gespräch zur Ehrenamtspauschale mit dem Kreis."


@dataclass(frozen=True)
class Size:
    """How many of each; `due`: pledges about which both parties are asked at `NOW`."""

    workshops: int = 30
    people: int = 9_000
    pledges: int = 5_000
    messages: int = 365_000
    due: int = 215


def chat_of(person: int) -> int:
    return _FIRST_CHAT + person


class Rows:
    """Rows by table, as dictionaries of columns; ids count from 1."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.of: defaultdict[type, list[dict]] = defaultdict(list)
        self._random = random.Random(size.people)
        self._topics = [each for each in topics.load().topics if not each.startswith("offer-")]
        self._days = [NOW.date() - timedelta(days=6 * n) for n in reversed(range(size.workshops))]
        self._workshops()
        for person in range(1, size.people + 1):
            self._person(person)
            self._joins(person)
        for person in range(1, size.people + 1):
            self._cards(person)
        for number in range(size.pledges):
            self._pledge(*self._pair(number), self._made_on(number), due=number < size.due)
        self._own_work()
        self._small_talk()

    def workshop_of(self, person: int) -> int:
        return (person - 1) % self.size.workshops + 1

    def _at(self, workshop: int, hour: int = 7) -> datetime:
        return datetime.combine(self._days[workshop - 1], time(hour), tzinfo=UTC)

    def _add(self, table: type, **columns: object) -> int:
        rows = self.of[table]
        rows.append(columns)
        return len(rows)

    def _say(self, person: int, payload: object, at: datetime, *, priority=Priority.REPLY, key=None) -> int:
        kind, object_id, args = _spelled(payload)
        number = len(self.of[Outgoing]) + 1
        return self._add(
            Outgoing, id=number, chat_id=chat_of(person), person_id=person, party_id=person, priority=priority,
            kind=kind, object_id=object_id, args=args, due_at=at, key=key, state=SendState.SENT, attempts=1,
            repeated=False, message_id=number, created_at=at, sent_at=at,
        )  # fmt: skip

    def _workshops(self) -> None:
        for number, day in enumerate(self._days, start=1):
            title, made = f"Werkstatt der Region {number}", self._at(number, 5)
            self._add(Workshop, id=number, code=f"AAAA{number:02}", title=title, day=day, created_at=made)

    def _person(self, person: int) -> None:
        pick, at = self._random.choice, self._at(self.workshop_of(person))
        place = (person - 1) // self.size.workshops  # among the people of the workshop
        mp = place % 10 == 0
        self._add(
            Person, id=person, chat_id=chat_of(person), voice=Voice.DU, created_at=at,
            name=f"{pick(_FIRST)} {pick(_LAST)}-{pick(_LAST)}", role=Role.MP if mp else pick(_ROLES),
            role_confirmed=True if place % 20 == 0 else None, place="Dresden", land=pick(_LAENDER), seeks_at=at,
            organisation="Verein Nordtal", offers_at=at, finished_at=at, paused=False,
        )  # fmt: skip
        self._add(Membership, person_id=person, workshop_id=self.workshop_of(person), joined_at=at)
        for purpose in (Purpose.CORE, Purpose.CARRIER, Purpose.ANNOUNCEMENTS):
            given = purpose is not Purpose.ANNOUNCEMENTS or person % 5 > 0
            self._add(
                Consent, person_id=person, purpose=purpose, given=given, version=1, sha256="0" * 64, voice=Voice.DU,
                at=at,
            )  # fmt: skip
        for direction in Direction:
            for topic in self._random.sample(self._topics, 3):
                self._add(Interest, person_id=person, direction=direction, topic=topic, words=None)
            if person % 4 == 0:
                words = f"{pick(_LAST)}garten, {pick(_LAST)}weg und {pick(_FIRST)}platz"
                self._add(Interest, person_id=person, direction=direction, topic=None, words=words)

    def _joins(self, person: int) -> None:
        at, workshop = self._at(self.workshop_of(person)), self.workshop_of(person)
        self._say(person, Welcome.Payload(workshop), at)
        for purpose in (Purpose.CORE, Purpose.CARRIER, Purpose.ANNOUNCEMENTS):
            self._say(person, ConsentAsked.Payload(purpose, workshop), at)
        for question in list(Question)[:4]:
            self._say(person, Asked.Payload(question), at)
        for direction in Direction:
            self._say(person, TopicsHeard.Payload(direction), at)
        for last in (Profile.Payload(), Ready.Payload()):
            self._say(person, last, at)

    def _cards(self, person: int) -> None:
        workshop, size = self.workshop_of(person), self.size
        at = self._at(workshop)
        others = [n for n in range(workshop, size.people + 1, size.workshops) if n != person]
        for other in self._random.sample(others, min(_CARDS, len(others))):
            meets = len(self.of[Suggestion]) % _CARDS_PER_MEETING == 0
            verdict = Verdict.MEET if meets else self._random.choice((None, Verdict.NEXT))
            number = self._add(
                Suggestion, id=len(self.of[Suggestion]) + 1, person_id=person, other_id=other, workshop_id=workshop,
                why=Why.SAME, topic=self._random.choice(self._topics), shown_at=at, verdict=verdict,
            )  # fmt: skip
            self._say(person, Suggested.Payload(number), at)
            if meets:
                self._meeting(person, other, number, at)

    def _meeting(self, asker: int, asked: int, suggestion: int, at: datetime) -> None:
        state = self._random.choice((IntroState.BOTH, IntroState.EXPIRED, IntroState.DECLINED))
        over = at + timedelta(hours=12)
        number = self._add(
            Introduction, id=len(self.of[Introduction]) + 1, workshop_id=self.workshop_of(asker), asker_id=asker,
            asked_id=asked, suggestion_id=suggestion, state=state, asked_at=at, expires_at=over, closed_at=over,
        )  # fmt: skip
        self._say(asker, Asking.Payload(number), at)
        self._say(asked, IntroAsked.Payload(number), at, priority=Priority.NEWS, key=f"intro:{number}")
        if state is IntroState.BOTH:
            self._say(asker, MeetCard.Payload(number), at, priority=Priority.NEWS, key=f"meet:{number}")
            self._say(asked, MeetCard.Payload(number), at)

    def _pair(self, number: int) -> tuple[int, int]:
        """The parties of a pledge, of one workshop; those who are asked at `NOW` have no other pledge."""
        size, turns = self.size, self.size.people // (2 * self.size.workshops)
        pairs = turns * size.workshops
        number = number if number < pairs else size.due + (number - pairs) % (pairs - size.due)
        first = number % size.workshops + 1 + 2 * size.workshops * (number // size.workshops)
        return first, first + size.workshops

    def _made_on(self, number: int) -> date:
        if number < self.size.due:
            return months_after(NOW.date(), -3)
        day = self._days[number % self.size.workshops] + timedelta(days=self._random.randint(0, 10))
        day = min(day, NOW.date())
        while any(each.due.date() == NOW.date() for each in _planned(day, _deadline(day, number))):
            day -= timedelta(days=1)
        return day

    def _pledge(self, author: int, partner: int, made: date, *, due: bool) -> None:
        number = len(self.of[Pledge]) + 1
        deadline, at = _deadline(made, number - 1), datetime.combine(made, time(12), tzinfo=UTC)
        is_over = deadline < NOW.date()
        self._add(
            Pledge, id=number, workshop_id=self.workshop_of(author), author_id=author, partner_id=partner,
            acts=Acts.AUTHOR, text=_SENTENCE, topic="ehrenamt", worded_by_author=True, revision=1,
            state=State.ENDED if is_over else State.ACTIVE, deadline=deadline, talk_settled=True, created_at=at,
            made_on=made, told_of_silence=True,
            ended_at=datetime.combine(deadline, time(12), tzinfo=UTC) if is_over else None,
        )  # fmt: skip
        self._event(number, author, EventKind.PROPOSED, at, text=_SENTENCE, day=deadline)
        self._event(number, partner, EventKind.ACCEPTED, at)
        for kind in (ActsAsked, SentenceAsked, PledgePreview, ProposalSent, TalkAsked, Sealed, PledgeCard):
            for party in (author, partner):
                self._say(party, kind.Payload(number), at)
        for party in (author, partner):
            for question in _planned(made, deadline):
                self._question(number, party, question, is_over=is_over, due=due)

    def _question(self, pledge: int, party: int, question, *, is_over: bool, due: bool) -> None:
        at, asked = question.due, None
        is_past = at < NOW or (at == NOW and not due)
        row = {"outbox_id": None, "asked_at": None, "again_id": None, "asked_again_at": None}
        if is_past:
            key = f"nudge:{party}:{at.date()}:{pledge}"
            asked = self._say(party, Nudged.Payload(), at, priority=Priority.NUDGE, key=key)
            row |= {"outbox_id": asked, "asked_at": at}
        again = at + timedelta(days=7)
        if is_past and again < NOW and self._random.random() < 0.2:
            key = f"nudge:{party}:{again.date()}:{pledge}"
            told = self._say(party, Nudged.Payload(), again, priority=Priority.NUDGE, key=key)
            row |= {"again_id": told, "asked_again_at": again}
        elif is_past:
            notes = ["Der Termin steht."] if self._random.random() < 0.3 else None
            said = {"period": question.period, "status": Status.RUNNING, "notes": notes}
            self._event(pledge, party, EventKind.SAID, at + timedelta(hours=2), **said)
        self._add(
            Nudge, pledge_id=pledge, person_id=party, period=question.period, due_at=at,
            passed_over=is_over and asked is None, **row,
        )  # fmt: skip

    def _event(self, pledge: int, party: int, kind: EventKind, at: datetime, **said: object) -> None:
        empty = {"text": None, "day": None, "period": None, "status": None, "notes": None}
        parties = {"party_id": party, "actor_id": party}
        self._add(PledgeEvent, pledge_id=pledge, kind=kind, at=at, reported=False, **parties, **{**empty, **said})

    def _own_work(self) -> None:
        """What the bot keeps for itself: lanes, updates that it has processed, and organisers' looks."""
        people, hour, pick = self.size.people, timedelta(hours=1), self._random.randint
        for person in range(1, people + 1):
            self._add(Lane, chat_id=chat_of(person))
        for number in range(1, 2 * people // 3):
            self._add(
                Inbox, update_id=number, chat_id=chat_of(pick(1, people)), state=InboxState.DONE, attempts=0,
                received_at=NOW - pick(0, 46) * hour,
            )  # fmt: skip
        for _ in range(2 * people):
            at = NOW - pick(0, 7_000) * hour
            self._add(
                Audit, organiser_chat_id=ORGANISER, person_id=pick(1, people), action="saw role claim", at=at
            )  # fmt: skip

    def _small_talk(self) -> None:
        """Answers that people got to what they asked for, up to the number of messages."""
        number = 0
        while len(self.of[Outgoing]) < self.size.messages:
            person, number = number % self.size.people + 1, number + 1
            at = min(self._at(self.workshop_of(person)) + timedelta(days=number // self.size.people), NOW)
            self._say(person, PledgeList.Payload(), at)


def _deadline(made: date, number: int) -> date:
    return nudging.deadline_for(made, 6 if number % 5 else 3)


@cache
def _planned(made: date, deadline: date) -> tuple[nudging.Planned, ...]:
    return nudging.plan(made, deadline, zone=ZONE, land=None)


def _spelled(payload) -> tuple[str, int | None, dict | None]:
    object_id, args = codec.encode(payload)
    return payload.outcome_name(), object_id, args or None
