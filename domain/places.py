"""From a place as people type it to the Land it lies in."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz, process

LAENDER: Mapping[str, str] = MappingProxyType(
    {
        "BW": "Baden-Württemberg",
        "BY": "Bayern",
        "BE": "Berlin",
        "BB": "Brandenburg",
        "HB": "Bremen",
        "HH": "Hamburg",
        "HE": "Hessen",
        "MV": "Mecklenburg-Vorpommern",
        "NI": "Niedersachsen",
        "NW": "Nordrhein-Westfalen",
        "RP": "Rheinland-Pfalz",
        "SL": "Saarland",
        "SN": "Sachsen",
        "ST": "Sachsen-Anhalt",
        "SH": "Schleswig-Holstein",
        "TH": "Thüringen",
    }
)

_ALSO_CALLED = {
    "NRW": "NW",
    "RLP": "RP",
    "BaWü": "BW",
    "Meck-Pomm": "MV",
    "McPomm": "MV",
    "Bavaria": "BY",
    "Saxony": "SN",
    "Saxony-Anhalt": "ST",
    "Lower Saxony": "NI",
    "Thuringia": "TH",
    "Hesse": "HE",
    "North Rhine-Westphalia": "NW",
    "Rhineland-Palatinate": "RP",
    "Mecklenburg-Western Pomerania": "MV",
}
_DATA = Path(__file__).with_name("places.tsv")

# A typing error is forgiven from this likeness on, in names long enough that it does not make another place.
_LIKENESS = 90
_SHORTEST_MISSPELT = 5
_SHORTEST_TOWN = 4  # of a town before its district: not "Bad" or "Neu"
_LONGEST_LAND = 3  # words: "Mecklenburg Western Pomerania"

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"} | dict.fromkeys("()/-–.,;'’", " "))
_WITHOUT_DOTS = str.maketrans("äöü", "aou")
# Said or left out, written out or as a letter: "Frankfurt a. M.", "Bernau b. Berlin", "Landkreis Rostock".
_LINKS = "a am an auf b bei beim d dem den der die i im in o ob u ueber unter v vor vorm"
_KINDS = "freistaat gemeinde kreis landkreis lk lkr"
_CITIES = "stadt hansestadt landeshauptstadt lutherstadt universitaetsstadt"
_UNSAID = frozenset(f"{_LINKS} {_KINDS} {_CITIES}".split())
_SAINT = re.compile(r"\b(?:st|skt)(?= \S)")
_POSTCODE = re.compile(r"\b(?:d\s?-\s?)?\d{4,5}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Places:
    """The list of places, by the spelling that `_spelt` gives."""

    lands: Mapping[str, tuple[str, ...]]
    by_first_word: Mapping[str, tuple[str, ...]]
    names_of_laender: Mapping[str, str]

    def land_of(self, place: str) -> tuple[str, ...]:
        """The Länder, by ISO code, where a German place or district of that name lies; the likeliest first.

        One when that settles it, several when people have to choose, none when nothing is known. A place of
        the same name with less than a twentieth of the people does not count: "Essen" is the city. A Land
        named with the place ("Neustadt, Hessen"), or alone, settles it too.
        """
        words = _spelt(_POSTCODE.sub(" ", place.lower())).split()
        spelt = " ".join(words)
        if spelt in self.names_of_laender:
            return (self.names_of_laender[spelt],)
        return (
            self.lands.get(spelt)
            or _named_at_the_end(words, self)
            or _abbreviated(words, self)
            or _misspelt(spelt, self)
            or _with_district(words, self)
        )


def land_of(place: str) -> tuple[str, ...]:
    """What Places.land_of says of the loaded list; the first call reads it."""
    return load().land_of(place)


@lru_cache(maxsize=1)
def load() -> Places:
    """Reads the list of places, once; call it at start, since it takes about a tenth of a second."""
    lands: dict[str, tuple[str, ...]] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, codes = line.partition("\t")
            _add(lands, name.lower(), tuple(codes.split(",")))
    return Places(lands, _grouped(lands), _names_of_laender())


def _add(lands: dict[str, tuple[str, ...]], name: str, codes: tuple[str, ...]) -> None:
    spelt = _spelt(name)
    lands[spelt] = _merged((lands.get(spelt, ()), codes))
    without_dots = name.translate(_WITHOUT_DOTS)  # as on a keyboard that has none: "Koln"
    if without_dots != name:
        lands.setdefault(_spelt(without_dots), codes)


def _grouped(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        first, space, _ = name.partition(" ")
        if space:
            groups.setdefault(first, []).append(name)
    return {first: tuple(group) for first, group in groups.items()}


def _names_of_laender() -> dict[str, str]:
    names = {name: code for code, name in LAENDER.items()} | {code: code for code in LAENDER} | _ALSO_CALLED
    return {_spelt(name.lower()): code for name, code in names.items()}


def _spelt(lower: str) -> str:
    # Without umlauts, accents, signs and the words that may be left out.
    text = lower.translate(_LETTERS)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", lower).translate(_LETTERS))
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    said = text.split()
    text = " ".join([word for word in said if word not in _UNSAID] or said)
    return _SAINT.sub("sankt", text)


def land_named(answer: str) -> str | None:
    """The one Land that somebody means who is asked for it: its name, however it is spelled or shortened, or a place
    that lies in one Land only.
    """
    places, spelt = load(), _spelt(answer.lower())
    if code := places.names_of_laender.get(spelt):
        return code
    found = _merged((code,) for code in _names_near(spelt, places)) or places.land_of(answer)
    return found[0] if len(found) == 1 else None


def _names_near(spelt: str, places: Places) -> Iterable[str]:
    if len(spelt) >= _SHORTEST_MISSPELT:
        names = places.names_of_laender
        for name, _, _ in process.extract(
            spelt, names.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=None
        ):
            yield names[name]


def _named_at_the_end(words: list[str], places: Places) -> tuple[str, ...]:
    for count in range(min(_LONGEST_LAND, len(words) - 1), 0, -1):
        if code := places.names_of_laender.get(" ".join(words[-count:])):
            return (code,)
    return ()


def _abbreviated(words: list[str], places: Places) -> tuple[str, ...]:
    # "frankfurt m" for "frankfurt main": the first word in full, of the others the beginnings.
    if len(words) < 2:  # noqa: PLR2004 - the first word alone was looked up before
        return ()
    return _merged(
        places.lands[name]
        for name in places.by_first_word.get(words[0], ())
        if _begin_with(name.split()[1:], words[1:])
    )


def _begin_with(full: list[str], short: list[str]) -> bool:
    return len(short) <= len(full) and all(
        one.startswith(begin) for one, begin in zip(full, short, strict=False)
    )


def _misspelt(spelt: str, places: Places) -> tuple[str, ...]:
    if len(spelt) < _SHORTEST_MISSPELT:
        return ()
    near = process.extract(spelt, places.lands.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=None)
    # All of them, not the nearest: a small village missing from the list may be a letter away from another.
    return _merged(places.lands[name] for name, _, _ in near)


def _with_district(words: list[str], places: Places) -> tuple[str, ...]:
    # "Köln-Ehrenfeld", "Freiburg i. Br.": the longest beginning that is a place.
    for count in range(len(words) - 1, 0, -1):
        town = " ".join(words[:count])
        if len(town) >= _SHORTEST_TOWN and town in places.lands:
            return places.lands[town]
    return ()


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))
