"""Pledges that were made on paper: cards typed one below the other, or a list of them in a file.

A card has two names, a sentence, and who acts. Nothing of a file is trusted (`guest_lists`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from domain import names
from domain.days import reading_on, reading_until
from domain.file_texts import NotText, text_of
from domain.guest_lists import GuestListError, ListFault, RowFault, same_name
from domain.guest_lists.guests import RowError, cell_of, name_of
from domain.guest_lists.heads import Heads, left_out
from domain.guest_lists.reading import table_in, width_of
from domain.labels import spelt
from domain.nudging import deadline_for, may_be_deadline
from domain.pledges import TEXT_LIMIT, Acts
from domain.words import Empty, TooLong, clean

_NEAR = 5  # people who may be meant by a name
TURNED = {Acts.AUTHOR: Acts.PARTNER, Acts.PARTNER: Acts.AUTHOR, Acts.BOTH: Acts.BOTH}
"""Who acts, once the second on a card comes first."""


class CardColumn(StrEnum):
    FIRST = "first"
    SECOND = "second"
    TEXT = "text"
    ACTS = "acts"


class CardFault(StrEnum):
    """Why a card cannot be taken over; of names and cells, what a guest list would say."""

    NO_NAME = "no_name"
    NAME = "name"
    SAME = "same"  # both names are one
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    ACTS = "acts"  # whoever is to act is neither of the two
    UNREADABLE = "unreadable"  # a formula, or letters that no encoding explains
    SHIFTED = "shifted"  # more cells than the head has
    FORM = "form"  # a line that is no card
    TWICE = "twice"


_OF_ROW = {
    RowFault.NO_NAME: CardFault.NO_NAME,
    RowFault.NO_LETTERS: CardFault.NAME,
    RowFault.NAME: CardFault.NAME,
    RowFault.FORMULA: CardFault.UNREADABLE,
    RowFault.UNREADABLE: CardFault.UNREADABLE,
    RowFault.TOO_LONG: CardFault.TOO_LONG,
}


@dataclass(frozen=True, slots=True)
class PaperCard:
    """What a card says. `acts`: the first is the author."""

    first: str
    second: str
    acts: Acts
    text: str

    @property
    def key(self) -> object:
        """The same for a card that is read once more, however its names are spelt and whoever comes first."""
        first, second = same_name(self.first), same_name(self.second)
        acts = {Acts.AUTHOR: first, Acts.PARTNER: second, Acts.BOTH: None}[self.acts]
        return frozenset((first, second)), acts, spelt(self.text)


@dataclass(frozen=True, slots=True)
class ResolvedCard:
    """A card with all that each of its two goes by: the name, and the key of whoever it means (`Somebody`)."""

    first: frozenset[object]
    second: frozenset[object]
    acts: Acts
    text: str

    def is_same(self, other: "ResolvedCard") -> bool:
        """Whether it is the other, whatever name either of the two stands there with, and whoever comes first."""
        straight = self.first & other.first and self.second & other.second and self.acts is other.acts
        turned = self.first & other.second and self.second & other.first and self.acts is TURNED[other.acts]
        return bool(straight or turned) and spelt(self.text) == spelt(other.text)


@dataclass(frozen=True, slots=True)
class CardsRead:
    """`cards` and `faults` by the number of their line. `left_out`: columns that are not taken over."""

    cards: tuple[tuple[int, PaperCard], ...]
    faults: tuple[tuple[int, CardFault], ...]
    left_out: tuple[str, ...]


_HEADS = Heads.of(
    {
        CardColumn.FIRST: (
            "von|wer verspricht|versprechende|versprechender|verspricht|name 1|person 1|mensch 1|name a|erster name|"
            "from|promiser|promised by|first name on the card"
        ),
        CardColumn.SECOND: (
            "an|mit|wem|gegenueber|name 2|person 2|mensch 2|name b|zweiter name|to|with|partner|promised to"
        ),
        CardColumn.TEXT: "versprechen|satz|text|wortlaut|mutiges versprechen|promise|pledge|sentence|wording",
        CardColumn.ACTS: "wer handelt|handelt|wer|wer macht es|wer tut es|who acts|acts|who",
    },
    lambda found: {CardColumn.FIRST, CardColumn.SECOND, CardColumn.TEXT} <= {*found},
)
_TYPED = re.compile(
    r"\A(?P<first>[^:]+?)\s+(?P<how>verspricht|promises|und|and|&)\s+(?P<second>[^:]+?)\s*:\s*(?P<text>.+)\Z",
    re.IGNORECASE,
)
_TOGETHER = ("und", "and", "&")
_BOTH = {"beide", "wir", "wir beide", "gemeinsam", "zusammen", "both", "we both", "together"}
_FIRST, _SECOND = {"1", "von", "a", "name 1", "first"}, {"2", "an", "b", "name 2", "gegenueber", "second"}


class CardError(ValueError):
    def __init__(self, fault: CardFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_cards(content: bytes | None) -> CardsRead:
    """What the cards say: each is a row of a file, or a typed line, "Ana Keller verspricht Ben Albrecht: …".

    Raises GuestListError if nothing can be read, also if there is no content.
    """
    typed = _lines(content)
    if typed and _TYPED.match(typed[0][1]):
        return _read([(line, partial(_typed, said)) for line, said in typed], ())
    head, table, columns = table_in(content, _HEADS)
    width = width_of(head)
    return _read(
        [(line, partial(_card, cells, columns, width)) for line, cells in table], left_out(head, columns)
    )


def _lines(content: bytes | None) -> list[tuple[int, str]]:
    """What is typed; a file that is no text has no such lines."""
    try:
        text = text_of(content or b"")
    except NotText:
        return []
    return [(at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]


def _read(rows: Iterable[tuple[int, Callable[[], PaperCard | None]]], left: tuple[str, ...]) -> CardsRead:
    cards: list[tuple[int, PaperCard]] = []
    faults: list[tuple[int, CardFault]] = []
    seen = set()
    for line, read in rows:
        try:
            card = read()
        except CardError as error:
            faults.append((line, error.fault))
            continue
        if card is not None and card.key in seen:
            faults.append((line, CardFault.TWICE))
        elif card is not None:
            seen.add(card.key)
            cards.append((line, card))
    if not cards and not faults:
        raise GuestListError(ListFault.EMPTY)
    return CardsRead(tuple(cards), tuple(faults), left)


def _typed(line: str) -> PaperCard:
    """Raises CardError."""
    found = _TYPED.match(line)
    if found is None:
        raise CardError(CardFault.FORM)
    together = found["how"].casefold() in _TOGETHER
    return _checked(found["first"], found["second"], found["text"], "beide" if together else "")


def _card(cells: Sequence[str], columns: Mapping[int, CardColumn], width: int) -> PaperCard | None:
    """The card in this row; None if every column we use is empty. Raises CardError."""
    said = {column: cells[at] for at, column in columns.items() if at < len(cells)}
    if not any(cell.strip() for cell in said.values()):
        return None
    if any(cell.strip() for cell in cells[width:]):
        raise CardError(CardFault.SHIFTED)
    first, second, text = (
        said.get(each, "") for each in (CardColumn.FIRST, CardColumn.SECOND, CardColumn.TEXT)
    )
    return _checked(first, second, text, said.get(CardColumn.ACTS, ""))


def _checked(first: str, second: str, text: str, acts: str) -> PaperCard:
    try:
        one, other, sentence = name_of(cell_of(first)), name_of(cell_of(second)), cell_of(text)
    except RowError as wrong:
        raise CardError(_OF_ROW[wrong.fault]) from None
    if same_name(one) == same_name(other):
        raise CardError(CardFault.SAME)
    try:
        return PaperCard(one, other, _acts(acts, one, other), clean(sentence, limit=TEXT_LIMIT))
    except Empty:
        raise CardError(CardFault.NO_TEXT) from None
    except TooLong:
        raise CardError(CardFault.TOO_LONG) from None


def _acts(said: str, first: str, second: str) -> Acts:
    """Whoever is named; the first, if nobody is. Raises CardError."""
    words = spelt(said)
    if not words or words in _FIRST or _names(words, first, second):
        return Acts.AUTHOR
    if words in _SECOND or _names(words, second, first):
        return Acts.PARTNER
    if words in _BOTH:
        return Acts.BOTH
    raise CardError(CardFault.ACTS)


def _names(words: str, one: str, other: str) -> bool:
    """Whether these words are the one's name, or a part of it that the other has not."""
    called = {*spelt(one).split()} - {*spelt(other).split()}
    return words == spelt(one) or words in called


