"""The lists of places and regions, and how a name is looked up in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from domain.places.laender import ALSO_CALLED, LAENDER
from domain.places.spelling import folded, spelt, umlauts, without_dots

_PLACES = Path(__file__).with_name("places.tsv")
_REGIONS = Path(__file__).with_name("regions.tsv")

# A typing error is forgiven from this likeness on, in names so long that it does not make another place of them.
LIKENESS = 90
SHORTEST_MISSPELT = 5
# Names whose lengths differ by more than this cannot be as like as that.
_LONGER_BY = 1.22
_CODES = {"kuerzel", "flughafen"}
_LAND = "kurzform-land"
_SHORT = {"kurzform-ort", "spitzname"}


class Kind(StrEnum):
    LAND = "land"
    TOWN = "town"  # or a village, or a part of a town
    REGION = "region"  # or a district, an island, a lake
    CODE = "code"  # of a number plate or an airport


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name, and the Länder, by ISO code, where there are places of that name; the likeliest first."""

    name: str
    laender: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names: of places by `spelt`, of regions and codes by `folded`.

    `alike` groups them by length and by first or last letter, as candidates for a misspelt name.
    """

    laender: Mapping[str, PlaceName]
    towns: Mapping[str, PlaceName]
    regions: Mapping[str, PlaceName]
    codes: Mapping[str, PlaceName]
    by_first_word: Mapping[str, tuple[str, ...]]
    alike: Mapping[tuple[int, int, str], tuple[str, ...]]

    def named(self, text: str) -> PlaceName | None:
        """The entry of exactly this name, in any spelling; if a region and a town have it, with the Länder of both."""
        key, town_key = folded(text), spelt(text)
        if land := self.laender.get(key) or self.laender.get(town_key):
            return land
        region, town = self._region(key, town_key), self.towns.get(town_key)
        if key.startswith("landkreis "):
            return region or _as_district(self.regions.get(town_key), town)
        if region and town and key == town_key:
            return PlaceName(region.name, merged((region.laender, town.laender)), region.kind)
        return region or town

    def _region(self, key: str, town_key: str) -> PlaceName | None:
        # Also "Neustadt an der Dosse", but no single word that is left when the others are dropped.
        return self.regions.get(key) or (self.regions.get(town_key) if " " in town_key else None)

    def abbreviated(self, text: str) -> PlaceName | None:
        """The town of this first word in full, and of the others at least the beginnings: "Frankfurt a. M."."""
        words = spelt(text).split()
        if len(words) < 2:  # noqa: PLR2004 - the first word alone is a name, not an abbreviation
            return None
        full = [
            self.towns[name]
            for name in self.by_first_word.get(words[0], ())
            if _begin_with(name.split()[1:], words[1:])
        ]
        return _all_of(full)

    def near(self, text: str) -> PlaceName | None:
        """The nearest name within a typing error, with the Länder of all names as near as that.

        A small village that is missing in the list may be a letter away from several others.
        """
        key = spelt(text)
        if len(key) < SHORTEST_MISSPELT:
            return None
        found = process.extract(
            key, self._candidates(key), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None
        )
        return _all_of(self._entry(name) for name, _, _ in found)

    def _candidates(self, key: str) -> set[str]:
        lengths = range(int(len(key) / _LONGER_BY), int(len(key) * _LONGER_BY) + 1)
        ends = ((0, key[0]), (-1, key[-1]))
        return {name for length in lengths for end in ends for name in self.alike.get((length, *end), ())}

    def _entry(self, key: str) -> PlaceName:
        found = _all_of(lists[key] for lists in (self.laender, self.towns, self.regions) if key in lists)
        if found is None:
            raise KeyError(key)
        return found


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The lists, read once. Call it when the process starts, since reading takes about a tenth of a second."""
    towns: dict[str, PlaceName] = {}
    regions: dict[str, PlaceName] = {}
    codes: dict[str, PlaceName] = {}
    laender = _laender()
    for name, codes_of_laender, _ in _rows(_PLACES):
        _add(towns, spelt, PlaceName(name, codes_of_laender, Kind.TOWN))
    for name, codes_of_laender, kind in _rows(_REGIONS):
        entry = PlaceName(name, codes_of_laender, _kind(kind))
        _add(codes if kind in _CODES else regions, folded, entry)
        if kind == _LAND and len(codes_of_laender) == 1 and spelt(name) not in towns:
            laender.setdefault(folded(name), entry)
    return Gazetteer(
        laender, towns, regions, codes, _by_first_word(towns), _alike([*towns, *regions, *laender])
    )


def town_names() -> Iterator[str]:
    """The names of all towns and villages, as the list spells them."""
    return (name for name, _, _ in _rows(_PLACES))


def merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """All codes of the groups, each once, in order."""
    return tuple(dict.fromkeys(code for group in groups for code in group))


def _rows(path: Path) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, codes, *kind = line.split("\t")
            yield name, tuple(codes.split(",")), "".join(kind)


def _kind(kind: str) -> Kind:
    if kind in _CODES:
        return Kind.CODE
    if kind == _LAND:
        return Kind.LAND
    return Kind.TOWN if kind in _SHORT else Kind.REGION


def _add(entries: dict[str, PlaceName], spelling: Callable[[str], str], entry: PlaceName) -> None:
    key = spelling(entry.name)
    known = entries.get(key)
    if known is None:
        entries[key] = entry
    else:
        name = max(known.name, entry.name, key=umlauts)
        entries[key] = PlaceName(name, merged((known.laender, entry.laender)), entry.kind)
    if umlauts(entry.name):  # as typed on a keyboard that has none: "Koln"
        entries.setdefault(spelling(without_dots(entry.name)), entry)


def _laender() -> dict[str, PlaceName]:
    names = (
        {name: code for code, name in LAENDER.items()} | {code: code for code in LAENDER} | dict(ALSO_CALLED)
    )
    return {spelt(name): PlaceName(LAENDER[code], (code,), Kind.LAND) for name, code in names.items()}


def _by_first_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        first, space, _ = name.partition(" ")
        if space:
            groups[first].append(name)
    return {first: tuple(group) for first, group in groups.items()}


def _alike(names: Iterable[str]) -> dict[tuple[int, int, str], tuple[str, ...]]:
    groups: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for name in names:
        groups[len(name), 0, name[0]].append(name)
        groups[len(name), -1, name[-1]].append(name)
    return {key: tuple(group) for key, group in groups.items()}


def _all_of(entries: Iterable[PlaceName]) -> PlaceName | None:
    found = list(entries)
    if not found:
        return None
    return PlaceName(found[0].name, merged(entry.laender for entry in found), found[0].kind)


def _as_district(region: PlaceName | None, town: PlaceName | None) -> PlaceName | None:
    found = _all_of(entry for entry in (region, town) if entry)
    return PlaceName(f"Landkreis {found.name}", found.laender, Kind.REGION) if found else None


def _begin_with(full: list[str], short: list[str]) -> bool:
    return len(short) <= len(full) and all(
        one.startswith(begin) for one, begin in zip(full, short, strict=False)
    )
