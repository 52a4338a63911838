"""Outcomes of what the team watches over: codes that were guessed at, and people who were entered by others."""

from dataclasses import dataclass

from domain.outcomes import payload
from domain.versions import version_of


@dataclass(frozen=True)
class CodesTried:
    """To organisers, once: one account has opened too many personal links that open nothing. `name`: None if nobody
    here is known by it.
    """

    name: str | None

    class Payload(payload.OfPerson):
        """`person_id`: 0 of an account that nobody here is known by."""


@dataclass(frozen=True)
class EntryLine:
    """Somebody without Telegram, and who entered them."""

    person_id: int
    name: str
    organisation: str
    by: str

    @property
    def version(self) -> int:
        """Who it is, as it is shown."""
        return version_of(self.name, self.organisation)


@dataclass(frozen=True)
class Entries:
    """To organisers: who was entered, by name, a page at a time, from 0. `first`: the rank of the first line."""

    lines: tuple[EntryLine, ...]
    page: int = 0
    pages: int = 1
    first: int = 1

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


@dataclass(frozen=True)
class EntryChosen:
    """Asks an organiser whether this entry is to be deleted: the first of two steps."""

    entry: EntryLine

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class EntryGone(payload.Payload):
    """To whoever entered them: the team has deleted the entry."""


Watching = CodesTried | Entries | EntryChosen | EntryGone
