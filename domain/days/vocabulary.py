"""The words of days in German and English, as `plain.folded` spells them: small letters, ä as ae, ß as ss."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

YEARS = range(1900, 2200)  # nobody means a day of any other year


def _words(line: str) -> list[str]:
    return line.split()


def _numbered(groups: Iterable[str], start: int = 0) -> dict[str, int]:
    return {word: number for number, words in enumerate(groups, start) for word in words.split()}


MONTHS = _numbered(
    (
        "januar jaenner january jan",
        "februar february feb",
        "maerz marz march mrz maer mar",
        "april apr",
        "mai may",
        "juni june jun",
        "juli july jul",
        "august aug",
        "september sept sep",
        "oktober october okt oct",
        "november nov",
        "dezember december dez dec",
    ),
    start=1,
)
# In German the day never comes after the name of the month: "bis März 20 Kitas" does not mean 20 March.
GERMAN_MONTHS = frozenset(
    _words("januar jaenner februar maerz marz mrz maer mai juni juli oktober okt dezember dez")
)
WEEKDAYS = _numbered(
    (
        "montag monday",
        "dienstag tuesday",
        "mittwoch wednesday",
        "donnerstag thursday",
        "freitag friday",
        "samstag saturday sonnabend",
        "sonntag sunday",
    )
)
SHORT_WEEKDAYS = _numbered(
    ("mo mon", "di tue tues", "mi wed", "do thu thur thurs", "fr fri", "sa sat", "so sun")
)
DAYS_FROM_TODAY = {
    "heute": 0,
    "today": 0,
    "tonight": 0,
    "morgen": 1,
    "tomorrow": 1,
    "uebermorgen": 2,
    "day after tomorrow": 2,
}

_GERMAN = _words(
    "ein zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn fuenfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
)
_ENGLISH = _words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_GERMAN_TENS = {"zwanzig": 20, "dreissig": 30, "vierzig": 40, "fuenfzig": 50, "sechzig": 60, "neunzig": 90}
_ENGLISH_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}

NUMBERS = (
    _numbered(_GERMAN, start=1)
    | _numbered(_ENGLISH, start=1)
    | _GERMAN_TENS
    | _ENGLISH_TENS
    | {
        f"{one}und{ten}": tens + number
        for ten, tens in _GERMAN_TENS.items()
        for number, one in enumerate(_GERMAN[:9], 1)
    }
    | {
        f"{ten}-{one}": tens + number
        for ten, tens in _ENGLISH_TENS.items()
        for number, one in enumerate(_ENGLISH[:9], 1)
    }
    | dict.fromkeys(_words("eine einem einen einer eines a an"), 1)
    | {"hundert": 100, "zwo": 2}
)

_GERMAN_ORDINALS = [
    *_words(
        "erst zweit dritt viert fuenft sechst siebt acht neunt zehnt elft zwoelft dreizehnt vierzehnt fuenfzehnt "
        "sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst"
    ),
    *(f"{one}undzwanzigst" for one in _GERMAN[:9]),
    "dreissigst",
    "einunddreissigst",
]
_NINE = _words("first second third fourth fifth sixth seventh eighth ninth")
_ENGLISH_ORDINALS = [
    *_NINE,
    *_words(
        "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ),
    *(f"twenty-{one}" for one in _NINE),
    "thirtieth",
    "thirty-first",
]

ORDINALS = {
    stem + ending: number
    for number, stem in enumerate(_GERMAN_ORDINALS, 1)
    for ending in ("e", "en", "er", "es", "em")
} | _numbered(_ENGLISH_ORDINALS, start=1)

# Which of several that follow each other; without such a word, the one that is not over yet.
THIS = r"(?:diese[nrsm]?|dies|laufende[nrsm]?|this)"
NEXT = r"(?:naechste[nrsm]?|nachste[nrsm]?|kommende[nrsm]?|next|coming)"
AFTER_NEXT = r"(?:uebernaechste[nrsm]?)"
WHICH = rf"(?:(?:(?P<this>{THIS})|(?P<next>{NEXT})|(?P<after_next>{AFTER_NEXT})) )?"

# From this likeness on a misspelt month is taken: "Setpember" is, "Jule" (June or July?) is not.
_LIKENESS = 80
_SHORTEST_MISSPELT = 5


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches any of these words, the longer ones first."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def month(name: str, *, misspelt: bool = True) -> int | None:
    """1 to 12; also for a name that is nearly right, if `misspelt` allows it. None for any other word."""
    if name in MONTHS or not misspelt or len(name) < _SHORTEST_MISSPELT:
        return MONTHS.get(name)
    near = process.extractOne(name, MONTHS.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return MONTHS[near[0]] if near else None


def number(word: str) -> int | None:
    """The number that digits or a word say: "14", "vierzehn", "fourteen"."""
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def ordinal(word: str) -> int | None:
    """The number that digits or an ordinal say: "3", "dritter", "third"."""
    return int(word) if word.isdecimal() else ORDINALS.get(word)


def year(digits: str) -> int:
    """The year; two digits are one of this century."""
    return int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004 - digits
