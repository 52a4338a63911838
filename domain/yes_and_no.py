"""A plain yes or no, in the words in which people say it."""

import re

from domain.labels import spelt

_YES = frozenset(
    """
    ja jo joa jap jep jepp jup jupp jawohl yo klar okay ok oke okidoki gern gerne passt stimmt richtig genau steht
    einverstanden logo natuerlich sicher unbedingt top yes yep yeah yup ya sure absolutely definitely fine agreed
    correct right jaja
    """.split()  # noqa: SIM905 - a list of words reads better
)
_NO = frozenset(("nein", "noe", "ne", "nee", "naa", "nope", "no", "nah", "ungern"))
# Said with either, they change nothing.
_SOFT = frozenset(
    """
    danke bitte sehr so das doch mal dann ich gut vielen dank sie dir ihnen euch wirklich leider herzlich thanks
    thank you please many i m sorry good very the is that s it all alles
    """.split()  # noqa: SIM905 - a list of words reads better
)
EXPRESS = frozenset(
    (
        "ja", "ja gern", "ja gerne", "ja sehr gern", "ja bitte", "ja klar", "ja danke", "ja natuerlich", "ja passt",
        "yes", "yes please", "yes sure", "yes of course", "yes thanks", "yes thank you",
    )
)  # fmt: skip
"""A yes that says so itself, as `spelt` gives it: enough for a consent. They are our own list, not people's words."""
_IN_ONE_WORD = {
    "in ordnung": "ok",
    "auf jeden fall": "ja",
    "auf keinen fall": "nein",
    "mach ich": "ja",
    "machen wir": "ja",
    "geht klar": "ja",
    "warum nicht": "ja",
    "von mir aus": "ja",
    "lieber nicht": "nein",
    "eher nicht": "nein",
    "leider nicht": "nein",
    "besser nicht": "nein",
    "gar nicht": "nein",
    "of course": "yes",
    "sounds good": "yes",
    "go ahead": "yes",
    "why not": "yes",
    "with pleasure": "yes",
    "rather not": "no",
    "better not": "no",
    "i d rather not": "no",
    "not really": "no",
}


_NO_BECAUSE = re.compile(
    r"\s*(?:nein|nee|nö|no)\b[\s,.;:!–—-]*(?P<why>(?:weil|denn|da|because|since|as)\b.{3,})",
    re.IGNORECASE | re.DOTALL,
)


def reason_in(text: str) -> str | None:
    """What follows a no: "weil ich keine Zeit habe"; None if the words are no such no."""
    found = _NO_BECAUSE.fullmatch(text)
    return found["why"].strip() if found else None


def answer(text: str) -> bool | None:
    """True for a plain yes, False for a plain no; None for anything else, such as "ja, aber ...", "passt nicht", "ok?".

    Every word has to say it, or be a courtesy. No condition is read out of it, and none is overheard.
    """
    if "?" in text:
        return None
    said = f" {spelt(text)} "
    for phrase, word in _IN_ONE_WORD.items():
        said = said.replace(f" {phrase} ", f" {word} ")
    words = set(said.split()) - _SOFT
    if words and words <= _YES:
        return True
    return False if words and words <= _NO else None
