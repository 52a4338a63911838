"""Quotes people's own words."""

from markupsafe import Markup

from domain.words import cut
from messages.catalogue import Phrases


def quoted(w: Phrases, words: str, longest: int = 500) -> Markup:
    """The words in quotation marks, on one line, cut to `longest`; empty if there are none, or no room."""
    line = " ".join(words.split())
    return w("pledge.quote", words=cut(line, longest)) if line and longest else Markup()
