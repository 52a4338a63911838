"""Ranks who should meet whom: by topics, complementary before common, fair to the shy, and the same all day."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from domain import reasons
from domain.own_words import OwnWords
from domain.roles import Role
from domain.suggestions import Candidate, Kind, MeetingReason, RankedCandidate

__all__ = ["Candidate", "Kind", "MeetingReason", "Pool", "RankedCandidate", "rank"]

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Ranking = tuple[Floats, Numbers]
Holders = Mapping[str, tuple[Numbers, Floats]]

THEY_OFFER, YOU_OFFER, BOTH_WAYS = np.float32(2), np.float32(1), np.float32(0.5)
"""Whoever asks wants something, so what the other offers counts most; both at once count more than their sum."""
COMPLEMENTARY, SAME = np.float32(3), np.float32(0.8)
"""The lowest score of a complementary pair, and the highest of a shared interest, which is only a start."""
OWN_WORDS = 0.5
"""Weight of a match of people's own words beside that of a topic: similar texts are a weaker sign."""
MP_MEETS_MAKER, SAME_LAND, NO_BONUS = np.float32(1.5), np.float32(1.1), np.float32(1)
EXPOSURE = 0.35
"""How fast people who are suggested often move back; 0 would send everybody to the same few people."""
_MAKERS, _MPS, _NOBODY = "makers", "mps", "nobody"
_AS_GOOD_AS = 3
"""Decimals: pairs whose scores agree to this many are put in the day's order."""


def rank(
    person: Candidate,
    others: Iterable[Candidate],
    *,
    day: date,
    excluded: frozenset[int] = frozenset(),
    limit: int = 10,
) -> list[RankedCandidate]:
    """The best people for this person to meet, best first, without those who have nothing in common with them.

    `excluded`: ids of people not to suggest.
    """
    pool = Pool([person, *(other for other in others if other.id != person.id)])
    return pool.rank(person.id, day=day, excluded=excluded, limit=limit)


