"""A pledge is released to the team, or to everybody, by both its parties: each says whom they let read it, and the
narrower of the two counts.
"""

from collections.abc import Collection, Iterable

from domain.history import Event, EventKind
from domain.readers import Readership, narrower


def let_read(events: Iterable[Event], said_by: EventKind = EventKind.READERS_SET) -> dict[int, Readership]:
    """Whom each party lets read it, by the ids of the parties; whoever is not in it has not said. `said_by`: the events
    that say so, RETRO_READERS of its retrospective.

    The latest word of each counts, until the sentence changes: it was said of other words.
    """
    said: dict[int, Readership] = {}
    for event in events:
        if event.kind is EventKind.READERS_LAPSED:
            said.clear()
        elif event.kind is said_by and event.party is not None and event.readers is not None:
            said[event.party] = event.readers
    return said


def has_lapsed(events: Iterable[Event], party: int) -> bool:
    """Whether this party let others read a sentence that has changed since, and has not said who may read this."""
    let, lapsed = Readership.THE_TWO, False
    for event in events:
        if event.kind is EventKind.READERS_LAPSED:
            let, lapsed = Readership.THE_TWO, lapsed or let is not Readership.THE_TWO
        elif event.kind is EventKind.READERS_SET and event.party == party and event.readers is not None:
            let, lapsed = event.readers, False
    return lapsed


def readers(
    events: Iterable[Event], parties: Collection[int], said_by: EventKind = EventKind.READERS_SET
) -> Readership:
    """Who may read it. `parties`: the ids of those who are there; once one was erased, nobody else may read it.

    Whoever has not said lets nobody read it.
    """
    said = let_read(events, said_by)
    match [said.get(each, Readership.THE_TWO) for each in parties]:
        case [one, other]:
            return narrower(one, other)
        case _:
            return Readership.THE_TWO
