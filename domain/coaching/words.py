"""The words by which the coach knows vague and concrete verbs, in German and English."""

import re

# Verbs that promise an effort, or a result nobody can see. "…" is whatever may come between the parts of a verb.
_VAGUE_GERMAN = """
    prüf(?:e|en)|geprüft|überprüf(?:e|en)|versuch(?:e|en)|bemüh(?:e|en)|unterstütz(?:e|en)|begleit(?:e|en)
    schau(?:e|en)?|guck(?:e|en)?|kümmer[en]+|überleg(?:e|en)|denk(?:e|en)…nach|nach(?:zu)?denken|streb(?:e|en)…an
    an(?:zu)?streben|wirk(?:e|en)…hin|hin(?:zu)?wirken|thematisier(?:e|en)|evaluier(?:e|en)|förder[en]+|stärk(?:e|en)
    bring(?:e|en)…voran|voran(?:zu)?bringen|treib(?:e|en)…voran|voran(?:zu)?treiben|auf…den…weg…bring(?:e|en)?|bring(?:e|en)…auf…den…weg
    im…blick|im…auge|auf…dem…schirm|sensibilisier(?:e|en)|bleib(?:e|en)…dran|dran(?:zu)?bleiben|engagier(?:e|en)
    beschäftig(?:e|en)|befass(?:e|en)|stark…mach(?:e|en)|mach(?:e|en)…stark|arbeit(?:e|en)…an|arbeit(?:e|en)…daran
    setz(?:e|en)…ein|ein(?:zu)?setzen|trag(?:e|en)…bei|bei(?:zu)?tragen|werb(?:e|en)…für|hoff(?:e|en)|helf(?:e|en)
    denk(?:e|en)…mit|mit(?:zu)?denken|möchte[n]?…etwas|will…etwas|wollen…etwas|gehe[n]?…an|an(?:zu)?gehen|verbesser[en]+
    nehm(?:e|en)…mit|mit(?:zu)?nehmen|seh(?:e|en)…zu|mehr…(?:tun|machen)
"""
# An attempt, whatever is attempted.
_ATTEMPT_GERMAN = """
    versuch(?:e|en)…(?:zu|[a-zäöüß]+zu[a-zäöüß]+n)|bemüh(?:e|en)…(?:zu|[a-zäöüß]+zu[a-zäöüß]+n)
    hoff(?:e|en)…(?:zu|[a-zäöüß]+zu[a-zäöüß]+n)|(?:gebe|geben|tue|tun|mache|machen)…(?:mein|unser)…bestes
"""
_ATTEMPT_ENGLISH = "(?:try|trying)…to|try…and|do…(?:my|our)…best|hope…to"
_CONCRETE_GERMAN = """
    ruf(?:e|en)…an|an(?:zu)?rufen|telefonier(?:e|en)|schreib(?:e|en)|schick(?:e|en)|send(?:e|en)|mail(?:e|en)
    lad(?:e|en)…ein|ein(?:zu)?laden|treff(?:e|en)|besuch(?:e|en)|sprech(?:e|en)|red(?:e|en)|führ(?:e|en)|stell(?:e|en)
    beantrag(?:e|en)|reich(?:e|en)…ein|ein(?:zu)?reichen|leg(?:e|en)…vor|vor(?:zu)?legen|bring(?:e|en)…ein
    ein(?:zu)?bringen|organisier(?:e|en)|vereinbar(?:e|en)|biet(?:e|en)…an|an(?:zu)?bieten|geb(?:e|en)|bau(?:e|en)
    eröffn(?:e|en)|veröffentlich(?:e|en)|unterschreib(?:e|en)|pflanz(?:e|en)|druck(?:e|en)|verteil(?:e|en)
    zeig(?:e|en)|halt(?:e|en)|übersetz(?:e|en)|such(?:e|en)|find(?:e|en)|gründ(?:e|en)|spend(?:e|en)|bestell(?:e|en)
    vermitt(?:le|eln)|verbind(?:e|en)|frag(?:e|en)|antwort(?:e|en)|fahr(?:e|en)|samm(?:le|eln)|erstell(?:e|en)
    entwerf(?:e|en)|verfass(?:e|en)|zahl(?:e|en)|überweis(?:e|en)|präsentier(?:e|en)|richt(?:e|en)|start(?:e|en)
    übernehm(?:e|en)|leit(?:e|en)|moderier(?:e|en)|schul(?:e|en)|berat(?:e|en)|test(?:e|en)|sag(?:e|en)|liefer[en]+
    mach(?:e|en)…termin|komm(?:e|en)
"""
_VAGUE_ENGLISH = """
    look…into|look…at|check|try|explore|consider|think…about|support|promote|advocate|push…for|work…on|work…towards
    help|see…if|see…whether|see…what|strive|endeavour|aim…to|hope…to|raise…awareness|engage…with|deal…with|keep…an…eye
    be…committed|do…something|do…more|contribute|improve|strengthen|stay…on…it|review|examine|champion|get…involved
"""
_CONCRETE_ENGLISH = """
    call|phone|ring|write|send|e-?mail|invite|meet|visit|talk…to|talk…with|speak…to|speak…with|hold|host|organi[sz]e
    arrange|apply|submit|table|bring|draft|publish|sign|plant|print|hand…out|show|give|translate|find|found|donate
    order|introduce|ask|answer|drive|collect|pay|present|open…(?:a|an|the|our|up)|start|lead|chair|train|test|tell|set…up|book|build|file
"""

_GERMAN_BETWEEN, _ENGLISH_BETWEEN = r"\b(?:[^.!?]*?\s)?\b", r"\W+(?:\w+\W+){0,2}?"


def _pattern(spelled: str, between: str) -> re.Pattern[str]:
    each = "|".join(spelled.split())
    return re.compile(rf"\b(?:{each.replace('…', between)})\b", re.IGNORECASE)


ATTEMPT = {
    "de": _pattern(_ATTEMPT_GERMAN, _GERMAN_BETWEEN),
    "en": _pattern(_ATTEMPT_ENGLISH, _ENGLISH_BETWEEN),
}
VAGUE = {
    "de": _pattern(_VAGUE_GERMAN, _GERMAN_BETWEEN),
    "en": _pattern(_VAGUE_ENGLISH, _ENGLISH_BETWEEN),
}
CONCRETE = {
    "de": _pattern(_CONCRETE_GERMAN, _GERMAN_BETWEEN),
    "en": _pattern(_CONCRETE_ENGLISH, _ENGLISH_BETWEEN),
}
"""A verb of these says what somebody will see, whatever else the sentence says."""
