"""A retrospective: five lines in which the two of a pledge that has ended look back together.

What a line says follows from the history, and from the words of their own that the two put into it. Nothing else is
stored: whose approval stands, and what the five lines are, is read from the events.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from domain.history import ANSWERS, Event, EventKind, replay
from domain.pledges import ENDINGS, Status


class Line(StrEnum):
    PROMISED = "promised"
    DONE = "done"
    RESULT = "result"
    LEARNED = "learned"
    NEXT = "next"


SHARED = (Line.PROMISED, Line.DONE)
"""Lines with one wording: what either of the two wrote last replaces what follows from the history.

In the others each has a sentence of their own, beside the other's: nobody words away what the other says.
"""
LINE_LIMIT = 200
"""UTF-16 units of what one party writes into one line."""
MOST_DEEDS = 4
"""How many things that were done a draft names."""

KIND_OF: Mapping[Line, EventKind] = MappingProxyType({line: EventKind(f"retro_{line}") for line in Line})
LINE_OF: Mapping[EventKind, Line] = MappingProxyType({kind: line for line, kind in KIND_OF.items()})
CHANGING = (*LINE_OF, EventKind.ENDED, EventKind.CORRECTED, EventKind.NOTED, EventKind.EVIDENCED)
"""What may change what the lines say. An approval stands until the other party does one of these."""


@dataclass(frozen=True, slots=True)
class Retrospective:
    """What became of the five lines so far.

    `version`: the id of the event that changed them last; `changed_by` and `changed`: who did so, and in which line, if
    it was in words. `upset`: an approval stood when that happened. `approvals`: the parties whose approval stands, and
    since when. `wording`: for each line and party the event with their latest words, or with none, which takes the
    words back. `declined_by`: the party who closed it without a retrospective, unless that was taken back.
    """

    version: int = 0
    changed_at: datetime | None = None
    changed_by: int | None = None
    changed: Line | None = None
    upset: bool = False
    approvals: Mapping[int, datetime] = field(default_factory=dict)
    wording: Mapping[tuple[Line, int], int] = field(default_factory=dict)
    declined_by: int | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be worded and approved."""
        return self.closed_at is None and self.declined_by is None

    def waits_since(self, approver: int) -> datetime | None:
        """Since when this party waits for the other's word about the lines as they are; None: they do not."""
        approved_at = self.approvals.get(approver)
        if not self.is_open or approved_at is None:
            return None
        return max(approved_at, self.changed_at or approved_at)

    def has_contributed(self, party: int) -> bool:
        """Whether this party has put words into it, or their approval stands."""
        return party in self.approvals or any(writer == party for _, writer in self.wording)

    def words_in(self, line: Line) -> list[tuple[int, int]]:
        """Whose words count in this line, and the event that holds them, or takes them back; oldest first."""
        found = sorted((event, writer) for (of, writer), event in self.wording.items() if of is line)
        return [(writer, event) for event, writer in (found[-1:] if line in SHARED else found)]


def retrospective(events: Iterable[Event]) -> Retrospective:
    """What became of it, by the events of the pledge in their order. Nothing counts once it is closed."""
    found = Retrospective()
    for event in until_closed(events):
        found = _after(found, event)
    return found


def until_closed(events: Iterable[Event]) -> list[Event]:
    """The events up to the closing, itself included: what happens later changes nothing that both have seen."""
    happened: list[Event] = []
    for event in events:
        happened.append(event)
        if event.kind is EventKind.RETRO_CLOSED:
            break
    return happened


def _after(found: Retrospective, event: Event) -> Retrospective:
    if event.kind in CHANGING:
        return _changed(found, event)
    match event.kind:
        case EventKind.RETRO_APPROVED if event.party is not None:
            return replace(found, approvals={**found.approvals, event.party: event.at})
        case EventKind.RETRO_DECLINED | EventKind.RETRO_REOPENED:
            by = event.party if event.kind is EventKind.RETRO_DECLINED else None
            return replace(found, declined_by=by, approvals={})
        case EventKind.TAKEN_OVER:  # whoever has the side now has fourteen days of their own
            return replace(found, changed_at=event.at)
        case EventKind.RETRO_CLOSED:
            return replace(found, closed_at=event.at)
        case _:
            return found


