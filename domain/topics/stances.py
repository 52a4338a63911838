"""Hears whether words are for or against the topic that they name. Such a topic is never sure: the person is asked.

The words tell that there is a side, not which: that is the person's to say. What nearly everybody is against is no
side: "gegen Einsamkeit", "Kampf gegen Armut" are how people say that they work on it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from domain.outcomes.choices import Stance
from domain.topics.words import fold

AGAINST_IS_USUAL = frozenset(
    {
        "altschulden", "antidiskriminierung", "buerokratieabbau", "demografie", "desinformation", "einsamkeit",
        "extremismus", "fachkraefte", "gewaltschutz", "hausaerzte", "it-sicherheit", "kinderarmut", "lehrkraefte",
        "schutz-mandat",
    }
)  # fmt: skip
"""Topics named after what is wrong: "gegen" is the usual wording, however the word behind it is spelt."""

DISPUTED = frozenset(
    {
        "abfall", "bauen", "bahn", "elektromobilitaet", "energiewende", "europa", "flaeche", "flucht-asyl",
        "freiwilligendienste", "gleichstellung", "integration", "ki", "landwirtschaft", "parken", "queer", "solar",
        "steuern", "strassen", "sucht", "tierschutz", "tourismus", "verkehrssicherheit", "verkehrswende", "waerme",
        "wald", "windkraft",
    }
)  # fmt: skip
"""Topics about which a mere "für", "pro" or "kein" takes a side. Of others it tells whom or what something is for
("für Senioren"), or what is missing ("kein Bus").
"""

_LEADING = (
    r"gegen(?! (?:\d|(?:abend|mittag|ende|spende|gebuhr|entgelt|bezahlung)\b))|against|anti|[ck]ontra|"
    r"(?:nein|ja) (?:zu|zum|zur)|(?:no|yes) to|(?:weg|schluss) mit|stoppt?|(?<!bus )(?<!tram )(?<!non )stop|"
    r"in favou?r of|(?:bin|sind) (?:ich |wir )?(?:sehr |ganz |klar )?fur|down with"
)
_VERBS = (
    r"stoppen|verhinder(?:n|t|e)|ablehn(?:en|e|t|ung)|lehn(?:e|en|t)(?= .*\bab\b)|befurworte(?:n|t)?|"
    r"oppos(?:e|es|ed|ing|ition)|prevent"
)
_OPINION = (
    r"dagegen(?! (?:tun|machen|unternehmen|halten|hilft|vorgehen))|"
    r"(?:bin|sind|stimme|stimmen) (?:(?:ich|wir|ganz|sehr|klar|voll|eher) )*dafur|\w+gegner(?:innen|in|n|s)?|"
    r"nein danke|no thanks|no thank you"
)
_SIDE = re.compile(rf"\b(?:(?P<leading>{_LEADING})|{_VERBS}|{_OPINION})\b")
_MILD = re.compile(
    r"^(?:(?:ich|wir|mehr|we|i) )*(?:fur|pro|for)\b|\bkein(?:e|en|em|er)?\b|\bdafur$|"
    r"^no\b(?! (?:one|idea|time|money))|\bno more\b|\b(?:verbieten|verbietet|abschaffen|abolish|ban)\b"
)

_SAYS_NO = re.compile(
    r"(?<!nicht )\b(?:gegen|dagegen)\b|(?<!not )\bagainst\b|^no\b|\b(?:[ck]ontra|anti|down with|nein danke|"
    r"(?:nein|no) (?:zu|zum|zur|to|more|thanks|thank you)|(?:weg|schluss) mit|stop\w*|verhinder\w*|ablehn\w*|"
    r"lehne?n?t?|oppos\w+|prevent|\w+gegner\w*|kein\w*|verbiete\w*|abschaffen|abolish|ban)\b"
)
"""Words on the side of no. Which side a person is on, they do not say safely: they only order the buttons."""

_ILLS_WITHIN = (
    "abgas|abwander|altschulden|antisemit|ausbeut|ausgrenz|bedroh|beleidig|benachteil|bureaucra|discriminat|"
    "diskriminier|einsam|erderhitz|erderwarm|extremis|faschis|feinstaub|flachenfrass|funkloch|gentrifizier|gewalt|"
    "hochwasser|klimakrise|klimawandel|korrupt|krimin|kurzung|landflucht|leerstand|missbrauch|mobbing|obdachlosigkeit|"
    "papierkram|polarisier|radikal|rassis|schliessung|schulabbr|stellenabbau|tierleid|uberalter|uberschwemm|"
    "verdrossen|vereinsam|vermull|verschmutz|verschwend|verschwor|versiegel|vorurteil"
)
_ILLS_FIRST = (
    "abuse|abzocke|analphabet|anfeind|angriff|artensterben|attack|betrug|bullying|burnout|climate change|closure|"
    "corruption|crime|cuts|cyberangriff|depression|desinformation|diebstahl|disinformation|drogen|drohung|drought|"
    "drugs|durre|einbruch|extrem|fake|falschinformation|flood|harass|hass|hate|hetze|hitze|homeless|inequal|inflation|"
    "isolation|krankheit|krebs|krieg|langeweile|larm|litter|loneliness|misinformation|mull|nazi|neonazi|noise|plastik|"
    "pollution|populis|poverty|racis|raser|red tape|shortage|spaltung|starkregen|terror|threat|unemploy|unfall|"
    "ungerecht|ungleich|vandal|verdrang|violence|waste|wucher"
)
_ILLS_LAST = (
    "armut|barrieren|feindlichkeit|hass|krise|(?<!a)larm|losigkeit|lucken|mangel|mudigkeit|mull|notstand|not(?<=.{7})|"
    "qualerei|stau|sterben|sucht"
)
_ILL = re.compile(
    rf"{_ILLS_WITHIN}|\b(?:{_ILLS_FIRST})|(?:{_ILLS_LAST})\b|\balleinsein\b|\brechts\b|"
    r"\brechts(?:extrem|radikal|ruck|popul|terror)|\bburokrati(?!eabbau)|"
    r"\b(?!tourismus|journalismus|foderalismus)\w+ismus\b|\b(?:sexism|ageism|fascism)\b"
)
_REMEDY = re.compile(r"(?:schutz|impfung|vorsorge|pravention|versicherung|hilfe|mittel)$")
_ENDS_THE_OBJECT = re.compile(
    r"\b(?:wegen|weil|im|in|von|vom|bei|beim|durch|auf|am|an|trotz|because|in|on|near|of)\b"
)
_NEAR = 3  # words

_ASIDE = r"(?:(?:da|ich|wir|bin|sind|aber|ganz|sehr|klar|eher|absolut|total|i|m|am|we|are|it|completely) )*"
_FOR_IT = re.compile(rf"{_ASIDE}(?:dafur|pro|in favou?r(?: of it)?|for it)")
_AGAINST_IT = re.compile(
    rf"{_ASIDE}(?:dagegen|nein danke|[ck]ontra|verhindern|stoppen|ablehnen|lehne? (?:ich|wir) ab|"
    r"against(?: it)?|opposed|no thanks|no thank you)"
)
_BEGINNING = re.compile(
    r"(?:(?:ich|wir|bin|sind|ganz|klar|i|i'm|am|we|we're|are)\s+)*"
    r"(?:gegen|für|fuer|pro|[ck]ontra|kein(?:e|en)?|(?:nein|ja) zu[mr]?|stopp?t?|against|for|no(?: to)?)\s+",
    re.IGNORECASE,
)
_END = re.compile(r"\b(?:stoppen|verhindern|verbieten|abschaffen|ablehnen)\W*$", re.IGNORECASE)


@lru_cache(maxsize=16384)
def takes_a_side(text: str, topic: str | None) -> bool:
    """Whether these words are for or against what they name. `topic`: its id, None for what no topic knows."""
    if topic in AGAINST_IS_USUAL:
        return False
    folded = fold(text)
    if any(not _is_of_an_ill(folded, side) for side in _SIDE.finditer(folded)):
        return True
    return topic in DISPUTED and _MILD.search(folded) is not None and _ILL.search(folded) is None


def _is_of_an_ill(folded: str, side: re.Match[str]) -> bool:
    """Whether the words around a side name something that nearly everybody is against, or a remedy against it."""
    leading = side["leading"] is not None
    before = folded[: side.start()].split()[-1 if leading else -_NEAR :]
    after = _ENDS_THE_OBJECT.split(folded[side.end() :], maxsplit=1)[0].split()[:_NEAR]
    remedy = leading and bool(before) and _REMEDY.search(before[-1]) is not None
    return remedy or _ILL.search(" ".join([*before, side[0], *after])) is not None


def heard(text: str) -> Stance:
    """What is noted of words that take a side, until the person has said which: "gegen" puts the no first."""
    return Stance.HEARD_NO if _SAYS_NO.search(fold(text)) else Stance.HEARD


def opinion(text: str) -> Stance | None:
    """What somebody says who says nothing else: "bin dagegen", "for it". None if it is anything else."""
    folded = fold(text)
    if _FOR_IT.fullmatch(folded):
        return Stance.FOR
    return Stance.AGAINST if _AGAINST_IT.fullmatch(folded) else None


def without_side(words: str) -> str | None:
    """Own words that take a side, without it: what they are about. None if they cannot be told apart."""
    beginning = _BEGINNING.match(words)
    bare = _END.sub("", words[beginning.end() if beginning else 0 :]).strip()
    return bare if bare and not takes_a_side(bare, None) else None


def with_opinions(parts: Sequence[str]) -> list[tuple[str, str]]:
    """The parts of an answer, each with all that is said of it: "Windkraft, bin dagegen" is one part."""
    found: list[tuple[str, str]] = []
    for part in parts:
        if found and opinion(part) is not None:
            named, said = found[-1]
            found[-1] = named, f"{said}, {part}"
        else:
            found.append((part, part))
    return found


def shared(pieces: Sequence[str]) -> list[str]:
    """Each piece of a list with the side that it shares: "gegen Windräder und Solarparks" is against both."""
    heard: list[str] = []
    side = ""
    for piece in pieces:
        own = _BEGINNING.match(piece)
        side = own[0] if own else side
        heard.append(piece if own else side + piece)
    end = _END.search(pieces[-1]) if pieces else None
    return [each if end is None or _END.search(each) else f"{each} {end[0]}" for each in heard]
