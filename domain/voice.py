"""The voice in which somebody is spoken to: language and form of address in one choice."""

from enum import StrEnum


class Language(StrEnum):
    """ISO 639-1."""

    DE = "de"
    EN = "en"


class Voice(StrEnum):
    DU = "du"
    SIE = "sie"
    EN = "en"

    @property
    def language(self) -> Language:
        return Language.EN if self is Voice.EN else Language.DE


def is_english(language: object) -> bool:
    """Whether this is English of whatever country, as Telegram tells of a phone's language: "en", "en-GB"."""
    return isinstance(language, str) and language.lower().partition("-")[0] == Voice.EN.value
