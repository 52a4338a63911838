"""What a sentence leaves open: who acts, what is done, to whom, until when."""

import re
from datetime import date
from enum import StrEnum

from domain.coaching.words import ATTEMPT, CONCRETE, VAGUE
from domain.days import reading_on, reading_until
from domain.days.plain import folded
from domain.days.vocabulary import MONTHS, WEEKDAYS
from domain.pledges import Acts

LONG = 220  # characters: more is a plan, and nobody says a plan at a table
_SENTENCES = 2

_GERMAN = re.compile(
    r"\b(?:ich|wir|bis|und|der|die|das|den|dem|für|mit|ein|eine|einen|zum|zur|im|werde|mich|uns|nicht)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"\b(?:i|we|by|the|will|to|for|and|a|an|with|our|my|of|on|i'll|we'll)\b", re.IGNORECASE)
_ACTOR = {
    "de": re.compile(r"\b(?:ich|wir|mein\w*|unser\w*)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:i|we|my|our|i'll|we'll)\b", re.IGNORECASE),
}
_SENTENCE_END = re.compile(r"[.!?]+\s+(?=[A-ZÄÖÜ])")

# Words that name nothing: what is left of a sentence without them, and without its days, is whom or what it is about.
_EMPTY = frozenset(
    """
    ich wir du sie er es man mich mir uns euch dich dir ihn ihm ihr ihnen sich der die das den dem des ein eine einen
    einem einer eines etwas was alles nichts das dies dieses dazu damit daran darum darüber dabei thema themen sache
    sachen ganze ganzen bis am im in an auf zu zum zur mit für von vom bei um über nach aus ab vor und oder auch mal
    noch bald gern gerne gut sehr mehr weiter ein an auf aus vor zurück mit nach los werde werden will wollen möchte
    möchten kann können habe haben bin sind mache machen tue tun melde melden rufe rufen anrufen helfe helfen
    helfe kümmere kümmern versuche versuchen prüfe prüfen unterstütze unterstützen tage tagen woche wochen monat
    monate monaten jahr jahre jahren ende anfang mitte nächste nächsten nächster kommende kommenden einfach wirklich
    i we you they it me us them the a an to of for on in at by with from and or also some something anything things
    thing this that will would can could do make get be am are is have has try help look into check call see about
    back get gets next week month year day days weeks months soon more very really just my our your best everything
    """.split()  # noqa: SIM905 - as a list of literals it would be harder to read
) | {folded(word) for word in (*MONTHS, *WEEKDAYS)}
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Gap(StrEnum):
    """What is left open, the weightiest first."""

    TOO_LONG = "too_long"
    ACTOR = "actor"
    OBJECT = "object"
    VAGUE = "vague"
    DAY = "day"


def language_of(sentence: str, likely: str) -> str:
    """ "de" or "en", whichever has more of its small words in the sentence; `likely` if neither has."""
    german, english = len(_GERMAN.findall(sentence)), len(_ENGLISH.findall(sentence))
    return likely if german == english else "de" if german > english else "en"


def found(sentence: str, today: date, acts: Acts, language: str) -> tuple[Gap, ...]:
    """All that the sentence leaves open. Whom the partner's own deed names is the author's business: no ACTOR then."""
    too_long = len(sentence) > LONG or len(_SENTENCE_END.split(sentence)) > _SENTENCES
    open_ = {
        Gap.TOO_LONG: too_long,
        Gap.ACTOR: acts is not Acts.PARTNER and not _ACTOR[language].search(sentence),
        Gap.OBJECT: not _names_something(sentence),
        Gap.VAGUE: is_vague(sentence, language),
        Gap.DAY: not names_day(sentence, today),
    }
    return tuple(gap for gap, is_open in open_.items() if is_open)


def of_words_under_way(sentence: str, today: date, language: str) -> Gap | None:
    """The weightiest thing that other words for a pledge leave open. Who acts, and by when, the pledge itself says."""
    left = found(sentence, today, Acts.PARTNER, language_of(sentence, language))
    return next((gap for gap in left if gap is not Gap.DAY), None)


def is_vague(sentence: str, language: str) -> bool:
    """Whether it promises to try something, or its only verbs are of those that promise an effort."""
    if ATTEMPT[language].search(sentence):
        return True
    return bool(VAGUE[language].search(sentence)) and not CONCRETE[language].search(sentence)


def names_day(sentence: str, today: date) -> bool:
    return reading_until(sentence, today) is not None or reading_on(sentence, today) is not None


def _names_something(sentence: str) -> bool:
    return any(_tells(word) for word in _WORD.findall(sentence)[1:])


def _tells(word: str) -> bool:
    plain = word.casefold().strip("'’-")
    return plain not in _EMPTY and folded(plain) not in _EMPTY
