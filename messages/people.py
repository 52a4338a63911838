"""How people are named in a voice: in full, or by their first name where people say du."""

from domain.voice import Voice
from domain.words import cut
from messages.catalogue import Phrases

_LONGEST = 60  # UTF-16 units; somebody may have typed a sentence as their name
_SHORT = 30
_TITLES = {"dr.", "dr", "prof.", "prof", "professor", "professorin", "herr", "frau", "mr", "mrs", "ms"}


def full(w: Phrases, name: str | None, *, dative: bool = False) -> str:
    """The full name, or neutral words: for an erased person (empty), or the reader's counterpart to be (None).

    `dative`: the case, which German needs.
    """
    if name:
        return cut(name, _LONGEST)
    if name is None:
        return w.label("person.beside.dative" if dative else "person.beside")
    return w.label("person.erased.dative" if dative else "person.erased")


def short(w: Phrases, name: str | None, *, dative: bool = False) -> str:
    """The first name; but in the Sie form, and after a title without a first name ("Dr. Keller"), the full name.

    Without a name as `full` says it.
    """
    return full(w, name, dative=dative) if w.voice is Voice.SIE else given(w, name, dative=dative)


def given(w: Phrases, name: str | None, *, dative: bool = False) -> str:
    """The first name in any voice; after a title without one, and without a name, as `full` says it."""
    words = (name or "").split()
    if not words:
        return full(w, name, dative=dative)
    names = [word for word in words if word.casefold() not in _TITLES]
    if len(words) > len(names) and len(names) < 2:  # noqa: PLR2004 - first and last name
        return full(w, name)
    return cut(names[0], _SHORT)


def at_start(named: str) -> str:
    """The name as it begins a sentence: with a capital."""
    return named[:1].upper() + named[1:]
