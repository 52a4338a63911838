"""Anyone who says they are under sixteen is asked nothing more: the core consent is for people of 16 and over."""

import re

FROM = 16
UNDER_AGE = "15"
"""Stored in place of every such answer while no words may be kept."""

_READ = 200  # characters from the beginning: an age is said first or not at all
_IN_WORDS = {
    word: number
    for number, words in {
        8: "acht eight",
        9: "neun nine",
        10: "zehn ten",
        11: "elf eleven",
        12: "zwölf zwoelf twelve",
        13: "dreizehn thirteen",
        14: "vierzehn fourteen",
        15: "fünfzehn fuenfzehn fifteen",
    }.items()
    for word in words.split()
}
_NUMBER = rf"(?P<age>\d{{1,2}}|{'|'.join(_IN_WORDS)})"
_YEARS = r"(?:[\s-]*(?:jahre?|j|years?|yrs?|y/?o))"
_OLD = r"(?:[\s-]*(?:alt|jung|old|young))"
_SOFTLY = r"(?:(?:ja|nein|yes|no|hallo|hi|hello|aber|but|also|äh|naja|well|sorry)\b\W*)*"
_I_AM = (
    r"(?:ich\s+bin|bin\s+ich|bin|i\s*['’´`]?\s*a?m|ich\s+werde|mein\s+alter\s+ist|my\s+age\s+is|alter|age)"
)
_NAMED = r"(?:(?:\s+[^\W\d]+){1,3}\s*,)?"  # "ich bin Anna, 15"
_ONLY = r"(?:\W*\b(?:ja|doch|leider|noch|erst|gerade|grad|mal|schon|nur|auch|eben|only|just|still|sadly|actually)\b)*"
# What may follow an age: nothing, or another clause; not "Jahre Erfahrung", "Leute".
_ENDS = r"(?=\s*(?:\Z|[^\w\s%€/-](?!\d)|(?:und|and|aber|but|also|oder|darf|geht|ok|okay|so)\b))"
_ALONE = re.compile(rf"\W*{_SOFTLY}{_NUMBER}{_YEARS}?{_OLD}?\W*", re.IGNORECASE)
_CLAIMED = re.compile(
    rf"\b{_I_AM}{_NAMED}{_ONLY}\W*{_NUMBER}(?:{_YEARS}{_OLD}|{_YEARS}|{_OLD})?{_ENDS}", re.IGNORECASE
)
_OF_YEARS = re.compile(rf"\W*{_SOFTLY}{_ONLY}\W*{_NUMBER}{_YEARS}{_OLD}{_ENDS}", re.IGNORECASE)


def says_under_age(text: str) -> bool:
    """Whether the text says that its writer is under sixteen.

    It does if it is such an age and nothing else ("15", "Ja, 15", "fünfzehn"), or has a clause that says so ("Ich bin
    erst 15", "I'm 15 and ..."). "15 Leute" and "Ich bin 15 Jahre dabei" are no age.
    """
    text = " ".join(text.split())[:_READ]
    said = _ALONE.fullmatch(text) or _OF_YEARS.match(text) or _CLAIMED.search(text)
    return said is not None and 0 < _number(said["age"]) < FROM


def _number(age: str) -> int:
    return _IN_WORDS.get(age.casefold()) or int(age)
