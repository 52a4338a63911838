"""The catalogues: one voice's phrases by key, in which people's own words are made harmless.

They are in `messages/locales/<locale>/<name>.po`, with the locales `de` (du), `de@formal` (Sie, only entries that
differ) and `en`.
"""

from datetime import date, time
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_time
from babel.messages.pofile import read_po
from markupsafe import Markup

from domain.calendar import months_after
from domain.voice import Voice
from domain.words import cut, give_way, literal, utf16_length

BUTTON = 25  # UTF-16 units of a label that every phone shows in full
LOCALES = Path(__file__).parent / "locales"
_CHAIN = {Voice.DU: ("de",), Voice.SIE: ("de@formal", "de"), Voice.EN: ("en",)}
_DAY = {Voice.DU: "d. MMMM", Voice.SIE: "d. MMMM", Voice.EN: "d MMMM"}
_HOUR = {Voice.DU: "H 'Uhr'", Voice.SIE: "H 'Uhr'", Voice.EN: "h a"}
_CLOCK = {Voice.DU: "H:mm 'Uhr'", Voice.SIE: "H:mm 'Uhr'", Voice.EN: "h:mm a"}
_BARE = 10  # months; for a day farther away, day and month alone would be taken for a nearer day


class MissingPhraseError(KeyError):
    """A key, or a locale, that the catalogues do not have."""


@cache
def _entries(locale: str) -> dict[str, tuple[str, ...]]:
    """The forms of each entry: one, or the singular and the plural, as both languages have them."""
    entries: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALES / locale).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=locale.partition("@")[0]):
                key, *_ = _forms(message.id)
                entries[key] = _forms(message.string or "")
    if not entries:
        raise MissingPhraseError(locale)
    return entries


def _forms(of: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (of,) if isinstance(of, str) else tuple(of)


class Phrases:
    """One voice's phrases. Calling it with a key and values returns HTML.

    Each value is escaped and made untappable, unless it is `Markup`, which is our own and goes in unchanged.
    `today` is the reader's day, from which days are named; None if no days are. `mp`: the name of the MP for whom it is
    read, in whose office an entry with the same key and `@office` comes first; it is the value {mp}. Its methods raise
    MissingPhraseError for an unknown key.
    """

    def __init__(self, voice: Voice, today: date | None = None, mp: str | None = None) -> None:
        self.voice = voice
        self._today = today
        self._given = {} if mp is None else {"mp": mp}
        self._variants = ("",) if mp is None else ("@office", "")
        self._chain = [_entries(locale) for locale in _CHAIN[voice]]

    def to_forward(self) -> "Phrases":
        """The phrases of a text that its reader passes on to somebody else: Sie, or English."""
        return Phrases(Voice.EN if self.voice is Voice.EN else Voice.SIE, self._today)

    def __call__(self, key: str, /, **values: object) -> Markup:
        return Markup(self._found(key)).format(**self._safe(values))  # noqa: S704

    def count(self, key: str, n: int, /, **values: object) -> Markup:
        """The plural form of `key` for n, which is also the value {n}."""
        text = Markup(self._found(key, n))  # noqa: S704
        return text.format(n=n, **self._safe(values))

    def label(self, key: str, /, **values: object) -> str:
        """A button's text, or a few words to go into another phrase: plain text of at most 40 UTF-16 units."""
        return cut(self.plain(key, **values), 40)

    def plain(self, key: str, /, **values: object) -> str:
        """The phrase without markup, for use in a file."""
        return self._found(key).format(**{**self._given, **values})

    def fitted(self, key: str, /, number: int | str = 0, **values: str) -> str:
        """A button's text with names, titles or own words, which are cut until a phone shows all of it."""
        room = BUTTON - utf16_length(self.label(key, number=number, **dict.fromkeys(values, "")))
        cut_short = dict(zip(values, give_way(tuple(values.values()), room), strict=True))
        return self.label(key, number=number, **cut_short)

    def day(self, day: date) -> str:
        """A day as people say it ("20. Juli"), with its year if it is more than ten calendar months away, either way.

        Said in August 2027, "20. Juli" means last month's, so the next one needs its year. Within ten months there is
        no year: that covers the usual six, and the nine that can be tapped, even if they are moved past New Year.
        """
        spelled = _DAY[self.voice]
        if self._today and months_after(min(day, self._today), _BARE) < max(day, self._today):
            spelled += " y"
        return format_date(day, spelled, locale=self.voice.language)

    def due(self, day: date) -> str:
        """A day that people agree on: as `day` says it, and with its year unless it is the reader's own."""
        this_year = self._today is None or day.year == self._today.year
        return self.day(day) if this_year else self.date(day)

    def moment(self, day: date, at: time | None) -> str:
        """A day, and the time if there is one ("3. Februar um 14 Uhr")."""
        return self.day(day) if at is None else self.label("day.at", day=self.day(day), time=self.clock(at))

    def month(self, of: date) -> str | None:
        """The month of a day ("Mai"); None if it is the reader's own, in which a day says more."""
        if self._today is not None and (of.year, of.month) == (self._today.year, self._today.month):
            return None
        return format_date(of, "LLLL", locale=self.voice.language)

    def date(self, day: date) -> str:
        """A day with its year ("20. Juli 2027"), where it was just understood or is about to be chosen."""
        return format_date(day, f"{_DAY[self.voice]} y", locale=self.voice.language)

    def hour(self, hour: int) -> str:
        """A full hour as people say it ("18 Uhr")."""
        return self.clock(time(hour))

    def clock(self, at: time) -> str:
        """A time of the day as people say it ("14:30 Uhr"); the minutes only if there are any."""
        british = "en_GB" if self.voice is Voice.EN else self.voice.language
        return format_time(at, (_CLOCK if at.minute else _HOUR)[self.voice], locale=british)

    def _found(self, key: str, n: int | None = None) -> str:
        for variant in self._variants:
            for entries in self._chain:
                match entries.get(key + variant):
                    case (_, several) if several and n not in (None, 1):
                        return several
                    case (one, *more) if one and (more or n is None):
                        return one
        raise MissingPhraseError(key)

    def _safe(self, values: dict[str, object]) -> dict[str, object]:
        return {name: _safe(value) for name, value in {**self._given, **values}.items()}


def _safe(value: object) -> object:
    return literal(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def words(voice: Voice, today: date | None = None, mp: str | None = None) -> Phrases:
    return Phrases(voice, today, mp)
