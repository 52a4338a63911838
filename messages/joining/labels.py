"""The labels of all buttons before the core consents: they are a closed set of our own words, not people's, so they
may be kept when somebody types them.
"""

from functools import cache

from domain.labels import beginnings
from domain.outcomes.choices import Purpose
from domain.outcomes.joining import ConsentAsked, Welcome, WithoutTelegram
from domain.voice import Voice
from domain.yes_and_no import EXPRESS
from messages.catalogue import words
from messages.joining.render import render

_BEFORE_CONSENT = (
    Welcome("", None, None, None, None, ()),
    Welcome("", 1, "", None, None, ()),
    WithoutTelegram(1),
    ConsentAsked(Purpose.CORE, "", 1),
    ConsentAsked(Purpose.CARRIER, "", None),
)


@cache
def labels() -> frozenset[str]:
    """Each label and its beginnings, in every voice, as `domain.labels.spelt` gives them, and each express yes."""
    keyboards = [render(outcome, words(voice)).keyboard for outcome in _BEFORE_CONSENT for voice in Voice]
    rows = [row for keyboard in keyboards if keyboard for row in keyboard.inline_keyboard]
    return EXPRESS.union(spelled for row in rows for button in row for spelled in beginnings(button.text))
