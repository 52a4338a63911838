"""What people say around the name of a place, or instead of one."""

import re
from dataclasses import dataclass

from domain.places.spelling import folded

_POSTCODE = re.compile(r"(?<!\w)(?:d\s?-\s?)?\d{4,5}(?!\w)", re.IGNORECASE)
# A dot may end an abbreviation; other signs, and pictures, are no part of a name.
_AT_THE_ENDS = re.compile(r"^[^\w(]+|[^\w).]+$")

_NOW = (
    r"(?:aktuell|derzeit|zurzeit|zur zeit|gerade|jetzt|hier|momentan|eigentlich|ursprünglich|selbst|selber|"
    r"aber|auch|gebürtig|original|originally|now|currently|here|mittlerweile|inzwischen|seit kurzem)"
)
_LIVING = (
    r"(?:komme|kommen|bin|sind|wohne|wohnen|lebe|leben|stamme|stammen|arbeite|arbeiten|wohnhaft|zuhause|zu hause|"
    r"daheim|geboren|aufgewachsen|tätig|unterwegs|come|am|are|live|work|based|born)"
)
_WHERE = r"(?:aus|in|im|von|vom|auf|am|an|zu|from|at|on)"
_ARTICLE = r"(?:der|dem|den|die|das|the)"
_LEADS = re.compile(
    r"^(?:"
    r"(?:hallo|hi|hey|moin|servus|guten tag|hello)\b[\s,!.]*"
    r"|(?:also|ja|na|und|and|ähm|well)\b[\s,]+"
    r"|(?:i['’]?m|we['’]?re)\s+"
    rf"|(?:(?:ich|wir|i|we)\s+)?(?:{_NOW}\s+)*{_LIVING}\s+(?:(?:ich|wir)\s+)?(?:{_NOW}\s+)*"
    r"|(?:(?:ich|wir|i|we)\s+)"
    rf"|(?:{_NOW}\s+)"
    r"|(?:(?:mein|unser|my|der)\s+)?(?:wohnort|heimatort|ort|place|city)(?:\s+(?:ist|is)\b)?\s*[:=]\s*"
    r"|(?:mein|unser|my)\s+(?:wohnort|heimatort|ort|place|city)\s+(?:ist|is)\s+"
    rf"|{_WHERE}\s+(?:{_ARTICLE}\s+)?"
    rf"|{_ARTICLE}\s+"
    r"|wahlkreis\s+(?:\d+\W+)?(?=[^\W\d])"
    r"|(?:insel|halbinsel|city of|town of)\s+"
    r")(?=\S)",
    re.IGNORECASE,
)
_LINKED = re.compile(r"(?:Am|An|Auf|Im|Zum|Zur)\s+\S")
_HEREABOUTS = re.compile(
    r"^(?:(?:in|aus|from)\s+)?(?:der\s+)?(?:"
    r"(?:nähe|umgebung|gegend)\s+(?:von|um)|nähe|nahe|bei|beim|um|kurz vor|unweit(?: von)?|außerhalb von|"
    r"raum|großraum|umland(?: von)?|region|gegend|near|close to|around|outside(?: of)?"
    r")\s+(?:der\s+)?(?=\S)",
    re.IGNORECASE,
)
_AND_AROUND = re.compile(
    r"[\s,(-]+(?:(?:und|u\.|&|\+|and)\s+)?"
    r"(?:umgebung|umland|region|area|umkreis|drumherum|drum ?rum|nähe|gegend|surroundings)\)?$",
    re.IGNORECASE,
)
_LONGEST_NAME = 5  # words of a place
_SAID = frozenset(
    """
    ich wir du sie man mir mich dir dich uns mein meine dein deine unser unsere ist sind war hab habe haben kann koennen
    soll sollen muss moechte nicht kein keine warum wieso wann dass weil wenn my you your what why when how is was have
    can should don not because
    """.split()  # noqa: SIM905 - a list of words reads better
)
_COUNTRY = re.compile(r"[\s,(/-]+(?:deutschland|germany|brd)\)?$", re.IGNORECASE)

_DECLINED = re.compile(
    r"\b(?:nicht|nichts|ungern|nix|ned|net)\b.*\b(?:sagen|angeben|verraten|nennen|preisgeben|mitteilen|beantworten|"
    r"teilen|schreiben|erzaehlen|verrate|sage?|nenne)\b"
    r"|\b(?:sage?|verrate|nenne|schreibe?) (?:ich )?(?:euch |dir |ihnen |das |es |lieber |jetzt )*"
    r"(?:nicht|ned|net|nix)\b"
    r"|\bkeine? (?:angaben?|antwort|auskunft|ort|lust|ahnung)\b|^k a$|^ka$|^n a$|\blieber nicht\b|^nein(?: danke)?$"
    r"|^(?:moechte|will|mag) (?:ich )?nicht$|\bnichts an\b|\bweiss (?:ich )?nicht\b"
    r"|^(?:das )?(?:ist |bleibt )?(?:geheim|privat|vertraulich|egal)$|^(?:bitte )?ueberspringen$|^skip(?: this)?$"
    r"|\b(?:rather|prefer|like) not\b|\b(?:won t|will not|don t want to|do not want to) (?:say|tell|share)\b"
    r"|^no(?: thanks| thank you| answer| comment)?$|^none$|\bnot (?:say|saying|telling|sharing)\b"
    r"|^(?:gar )?(?:nichts|nix|keine?s?|weiter|nothing|next)$|\bkeine? (?:organisation|verein|firma)\b"
    r"|\bno organi[sz]ation\b|\bnone of your business\b|\bi don t know\b"
)


@dataclass(frozen=True, slots=True)
class SaidName:
    """A name as it was said, and whether only its surroundings were meant: "Raum Köln"."""

    text: str
    hereabouts: bool = False


def tidied(typed: str) -> str:
    """The words on one line, without postcode, country, or signs at their ends."""
    text = " ".join(_POSTCODE.sub(" ", typed).split())
    text = _COUNTRY.sub("", _AT_THE_ENDS.sub("", text))
    if text.endswith(".") and not re.search(r"[./]", text[:-1]):  # it ends a sentence, not an abbreviation
        text = text[:-1]
    return text


def bare(text: str) -> str:
    """The name alone: without "Hallo, ich komme aus der …"."""
    shorter = _LEADS.sub("", text)
    while shorter != text:
        text, shorter = shorter, _LEADS.sub("", shorter)
    return text


def begins_with_a_link(text: str) -> bool:
    """Whether it may be a name that begins with "Am" or "Auf", as the capital shows."""
    return bool(_LINKED.match(text))


def around(text: str) -> SaidName:
    """The name without "in der Nähe von …" or "… und Umgebung"."""
    name = _AND_AROUND.sub("", bare(_HEREABOUTS.sub("", text)))
    return SaidName(name, hereabouts=True) if name and name != bare(text) else SaidName(text)


def is_sentence(name: str) -> bool:
    """Whether this reads as something said rather than as a name: it has many words, or one that no name has."""
    words = folded(re.sub(r"[^\w]+", " ", name)).split()
    return len(words) > _LONGEST_NAME or any(each in _SAID for each in words)


def declines(text: str) -> bool:
    """Whether these words say that somebody will not name a place."""
    return bool(_DECLINED.search(" ".join(re.sub(r"[^a-z]+", " ", folded(text)).split())))
