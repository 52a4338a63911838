"""Objections to a typed name or organisation: it could be taken for a confirmed role, or for Mutmacher itself."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from domain.names.likeness import skeletons

# What cards put between a name and what is known of the person, and what looks like it. Catalan has it within words:
# "Gal·la".
_SEPARATORS = re.compile("(?<![lL])[·‧∙⋅・･]|[·‧∙⋅・･](?![lL])|[•∘◦⦁●᛫ꞏ⸱|¦│‖]")
_CATEGORIES_OF_BADGES = {"So", "Sm", "Sk", "Me", "Cn", "Co"}
_NO_BADGES = "+´`^~¨<>="  # typed for an apostrophe, between two names, or as markup, which is shown as it is

_CLAIMED = (
    "mdb mdl mdbb mdhb mda mdep mep bundestag landtag bundestagsmitglied landtagsmitglied abgeordnete abgeordneter "
    "bundestagsabgeordnete bundestagsabgeordneter landtagsabgeordnete landtagsabgeordneter"
)
_HOUSES = "bundestag landtag"
_CONFIRMED = (
    "bestaetigt bestaetigte bestaetigter confirmed verified verifiziert verifizierte verifizierter geprueft "
    "authentifiziert authenticated offiziell offizielle offizieller official"
)
_RESERVED = (
    "mutmacher mutmacherin mutmacherteam mutmacherbot mutmachersupport teammutmacher support supportteam telegram "
    "admin administrator administratorin orgateam organisationsteam botfather helpdesk kundendienst kundenservice"
)
_THE_WORKSHOP = "werkstattdermutigen"


class Objection(StrEnum):
    NO_LETTERS = "no_letters"  # signs alone: no search finds them
    CLAIMED_ROLE = "claimed_role"  # "MdB": a role is chosen and confirmed, it is not part of a name
    CONFIRMED = "confirmed"  # "bestätigt": only we say that
    RESERVED = "reserved"  # "Team Mutmacher", "Support"
    SEPARATOR = "separator"  # our own "·"
    BADGE = "badge"  # "✅", an emoji


def objection_to(name: str) -> Objection | None:
    """Why a typed name cannot be taken, the gravest reason first; None if it can.

    Letters of other alphabets do not hide a word, nor do digits or spaces between its letters.
    """
    said = set(_said(name))
    claims = [objection for objection, words in _forbidden().items() if said & words]
    return _objection(name, claims)


def objection_to_organisation(organisation: str) -> Objection | None:
    """Why a typed organisation cannot be taken, the gravest reason first; None if it can.

    Words that claim a role or are reserved may be part of it ("Büro Karl Muster MdB", "Refugee Support Berlin"), but
    not the whole of it; "Deutscher Bundestag" is one.
    """
    wholes = {"".join(words) for words in skeletons(organisation)}
    words = _forbidden()
    claims = []
    if wholes & (words[Objection.CLAIMED_ROLE] - _as_seen(_HOUSES)):
        claims.append(Objection.CLAIMED_ROLE)
    if words[Objection.CONFIRMED].intersection(_said(organisation)):
        claims.append(Objection.CONFIRMED)
    if wholes & words[Objection.RESERVED] or any(_the_workshop() in whole for whole in wholes):
        claims.append(Objection.RESERVED)
    return _objection(organisation, claims)


def _objection(text: str, claims: Sequence[Objection]) -> Objection | None:
    if not any(unicodedata.category(char).startswith("L") for char in text):
        return Objection.NO_LETTERS
    if claims:
        return claims[0]
    if _SEPARATORS.search(unicodedata.normalize("NFC", text)):
        return Objection.SEPARATOR
    return Objection.BADGE if any(_is_badge(char) for char in text) else None


def _said(name: str) -> Iterator[str]:
    """Each word, single letters joined to one word ("M. d. B."), and the whole name as one word."""
    for words in skeletons(name):
        yield from words
        yield from re.sub(r"(?<=\b\w) (?=\w\b)", "", " ".join(words)).split()
        joined = "".join(words)
        yield joined
        if _the_workshop() in joined:
            yield _the_workshop()


@lru_cache(maxsize=1)
def _forbidden() -> dict[Objection, set[str]]:
    return {
        Objection.CLAIMED_ROLE: _as_seen(_CLAIMED),
        Objection.CONFIRMED: _as_seen(_CONFIRMED),
        Objection.RESERVED: _as_seen(_RESERVED) | {_the_workshop()},
    }


@lru_cache(maxsize=1)
def _the_workshop() -> str:
    return skeletons(_THE_WORKSHOP)[0][0]


def _as_seen(words: str) -> set[str]:
    return {seen for word in words.split() for seen in skeletons(word)[0]}


def _is_badge(char: str) -> bool:
    return unicodedata.category(char) in _CATEGORIES_OF_BADGES and char not in _NO_BADGES
