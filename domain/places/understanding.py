"""What people who are asked for their place mean by what they type: the place, and its Land."""

from rapidfuzz import fuzz, process

from domain.places.gazetteer import LIKENESS, SHORTEST_MISSPELT, Gazetteer, load, merged
from domain.places.phrases import around, bare, begins_with_a_link, declines, is_sentence, tidied
from domain.places.place import TAKEN, Place, PlaceAnswer, Sureness
from domain.places.reading import known, read, with_suburbs
from domain.places.spelling import folded, spelt

_LONGEST = 200  # characters: what is longer is no name


def understood(typed: str) -> PlaceAnswer:
    """The place, or the places, named by somebody who is asked for one. Never raises.

    "X bei Y" is X. A Land named with a place settles where that is. A misspelt name of seven letters or more is
    corrected; a shorter one, and "Raum X", is only guessed. An unknown name is kept as it was typed. A
    sentence that names no known place is none.
    """
    text = tidied(typed) if len(typed) <= _LONGEST else ""
    if not any(char.isalpha() for char in text):
        return PlaceAnswer(())
    gazetteer, name = load(), bare(text)
    if place := _in_full(text, gazetteer) or _in_full(name, gazetteer):
        return PlaceAnswer((place,))
    said = around(name)
    if said.hereabouts:
        return PlaceAnswer(tuple(_hereabouts(place) for place in read(said.text, gazetteer)))
    if declines(text) and not text.isupper():  # "ka" says nothing, "KA" is Karlsruhe
        place = _in_full(bare(text.partition(",")[0]), gazetteer)  # "Köln, mehr möchte ich nicht sagen"
        return PlaceAnswer((place,)) if place else PlaceAnswer((), declined=True)
    return _as_said(text, name, gazetteer, asks=typed.rstrip().endswith("?"))


def _as_said(text: str, name: str, gazetteer: Gazetteer, *, asks: bool) -> PlaceAnswer:
    choices = read(name, gazetteer)
    if any(place.laender for place in choices):
        return PlaceAnswer(choices)
    if asks or is_sentence(name):
        return PlaceAnswer(())
    if begins_with_a_link(text):
        return PlaceAnswer((Place(text, (), Sureness.UNKNOWN),))
    return PlaceAnswer(choices)


def land_of(place: str) -> tuple[str, ...]:
    """The Länder, by ISO code, with a German place or region of that name; the likeliest first.

    One if that settles it, several if people have to choose, none if nothing is known or a single Land would be a
    guess. Another place of the name with less than a twentieth of the inhabitants does not count: "Essen" is the city.
    A Land named with the place ("Neustadt, Hessen"), or alone, settles it, too.
    """
    choices = understood(place).choices
    laender = merged(choice.laender for choice in choices)
    sure = all(choice.sureness in TAKEN for choice in choices)
    return laender if sure or len(laender) > 1 else ()


def land_named(answer: str) -> str | None:
    """The one Land that is meant as an answer to "which Land?"; None if there is none.

    That is its name, however it is spelled or shortened, or a place that is in one Land only, or "bei" such a place.
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
    # All its words and no others, even words that may be left out elsewhere: "Region Hannover", "Bei der Höhne".
    entry = gazetteer.named(text)
    return known(text, entry) if entry and folded(entry.name) == folded(text) else None


def _hereabouts(place: Place) -> Place:
    return Place(place.name, with_suburbs(place.laender), Sureness.GUESSED) if place.laender else place
