"""A row of cells as one guest: the name as people are called, the place with its Land, the role if it is surely one."""

import re
from collections.abc import Mapping, Sequence

from domain import names, places
from domain.guest_lists.heads import GuestColumn
from domain.guest_lists.rows import GuestRow, RowFault
from domain.names.spelling import TITLES
from domain.profile import NAME_LIMIT, ORGANISATION_LIMIT, PLACE_LIMIT
from domain.roles import Role
from domain.roles_said import role_named
from domain.words import Empty, TooLong, clean

_LONGEST = 2_000  # UTF-16 units of a cell whose end is not worth looking for
_FORMULA = re.compile(r"[=@]|[+-](?=[\w(\"'@=])")
_UNREADABLE = "\ufffd"
_POSTCODE = re.compile(r"(?:D[E]?-?\s*)?(?P<digits>\d{4,5})(?:[.,]0+)?\b[\s,]*", re.ASCII | re.IGNORECASE)
_DIGITS = 5
_SEAT = re.compile(r"[\s,(]+(?P<seat>M\.?\s?d\.?\s?[BL]\.?|MdHB|MdBB|MdA)\)?\s*\Z", re.IGNORECASE)
# No party is stored of anybody; lists of MPs have it behind the name.
_GREENS = r"(?:B(?:ündnis ?)?90/)?(?:Die )?Grünen?"
_PARTIES = rf"CDU|CSU|CDU/CSU|SPD|{_GREENS}|FDP|(?:Die )?Linke|AfD|BSW|SSW|Freie Wähler|FW|Volt"
_PARTY = re.compile(rf"[\s,]*[(\[](?:{_PARTIES})[)\]]\s*\Z", re.IGNORECASE)
_NOBODY_YET = re.compile(r"N\.?\s*N\.?|nomen\s+nominandum|tba|tbd", re.IGNORECASE)
_SALUTATION = re.compile(r"\A(?:Frau|Herrn?|Mr|Mrs|Ms)\.?\s+(?=\S+\s)", re.IGNORECASE)


class RowError(ValueError):
    def __init__(self, fault: RowFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def guest_of(cells: Sequence[str], columns: Mapping[int, GuestColumn], width: int) -> GuestRow | None:
    """The guest in this row; None if every column we use is empty. `width`: the number of cells in the header row.

    Raises RowError.
    """
    said = {column: cell_of(cells[at]) for at, column in columns.items() if at < len(cells)}
    if not any(said.values()):
        return None
    if any(cell.strip() for cell in cells[width:]):
        raise RowError(RowFault.SHIFTED)
    name, seat = _name(said)
    place, land = _place(said)
    organisation, of_house = _organisation(said.get(GuestColumn.ORGANISATION, ""))
    return GuestRow(
        name, organisation, place, land, role_named(said.get(GuestColumn.ROLE, "")) or seat or of_house
    )


def cell_of(cell: str) -> str:
    """The words of a cell, on one line and without what cannot be seen. Raises RowError."""
    try:
        words = clean(cell, limit=_LONGEST)
    except Empty:
        return ""
    except TooLong:
        raise RowError(RowFault.TOO_LONG) from None
    if _FORMULA.match(words):
        raise RowError(RowFault.FORMULA)
    if _UNREADABLE in words:
        raise RowError(RowFault.UNREADABLE)
    return words


def _name(said: Mapping[GuestColumn, str]) -> tuple[str, Role | None]:
    """First name before last name, with an academic title; the seat of an MP that follows it is not part of the name.

    Raises RowError.
    """
    last = said.get(GuestColumn.LAST, "")
    whole = said.get(GuestColumn.NAME, "")
    first = said.get(GuestColumn.FIRST, "")
    if not last and first and _words(first).isdisjoint(_words(whole)):
        last, whole = whole, ""  # "Name" beside "Vorname" is the last one
    name, seat = _without_seat(" ".join(filter(None, (first, last))) if last else _turned(whole or first))
    title = said.get(GuestColumn.TITLE, "")
    if _words(title) <= TITLES and _words(title).isdisjoint(_words(name)):
        name = f"{title} {name}".strip()
    return _checked(name), seat


def name_of(words: str) -> str:
    """A name that fills one cell, or part of a line, the way somebody is called. Raises RowError."""
    return _checked(_without_seat(_turned(words))[0])


def _checked(name: str) -> str:
    if not name:
        raise RowError(RowFault.NO_NAME)
    if _NOBODY_YET.fullmatch(name):
        raise RowError(RowFault.NOBODY_YET)
    objection = names.objection_to(name)
    if objection is names.Objection.NO_LETTERS:
        raise RowError(RowFault.NO_LETTERS)
    if objection is not None:
        raise RowError(RowFault.NAME)
    return _short(name, NAME_LIMIT)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def _without_seat(name: str) -> tuple[str, Role | None]:
    name = _PARTY.sub("", _SALUTATION.sub("", name))
    found = _SEAT.search(name)
    return (name[: found.start()], Role.MP) if found else (name, None)


def _turned(name: str) -> str:
    """ "Keller, Dr. Ana" the way she is called."""
    name = _PARTY.sub("", name)
    last, comma, first = name.partition(",")
    if not comma or "," in first or _SEAT.fullmatch(f" {first.strip()}"):
        return name
    return f"{first.strip()} {last.strip()}".strip()


def _place(said: Mapping[GuestColumn, str]) -> tuple[str, str]:
    """The place without its postcode, unless there is nothing else, and the Land, if it is only one."""
    place, code = said.get(GuestColumn.PLACE, ""), said.get(GuestColumn.POSTCODE, "")
    if (found := _POSTCODE.match(place)) is not None:
        code, place = code or place, place[found.end() :]
    place = _short(place or _postcode(code), PLACE_LIMIT)
    land = places.land_named(said.get(GuestColumn.LAND, "")) or ""
    laender = places.land_of(place)
    return place, land or (laender[0] if len(laender) == 1 else "")


def _postcode(code: str) -> str:
    """With the zero at its beginning that programs take for nothing."""
    found = _POSTCODE.match(code)
    return found["digits"].zfill(_DIGITS) if found is not None else code


def _organisation(words: str) -> tuple[str, Role | None]:
    """The organisation; the role instead if all that it says is that somebody is an MP. Raises RowError."""
    objection = names.objection_to_organisation(words) if words else None
    if objection is names.Objection.CLAIMED_ROLE:
        return "", Role.MP
    if objection is not None:
        letters = objection is names.Objection.NO_LETTERS
        raise RowError(RowFault.NO_LETTERS if letters else RowFault.ORGANISATION)
    return _short(words, ORGANISATION_LIMIT), None


def _short(words: str, limit: int) -> str:
    try:
        return clean(words, limit=limit) if words else ""
    except TooLong:
        raise RowError(RowFault.TOO_LONG) from None
