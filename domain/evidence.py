"""Evidence: what shows that a pledge moves or was carried out, which is a link or a photo."""

import re

_LINK = re.compile(r"\b(?:https?://|www\.)\S|\b(?:[\w-]+\.)+[a-z]{2,}(?:\b|/)", re.IGNORECASE)
_OURS = re.compile(r"\b(?:z\.B|u\.a|d\.h|i\.d\.R)\b", re.IGNORECASE)


def names_link(text: str) -> bool:
    """Whether the words name an address of the web. Abbreviations are none."""
    return _LINK.search(_OURS.sub("", text)) is not None
