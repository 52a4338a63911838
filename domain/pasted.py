"""Long texts that were pasted: Telegram's clients cut them into messages and send these one right after the other."""

from domain.words import utf16_length

_CUT_FROM = 4000  # UTF-16 units: clients cut at a blank, a little before Telegram's limit of 4096
_WITHIN = 3  # seconds, by Telegram's clock; nobody has read an answer and typed another text by then


def may_be_cut(text: str) -> bool:
    """Whether the text is so long that its rest may follow in another message."""
    return utf16_length(text) >= _CUT_FROM


def belong_together(first: int, then: int) -> bool:
    """Whether messages sent at these moments, in Unix seconds, are parts of one text, if the first may be cut."""
    return 0 <= then - first <= _WITHIN