class Pool:
    """People, indexed by topic. With ten thousand of them, ranking for one takes a millisecond or less."""

    def __init__(self, people: Sequence[Candidate]) -> None:
        self._people = list(people)
        self._numbers = {person.id: number for number, person in enumerate(self._people)}
        self._ids = np.array([person.id for person in self._people], np.int64)
        self._open = np.array([person.can_be_suggested for person in self._people], bool)
        self._mp = np.array([person.role.is_mp for person in self._people], bool)
        self._maker = np.array([person.role not in (Role.MP, Role.OFFICE) for person in self._people], bool)
        lands = {
            land: code for code, land in enumerate(dict.fromkeys(p.land for p in self._people if p.land), 1)
        }
        self._lands = np.array([lands.get(person.land or "", 0) for person in self._people], np.int16)
        self._ease = np.array([_ease(person.exposure) for person in self._people], np.float32)
        self._factors: dict[tuple[str, int], Floats] = {}
        self._rarity = _rarity(self._people)
        self._seekers = self._holders([person.seeks for person in self._people])
        self._offerers = self._holders([person.offers for person in self._people])
        self._siders = self._holders([person.sides for person in self._people])
        self._having = self._holders([person.topics for person in self._people])
        self._seek_words = OwnWords([person.seek_words for person in self._people])
        self._offer_words = OwnWords([person.offer_words for person in self._people])
        self._side_words = OwnWords([person.side_words for person in self._people])
        self._words = OwnWords([person.words for person in self._people])

    def rank(
        self, person_id: int, *, day: date, excluded: frozenset[int] = frozenset(), limit: int = 10
    ) -> list[RankedCandidate]:
        """As the function `rank`, for one of the pool. Raises KeyError for somebody who is not in it."""
        number = self._numbers[person_id]
        chosen = self._chosen(number, day, excluded, limit)
        return [
            RankedCandidate(self._people[other].id, score, self.reason(person_id, self._people[other].id))
            for other, score in chosen
        ]

    def rank_all(
        self, *, day: date, excluded: Mapping[int, frozenset[int]] | None = None, limit: int = 10
    ) -> dict[int, list[tuple[int, float]]]:
        """Everybody's list of (other id, score), by id; `reason` says why. `excluded`: whom not to suggest, by id."""
        out = excluded or {}
        return {
            person.id: [
                (self._people[other].id, score)
                for other, score in self._chosen(number, day, out.get(person.id, frozenset()), limit)
            ]
            for number, person in enumerate(self._people)
        }

    def has(self, person_id: int) -> bool:
        """Whether this person is in the pool."""
        return person_id in self._numbers

    def was_shown(self, person_id: int) -> None:
        """One more of this person's cards has been given out. Raises KeyError for somebody not in the pool."""
        number = self._numbers[person_id]
        person = self._people[number].shown_once_more()
        self._people[number] = person
        self._open[number], self._ease[number] = person.can_be_suggested, _ease(person.exposure)
        self._factors.clear()

    def reason(self, person_id: int, other_id: int) -> MeetingReason:
        """Why the other would be suggested to this person. Raises KeyError for somebody not in the pool."""
        you, they = self._people[self._numbers[person_id]], self._people[self._numbers[other_id]]
        return reasons.strongest(you, they, self._rarity)

    def _chosen(
        self, number: int, day: date, excluded: frozenset[int], limit: int
    ) -> list[tuple[int, float]]:
        chosen = self._best(number, self._complementary(number, excluded), day, limit)
        if len(chosen) < limit:
            shown = excluded | {self._people[other].id for other, _ in chosen}
            chosen += self._best(number, self._common(number, shown), day, limit - len(chosen))
        return chosen

    def _holders(self, wishes: Sequence[Mapping[str, float]]) -> Holders:
        found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, topics in enumerate(wishes):
            for topic, weight in topics.items():
                found[topic].append((number, weight * self._rarity[topic]))
        return {
            topic: (np.array([n for n, _ in pairs], np.int64), np.array([w for _, w in pairs], np.float32))
            for topic, pairs in found.items()
        }

    def _overlap(self, *wishes_and_holders: tuple[Mapping[str, float], Holders]) -> Floats:
        overlap: Floats = np.zeros(len(self._people), np.float32)
        for wishes, holders in wishes_and_holders:
            for topic, weight in wishes.items():
                if topic in holders:
                    who, much = holders[topic]
                    overlap[who] += much * np.float32(weight)
        return overlap

    def _complementary(self, number: int, excluded: frozenset[int]) -> Ranking:
        person = self._people[number]
        theirs = self._overlap((person.seeks, self._offerers))
        mine = self._overlap((person.offers, self._seekers))
        self._add_words(theirs, person.seek_words, self._offer_words)
        self._add_words(mine, person.offer_words, self._seek_words)
        who = self._open_to(number, theirs + mine, excluded)
        theirs, mine = theirs[who], mine[who]
        needs = COMPLEMENTARY + THEY_OFFER * theirs + YOU_OFFER * mine + BOTH_WAYS * np.sqrt(theirs * mine)
        return needs * self._circumstances(number)[who], who

    def _common(self, number: int, excluded: frozenset[int]) -> Ranking:
        person = self._people[number]
        disputed = (
            (person.sides, self._having),
            ({**person.seeks, **person.offers}, self._siders),
        )
        same = self._overlap((person.seeks, self._seekers), (person.offers, self._offerers), *disputed)
        self._add_words(same, person.seek_words, self._seek_words)
        self._add_words(same, person.side_words, self._words)
        self._add_words(same, (*person.seek_words, *person.offer_words), self._side_words)
        who = self._open_to(number, same, excluded)
        return SAME * same[who] / (1 + same[who]) * self._circumstances(number)[who], who

    def _add_words(self, overlap: Floats, texts: Iterable[str], written: OwnWords) -> None:
        for text in texts:
            if writers := list({who for who, _ in written.alike(text)}):
                overlap[writers] += OWN_WORDS * math.log(1 + len(self._people) / len(writers))

    def _open_to(self, number: int, anything: Floats, excluded: frozenset[int]) -> Numbers:
        anything[number] = 0
        if self._people[number].role.is_mp:
            anything[self._mp] = 0
        for other in excluded:
            if other in self._numbers:
                anything[self._numbers[other]] = 0
        return np.flatnonzero((anything > 0) & self._open)

    def _circumstances(self, number: int) -> Floats:
        """Each other person's factor apart from topics: by role, Land, and how often they were suggested."""
        person = self._people[number]
        liked = _NOBODY
        if person.role.is_mp and person.confirmed_mp:
            liked = _MAKERS
        elif self._maker[number]:
            liked = _MPS
        key = (liked, int(self._lands[number]))
        if key not in self._factors:
            self._factors[key] = self._worth(*key)
        return self._factors[key]

    def _worth(self, liked: str, land: int) -> Floats:
        preferred = {_MAKERS: self._maker, _MPS: self._mp}.get(liked, np.zeros(len(self._people), bool))
        role = np.where(preferred, MP_MEETS_MAKER, NO_BONUS)
        place = np.where((self._lands == land) & (land > 0), SAME_LAND, NO_BONUS)
        return self._ease * role * place

    def _best(self, number: int, ranking: Ranking, day: date, limit: int) -> list[tuple[int, float]]:
        scores, who = np.round(ranking[0], _AS_GOOD_AS), ranking[1]
        if len(scores) > limit:
            least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            near = np.flatnonzero(scores >= least)
            scores, who = scores[near], who[near]
        luck = _luck(self._people[number].id, self._ids[who], day)
        order = np.lexsort((luck, -scores))[:limit]
        return list(zip(who[order].tolist(), scores[order].tolist(), strict=True))


def _ease(exposure: int) -> float:
    return 1 / (1 + EXPOSURE * math.log1p(max(exposure, 0)))


def _rarity(people: Sequence[Candidate]) -> dict[str, float]:
    """How much sharing each topic says: more, the fewer people have it."""
    holders: defaultdict[str, int] = defaultdict(int)
    for person in people:
        for topic in person.topics:
            holders[topic] += 1
    return {topic: math.log(1 + len(people) / many) for topic, many in holders.items()}


def _luck(person_id: int, others: NDArray[np.int64], day: date) -> NDArray[np.uint64]:
    """A fixed shuffle for this person and day (splitmix64), so that nobody comes first by id or alphabet."""
    mixed = others.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= np.uint64((person_id * 1_000_003 + day.toordinal()) * 0xBF58476D1CE4E5B9 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
