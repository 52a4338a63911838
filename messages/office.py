"""What messages say besides to an MP and their office: for whom it is read, and who of them did what it shows."""

from markupsafe import Markup

from domain.readers import OfficeReads
from messages import people
from messages.catalogue import Phrases
from messages.lines import lines


def framed(text: str, w: Phrases, mp: str | None, actor: str | None) -> str:
    """The text of a message (HTML), for whom it is below its first line, and who acted at its end.

    The first line stays as it is: a locked phone shows it.
    """
    first, _, rest = text.partition("\n")
    for_whom = w("office.for", mp=mp) if mp is not None else None
    by = w("office.by", name=people.full(w, actor)) if actor is not None else None
    return lines(first, for_whom, rest, by)


def beside(offices: OfficeReads, other: str | None, w: Phrases) -> Markup | None:
    """That somebody acts for the reader's counterpart, and so reads along."""
    return w("office.beside", other=people.short(w, other)) if offices.theirs else None


def writer(name: str, w: Phrases, *, by_office: bool) -> str:
    """Who wrote something, as whoever is not of that party reads it. `name`: as the sentence has it."""
    return w.plain("office.writer", name=name) if by_office else name


def the_two(offices: OfficeReads, other: str | None, w: Phrases) -> Markup:
    """The two parties and whoever acts for them: who reads a pledge if nobody else is let read it."""
    return w(f"readers.the_two.{offices}", other=people.short(w, other))
