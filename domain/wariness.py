"""Sentences that deserve a second look before somebody else reads them. They go out all the same."""

import re

# What nobody should be asked for. Upper case tells a PIN from a pin, and a TAN from a tan.
_SECRET = re.compile(r"\b(?:PINs?|TANs?|IBANs?)\b|\b(?:SMS|TAN|PIN)-?Codes?\b")
_SECRET_WORD = re.compile(
    r"\b(?:pass?wor[dt]e?s?|passwörter|kennwort|kennwörter|kennworte|passcodes?|zugangsdaten|login-?daten|anmeldedaten"
    r"|kontodaten|kontonummer|kreditkarten?(?:nummer|daten)?|bankverbindung|bankdaten|bank details|account number"
    r"|credit card|(?:sicherheits|bestätigungs|zugangs|anmelde|prüf)-?codes?"
    r"|(?:security|verification|login|access) codes?|gift ?cards?|gutscheincodes?)\b",
    re.IGNORECASE,
)
_ASKING = r"(?:schick|send|gib|geb|nenn|sag|verrat|schreib|mail|übermittel|tell|give|text)"
_CODE_ASKED = re.compile(
    rf"\b{_ASKING}\w*\b(?:\s+\w+){{0,4}}\s+codes?\b|\bcodes?\b(?:\s+\w+){{0,4}}\s+{_ASKING}\w*", re.IGNORECASE
)
_MONEY = r"(?:geld|euro|eur|€|\$|betrag|summe|money|pounds|funds)"
_MONEY_ASKED = re.compile(
    rf"\b(?:überweis|transfer|wire)\w*\b.{{0,40}}(?:\b(?:mir|uns|auf mein|me|us)\b|konto)"
    rf"|\b(?:schick|send|gib|zahl|leih|pay|lend)\w*\s+(?:\w+\s+)?(?:mir|uns|me|us)\b.{{0,30}}{_MONEY}",
    re.IGNORECASE,
)

_NAME = r"(?:[A-ZÄÖÜ][\w'’\-]+|[A-ZÄÖÜ]\.)"
_ADDRESS = re.compile(
    rf"\b(?:[Ff]rau|[Hh]errn?|Dr\.|Prof\.|Mr\.?|Mrs\.?|Ms\.?)\s+(?:(?:Dr|Prof)\.\s+)*(?P<name>{_NAME}(?:\s+{_NAME})?)"
)
# "Frau Holle", titles and offices after "Frau" and "Herr" are nobody in particular.
_OFFICES = {
    "bürgermeister", "bürgermeisterin", "oberbürgermeister", "oberbürgermeisterin", "landrat", "landrätin", "minister",
    "ministerin", "präsident", "präsidentin", "abgeordnete", "abgeordneter", "abgeordneten", "doktor", "professor",
}  # fmt: skip


def asks_for_secret(text: str) -> bool:
    """Whether it may ask for a PIN, password, TAN, code or for money."""
    rules = (_SECRET, _SECRET_WORD, _CODE_ASKED, _MONEY_ASKED)
    return any(rule.search(text) for rule in rules)


def names_third_person(text: str, *parties: str) -> bool:
    """Whether it may be about somebody else than the two parties, whose full names are given."""
    known = {word.casefold() for party in parties for word in party.split()} | _OFFICES
    return any(
        not {word.casefold() for word in found["name"].split()} & known for found in _ADDRESS.finditer(text)
    )
