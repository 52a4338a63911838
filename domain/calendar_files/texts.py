"""What kind of days words speak of, and whose they are."""

import re

from domain.labels import spelt
from domain.places.laender import LAENDER
from domain.terms import BUNDESTAG, TermKind

_SITTING = ("sitzung", "plenar", "plenum", "sitting", "parliament")
_SCHOOL = ("ferien", "schulfrei", "holiday", "school", "schule")
_NAMED = {spelt(name): code for code, name in LAENDER.items()}
_CODE = re.compile(r"\b(?:DE-)?([A-Z]{2})\b")


def kind_in(words: str) -> TermKind | None:
    """Which kind the words speak of; None for neither, or both. The Bundestag alone means its sitting weeks."""
    said = spelt(words)
    found = {TermKind.SITTING: _SITTING, TermKind.SCHOOL: _SCHOOL}
    kinds = [kind for kind, marks in found.items() if any(mark in said for mark in marks)]
    if not kinds and whose_in(words) == BUNDESTAG:
        return TermKind.SITTING
    return kinds[0] if len(kinds) == 1 else None


def whose_in(words: str) -> str:
    """The Bundestag, or the one Land that the words name, in full or by its code; empty for none, or several."""
    said = f" {spelt(words)} "
    named = {code for name, code in _NAMED.items() if f" {name} " in said}
    if "sachsen anhalt" in said:
        named.discard("SN")
    coded = {code for code in _CODE.findall(words) if code in LAENDER or code == BUNDESTAG}
    if "bundestag" in said:
        named.add(BUNDESTAG)
    found = named or coded
    return found.pop() if len(found) == 1 else ""
