"""Recognises what people say to a bot without naming a subject: greetings, shrugs, names, times, keyboard noise."""

import re

from domain.topics.words import fold, is_carrier, only_carriers

_LONGEST_OWN_WORDS = 80

_ASIDE = re.compile(
    r"(?:ich (?:bin|muss|komme|warte|liebe|mag|hatte)|bin|muss|hatte|i (?:am|have|love|like|forgot|need to)|i m|just|"
    r"bist du|kannst du|hast du|are you|can you|do you|hab(?:e)? (?:ich )?mein(?:e|en)?) |"
    r"(?:wann|wer (?:ist|liest)|wo (?:ist|sind|gibt|finde|kann|hangt)|ist das|wie (?:ist|alt|viel|spat|funktioniert)|"
    r"wie lange (?:dauert|geht|noch)|what time|what (?:is|should)|how (?:long|old|are)|is (?:this|that|it)|"
    r"wh(?:ere|en) (?:is|are|do|does|can)) |"
    r"(?:mein|meine|my) \w+(?: \w+)? (?:ist|sind|heisst|heist|hat|fahrt|geht|tut|is|are|has)\b|"
    r"(?:zu \w+|kaputt|voll) hier$|.* (?:geht|gehen) nicht$|(?:bitte|please) \w+$|.* (?:bitte|please)$"
)
_NO_SUBJECT = re.compile(
    r"(?:ich )?(?:heisse|heise|heiss) |mein(?: vor)? ?name ist |my name is |"  # names are not subjects
    r"(?:ich )?(?:bin|komme|komm) (?:gleich|schon|bald|unterwegs|auf dem weg)|"
    r"(?:um )?\d+ (?:uhr|min|minuten|oclock|am|pm)\b|"
    r"nichts (?:besonderes|bestimmtes)|nothing (?:special|particular|much)|"
    r"wer bist|who are you|was ist das|was kannst du|what can you do"
)
_NO_LETTERS = re.compile(r"[\d\s]*")
# "…, die seit Jahren gut läuft": that it does is what people were asked, and no subject.
_GOES_WELL = re.compile(
    r"\b(?:lauft|(?<=gut )laufen|lief|klappt|klappen|klappte|gelingt|bewahrt|seit (?:jahren|langem)|"
    r"bestens|hervorragend|prima|runs|works|worked|well|for years)\b"
)


def nothing_else(text: str) -> bool:
    """Whether there is no subject at all: only fillers, numbers, signs, or a sentence about oneself or the time."""
    folded = fold(text)
    if _NO_LETTERS.fullmatch(folded) or _NO_SUBJECT.match(folded):
        return True
    return only_carriers(_GOES_WELL.sub("", folded))


def aside(text: str) -> bool:
    """Whether it is more likely about a person, the bot or the day than a subject, which makes it unsure."""
    return bool(_ASIDE.match(fold(text)))


def without_carriers(part: str) -> str:
    """The text without the carrier words around it, empty if nothing else was written."""
    if nothing_else(part):
        return ""
    words = part.split()
    while words and is_carrier(words[0]):
        words.pop(0)
    while words and is_carrier(words[-1]):
        words.pop()
    return " ".join(words)[:_LONGEST_OWN_WORDS].strip(" .,:!?-–")
