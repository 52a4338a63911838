"""The head of a guest list: which of its columns say what, in German or English, however they are spelt."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from rapidfuzz.distance import OSA

from domain.guest_lists.rows import Table
from domain.labels import spelt
from domain.words import Empty, TooLong, clean, cut

_FIRST_ROWS = 15  # titles, dates and notes stand above the head
_SLIP_FROM = 6  # letters of a head that may have one of them wrong
_LONGEST = 60  # UTF-16 units of a head
_SHOWN = 24  # of a head that is not taken over


class Column(StrEnum):
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
    Column.NAME: (
        "name|namen|voller name|vollstaendiger name|vor und nachname|vorname und nachname|vorname nachname|"
        "nachname vorname|name vorname|vor und zuname|gast|gaeste|teilnehmer|teilnehmerin|teilnehmende|"
        "teilnehmender|person|full name|guest|guest name|participant|attendee|first and last name"
    ),
    Column.FIRST: "vorname|vornamen|rufname|first name|firstname|given name|forename",
    Column.LAST: "nachname|familienname|zuname|last name|lastname|surname|family name",
    Column.TITLE: "titel|akad titel|akademischer titel|akademischer grad|grad|title|academic title",
    Column.ORGANISATION: (
        "organisation|organization|institution|kommune|verein|firma|unternehmen|einrichtung|behoerde|verband|"
        "koerperschaft|arbeitgeber|organisation verein|organisation institution|institution organisation|"
        "name der organisation|name der institution|company|employer|org|body"
    ),
    Column.PLACE: (
        "ort|wohnort|stadt|ort der organisation|sitz|dienstort|plz ort|plz und ort|ort plz|postleitzahl ort|"
        "city|town|place|location|zip city|postcode town"
    ),
    Column.POSTCODE: "plz|postleitzahl|zip|zip code|zipcode|postcode|post code|postal code",
    Column.LAND: "land|bundesland|state|federal state|region",
    Column.ROLE: "funktion|rolle|amt|position|funktion rolle|rolle funktion|role|function|job title|office",
}
_NAMED = {name: column for column, names in _CALLED.items() for name in names.split("|")}
_GENDERED = re.compile(r"(?<=\w)(?:[:*_/]-?|\()[iI]n(?:nen)?\)?(?!\w)")
_ASIDE = re.compile(r"\([^)]*\)")


def head_of(table: Table) -> tuple[int, Mapping[int, Column]] | None:
    """The place in the table of the first row that says where the names are, and which columns say what; None without
    one. Of two columns that say the same, the first counts.
    """
    for at, (_, cells) in enumerate(table[:_FIRST_ROWS]):
        found: dict[int, Column] = {}
        for place, cell in enumerate(cells):
            column = _column(cell)
            if column is not None and column not in found.values():
                found[place] = column
        if not {Column.NAME, Column.LAST}.isdisjoint(found.values()):
            return at, found
    return None


def left_out(cells: Sequence[str], taken: Mapping[int, Column]) -> tuple[str, ...]:
    """The heads of the other columns, as they are written, but short."""
    heads = (_cleaned(cell) for place, cell in enumerate(cells) if place not in taken)
    return tuple(cut(head, _SHOWN) for head in heads if head)


def _column(cell: str) -> Column | None:
    """What a column of this head says; one letter of a longer word may be wrong."""
    said = spelt(_ASIDE.sub(" ", _GENDERED.sub("", _cleaned(cell)))).strip()
    if said in _NAMED or len(said) < _SLIP_FROM:
        return _NAMED.get(said)
    near = {column for name, column in _NAMED.items() if OSA.distance(said, name, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else None


def _cleaned(cell: str) -> str:
    try:
        return clean(cell, limit=_LONGEST)
    except (Empty, TooLong):
        return ""
