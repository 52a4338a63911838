"""What a pledge is called in lists and on locked screens: what it is about, in a word of its own or by its topic."""

import re
from collections.abc import Collection

from domain import places, topics
from domain.words import cut

TITLE_LIMIT = 32  # fits a line on a phone beside the partner's name

_CERTAIN = 70  # of a topic's score, 0 to 100: then it says more than a word of their own
_COMPOUND = 10  # letters: from here on, a noun is mostly made of two
_GENDER_SIGN = r"[:*·•’/](?=-?[iI]n(?:nen|\b)|[rn]\b)|\(-?[iI]n(?:nen)?\)"  # Bürger:innenräte is one word
_NOUN = re.compile(rf"(?<![.!?]\s)(?<!^)\b[A-ZÄÖÜ](?:[\w-]|{_GENDER_SIGN}){{4,}}")
_WHOSE = re.compile(
    r"\b(?:des|eines) [A-ZÄÖÜ][\w-]+"
)  # whose it is has an ending, and says less than a compound
_NAME = r"[A-ZÄÖÜ][\w-]+"
_WHERE = re.compile(
    rf"\b(?:in|nach|aus|bei|von|near|from|to)\s+(?P<place>{_NAME})(?P<more>\s+(?:an der|am|bei|im|ob der)\s+{_NAME})?"
)
_ABOUT = re.compile(
    r"\b(?:für|über|zum|zur|um|wegen|about|for)\s+"
    r"(?:(?:das|die|den|dem|der|eine?[nmr]?|mehr|the|an?|more)\s+)?(?P<what>[^\W\d_]{3,})"
)
_ENGLISH = re.compile(r"\b(?:I|we)(?:['’]ll| will| am| are|['’]m|['’]re| promise)\b", re.IGNORECASE)
_THE_ENGLISH = re.compile(
    r"\b(?:the|an?|my|our|your|their|more)\s+(?P<what>[a-z][a-z-]{2,}(?:\s+(?!(?:about|after|and|at|before|by|for|from|"
    r"in|into|next|of|on|that|this|to|until|who|with)\b)[a-z][a-z-]{2,})?)"
)
_THE = r"\b(?:der|die|das|den|dem|zur|zum|ins|im|am) "
_SHORT_MONTHS = {"mai", "juni", "juli", "märz"}
_SAYS_LITTLE = frozenset(
    """
    gespräch gespräche termin termine treffen antrag anträge brief schreiben anruf besuch einladung nachricht sitzung
    sitzungen veranstaltung versammlung runde runden kontakt vorschlag liste thema themen leute menschen
    tag tage woche wochen monat monate jahr jahre stunde stunden abend ende anfang mitte quartal halbjahr
    frühjahr frühling sommer herbst winter ostern pfingsten weihnachten
    januar februar april august september oktober november dezember montag dienstag mittwoch donnerstag freitag
    samstag sonntag january february march october december monday tuesday wednesday thursday friday saturday
    sunday versprechen büro herrn professor professorin doktor council meeting talk letter call month months week weeks
    year years end
    """.split()  # noqa: SIM905 - as a list of literals it would be harder to read
)
_NOBODY = frozenset(
    """
    dich dir euch sie ihn ihm ihr uns mich mir alle das die der dem den you them him her us me all
    """.split()  # noqa: SIM905
)


def short_title(text: str) -> str:
    """The longest telling noun, as people wrote it.

    German nouns are capitalised, but so is any word that begins a sentence, so those do not count; nor do places and
    days, which say where and when. Empty if there is no such word: the first words instead would show the sentence on
    a locked screen.
    """
    told = _WHERE.sub(_without_place, text)
    noun = _longest_noun(_WHOSE.sub("", told))
    return cut(_in_full(noun if len(noun) >= _COMPOUND else _longest_noun(told), told), TITLE_LIMIT)


def _longest_noun(text: str) -> str:
    nouns = (noun.strip("-") for noun in _NOUN.findall(text))
    return max((noun for noun in nouns if noun.casefold() not in _SAYS_LITTLE), key=len, default="")


def still_about(before: str, now: str) -> bool:
    """Whether the sentence now has the word by which people know the one before: what it is called, or is about."""
    word = short_title(before) or object_of(before)
    return bool(word) and word.rstrip("…").casefold() in now.casefold()


def _in_full(noun: str, text: str) -> str:
    """With what it is the name of: "Kita Sonnenschein" instead of "Sonnenschein"."""
    named = re.search(rf"{_THE}(?P<kind>{_NAME}) {re.escape(noun)}(?!\w)", text) if noun else None
    says = named is not None and named["kind"].casefold() not in _SAYS_LITTLE | _SHORT_MONTHS
    return f"{named['kind']} {noun}" if named is not None and says else noun


def _without_place(found: re.Match[str]) -> str:
    """What is left of "in Neustadt", or of "in Neustadt an der Weinstraße"; all of it if that is no place."""
    gazetteer = places.load()
    if found["more"] and gazetteer.named(found["place"] + found["more"]):
        return ""
    return found["more"] or "" if gazetteer.named(found["place"]) else found[0]


def object_of(text: str) -> str:
    """What a sentence in small letters is about: the word after "für", "um", "zum" and the like, or in English after an
    article. Else empty.
    """
    if _ENGLISH.search(text):
        return _english_object(text)
    if any(letter.isupper() for letter in text[1:]):
        return ""
    told = (found["what"] for found in _ABOUT.finditer(text.casefold()))
    what = next((each for each in told if each not in _NOBODY | _SAYS_LITTLE), "")
    return cut(what.capitalize(), TITLE_LIMIT)


def _english_object(text: str) -> str:
    _, _, subject = text.partition(" about ")
    told = [found["what"] for each in (subject, text) for found in _THE_ENGLISH.finditer(each)]
    told += [found["what"] for found in _ABOUT.finditer(text)]
    what = next((each for each in told if each.islower() and each not in _NOBODY | _SAYS_LITTLE), "")
    return cut(what.capitalize(), TITLE_LIMIT)


def title_topic(text: str) -> str | None:
    """The topic by which a pledge without a telling noun is called: only one that its words plainly name."""
    sure = topics.load().understand(text).sure
    return sure[0].topic if sure and sure[0].score >= _CERTAIN else None


def surest_topic(text: str, deal_with: Collection[str] = ()) -> str | None:
    """The topic that a pledge is about, if that is sure without asking anybody.

    `deal_with`: the topics of its two parties. What the words alone leave in doubt is one of these, if it can be.
    """
    understood = topics.load().understand(text)
    doubted = [guess for guess in understood.ask if guess.topic in deal_with]
    return next((guess.topic for guess in (*understood.sure, *doubted)), None)
