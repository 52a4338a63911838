"""A name without what people leave out, add or spell in other ways when they call somebody by it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_PLAIN = str.maketrans({"ø": "o"})
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = re.compile("['’‘ʼ´`]")
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12  # in a name

_ADDRESS = "frau herr herrn hr fr frl fraeulein fraulein mr mrs ms miss mister sir madam madame"
_DEGREES = (
    "dr prof professor professorin doktor doctor med phil rer nat jur ing iur theol habil hc dipl diplom mag "
    "magister mba msc bsc llm phd pd priv doz vet univ jun sen junior senior jr sr"
)
_OFFICES = (
    "mdb mdl mdbb mdhb mda mdep mep bgm buergermeister buergermeisterin burgermeister burgermeisterin "
    "oberbuergermeister oberbuergermeisterin oberburgermeister oberburgermeisterin landrat landraetin landratin "
    "minister ministerin staatssekretaer staatssekretaerin staatssekretar staatssekretarin pfarrer pfarrerin"
)
_PARTICLES = (
    "von vom van vander der den de des di da do dos du del dela dello della delle degli la le les lo el al und "
    "zu zum zur auf aus dem ten ter te tot af av ap y e bin ibn bint"
)
TITLES = frozenset(f"{_ADDRESS} {_DEGREES} {_OFFICES}".split())
LEFT_OUT = TITLES | frozenset(_PARTICLES.split())


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in one spelling: the words it is known by, the initials beside them, and its very last word.

    `words` is empty if all are titles and particles.
    """

    words: tuple[str, ...]
    initials: tuple[str, ...]
    last: str

    @property
    def joined(self) -> str:
        return "".join(self.words)


def in_order(name: str) -> str:
    """The key by which a list of names is sorted: Ö like O, Ç like C."""
    return without_marks(name.casefold())


@lru_cache(maxsize=16384)
def spellings(name: str) -> tuple[Spelling, ...]:
    """The spellings of a name with umlauts written out ("Mueller") and without their dots ("Muller").

    There is only one if both are the same.
    """
    return tuple(_spelling(text) for text in dict.fromkeys(folded(name)))


def folded(name: str) -> tuple[str, str]:
    """The name in small letters without marks, once with umlauts written out, once without their dots; "ß" is "ss"."""
    if name.isascii():
        plain = name.casefold().replace("'", "").replace("`", "")
        return plain, plain
    lower = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    lower = _APOSTROPHES.sub("", lower)
    if lower.isascii():
        return lower, lower
    written_out, plain = lower.translate(_UMLAUTS), lower.translate(_PLAIN)
    return without_marks(written_out).translate(_LETTERS), without_marks(plain).translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """The words of a folded name, at most twelve."""
    return _WORD.findall(text)[:_MOST_WORDS]


def without_marks(text: str) -> str:
    """The letters without accents and other marks."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _spelling(text: str) -> Spelling:
    words = words_of(text)
    initials = tuple(word for word in words if len(word) == 1 and word.isascii())
    kept = tuple(word for word in words if word not in LEFT_OUT and word not in initials)
    return Spelling(kept, initials, words[-1] if words else "")
