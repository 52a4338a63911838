"""From what people type when they are asked for their place to the place and its Land."""

from rapidfuzz import fuzz, process

from domain.places.gazetteer import LIKENESS, SHORTEST_MISSPELT, Gazetteer, load, merged
from domain.places.phrases import around, bare, begins_with_a_link, declines, tidied
from domain.places.place import TAKEN, Place, Sureness, Understood
from domain.places.reading import known, read, with_suburbs
from domain.places.spelling import folded, spelt

_LONGEST = 200  # characters: what is longer is no name


def understood(typed: str) -> Understood:
    """The place, or the places, that somebody names who is asked for one. Never raises.

    "X bei Y" is X. A Land named with a place settles where it lies. A misspelt name of seven letters or more is put
    right; a shorter one, and "Raum X", is only guessed. A name that nobody knows stays as it was typed.
    """
    text = tidied(typed) if len(typed) <= _LONGEST else ""
    if not any(char.isalpha() for char in text):
        return Understood(())
    gazetteer, name = load(), bare(text)
    if place := _in_full(text, gazetteer) or _in_full(name, gazetteer):
        return Understood((place,))
    said = around(name)
    if said.hereabouts:
        return Understood(tuple(_hereabouts(place) for place in read(said.text, gazetteer)))
    if declines(text) and not text.isupper():  # "ka" says nothing, "KA" is Karlsruhe
        place = _in_full(bare(text.partition(",")[0]), gazetteer)  # "Köln, mehr möchte ich nicht sagen"
        return Understood((place,)) if place else Understood((), declined=True)
    choices = read(name, gazetteer)
    if begins_with_a_link(text) and not any(place.laender for place in choices):
        return Understood((Place(text, (), Sureness.UNKNOWN),))
    return Understood(choices)


def land_of(place: str) -> tuple[str, ...]:
    """The Länder, by ISO code, where a German place or region of that name lies; the likeliest first.

    One when that settles it, several when people have to choose, none when nothing is known or a single Land would be
    a guess. A place of the same name with less than a twentieth of the people does not count: "Essen" is the city. A
    Land named with the place ("Neustadt, Hessen"), or alone, settles it too.
    """
    choices = understood(place).choices
    laender = merged(choice.laender for choice in choices)
    sure = all(choice.sureness in TAKEN for choice in choices)
    return laender if sure or len(laender) > 1 else ()


def land_named(answer: str) -> str | None:
    """The one Land that somebody means who is asked for it: its name, however it is spelled or shortened, or a place
    that lies in one Land only, or "bei" such a place. None for anything else.
    """
    found = _laender_hereabouts(answer) or _laender_near(answer) or land_of(answer)
    return found[0] if len(found) == 1 else None


def _laender_hereabouts(answer: str) -> tuple[str, ...]:
    said = around(bare(tidied(answer)))
    return with_suburbs(land_of(said.text)) if said.hereabouts else ()


def _laender_near(answer: str) -> tuple[str, ...]:
    names, key = load().laender, spelt(answer)
    if entry := names.get(key):
        return entry.laender
    if len(key) < SHORTEST_MISSPELT:
        return ()
    near = process.extract(key, names.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None)
    return merged(names[name].laender for name, _, _ in near)


def _in_full(text: str, gazetteer: Gazetteer) -> Place | None:
    # Without a word more or less, also where some of them could be left out: "Region Hannover", "Bei der Höhne".
    entry = gazetteer.named(text)
    return known(text, entry) if entry and folded(entry.name) == folded(text) else None


def _hereabouts(place: Place) -> Place:
    return Place(place.name, with_suburbs(place.laender), Sureness.GUESSED) if place.laender else place
