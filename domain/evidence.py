"""Evidence: what shows that a pledge moves or was carried out, which is a link or a photo."""

import re

_LINK = re.compile(r"\b(?:https?://|www\.)\S|\b(?:[\w-]+\.)+[a-z]{2,}(?:\b|/)", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:https?://|www\.|(?:[\w-]+\.)+[a-z]{2,}/)\S+", re.IGNORECASE)
_OURS = re.compile(r"\b(?:z\.B|u\.a|d\.h|i\.d\.R)\b", re.IGNORECASE)


def link_in(text: str) -> str:
    """The first address of the web that begins like one, as it was typed, without what ends the sentence; or empty."""
    found = _WHOLE.search(text)
    return found.group().rstrip(".,;:!?)]}»“”\"'") if found is not None else ""


def names_link(text: str) -> bool:
    """Whether the words contain a web address. Abbreviations do not count."""
    return _LINK.search(_OURS.sub("", text)) is not None
