"""The rows of a database of any size: workshops over six months, their people, pledges, and all that was said.

The same size gives the same rows. Nothing is due at `NOW` but the question of month three about the first pledges.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

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
    Outgoing,
    Person,
    Priority,
    SendState,
    Suggestion,
    Workshop,
)
from domain import topics
from domain.outcomes.choices import Direction, ProfileQuestion, Purpose, Verdict
from domain.outcomes.joining import Asked, ConsentAsked, Profile, Ready, TopicsHeard, Welcome
from domain.outcomes.matching import Asking, IntroAsked, MeetCard, Suggested, Why
from domain.outcomes.pledging.pledges import (
    PledgeList,
)
from domain.roles import Role
from domain.voice import Voice
from tests.benchmarks.scale import pledges
from tests.benchmarks.scale.times import NOW

ORGANISER = 9001
_FIRST_CHAT = 100_000
_FIRST = [
    "Ana",
    "Ben",
    "Cem",
    "Dora",
    "Eva",
    "Finn",
    "Greta",
    "Hans",
    "Ida",
    "Jan",
    "Klara",
    "Leo",
    "Mia",
    "Noah",
    "Olga",
    "Paul",
    "Rosa",
    "Sven",
    "Tina",
    "Ute",
]
_LAST = [
    "Keller",
    "Albrecht",
    "Demir",
    "Klein",
    "Funke",
    "Berg",
    "Sommer",
    "Winter",
    "Kaiser",
    "Lange",
    "Wolf",
    "Vogel",
    "Roth",
    "Huber",
    "Maier",
]
_LAENDER = ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]
_SYLLABLES = [start + vowel for start in "bdfghklmnprstwz" for vowel in ("a", "ei", "o", "u")]
_ROLES = (Role.TOWN_HALL, Role.ASSOCIATION, Role.BUSINESS, Role.OTHER)
_CARDS, _CARDS_PER_MEETING = 8, 4


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
        self.random = random.Random(size.people)
        self._topics = [each for each in topics.load().topics if not each.startswith("offer-")]
        self.days = [NOW.date() - timedelta(days=6 * n) for n in reversed(range(size.workshops))]
        self._workshops()
        for person in range(1, size.people + 1):
            self._person(person)
            self._joins(person)
        for person in range(1, size.people + 1):
            self._cards(person)
        pledges.add(self)
        self._own_work()
        self._small_talk()

    def workshop_of(self, person: int) -> int:
        return (person - 1) % self.size.workshops + 1

    def _at(self, workshop: int, hour: int = 7) -> datetime:
        return datetime.combine(self.days[workshop - 1], time(hour), tzinfo=UTC)

    def add(self, table: type, **columns: object) -> int:
        rows = self.of[table]
        rows.append(columns)
        return len(rows)

    def say(self, person: int, payload: object, at: datetime, *, priority=Priority.REPLY, key=None) -> int:
        kind, object_id, args = _spelled(payload)
        number = len(self.of[Outgoing]) + 1
        return self.add(
            Outgoing, id=number, chat_id=chat_of(person), person_id=person, party_id=person, priority=priority,
            kind=kind, object_id=object_id, args=args, due_at=at, key=key, state=SendState.SENT, attempts=1,
            repeated=False, message_id=number, created_at=at, sent_at=at,
        )  # fmt: skip

    def _workshops(self) -> None:
        for number, day in enumerate(self.days, start=1):
            title, made = f"Werkstatt der Region {number}", self._at(number, 5)
            self.add(Workshop, id=number, code=f"AAAA{number:02}", title=title, day=day, created_at=made)

    def _person(self, person: int) -> None:
        pick, at = self.random.choice, self._at(self.workshop_of(person))
        place = (person - 1) // self.size.workshops  # among the people of the workshop
        mp = place % 10 == 0
        self.add(
            Person, id=person, chat_id=chat_of(person), voice=Voice.DU, created_at=at,
            name=f"{pick(_FIRST)} {pick(_LAST)}-{pick(_LAST)}", role=Role.MP if mp else pick(_ROLES),
            role_confirmed=True if place % 20 == 0 else None, place="Dresden", land=pick(_LAENDER), seeks_at=at,
            organisation="Verein Nordtal", offers_at=at, finished_at=at, paused=False,
        )  # fmt: skip
        self.add(Membership, person_id=person, workshop_id=self.workshop_of(person), joined_at=at)
        for purpose in (Purpose.CORE, Purpose.CARRIER, Purpose.ANNOUNCEMENTS):
            given = purpose is not Purpose.ANNOUNCEMENTS or person % 5 > 0
            self.add(
                Consent, person_id=person, purpose=purpose, given=given, version=1, sha256="0" * 64, voice=Voice.DU,
                at=at,
            )  # fmt: skip
        for direction in Direction:
            for topic in self.random.sample(self._topics, 3):
                self.add(Interest, person_id=person, direction=direction, topic=topic, words=None)
            if person % 4 == 0:
                words = " ".join("".join(pick(_SYLLABLES) for _ in range(4)).capitalize() for _ in range(2))
                self.add(Interest, person_id=person, direction=direction, topic=None, words=words)

    def _joins(self, person: int) -> None:
        at, workshop = self._at(self.workshop_of(person)), self.workshop_of(person)
        self.say(person, Welcome.Payload(workshop), at)
        for purpose in (Purpose.CORE, Purpose.CARRIER, Purpose.ANNOUNCEMENTS):
            self.say(person, ConsentAsked.Payload(purpose, workshop), at)
        for question in list(ProfileQuestion)[:4]:
            self.say(person, Asked.Payload(question), at)
        for direction in Direction:
            self.say(person, TopicsHeard.Payload(direction), at)
        for last in (Profile.Payload(), Ready.Payload()):
            self.say(person, last, at)

    def _cards(self, person: int) -> None:
        workshop, size = self.workshop_of(person), self.size
        at = self._at(workshop)
        others = [n for n in range(workshop, size.people + 1, size.workshops) if n != person]
        for other in self.random.sample(others, min(_CARDS, len(others))):
            meets = len(self.of[Suggestion]) % _CARDS_PER_MEETING == 0
            verdict = Verdict.MEET if meets else self.random.choice((None, Verdict.NEXT))
            number = self.add(
                Suggestion, id=len(self.of[Suggestion]) + 1, person_id=person, other_id=other, workshop_id=workshop,
                why=Why.SAME, topic=self.random.choice(self._topics), shown_at=at, verdict=verdict,
            )  # fmt: skip
            self.say(person, Suggested.Payload(number), at)
            if meets:
                self._meeting(person, other, number, at)

    def _meeting(self, asker: int, asked: int, suggestion: int, at: datetime) -> None:
        state = self.random.choice((IntroState.BOTH, IntroState.EXPIRED, IntroState.DECLINED))
        over = at + timedelta(hours=12)
        number = self.add(
            Introduction, id=len(self.of[Introduction]) + 1, workshop_id=self.workshop_of(asker), asker_id=asker,
            asked_id=asked, suggestion_id=suggestion, state=state, asked_at=at, expires_at=over, closed_at=over,
        )  # fmt: skip
        self.say(asker, Asking.Payload(asked), at)
        self.say(asked, IntroAsked.Payload(number), at, priority=Priority.NEWS, key=f"intro:{number}")
        if state is IntroState.BOTH:
            self.say(asker, MeetCard.Payload(number), at, priority=Priority.NEWS, key=f"meet:{number}")
            self.say(asked, MeetCard.Payload(number), at)

    def _own_work(self) -> None:
        """What the bot keeps for itself: lanes, updates that it has processed, and organisers' looks."""
        people, hour, pick = self.size.people, timedelta(hours=1), self.random.randint
        for person in range(1, people + 1):
            self.add(Lane, chat_id=chat_of(person))
        for number in range(1, 2 * people // 3):
            self.add(
                Inbox, update_id=number, chat_id=chat_of(pick(1, people)), state=InboxState.DONE, attempts=0,
                received_at=NOW - pick(0, 46) * hour,
            )  # fmt: skip
        for _ in range(2 * people):
            at = NOW - pick(0, 7_000) * hour
            self.add(
                Audit, organiser_chat_id=ORGANISER, person_id=pick(1, people), action="saw role claim", at=at
            )  # fmt: skip

    def _small_talk(self) -> None:
        """Answers that people got to what they asked for, up to the number of messages."""
        number = 0
        while len(self.of[Outgoing]) < self.size.messages:
            person, number = number % self.size.people + 1, number + 1
            at = min(self._at(self.workshop_of(person)) + timedelta(days=number // self.size.people), NOW)
            self.say(person, PledgeList.Payload(), at)


def _spelled(payload) -> tuple[str, int | None, dict | None]:
    object_id, args = codec.encode(payload)
    return payload.outcome_name(), object_id, args or None
