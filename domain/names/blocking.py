"""Taking a name out of words."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from domain.names.spelling import TITLES, folded

BLOCK = "█"
_PART = 3  # letters: shorter parts of a name are words
_PARTICLES = frozenset("von vom van den der des die del della dos auf aus zum zur und".split())  # noqa: SIM905
_WORD = re.compile(r"[^\W_]+(?:['’]s(?![^\W_]))?")
_IN_A_ROW = re.compile(rf"{BLOCK}(?: (?:von|vom|van|den|der|de|del|della|dos|zu|zum|zur))* {BLOCK}")

# Names that are words, too. With a small letter they are words, with a capital after one of the words below.
_ORDINARY = (
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar maerz april mai juni juli "
    "august september oktober november dezember frühling frühjahr sommer herbst winter morgen abend nacht ostern "
    "pfingsten weihnachten wald berg bach stein feld garten haus keller markt schule kita kirche kirchhof rathaus rat "
    "brunnen park busch baum vogel hof dorf brücke ufer weg hafen turm teich see "
    "groß klein kurz lang weiß schwarz braun grün grau rot blau jung alt neu schön ernst stark fröhlich schnell früh "
    "spät frei reich arm lieb gut recht still sauer süß roth krumm breit hoch tief hart weich wild ganz kühn stolz "
    "friday monday tuesday wednesday thursday saturday sunday march may june spring summer will young long white "
    "black brown green king bush wood woods field hill stone rose mark grace faith hope joy"
)
_BEFORE = (
    "am im ins jeden jeder jede jedes nächsten nächster nächste nächstes diesen diese dieser dieses kommenden kommende "
    "kommender letzten letzte letzter bis ab seit ein eine einen einem einer eines "
    "in on until by next this last every a the"
)
_BEFORE_WORDS = frozenset(_BEFORE.split())


def blocked(words: str, name: str) -> str:
    """The words with a block instead of the full name, and of each part of it that is a name of its own.

    However it is spelled: "Mueller", "Muller" and "MÜLLER" are Müller, "Annalena" is Anna-Lena; a genitive's s is
    blocked with it. Where a part of the name is an ordinary word ("Freitag"), it is kept when it is used as one.
    """
    if not name:
        return words
    in_full = rf"(?<!\w){re.escape(name)}(?:['’]?s)?(?!\w)"
    words = re.sub(in_full, BLOCK, unicodedata.normalize("NFC", words), flags=re.IGNORECASE)
    parts = _parts(name)
    split = _in_two(words, parts)
    kept, end, before = [], 0, ""
    for found in _WORD.finditer(words):
        word = found[0]
        is_part = bool(_spelled(word) & parts) and not _is_ordinary(word, before, parts)
        kept += [words[end : found.start()], BLOCK if is_part or found.start() in split else word]
        end, before = found.end(), word
    return _IN_A_ROW.sub(BLOCK, "".join((*kept, words[end:])))


def full_name_blocked(words: str, name: str) -> str:
    """The words with a block instead of the full name, in whatever spelling and order.

    A part of it alone may be somebody else's and is kept; so is a name of which one part only is a name of its own.
    """
    parts = [_keys(part) for part in _whole(name)]
    words = unicodedata.normalize("NFC", words)
    found = [each for each in _WORD.finditer(words) if each[0].casefold() not in _PARTICLES - {"und"}]
    kept, end = [], 0
    for first, last in zip(found, found[len(parts) - 1 :], strict=False) if len(parts) > 1 else ():
        run = [_spelled(each[0]) for each in found if first.start() <= each.start() <= last.start()]
        if first.start() >= end and all(any(part & word for word in run) for part in parts):
            kept += [words[end : first.start()], BLOCK]
            end = last.end()
    return "".join((*kept, words[end:]))


def _in_two(words: str, parts: set[str]) -> set[int]:
    """Where the words begin that are one part of the name together: "Anna-Lena" for Annalena."""
    found = list(_WORD.finditer(words))
    return {
        each.start()
        for pair in pairwise(found)
        if words[pair[0].end() : pair[1].start()] in ("-", " ") and _spelled(pair[0][0] + pair[1][0]) & parts
        for each in pair
    }


def _parts(name: str) -> set[str]:
    """The parts of a name that are names of their own, and neighbours as one word, as `_spelled` gives them."""
    whole = _whole(name)
    joined = [one + other for one, other in pairwise(whole)]
    return {key for part in (*whole, *joined) for key in _keys(part)}


def _whole(name: str) -> list[str]:
    """The parts of a name that are names of their own."""
    parts = re.split(r"[\s-]+", unicodedata.normalize("NFC", name))
    no_names = _PARTICLES | TITLES
    return [part for part in parts if len(part) >= _PART and part.casefold().strip(".,") not in no_names]


def _spelled(word: str) -> set[str]:
    """The word as one key for all its spellings, also without a genitive's s."""
    keys = _keys(re.sub("['’]s$", "", word))
    return keys | {key[:-1] for key in keys if key.endswith("s") and len(key) > _PART}


def _keys(word: str) -> set[str]:
    return {re.sub("([aou])e", r"\1", spelling) for spelling in folded(word)}


def _is_ordinary(word: str, before: str, parts: set[str]) -> bool:
    """Whether a word that is a part of the name is an ordinary one here; in doubt it is not."""
    if not _spelled(word) & _ordinary():
        return False
    if before.casefold() in TITLES or _spelled(before) & parts:
        return False
    return word.islower() or before.casefold() in _BEFORE_WORDS


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(key for word in _ORDINARY.split() for key in _keys(word))
