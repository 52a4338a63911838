"""The head of a list: which of its columns say what, in German or English, however they are spelt."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from domain.guest_lists.rows import Table
from domain.labels import spelt
from domain.words import Empty, TooLong, clean, cut

_FIRST_ROWS = 15  # titles, dates and notes stand above the head
_SLIP_FROM = 6  # letters of a head that may have one of them wrong
_LONGEST = 60  # UTF-16 units of a head
_SHOWN = 24  # of a head that is not taken over


class GuestColumn(StrEnum):
    """What a column says of a guest."""

    NAME = "name"
    FIRST = "first"
    LAST = "last"
    TITLE = "title"
    ORGANISATION = "organisation"
    PLACE = "place"
    POSTCODE = "postcode"
    LAND = "land"
    ROLE = "role"


_CALLED = {
    GuestColumn.NAME: (
        "name|namen|voller name|vollstaendiger name|vor und nachname|vorname und nachname|vorname nachname|"
        "nachname vorname|name vorname|vor und zuname|gast|gaeste|teilnehmer|teilnehmerin|teilnehmende|"
        "teilnehmender|person|full name|guest|guest name|participant|attendee|first and last name"
    ),
    GuestColumn.FIRST: "vorname|vornamen|rufname|first name|firstname|given name|forename",
    GuestColumn.LAST: "nachname|familienname|zuname|last name|lastname|surname|family name",
    GuestColumn.TITLE: "titel|akad titel|akademischer titel|akademischer grad|grad|title|academic title",
    GuestColumn.ORGANISATION: (
        "organisation|organization|institution|kommune|verein|firma|unternehmen|einrichtung|behoerde|verband|"
        "koerperschaft|arbeitgeber|organisation verein|organisation institution|institution organisation|"
        "name der organisation|name der institution|company|employer|org|body"
    ),
    GuestColumn.PLACE: (
        "ort|wohnort|stadt|ort der organisation|sitz|dienstort|plz ort|plz und ort|ort plz|postleitzahl ort|"
        "city|town|place|location|zip city|postcode town"
    ),
    GuestColumn.POSTCODE: "plz|postleitzahl|zip|zip code|zipcode|postcode|post code|postal code",
    GuestColumn.LAND: "land|bundesland|state|federal state|region",
    GuestColumn.ROLE: "funktion|rolle|amt|position|funktion rolle|rolle funktion|role|function|job title|office",
}
_GENDERED = re.compile(r"(?<=\w)(?:[:*_/]-?|\()[iI]n(?:nen)?\)?(?!\w)")
_ASIDE = re.compile(r"\([^)]*\)")


C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True)
class Heads(Generic[C]):
    """What the columns of one kind of list may be called, and whether those that were found are enough to read it."""

    named: Mapping[str, C]
    enough: Callable[[Collection[C]], bool]

    @classmethod
    def of(cls, called: Mapping[C, str], enough: Callable[[Collection[C]], bool]) -> "Heads[C]":
        """`called`: for each column all that it may be called, as `spelt` spells it, parted by "|"."""
        return cls({name: column for column, names in called.items() for name in names.split("|")}, enough)


OF_GUESTS = Heads.of(_CALLED, lambda found: GuestColumn.NAME in found or GuestColumn.LAST in found)


def head_of(table: Table, heads: Heads[C]) -> tuple[int, Mapping[int, C]] | None:
    """The place in the table of the first row that is a head, and which columns say what; None without one. Of two
    columns that say the same, the first counts.
    """
    for at, (_, cells) in enumerate(table[:_FIRST_ROWS]):
        found: dict[int, C] = {}
        for place, cell in enumerate(cells):
            column = _column(cell, heads.named)
            if column is not None and column not in found.values():
                found[place] = column
        if heads.enough(found.values()):
            return at, found
    return None


def left_out(cells: Sequence[str], taken: Mapping[int, StrEnum]) -> tuple[str, ...]:
    """The heads of the other columns, as they are written, but short."""
    heads = (_cleaned(cell) for place, cell in enumerate(cells) if place not in taken)
    return tuple(cut(head, _SHOWN) for head in heads if head)


def _column(cell: str, named: Mapping[str, C]) -> C | None:
    """What a column of this head says; one letter of a longer word may be wrong."""
    said = spelt(_ASIDE.sub(" ", _GENDERED.sub("", _cleaned(cell)))).strip()
    if said in named or len(said) < _SLIP_FROM:
        return named.get(said)
    near = {column for name, column in named.items() if OSA.distance(said, name, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else None


def _cleaned(cell: str) -> str:
    try:
        return clean(cell, limit=_LONGEST)
    except (Empty, TooLong):
        return ""
