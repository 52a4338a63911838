"""Instances of every outcome, made from its type hints: likely ones, empty ones and nasty ones."""

import dataclasses
import types
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import partial
from itertools import product
from random import Random
from typing import Any, Union, get_args, get_origin, get_type_hints

from domain import topics
from domain.audience import ALL_WORKSHOPS, CONFIRMED_MP, VALUES, Facet, Sense
from domain.deadlines import SaidDay
from domain.outcomes.choices import Offer
from domain.outcomes.matching import Because, Near, Why
from domain.outcomes.organising.broadcasts import (
    BroadcastPreview,
    BroadcastToConfirm,
    Chosen,
    SegmentAsked,
    Whole,
)
from domain.outcomes.organising.desk import OrgaWorkshop
from domain.outcomes.organising.participants import StandingsCounted
from domain.participants import Standing
from domain.places import LAENDER
from domain.roles import Role
from tests.messages import insight_examples

TOPICS = (*topics.load().topics, *(offer.topic for offer in Offer))
GROUPS = tuple(group.id for group in topics.load().groups())

# What nobody's words may be able to do; the tests look for these in every message.
TAPPABLE = ("@boris", "t.me/boris", "/geheim", "https://boese")
UNESCAPED = ("<b>fett", "<script", "& mehr")
NASTY = (
    "<b>fett & mehr",
    "</b></a><script>alert(1)</script>",
    "@boris t.me/boris /geheim https://boese.example",
    "\u202erückwärts\u2069 und \u200bunsichtbar",
    "{name} {0} %s %(n)d \\n",
    "🦊👩‍🚀🇩🇪 Füchse",
)
PLAIN = ("Ana Keller", "Dorfkino retten")

# UTF-16 units that may be stored; other words take 80.
_LONGEST = {
    "title": 32, "name": 60, "names": 60, "other": 60, "proposer": 60, "author": 60, "organisation": 120,
    "workshop": 120, "text": 500, "before": 500, "reason": 500, "note": 6000, "my_note": 6000, "their_note": 6000,
    "value": 120,
}  # fmt: skip
_MAY_BE_EMPTY = {"organisation", "place", "reason", "note", "my_note", "their_note"}
_TOPIC_FIELDS = {"topics", "seeks", "offers", "topic", "theirs", "sure"}
_SET_BY_US = {
    "controller": ("Träger & Söhne <gGmbH>", "Werkstatt e.V."),
    "contact": ("a&b@example.org",),
    "bot": ("mutmacher_bot",),
    "link": ("https://t.me/mutmacher_bot?start=w_K7RD2M",),
    "code": ("K7RD2M",),
    "ref": ("4F7K2Q",),
    "version": ("0a1b2c3d",),
    "username": ("ana_keller",),
}
_MOST = {
    "hits": 3,
    "lines": 20,
    "rows": 12,
    "shown": 8,
    "topics": 3,
    "given": 4,
    "happened": 8,
    "laender": 16,
    "options": 16,
    "days": 4,
}
_COMBINED = 150  # of one outcome; of more, a sample
_SAMPLE = 30

Make = Callable[[Random], Any]


def examples(kind: type, seed: int = 7) -> Iterator[Any]:
    """Every combination of its choices if there are few; else each choice once, and a sample."""
    rng = Random(f"{kind.__name__}{seed}")
    choices = {name: list(_choices(hint, name)) for name, hint in get_type_hints(kind).items()}
    combined = 1
    for each in choices.values():
        combined *= max(len(each), 1)
    if combined <= _COMBINED:
        for values in product(*(each or [None] for each in choices.values())):
            yield _make(kind, rng, {n: v for n, v in zip(choices, values, strict=True) if choices[n]})
    else:
        for name, each in choices.items():
            for value in each:
                yield _make(kind, rng, {name: value})
    for _ in range(_SAMPLE):
        yield _make(kind, rng, {})


def _make(kind: type, rng: Random, given: dict[str, Any]) -> Any:
    if kind in _BY_HAND:
        return _BY_HAND[kind](rng)
    hints = get_type_hints(kind)
    return kind(**{n: given[n] if n in given else _draw(hint, n, rng) for n, hint in hints.items()})


def _choices(hint: Any, name: str) -> Iterator[Any]:
    """The values that are worth a case of their own; for words and numbers none."""
    for one in _members(hint):
        if one is bool:
            yield from (False, True)
        elif one is type(None):
            yield None
        elif isinstance(one, type) and issubclass(one, Enum):
            yield from one


