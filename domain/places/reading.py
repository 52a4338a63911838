"""The ways to read an answer: as one name, as several, as one with another that says where it is."""

import re
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz.distance import OSA

from domain.places.gazetteer import Gazetteer, Kind, PlaceName, merged
from domain.places.laender import AROUND
from domain.places.phrases import bare
from domain.places.place import TAKEN, Place, Sureness
from domain.places.spelling import capitalised, folded, letters, spelt, umlauts, without_dots

_LETTERS_A_SLIP = 7  # in a shorter name a slip makes another place too easily
_SHORTEST_TOWN = 4  # of a town before its district: not "Bad" or "Neu"
_LONGEST_LAND = 3  # words: "Mecklenburg Western Pomerania"
_LONGEST_DISTRICT = 2  # words: "Bad Godesberg"
_MOST_CHOICES = 4

_TOGETHER = re.compile(r"\s*[;·•+&]\s*|\s+(?:und|oder|sowie|bzw\.?|and|or)\s+", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s+(?:bei|beim|b\.|nahe|nähe|in der nähe (?:von|der)|unweit(?: von)?|near|close to)\s*(?=\w)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*[,/|]\s*|\s+[-–—]\s+")
_WITHIN = re.compile(
    r"^(?P<head>[^()]+?)\s*\((?P<inside>[^()]+)\)?$"
    r"|^(?P<place>.+?)\s+(?:in der|in|im|am|an der|an|auf|ob der)\s+(?P<around>\S.*)$",
    re.IGNORECASE,
)


# --- several places in one answer, or one with another to explain it


def read(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that this text names, in the first reading that finds any; else one unknown place, as typed."""
    for reading in _READINGS:
        if places := reading(text, gazetteer):
            return tuple(dict.fromkeys(places))[:_MOST_CHOICES]
    return (Place(capitalised(text), (), Sureness.UNKNOWN),)


def _as_named(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    entry = _named(text, gazetteer) or gazetteer.abbreviated(text)
    return (known(text, entry),) if entry else ()


def _together(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    # "Görlitz und Berlin"
    parts = [bare(part) for part in _TOGETHER.split(text) if part][:_MOST_CHOICES]
    if len(parts) < 2:  # noqa: PLR2004 - one is not together with anything
        return ()
    places = tuple(place for part in parts for place in read(part, gazetteer))
    return places if any(place.laender for place in places) else ()


def _beside(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    # "Kleinmachnow bei Berlin" is the first. A town that is a Land has its suburbs in the next one. If any other town
    # is in another Land, there may be a smaller place of the first name beside it: "Münster bei Dieburg".
    head, *tail = _BESIDE.split(text, maxsplit=1)
    if not head or not tail:
        return ()
    place = read(head, gazetteer)[0]
    beside = _explaining(bare(tail[0]), gazetteer)
    if beside is None:
        return (place,)
    if place.sureness not in TAKEN:
        return (Place(capitalised(head), with_suburbs(beside.laender), Sureness.GUESSED),)
    if beside.kind is Kind.LAND or set(place.laender) & set(beside.laender):
        return (place,)
    return (replace(place, laender=merged((place.laender, beside.laender))),)


def _listed(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    # "Neustadt, Hessen", "Köln/Berlin"
    parts = [bare(part) for part in _LISTED.split(text) if part]
    if len(parts) == 2:  # noqa: PLR2004 - a place and what it may be in
        return _within(text, (parts[0], parts[1]), gazetteer, apart=True)
    towns = [place for part in parts[:_MOST_CHOICES] for place in _as_named(part, gazetteer)]
    return tuple(towns) if len(towns) > 1 else ()


def _explained(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    # As in "Neustadt (Sachsen)" or "Ludwigshafen am Bodensee".
    found = _WITHIN.match(text)
    if found is None:
        return ()
    head, tail = found["head"] or found["place"], found["inside"] or found["around"]
    return _within(text, (head, bare(tail)), gazetteer, apart=False)


def _with_land(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    # "Frankfurt BB", "Musterdorf Bayern", "Bayern Nürnberg"
    words = re.split(r"[\s-]+", text)
    for count in range(min(_LONGEST_LAND, len(words) - 1), 0, -1):
        for land, rest in (
            (" ".join(words[-count:]), " ".join(words[:-count])),
            (" ".join(words[:count]), " ".join(words[count:])),
        ):
            if _is_land(land, gazetteer):
                return _within(text, (rest, land), gazetteer, apart="-" not in text)
    return ()


def _misspelt(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    entry = gazetteer.near(text)
    if entry is None:
        return ()
    slips = OSA.distance(spelt(text), spelt(entry.name))
    sure = slips * _LETTERS_A_SLIP <= letters(text)
    return (Place(entry.name, entry.laender, Sureness.MISSPELT if sure else Sureness.GUESSED),)


def _with_district(text: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    # "Köln-Ehrenfeld", "Freiburg Vauban", "Halle Leipzig": the longest beginning that is a place.
    words = re.split(r"[\s/,()–-]+", text)
    for count in range(len(words) - 1, 0, -1):
        town, rest = " ".join(words[:count]), " ".join(words[count:])
        if letters(town) >= _SHORTEST_TOWN and (entry := _named(town, gazetteer)):
            return _in_town(text, (town, rest), entry, gazetteer)
    return ()


def _in_town(text: str, names: tuple[str, str], town: PlaceName, gazetteer: Gazetteer) -> tuple[Place, ...]:
    if "-" not in text and _explaining(names[1], gazetteer):
        return _within(text, names, gazetteer, apart=True)
    place = known(text, town)
    if len(names[1].split()) > _LONGEST_DISTRICT:  # rather a sentence: "Essen ist gleich fertig"
        return (replace(place, sureness=Sureness.GUESSED),)
    return (place,)


_READINGS: tuple[Callable[[str, Gazetteer], tuple[Place, ...]], ...] = (
    _as_named,
    _together,
    _beside,
    _listed,
    _explained,
    _with_land,
    _misspelt,
    _with_district,
)


# --- a place and what it is in


def _within(text: str, names: tuple[str, str], gazetteer: Gazetteer, *, apart: bool) -> tuple[Place, ...]:
    """The first name, as the second explains it; both if they are two places; none if neither is known.

    `apart`: they were typed as two names ("Köln, Bonn"), not as one ("Köln (Bonn)").
    """
    head, tail = (_explaining(name, gazetteer) for name in names)
    if tail is None:
        return (known(text, head),) if head else ()
    if head is None:
        return (_of_unknown(text, names[0], tail),)
    if head.kind is Kind.LAND and not _is_city(head):
        return (Place(capitalised(names[1]), head.laender, Sureness.KNOWN),)
    if tail.kind is Kind.LAND and not _is_city(tail):
        return (Place(capitalised(names[0]), tail.laender, Sureness.KNOWN),)
    return _both_known(text, names, (head, tail), apart=apart)


def _both_known(
    text: str, names: tuple[str, str], entries: tuple[PlaceName, PlaceName], *, apart: bool
) -> tuple[Place, ...]:
    head, tail = entries
    common = tuple(code for code in head.laender if code in tail.laender)
    part_of_a_city = bool(common) and Kind.LAND in {head.kind, tail.kind}
    two_towns = tail.kind is not Kind.REGION and apart and not part_of_a_city
    if two_towns and (not common or re.search(r"[,/]", text)):
        return known(names[0], head), known(names[1], tail)
    laender = common or merged((tail.laender, head.laender))
    return (Place(capitalised(text), laender, Sureness.KNOWN),)


def _of_unknown(text: str, name: str, tail: PlaceName) -> Place:
    if tail.kind is Kind.TOWN:
        return Place(capitalised(text), tail.laender, Sureness.GUESSED)
    of_a_land = tail.kind is Kind.LAND and not _is_city(tail)
    return Place(capitalised(name if of_a_land else text), tail.laender, Sureness.KNOWN)


def _explaining(name: str, gazetteer: Gazetteer) -> PlaceName | None:
    """The entry of a name beside another. Two letters are taken for a Land only in capitals."""
    entry = gazetteer.regions.get(folded(name)) or gazetteer.named(name)
    if entry and entry.kind is Kind.LAND and len(name) == 2 and not name.isupper():  # noqa: PLR2004 - "by"
        return None
    return entry


def _is_land(name: str, gazetteer: Gazetteer) -> bool:
    entry = _explaining(name, gazetteer)
    return entry is not None and entry.kind is Kind.LAND


def _is_city(entry: PlaceName) -> bool:
    return entry.laender[0] in AROUND


# --- one name


def _named(text: str, gazetteer: Gazetteer) -> PlaceName | None:
    return gazetteer.named(text) or gazetteer.codes.get(folded(text))


def known(text: str, entry: PlaceName) -> Place:
    """The place of this entry, named as it was typed, or as in the list if it was typed in haste: "köln", "KOELN"."""
    if entry.kind is Kind.CODE:
        return Place(entry.name, entry.laender, Sureness.KNOWN if text.isupper() else Sureness.GUESSED)
    same = spelt(text) in {spelt(entry.name), spelt(without_dots(entry.name))}
    put_right = not _as_written(text) or umlauts(entry.name) > umlauts(text)
    return Place(entry.name if same and put_right else capitalised(text), entry.laender, Sureness.KNOWN)


def _as_written(text: str) -> bool:
    # In capitals and small letters, as people write with care.
    return not text.islower() and not text.isupper()


def with_suburbs(laender: tuple[str, ...]) -> tuple[str, ...]:
    """These Länder, and those in which their suburbs are if they are towns."""
    return merged((laender, *(AROUND.get(code, ()) for code in laender)))
