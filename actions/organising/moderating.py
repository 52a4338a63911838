"""What both parties let everybody read, a thing at a time: an organiser lets it be shown, and may say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.released import LOOK
from actions.pledging import history
from actions.pledging.releases.readable import ShownInPublic
from actions.pledging.releases.shown_to_others import take_files_away
from db import intact
from db.models import Pledge, PledgeEvent
from domain.outcomes.organising.reports import ReportRetrospectives
from domain.outcomes.organising.wall import OnWall, WallPledges
from domain.refusal import Reason, Refusal


@dataclass(frozen=True)
class Word:
    """What was said last about what everybody may read of a pledge, and by which event."""

    pledge_id: int
    event_id: int
    said: OnWall


@dataclass(frozen=True)
class Page:
    """One of them, counted from 0, and what was said of it: None without any, or if its words are damaged. `waiting`:
    how many wait.
    """

    of: tuple[Pledge, Word] | None
    waiting: int
    number: int
    pages: int


@dataclass(frozen=True)
class Queue:
    """What may be shown in one place. `noted`: what the audit has of an answer; `tells`: the payload that shows one."""

    place: ShownInPublic
    noted: Mapping[OnWall, str]
    tells: type[WallPledges.Payload] | type[ReportRetrospectives.Payload]

    async def show(
        self, turn: Turn, workshop_id: int, page: int, *, edit: bool, put_up: bool | None = None
    ) -> None:
        """A page, counted from 0: first those that wait. Both parties of the pledge that is shown find the look in
        their data. Raises Refusal like `desk.chosen`.
        """
        await desk.chosen(turn, workshop_id)
        every = await self.words(turn.session, workshop_id)
        for word in every[_there(page, every) :][:1]:
            await audit(turn, word.pledge_id, LOOK)
        turn.tell(self.tells(workshop_id, page, put_up), edit=edit)

    async def show_one(self, turn: Turn, pledge_id: int) -> None:
        """The page of this pledge, or the first if it is not among them. Raises Refusal like `desk.chosen`."""
        workshop_id = await turn.session.scalar(select(Pledge.workshop_id).where(Pledge.id == pledge_id))
        every = await self.words(turn.session, workshop_id or 0)
        page = next((n for n, each in enumerate(every) if each.pledge_id == pledge_id), 0)
        await self.show(turn, workshop_id or 0, page, edit=False)

    async def say(self, turn: Turn, pledge_id: int, version: int, answer: OnWall) -> None:
        """What was read counts: if anything was said about it since, that is shown, and nothing changes.

        Raises Refusal(STALE_BUTTON) if there is no such thing that everybody may read.
        """
        own = select(Pledge).where(Pledge.id == pledge_id).options(defer(Pledge.text))
        pledge = await turn.session.scalar(own.with_for_update())
        every = await self.words(turn.session, pledge.workshop_id) if pledge is not None else []
        word = next((each for each in every if each.pledge_id == pledge_id), None)
        if pledge is None or word is None:
            raise Refusal(Reason.STALE_BUTTON)
        if word.event_id != version or word.said is answer:
            await self.show(turn, pledge.workshop_id, 0, edit=True)
            return
        event = self.place.shown if answer is OnWall.SHOWN else self.place.hidden
        history.record_clock(turn.session, pledge, event, turn.now)
        await audit(turn, pledge_id, self.noted[answer])
        await turn.session.flush()
        if answer is OnWall.HIDDEN:
            here = select(Pledge.workshop_id).where(Pledge.id == pledge.id)
            await take_files_away(turn.session, here, turn.now)
        await self.show(turn, pledge.workshop_id, 0, edit=True, put_up=answer is OnWall.SHOWN)

    async def page(self, session: AsyncSession, workshop_id: int, number: int) -> Page:
        """The page with this number, or the nearest that there is."""
        every = await self.words(session, workshop_id)
        number = _there(number, every)
        of = None
        for word in every[number:][:1]:
            found = select(Pledge.id).where(Pledge.id == word.pledge_id)
            of = next(((each, word) for each in await intact.rows(session, Pledge, found)), None)
        waiting = sum(word.said is OnWall.WAITS for word in every)
        return Page(of, waiting, number, max(1, len(every)))

    async def words(self, session: AsyncSession, workshop_id: int) -> list[Word]:
        """About each in the workshop that everybody may read: first those that wait, the oldest first, then those that
        are shown, and those that are not, the latest first.
        """
        found = await session.execute(
            select(Pledge.id, PledgeEvent.id, PledgeEvent.kind)
            .join(PledgeEvent, PledgeEvent.id == self.place.latest_word())
            .where(Pledge.workshop_id == workshop_id, self.place.released())
        )
        said = {self.place.shown: OnWall.SHOWN, self.place.hidden: OnWall.HIDDEN}
        every = [Word(pledge, event, said.get(kind, OnWall.WAITS)) for pledge, event, kind in found]
        order = list(OnWall)
        return sorted(every, key=lambda word: (order.index(word.said), _age(word)))


def _age(word: Word) -> int:
    return word.event_id if word.said is OnWall.WAITS else -word.event_id


def _there(page: int, every: list[Word]) -> int:
    """The page, or the nearest that there is."""
    return max(0, min(page, len(every) - 1))


async def audit(turn: Turn, pledge_id: int, what: str) -> None:
    """Both parties of the pledge find this in their data."""
    parties = select(Pledge.author_id, Pledge.partner_id).where(Pledge.id == pledge_id)
    for party in (await turn.session.execute(parties)).one():
        desk.audit(turn, party, what)