def _members(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


_PLAIN = {
    date: (date(2027, 7, 20), date(2028, 2, 29), date(2026, 12, 31)),
    time: (time(0, 5), time(14), time(23, 59)),
    datetime: (datetime(2027, 7, 20, 12, 30, tzinfo=UTC),),
    bytes: (b"{}",),
}


def _draw(hint: Any, name: str, rng: Random) -> Any:  # noqa: PLR0911 - a kind of value each
    one = rng.choice(_members(hint))
    if get_origin(one) is tuple:
        return _tuple(get_args(one), name, rng)
    if dataclasses.is_dataclass(one):
        return _make(one, rng, {})
    if one is bool:
        return rng.random() < 0.5
    if one is str:
        return _string(name, rng)
    if one is int:
        return _number(name, rng)
    if one in _PLAIN:
        return rng.choice(_PLAIN[one])
    if one is type(None):
        return None
    return rng.choice(list(one))


def _tuple(of: tuple[Any, ...], name: str, rng: Random) -> tuple[Any, ...]:
    if of[-1] is not Ellipsis:
        return tuple(_draw(each, name, rng) for each in of)
    most = _MOST.get(name, 8)
    least = 1 if name in ("rows", "hits", "days") else 0
    length = rng.choice((least, 1, 2, most))
    return tuple(_draw(of[0], name, rng) for _ in range(length))


def _number(name: str, rng: Random) -> int:
    if name == "page":
        return rng.choice((0, 1))
    if name == "hour":
        return rng.choice((8, 12, 19))
    if name == "months":
        return rng.choice((1, 6, 12))
    if name == "table":
        return rng.choice((1, 7, 40))
    if name.endswith("_id"):
        return rng.choice((1, 17, 2**31, 2**52))
    return rng.choice((0, 1, 2, 13, 123_456))


def _string(name: str, rng: Random) -> str:
    if name in _SET_BY_US:
        return rng.choice(_SET_BY_US[name])
    if name in _TOPIC_FIELDS or name == "chosen":
        return rng.choice(TOPICS)
    if name == "group":
        return rng.choice(GROUPS)
    if name in ("land", "laender"):
        return rng.choice(tuple(LAENDER))
    longest = _LONGEST.get(name, 80)
    if name in _MAY_BE_EMPTY and rng.random() < 0.2:
        return ""
    return rng.choice((*PLAIN, *NASTY, *_long(longest)))[:longest]


def _long(longest: int) -> tuple[str, ...]:
    """As long as it may be, in one word, of the characters that grow most when a message is made."""
    return "Ä" * longest, "@a." * (longest // 3), "<&>" * (longest // 3), "🦊" * (longest // 2)


# --- outcomes whose fields depend on each other


def _because(rng: Random) -> Because:
    why = rng.choice(list(Why))
    theirs = rng.choice(TOPICS) if why is Why.BOTH else None
    if why is not Why.BOTH and rng.random() < 0.3:
        return Because(why, None, None, _string("words", rng), rng.choice((None, *Near)))
    return Because(why, rng.choice(TOPICS), theirs, None, rng.choice((None, *Near)))


def _segment_asked(rng: Random) -> SegmentAsked:
    facet = rng.choice((None, *Facet))
    values = _values(facet) if facet is not None else [each.value for each in Whole]
    options = tuple((value, rng.choice((None, *Sense)), rng.choice((0, 1, 300))) for value in values[:8])
    return SegmentAsked(
        17,
        _titles(rng),
        facet,
        options,
        _chosen(rng),
        rng.choice((0, 1, 300)),
        rng.choice((0, 1)),
        2,
        tuple(OrgaWorkshop(n, _string("workshop", rng), 0, date(2027, 4, n)) for n in (2, 3)),
        is_chosen=rng.random() < 0.5,
    )


def _titles(rng: Random) -> tuple[str, ...]:
    return tuple(_string("workshop", rng) for _ in range(rng.choice((1, 2, 30))))


def _values(facet: Facet) -> list[str]:
    fixed = {
        Facet.WORKSHOP: ["2", ALL_WORKSHOPS, "BY"],
        Facet.ROLE: [*Role, CONFIRMED_MP],
        Facet.LAND: list(LAENDER),
        Facet.TOPIC: list(TOPICS),
    }
    return [str(each) for each in fixed.get(facet, VALUES.get(facet, ()))]


def _chosen(rng: Random) -> tuple[Chosen, ...]:
    facets = rng.sample(list(Facet), rng.choice((0, 1, len(Facet))))
    return tuple((rng.choice(list(Sense)), facet, rng.choice(_values(facet))) for facet in facets)


def _preview(rng: Random) -> BroadcastPreview:
    names = tuple(_string("name", rng) for _ in range(rng.choice((0, 1, 5))))
    return BroadcastPreview(
        17, _titles(rng), _chosen(rng), rng.choice((0, 1, 300)), rng.random() < 0.5, names,
        notice=rng.random() < 0.3,
    )  # fmt: skip


def _to_confirm(rng: Random) -> BroadcastToConfirm:
    return BroadcastToConfirm(
        17,
        _titles(rng),
        _string("author", rng),
        _chosen(rng),
        rng.choice((0, 1, 300)),
        changed=rng.random() < 0.5,
    )


def _said_day(rng: Random) -> SaidDay:
    days = (date(2027, 9, 30), date(2028, 2, 29), date(2026, 12, 31))
    offered = tuple(rng.sample(days, rng.choice((0, 1, 3))))
    return SaidDay(offered[0] if offered else date(2026, 3, 1), offered, rng.random() < 0.5)


def _standings(rng: Random) -> StandingsCounted:
    return StandingsCounted(tuple((each, rng.choice((0, 1, 13, 123456))) for each in Standing))


_BY_HAND: dict[type, Make] = {
    **{of: partial(make, words=_string) for of, make in insight_examples.BY_HAND.items()},
    Because: _because,
    SaidDay: _said_day,
    SegmentAsked: _segment_asked,
    BroadcastPreview: _preview,
    BroadcastToConfirm: _to_confirm,
    StandingsCounted: _standings,
}
