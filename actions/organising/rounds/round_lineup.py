"""Who is in a round, and who could be: what its organisers choose from when they change it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange.operator import Operator
from actions.matching.reasons import reasoned
from actions.organising.rounds import rounds
from db import crowd, queries
from db.models import Round, RoundLine, Workshop
from domain import reasons
from domain.outcomes.matching import Because, Why
from domain.outcomes.organising.rounds import Edit
from domain.suggestions import Candidate, MeetingReason

_BEST_FIRST = (Why.BOTH, Why.THEY_OFFER, Why.YOU_OFFER, Why.SAME, Why.HERE)

Pair = tuple[int, int]
"""Who gets a card, and whose: the ids of two people."""


@dataclass(frozen=True)
class Option:
    """One of the ways to change a plan: the `number` that the button carries, and what the plan would say then."""

    number: int
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Lineup:
    """Everybody who takes part in a round now, by id, and its lines that give a card.

    `kept_apart`: by reader, whose cards they must not get. An MP's `cap_left` counts no card of this round.
    """

    people: Mapping[int, Candidate]
    names: Mapping[int, str]
    kept_apart: Mapping[int, Collection[int]]
    seats: Sequence[RoundLine]

    def because(self, reader: int, other: int) -> Because:
        """Why they would meet, put to the reader: the strongest reason, or that both are here."""
        found = self._reason(reader, other)
        if found is None:
            return Because(Why.HERE, None, None, None, near=None)
        return Because(**reasoned(found), near=None)

    def _reason(self, reader: int, other: int) -> MeetingReason | None:
        found = reasons.strongest(self.people[reader], self.people[other], {})
        return found if found.topic or found.words else None

    def options(self, edit: Edit, of: int) -> list[Option]:
        """The ways to change it, those with the strongest reasons first. `of`: a line, or for GIVE a person."""
        if edit is Edit.GIVE:
            found = list(self._given(of))
        else:
            line = next((each for each in self.seats if each.id == of), None)
            swaps = edit is Edit.SWAP
            found = [] if line is None else list(self._swapped(line) if swaps else self._joined(line))
        return sorted(found, key=lambda option: (self._strength(option), option.number))

    def _strength(self, option: Option) -> int:
        return sum(_BEST_FIRST.index(self.because(*pair).why) for pair in option.pairs)

    def _swapped(self, line: RoundLine) -> Iterator[Option]:
        for each in self.seats:
            pairs = ((line.person_id, each.other_id or 0), (each.person_id, line.other_id or 0))
            agree = self._get_on(line.person_id, each.third_id) and self._get_on(
                each.person_id, line.third_id
            )
            if each.other_id != line.other_id and agree and all(self.may_get(*pair) for pair in pairs):
                yield Option(each.id, pairs)

    def _joined(self, line: RoundLine) -> Iterator[Option]:
        if line.third_id is None and line.other_id is not None:
            for person in self.without_card():
                if self.may_get(person, line.other_id) and self._get_on(person, line.person_id):
                    yield Option(person, ((person, line.other_id),))

    def _given(self, person: int) -> Iterator[Option]:
        given = Counter(each.other_id for each in self.conversations())
        for other, known in self.people.items() if person in self.without_card() else ():
            is_free = known.cap_left is None or given[other] < known.cap_left
            if is_free and self.may_get(person, other):
                yield Option(other, ((person, other),))

    def _get_on(self, one: int, third: int | None) -> bool:
        """Whether these two may be in one conversation of three, if there is a third."""
        apart = self.kept_apart
        return third is None or (third not in apart.get(one, ()) and one not in apart.get(third, ()))

    def conversations(self) -> list[RoundLine]:
        """The lines, one for each conversation: of three people, two get the same card."""
        return [each for each in self.seats if each.third_id is None or each.person_id < each.third_id]

    def without_card(self) -> set[int]:
        """Who could be given a card. An MP who has no conversations left could not."""
        seated = {each.person_id for each in self.seats}
        return {person for person, known in self.people.items() if known.cap_left != 0} - seated

    def may_get(self, reader: int, other: int) -> bool:
        """Whether this person may get the other's card: both take part, and it is new to them."""
        if reader == other or reader not in self.people or other not in self.people:
            return False
        known = self.people[other]
        return (known.confirmed_mp or not known.role.is_mp) and other not in self.kept_apart.get(reader, ())


async def lineup_of(session: AsyncSession, operator: Operator, planned: Round, now: datetime) -> Lineup:
    """The line-up of this round, which is a preview."""
    workshop = await session.get_one(Workshop, planned.workshop_id)
    everybody = await crowd.attendees(session, crowd.in_workshop(workshop.id))
    people = [each for each in everybody if rounds.takes_no_part(each, now, operator) is None]
    ranked = await rounds.ranked(session, operator, workshop, people, now)
    shown = await queries.shown(session, planned.workshop_id, [each.id for each in people])
    own = select(RoundLine).where(RoundLine.round_id == planned.id, RoundLine.left.is_(None))
    seats = (await session.scalars(own.order_by(RoundLine.id))).all()
    return Lineup({each.id: each for each in ranked}, {p.id: p.name or "" for p in people}, shown, seats)
