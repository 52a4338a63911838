"""The voice in which somebody is spoken to: language and form of address in one choice."""

from enum import StrEnum


class Voice(StrEnum):
    DU = "du"
    SIE = "sie"
    EN = "en"

    @property
    def language(self) -> str:
        """The ISO 639-1 code."""
        return "en" if self is Voice.EN else "de"


def is_english(language: object) -> bool:
    """Whether this is English of whatever country, as Telegram tells of a phone's language: "en", "en-GB"."""
    return isinstance(language, str) and language.lower().partition("-")[0] == Voice.EN.value
