"""Why two people should meet: the strongest reason there is, and whether one given earlier is still true.

Where either takes a side on a topic, the reason claims no more than that both have to do with it, as it does of any
topic that two people share.
"""

from collections.abc import Mapping, Sequence

from domain.own_words import OwnWords
from domain.suggestions import Candidate, MeetingReason

Topics = Mapping[str, float]
Shared = tuple[tuple[Topics, Topics], tuple[Sequence[str], Sequence[str]]]
_NO_WORDS: tuple[Sequence[str], Sequence[str]] = ((), ())


def strongest(you: Candidate, they: Candidate, rarity: Topics) -> MeetingReason:
    """The strongest reason, put to "you". `rarity`: how much sharing each topic says. Of two people with nothing in
    common it names neither a topic nor words.
    """
    land = bool(you.land) and you.land == they.land
    theirs, mine = _rarest(you.seeks, they.offers, rarity), _rarest(you.offers, they.seeks, rarity)
    if theirs and mine:
        return MeetingReason("both", theirs, land=land, also=mine)
    if theirs:
        return MeetingReason("they_offer", theirs, land=land)
    if mine:
        return MeetingReason("you_offer", mine, land=land)
    return _weaker(you, they, rarity, land)


def _weaker(you: Candidate, they: Candidate, rarity: Topics, land: bool) -> MeetingReason:
    if words := _alike(you.seek_words, they.offer_words):
        return MeetingReason("they_offer", None, words, land)
    if words := _alike(you.offer_words, they.seek_words):
        return MeetingReason("you_offer", None, words, land)
    shared = _shared(you, they)
    topic = next(filter(None, (_rarest(*topics, rarity) for topics, _ in shared)), None)
    words = next(filter(None, (_alike(*words) for _, words in shared)), None) if topic is None else None
    return MeetingReason("same", topic, words, land)


def common_ground(you: Candidate, they: Candidate, known: MeetingReason) -> MeetingReason | None:
    """The reason for these two to meet now: the `known` one while it is true, else another; None without any."""
    if _is_true(known, you, they):
        return known
    other = strongest(you, they, {})
    return other if other.topic or other.words else None


def _is_true(reason: MeetingReason, you: Candidate, they: Candidate) -> bool:
    match reason.kind:
        case "both":
            mine = reason.also in you.offers and reason.also in they.seeks
            return mine and reason.topic in you.seeks and reason.topic in they.offers
        case "they_offer":
            return _have(reason, ((you.seeks, they.offers), (you.seek_words, they.offer_words)))
        case "you_offer":
            return _have(reason, ((you.offers, they.seeks), (you.offer_words, they.seek_words)))
        case "same":
            return any(_have(reason, shared) for shared in _shared(you, they))


def _shared(you: Candidate, they: Candidate) -> tuple[Shared, ...]:
    """In what both may have the same: topics, and own words."""
    return (
        ((you.seeks, they.seeks), (you.seek_words, they.seek_words)),
        ((you.offers, they.offers), _NO_WORDS),
        ((you.sides, they.topics), (you.side_words, they.words)),
        ((you.topics, they.sides), (you.words, they.side_words)),
    )


def _have(reason: MeetingReason, shared: Shared) -> bool:
    """Whether both have its topic, or the other its words and you like ones."""
    (mine, theirs), (my_words, their_words) = shared
    if reason.topic is not None:
        return reason.topic in mine and reason.topic in theirs
    words = reason.words
    return words is not None and words in their_words and _alike(my_words, [words]) is not None


def _rarest(ours: Topics, theirs: Topics, rarity: Topics) -> str | None:
    shared = [
        (ours[topic] * theirs[topic] * rarity.get(topic, 1.0), topic) for topic in ours if topic in theirs
    ]
    return max(shared)[1] if shared else None


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> str | None:
    for text in ours if theirs else ():
        for _, words in OwnWords([theirs]).alike(text):
            return words
    return None
