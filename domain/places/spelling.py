"""One spelling for all the ways in which people write the name of a place."""

import re
import unicodedata

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"} | dict.fromkeys("()/-–.,;'’", " "))
_WITHOUT_DOTS = str.maketrans("äöü", "aou")
# Said or left out, in full or as a letter: "Frankfurt a. M.", "Bernau b. Berlin", "Landkreis Rostock".
_LINKS = "a am an auf b bei beim d dem den der die i im in o ob u ueber unter v vor vorm"
_KINDS = "freistaat gemeinde kreis landkreis lk lkr"
_CITIES = "stadt hansestadt landeshauptstadt lutherstadt universitaetsstadt"
_SPAS = "heilbad kurort nordseebad nordseeheilbad ostseebad ostseeheilbad seebad"
_UNSAID = frozenset(f"{_LINKS} {_KINDS} {_CITIES} {_SPAS}".split())
_SAINT = re.compile(r"\b(?:st|skt)(?= \S)")
_DISTRICT = re.compile(r"^(?:der |im |dem )?(?:landkreis|kreis|lkr?)(?= \S)")


def folded(text: str) -> str:
    """The text in small letters without umlauts, accents and signs: "LK Harz" is "landkreis harz"."""
    plain = _SAINT.sub("sankt", " ".join(_plain(text.lower()).split()))
    return _DISTRICT.sub("landkreis", plain)


def spelt(text: str) -> str:
    """As `folded`, but without the words that may be left out: "Frankfurt a. d. Oder" is "frankfurt oder"."""
    said = _plain(text.lower()).split()
    kept = " ".join([word for word in said if word not in _UNSAID] or said)
    return _SAINT.sub("sankt", kept)


def without_dots(name: str) -> str:
    """As typed on a keyboard that has no umlauts: "Koln"."""
    return name.lower().translate(_WITHOUT_DOTS)


def umlauts(name: str) -> int:
    """How many letters of the name are missing on a keyboard without umlauts."""
    return sum(char in "äöüÄÖÜß" for char in name)


def letters(text: str) -> int:
    """How many letters were typed."""
    return sum(char.isalpha() for char in text)


def capitalised(text: str) -> str:
    """A name typed in small letters, with capitals; any other is left as it is."""
    if not text.islower():
        return text
    return re.sub(r"[^\W\d_]+", _capital, text)


def _capital(word: re.Match[str]) -> str:
    return word[0] if word[0] in _UNSAID else word[0][0].upper() + word[0][1:]


def _plain(lower: str) -> str:
    text = lower.translate(_LETTERS)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", lower).translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