def _changed(found: Retrospective, event: Event) -> Retrospective:
    """The writer's own approval stands: they agree to their own words."""
    line = LINE_OF.get(event.kind)
    own = {} if line is None or event.party is None else {(line, event.party): event.id}
    return replace(
        found,
        version=event.id,
        changed_at=event.at,
        changed_by=event.party,
        changed=line,
        upset=bool(found.approvals),
        approvals={party: at for party, at in found.approvals.items() if party == event.party},
        wording={**found.wording, **own},
    )


class DeedKind(StrEnum):
    """What the history knows to have been done, what tells the most first."""

    EVIDENCE = "evidence"
    TALK = "talk"
    NOTE = "note"
    BEGUN = "begun"  # a first word that it is under way
    AGREED = "agreed"  # a day to talk of which nobody said that they did


@dataclass(frozen=True, slots=True)
class Deed:
    """`party`: who said so, None of a talk; `event`: the one that holds their words, if there are any."""

    kind: DeedKind
    on: date
    party: int | None = None
    event: int | None = None


def deeds(
    events: Iterable[Event], parties: Collection[int], ended_at: datetime, day_of: Callable[[datetime], date]
) -> tuple[Deed, ...]:
    """What was done, at most MOST_DEEDS, in the order of its days. `day_of`: the local day of a moment.

    A note on how it ended is not one: it is shown beside the result.
    """
    happened = until_closed(events)
    endings = {note for party in parties for note in notes_on_the_end(happened, party, ended_at)}
    found = [
        *_talks(happened, parties, day_of(ended_at), day_of),
        *_begun(happened, parties, day_of),
        *(
            Deed(_SAID[event.kind], day_of(event.at), event.party, event.id)
            for event in happened
            if event.kind in _SAID and event.id not in endings
        ),
    ]
    order = list(DeedKind)
    told = sorted(found, key=lambda deed: (order.index(deed.kind), -deed.on.toordinal()))[:MOST_DEEDS]
    return tuple(sorted(told, key=lambda deed: (deed.on, order.index(deed.kind))))


_SAID = {EventKind.EVIDENCED: DeedKind.EVIDENCE, EventKind.NOTED: DeedKind.NOTE}
_UNDER_WAY = (Status.RUNNING, Status.MOVING)


def notes_on_the_end(events: Collection[Event], party: int, ended_at: datetime) -> tuple[int, ...]:
    """The events that hold this party's notes on how it ended: those since they first answered that question so."""
    answer = replay(events, party).how_it_ended(ended_at)
    if answer is None:
        return ()
    said = (each for each in events if (each.party, each.period) == (party, answer.period))
    first = min((each.id for each in said if each.kind in ANSWERS and each.status in ENDINGS), default=0)
    return tuple(note for note in answer.notes if note > first)


def _talks(
    events: list[Event], parties: Collection[int], until: date, day_of: Callable[[datetime], date]
) -> list[Deed]:
    """The days to talk that came before another was set, and before the end. They talked if one of them has answered so
    since then, and before the next of these days.
    """
    talked = [
        day_of(answer.at)
        for party in parties
        for answer in replay(events, party).given
        if answer.status is Status.TALKING
    ]
    days = [each for each in events if each.kind in (EventKind.TALK_SET, EventKind.TALK_LEFT_OPEN)]
    replaced = [*(day_of(each.at) for each in days[1:]), until]
    came = [
        event.day
        for event, before in zip(days, replaced, strict=False)
        if event.day is not None and event.day <= min(before, until)
    ]
    return [
        Deed(DeedKind.TALK if any(day <= said < following for said in talked) else DeedKind.AGREED, day)
        for day, following in zip(came, [*came[1:], date.max], strict=False)
    ]


def _begun(events: list[Event], parties: Collection[int], day_of: Callable[[datetime], date]) -> list[Deed]:
    """The first word that it is under way, if it was not taken back."""
    said = [
        Deed(DeedKind.BEGUN, day_of(answer.at), party)
        for party in parties
        for answer in replay(events, party).given
        if answer.status in _UNDER_WAY
    ]
    return sorted(said, key=lambda deed: deed.on)[:1]
