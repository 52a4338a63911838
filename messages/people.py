"""How a person is named in a voice: in full, or by the first name among people who say du."""

from domain.voice import Voice
from domain.words import cut
from messages.catalogue import Phrases

_LONGEST = 60  # UTF-16 units; what somebody typed as a name may be a sentence
_SHORT = 30
_TITLES = {"dr.", "dr", "prof.", "prof", "professor", "professorin", "herr", "frau", "mr", "mrs", "ms"}


def full(w: Phrases, name: str, *, dative: bool = False) -> str:
    """The whole name; neutral words for a person who was erased (empty name), in German in the case asked for."""
    if name:
        return cut(name, _LONGEST)
    return w.label("person.erased.dative" if dative else "person.erased")


def short(w: Phrases, name: str, *, dative: bool = False) -> str:
    """The first name in du and English; the whole name in the Sie form, and after a title unless two follow."""
    words = name.split()
    if w.voice is Voice.SIE or not words:
        return full(w, name, dative=dative)
    given = [word for word in words if word.casefold() not in _TITLES]
    if len(words) > len(given) and len(given) < 2:  # noqa: PLR2004 - "Dr. Keller" holds no first name
        return full(w, name)
    return cut(given[0], _SHORT)


def at_start(named: str) -> str:
    """The same where a sentence begins with it."""
    return named[:1].upper() + named[1:]
