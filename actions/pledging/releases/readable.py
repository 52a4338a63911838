"""Who may read a pledge besides its two parties: the one gate for every place where others could see its words.

The rule comes as a condition on `Pledge` for queries (`for_team`, `for_public`; `ON_WALL`, and `IN_REPORT` of its
retrospective, for what the team has a say in as well), and for a pledge at hand (`readers`).
tests/actions/pledging/test_readable.py checks that both agree.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from actions.pledging import history
from db import reach
from db.models import Person, Pledge, PledgeEvent
from domain import releases
from domain.history import MODERATING, RELEASING, RETRO_MODERATING, EventKind
from domain.outcomes.choices import Purpose
from domain.pledges import RELEASABLE
from domain.readers import Readership


async def readers(
    session: AsyncSession, pledge: Pledge, said_by: EventKind = EventKind.READERS_SET
) -> Readership:
    """Who may read it now: the narrower of what its parties say, while both are there and agree to K. `said_by`: as of
    `releases.let_read`.
    """
    if not pledge.is_releasable:
        return Readership.THE_TWO
    happened = await history.events(session, pledge.id)
    released = releases.readers(happened, pledge.parties, said_by)
    if released is Readership.THE_TWO or not await _both_agree(session, pledge):
        return Readership.THE_TWO
    return released


async def _both_agree(session: AsyncSession, pledge: Pledge) -> bool:
    agreeing = select(func.count(Person.id)).where(
        Person.id.in_(pledge.parties), reach.gives(Purpose.CORE, Person.id)
    )
    return await session.scalar(agreeing) == len(pledge.parties)


def for_team() -> ColumnElement[bool]:
    """The condition that organisers may read a pledge."""
    return _released_to(Readership.TEAM)


def for_public() -> ColumnElement[bool]:
    """The condition that everybody may read a pledge."""
    return _released_to(Readership.PUBLIC)


@dataclass(frozen=True)
class ShownInPublic:
    """A place where everybody reads what both parties released and the team let through since: this is the rule, of
    pledges and of retrospectives. `said_by`: the event by which a party releases it; `words`: all that are said of it,
    by a party or the team; `shown`, `hidden`: by which the team answers.
    """

    said_by: EventKind
    words: tuple[EventKind, ...]
    shown: EventKind
    hidden: EventKind

    def released(self) -> ColumnElement[bool]:
        """The condition that both parties let everybody read it."""
        return _released_to(Readership.PUBLIC, self.said_by)

    def is_shown(self) -> ColumnElement[bool]:
        """The condition that it is there: the team has let it since."""
        return and_(self.released(), self._latest_is(self.shown))

    def waits(self) -> ColumnElement[bool]:
        """The condition that the team has said nothing since."""
        return and_(self.released(), ~self._latest_is(self.shown, self.hidden))

    def latest_word(self) -> ScalarSelect[int]:
        """The id of the event that was said last of it."""
        return _latest_word(self.words)

    def _latest_is(self, *kinds: EventKind) -> ColumnElement[bool]:
        said = aliased(PledgeEvent)
        return exists().where(said.id == self.latest_word(), said.kind.in_(kinds))


ON_WALL = ShownInPublic(
    EventKind.READERS_SET, (*RELEASING, *MODERATING), EventKind.WALL_SHOWN, EventKind.WALL_HIDDEN
)
IN_REPORT = ShownInPublic(
    EventKind.RETRO_READERS,
    (EventKind.RETRO_READERS, EventKind.READERS_LAPSED, *RETRO_MODERATING),
    EventKind.RETRO_SHOWN,
    EventKind.RETRO_HIDDEN,
)


@cache
def _latest_word(words: tuple[EventKind, ...]) -> ScalarSelect[int]:
    said = aliased(PledgeEvent)
    of = select(func.max(said.id)).where(said.pledge_id == Pledge.id, said.kind.in_(words))
    return of.correlate(Pledge).scalar_subquery()


@cache
def _released_to(place: Readership, said_by: EventKind = EventKind.READERS_SET) -> ColumnElement[bool]:
    both = [_lets_read(party, place, said_by) for party in (Pledge.author_id, Pledge.partner_id)]
    # They are few, of all the pledges that there are.
    said = select(PledgeEvent.pledge_id).where(PledgeEvent.kind == said_by)
    return and_(Pledge.id.in_(said), Pledge.state.in_(RELEASABLE), Pledge.text.is_not(None), *both)


def _lets_read(
    party: InstrumentedAttribute[int | None], place: Readership, said_by: EventKind
) -> ColumnElement[bool]:
    """The condition that this party agrees to K, and lets it be read there."""
    said, later = aliased(PledgeEvent), aliased(PledgeEvent)
    again = and_(later.kind == said_by, later.party_id == said.party_id)
    over = exists().where(
        later.pledge_id == said.pledge_id,
        later.id > said.id,
        or_(later.kind == EventKind.READERS_LAPSED, again),
    )
    lets = exists().where(
        said.pledge_id == Pledge.id,
        said.kind == said_by,
        said.party_id == party,
        said.readers.in_(place.and_wider),
        ~over,
    )
    return and_(lets, reach.gives(Purpose.CORE, party))
