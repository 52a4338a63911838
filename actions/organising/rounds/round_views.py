"""Views of rounds, and of the words that no topic knows."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from random import SystemRandom
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.matching.reasons import because
from actions.organising.rounds import rounds
from actions.organising.rounds.round_lineup import Lineup, Option, lineup_of
from db import queries, reach
from db.cipher import Cipher
from db.models import Interest, Person, Round, RoundLine, RoundState, Workshop
from db.types import cipher_of, sealed, unsealed
from domain import open_words, topics
from domain.figures import figure, parts, within
from domain.outcomes.organising.rounds import (
    Edit,
    NamedSeat,
    NoCard,
    OpenWords,
    RoundChoice,
    RoundLeft,
    RoundOption,
    RoundPair,
    RoundPreview,
    RoundReport,
    RoundSeats,
    WithoutCard,
)
from domain.roles import Role

VIEWS = Views()


@VIEWS.reads(RoundPreview.Payload)
async def preview(context: ViewContext, payload: RoundPreview.Payload) -> RoundPreview | None:
    planned = await _planned(context, payload.round_id)
    if planned is None:
        return None
    workshop = await context.session.get_one(Workshop, planned.workshop_id)
    mps = await _mps(context.session, planned.workshop_id)
    columns = RoundLine.other_id, RoundLine.left, RoundLine.third_id
    rows = (await context.session.execute(select(*columns).where(RoundLine.round_id == planned.id))).all()
    cards = [other_id for other_id, left, _ in rows if left is None]
    of_mps = [other_id for other_id in cards if other_id in mps]
    left = Counter(left for _, left, _ in rows if left is not None)
    reasons = [why for why in NoCard if left[why]]
    return RoundPreview(
        round_id=planned.id,
        revision=planned.revision,
        workshop=workshop.title,
        cards=len(cards),
        with_mps=within(len(of_mps), len(cards)),
        mps=figure(len(set(of_mps))),
        unconfirmed=sum(not confirmed for confirmed in mps.values()),
        left=tuple(zip(reasons, parts([left[why] for why in reasons], left.total()), strict=True)),
        without=left.total(),
        another_day=workshop.day if workshop.day != context.day(context.now) else None,
        threes=sum(third is not None for *_, third in rows) // 2,
        changed=payload.changed,
    )


async def _mps(session: AsyncSession, workshop_id: int) -> dict[int | None, bool | None]:
    """The ids of the MPs in the workshop, and whether each is confirmed."""
    mps = select(Person.id, Person.role_confirmed).where(queries.joined(workshop_id), Person.role == Role.MP)
    return {number: confirmed for number, confirmed in await session.execute(mps)}  # noqa: C416 - dict() cannot type rows


@VIEWS.reads(RoundSeats.Payload)
async def seats(context: ViewContext, payload: RoundSeats.Payload) -> RoundSeats | None:
    planned = await _planned(context, payload.round_id)
    if planned is None:
        return None
    page, pages, rows = await _page(context, planned, payload.page, with_card=True)
    people = await _people(context, rows)
    shown = tuple(seat for row in rows if (seat := _seat(row, people)) is not None)
    return RoundSeats(planned.id, page, pages, shown, payload.changed)


def _seat(row: RoundLine, people: Mapping[int, Person]) -> NamedSeat | None:
    person, other, third = (people.get(each or 0) for each in (row.person_id, row.other_id, row.third_id))
    if person is None or other is None:
        return None
    company = (third.name or "") if third is not None else None
    return NamedSeat(row.id, person.name or "", other.name or "", because(row, person, other), company)


@VIEWS.reads(RoundPair.Payload)
async def pair(context: ViewContext, payload: RoundPair.Payload) -> RoundPair | None:
    planned = await _planned(context, payload.round_id)
    line = await context.session.get(RoundLine, payload.line_id)
    if planned is None or line is None or line.round_id != planned.id:
        return None
    seat = _seat(line, await _people(context, [line]))
    if seat is None:
        return None
    before = (RoundLine.round_id == planned.id, RoundLine.left.is_(None), RoundLine.id < line.id)
    above = await context.session.scalar(select(func.count()).select_from(RoundLine).where(*before))
    return RoundPair(planned.id, planned.revision, (above or 0) // PAGE, seat)


@VIEWS.reads(RoundChoice.Payload)
async def choice(context: ViewContext, payload: RoundChoice.Payload) -> RoundChoice | None:
    planned = await _planned(context, payload.round_id)
    if planned is None:
        return None
    lineup = await lineup_of(context.session, context.operator, planned, context.now)
    of = {each.id: each.person_id for each in lineup.seats}.get(payload.of, payload.of)
    if payload.edit is Edit.JOIN:
        of = {each.id: each.other_id or 0 for each in lineup.seats}.get(payload.of, 0)
    if of not in lineup.names:
        return None
    options = lineup.options(payload.edit, payload.of)
    page, shown = on_page(options, payload.page)
    return RoundChoice(
        planned.id, planned.revision, payload.edit, payload.of, lineup.names.get(of, ""), page, pages(len(options)),
        tuple(_option(lineup, payload.edit, each) for each in shown),
    )  # fmt: skip


def _option(lineup: Lineup, edit: Edit, option: Option) -> RoundOption:
    """With whom to swap, who joins, or whose card it would be."""
    reader, other = option.pairs[-1]
    name = lineup.names[other if edit is Edit.GIVE else reader]
    return RoundOption(option.number, name, *(_would_meet(lineup, *pair) for pair in option.pairs))


def _would_meet(lineup: Lineup, person: int, other: int) -> NamedSeat:
    return NamedSeat(0, lineup.names[person], lineup.names[other], lineup.because(person, other))


@VIEWS.reads(RoundLeft.Payload)
async def left(context: ViewContext, payload: RoundLeft.Payload) -> RoundLeft | None:
    planned = await _planned(context, payload.round_id)
    if planned is None:
        return None
    page, pages, rows = await _page(context, planned, payload.page, with_card=False)
    people = await _people(context, rows)
    free = (await lineup_of(context.session, context.operator, planned, context.now)).without_card()
    named = tuple(
        WithoutCard(person.id, person.name or "", row.left, person.id in free)
        for row in rows
        if row.left is not None and (person := people.get(row.person_id))
    )
    topicless = select(RoundLine.id).where(
        RoundLine.round_id == planned.id, RoundLine.left == NoCard.NO_TOPICS
    )
    asks = await context.session.scalar(topicless.limit(1)) is not None
    return RoundLeft(planned.id, page, pages, named, asks)


async def _planned(context: ViewContext, round_id: int) -> Round | None:
    """The round, if it is still a preview."""
    planned = await context.session.get(Round, round_id)
    return planned if planned is not None and planned.state is RoundState.PREVIEW else None


async def _page(context: ViewContext, of: Round, page: int, *, with_card: bool) -> tuple[int, int, Any]:
    """The page, how many there are, and its rows."""
    which = RoundLine.left.is_(None) if with_card else RoundLine.left.is_not(None)
    number = await context.session.scalar(
        select(func.count()).select_from(RoundLine).where(RoundLine.round_id == of.id, which)
    )
    rows = await rounds.lines(context.session, of.id, page, with_card=with_card)
    return page, pages(number or 0), rows


async def _people(context: ViewContext, rows: Any) -> dict[int, Person]:
    ids = {each for row in rows for each in (row.person_id, row.other_id, row.third_id)}
    own = select(Person).where(Person.id.in_(ids)).options(selectinload(Person.interests))
    return {p.id: p for p in await context.session.scalars(own)}


@VIEWS.reads(RoundReport.Payload)
async def report(context: ViewContext, payload: RoundReport.Payload) -> RoundReport | None:
    confirmed = await context.session.get(Round, payload.round_id)
    if confirmed is None or confirmed.sent is None:
        return None
    return RoundReport(confirmed.sent, confirmed.planned - confirmed.sent)


@VIEWS.reads(OpenWords.Payload)
async def words_of_no_topic(context: ViewContext, _payload: OpenWords.Payload) -> OpenWords:
    """The words of everybody who agreed, in all workshops, but for those that take a side. They are encrypted, so they
    are grouped here: in a thread, since nobody is to wait while thousands of texts are decrypted and compared.
    """
    session = context.session
    written = await session.execute(
        select(Interest.person_id, sealed(Interest.words)).where(
            Interest.topic.is_(None),
            Interest.candidates.is_(None),
            Interest.words.is_not(None),
            reach.agreeing(Interest.person_id),
        )
    )
    private = await session.execute(_PRIVATE)
    candidates = await asyncio.to_thread(_candidates, cipher_of(session), written.all(), private.all())
    if candidates is None:
        return OpenWords(None)
    return OpenWords(tuple((word.words, word.people) for word in candidates))


_PRIVATE_COLUMNS = (Person.name, Person.organisation, Person.place)
# The columns of the table: for those of the class SQLAlchemy would do more for each row.
_PRIVATE = select(*(sealed(Person.__table__.c[each.key]) for each in _PRIVATE_COLUMNS))


def _candidates(
    cipher: Cipher, written: Sequence[Any], private: Sequence[Any]
) -> list[open_words.OpenWord] | None:
    """What cannot be read is left out."""
    words = unsealed(cipher, Interest.words, (value for _, value in written))
    own = [(person, text) for (person, _), text in zip(written, words, strict=True) if text]
    stored = zip(_PRIVATE_COLUMNS, zip(*private, strict=True), strict=True)
    secret = {text for column, values in stored for text in unsealed(cipher, column, filter(None, values))}
    return open_words.candidates(
        [(person, text) for person, text in own if not topics.takes_a_side(text, None)],
        [text for text in secret if text],
        SystemRandom(),
    )