# --- who is meant


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom a name on a card may mean: a person who has joined, or a guest who has not, by their `number` in
    the table. `where`: what tells two of the same name apart.
    """

    number: int
    joined: bool
    name: str
    where: str

    @property
    def key(self) -> str:
        """As a button says it."""
        return f"{'p' if self.joined else 'g'}{self.number}"


class KnownNames:
    """Those whom the names on a pile of cards may mean."""

    def __init__(self, known: Sequence[KnownPerson]) -> None:
        self._known = known
        self._directory = names.Directory([each.name for each in known])
        self._same = defaultdict[tuple[str, ...], list[KnownPerson]](list)
        for each in known:
            self._same[same_name(each.name)].append(each)

    def meant(self, name: str) -> tuple[KnownPerson | None, tuple[KnownPerson, ...]]:
        """Whoever is the only one of that name, and those who may be meant if that is not sure: of the same name, of
        one that looks the same, or that comes near. Neither: nobody is known by it.
        """
        same = self._same.get(same_name(name), [])
        if len(same) == 1:
            return same[0], ()
        alike = [self._known[at] for at in self._directory.looks_like(name)]
        near = [self._known[hit.id] for hit in self._directory.search(name, _NEAR)]
        return None, tuple(dict.fromkeys([*same, *alike, *near]))[:_NEAR]

    def by_key(self, key: str) -> KnownPerson | None:
        return next((each for each in self._known if each.key == key), None)


# --- until when


def deadline_of(sentence: str, made_on: date, today: date) -> date:
    """The day that the sentence surely names, read on the day the card was entered, if it still can be one today; else
    the usual one.
    """
    reading = reading_until(sentence, made_on) or reading_on(sentence, made_on)
    named = reading is not None and reading.doubt is None and may_be_deadline(today, reading.day)
    return reading.day if reading is not None and named else deadline_for(today)
