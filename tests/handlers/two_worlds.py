"""Two workshops with one of everything between two people each: what a button may lead to."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import text

from db.models import (
    Base,
    Broadcast,
    BroadcastState,
    Draft,
    DraftKind,
    Inquiry,
    InquiryWords,
    Interest,
    Introduction,
    IntroState,
    Nudge,
    OfficeSeat,
    Outgoing,
    Priority,
    SendState,
    Suggestion,
)
from domain.history import EventKind
from domain.nudging import Period
from domain.outcomes.choices import Direction, Stance
from domain.outcomes.matching import Why
from domain.pledges import State, Status
from domain.roles import Role
from tests.cast import agreed, event_row, member, pledge_row, workshop_row
from tests.handlers.rig import OPERATOR, OWNER, now

SECOND_OWNER = OWNER + 1
OPERATOR = replace(OPERATOR, owners=(OWNER, SECOND_OWNER))
STRANGER, NEW, ANA, BEN, CEM, DORA = 800, 801, 802, 803, 804, 805
HER_OFFICE, HER_FORMER_OFFICE, ANOTHER_OFFICE = ANA + 205, ANA + 206, CEM + 205
ACTORS = {
    "stranger": STRANGER,
    "without a profile": NEW,
    "finished": CEM,
    "party": ANA,
    "other party": BEN,
    "organiser": OWNER,
}
# Everything in Ana's and Ben's world has one of the first ids, whichever table; Cem's and Dora's has the second.
HERS, ELSEWHERE, MISSING = range(11, 17), range(21, 27), 99_999
SHOWN = 500  # the message whose button is pressed


def somebody(chat_id, workshop, number):
    return member(chat_id, now(), workshop_id=workshop, role=Role.MP, id=number)


def world(base, workshop, one_chat, other_chat, author):
    """Two people with one of everything between them, in each of its states; in the order in which rows need others."""
    people = [somebody(one_chat, workshop, base + 1), somebody(other_chat, workshop, base + 2)]
    people += [somebody(one_chat + 100 + n, workshop, base + n) for n in (3, 4)]
    one, other, third, fourth = (person.id for person in people)
    office = [somebody(one_chat + 200 + n, workshop, base + n) for n in (5, 6)]
    pairs = ((one, other), (other, one), (one, third), (fourth, one))
    return [
        people + office,
        seats(base, one, office),
        suggestions(base, workshop, pairs),
        pledges(base, workshop, one, other),
        introductions(base, workshop, pairs[1:]),
        [question(base, one_chat, one)],
        nudges(base, one, other),
        [*wishes(base, one, other), *words(base, one, other)],
        broadcasts(base, workshop, author),
        inquiries(base, workshop, one, other),
        asked(base, one, other),
    ]


def seats(base, mp, office):
    """One who acts for the MP, and one who did."""
    return [
        OfficeSeat(
            id=base + n, mp_id=mp, staff_id=staff.id, asked_at=now(), confirmed_at=now(), ended_at=ended
        )
        for n, (staff, ended) in enumerate(zip(office, (None, now()), strict=True), start=1)
    ]


def suggestions(base, workshop, pairs):
    return [
        Suggestion(id=base + n, person_id=a, other_id=b, workshop_id=workshop, why=Why.SAME, topic="ehrenamt",
                   shown_at=now())
        for n, (a, b) in enumerate(pairs, start=1)
    ]  # fmt: skip


def introductions(base, workshop, pairs):
    """From the second suggestion on."""
    states = (IntroState.ASKED, IntroState.BOTH, IntroState.DECLINED)
    return [
        Introduction(id=base + n, workshop_id=workshop, asker_id=a, asked_id=b, suggestion_id=base + n,
                     state=state, asked_at=now(), expires_at=now() + timedelta(hours=5))
        for n, ((a, b), state) in enumerate(zip(pairs, states, strict=True), start=2)
    ]  # fmt: skip


def pledges(base, workshop, one, other):
    """In every state; the last one was worded anew by the partner. The third is active."""
    states = (State.DRAFT, State.PROPOSED, State.ACTIVE, State.ENDED, State.DECLINED, State.PROPOSED)
    days = {"deadline": date(2027, 9, 1), "made_on": date(2027, 3, 1)}
    return [
        pledge_row(
            workshop, one, other, now(), id=base + n, state=state, worded_by_author=n != len(states), **days
        )
        for n, state in enumerate(states, start=1)
    ]


def question(base, chat_id, person_id):
    """The message that asked about the active pledge."""
    return Outgoing(
        id=base + 1, chat_id=chat_id, person_id=person_id, priority=Priority.NUDGE, kind="Nudged",
        object_id=base + 1, due_at=now(), state=SendState.SENT, message_id=SHOWN, created_at=now(), sent_at=now(),
    )  # fmt: skip


def nudges(base, one, other):
    """All due; the first of `one` was asked."""
    return [
        Nudge(pledge_id=base + 3, person_id=who, period=period, due_at=now() - timedelta(days=1),
              outbox_id=base + 1 if (who, period) == (one, Period.M1) else None)
        for who in (one, other)
        for period in (Period.M1, Period.M2, Period.DEADLINE)
    ]  # fmt: skip


def wishes(base, one, other):
    """A doubt of each, and a topic of `one`."""
    doubt = {"direction": Direction.SEEKS, "words": "Bus", "candidates": ["ehrenamt"]}
    return [
        Interest(id=base + 1, person_id=one, **doubt),
        Interest(
            id=base + 2, person_id=one, direction=Direction.OFFERS, topic="ehrenamt", stance=Stance.HEARD
        ),
        Interest(id=base + 3, person_id=other, **doubt),
    ]


def words(base, one, other):
    """What `one` said unasked, a code that is awaited of `other`, and an answer of theirs."""
    unasked = {"kind": DraftKind.UNASKED, "words": "x", "awaiting": False}
    return [
        Draft(id=base + 1, person_id=one, created_at=now(), **unasked),
        Draft(id=base + 2, person_id=other, created_at=now(), kind=DraftKind.CODE, awaiting=True),
        event_row(base + 3, other, EventKind.SAID, now(), period=Period.M1, status=Status.KEPT),
    ]


def broadcasts(base, workshop, author):
    return [
        Broadcast(id=base + n, workshop_id=workshop, author_chat_id=author, message_id=n, expected=expected,
                  state=BroadcastState.DRAFT, created_at=now())
        for n, expected in ((1, None), (2, 1))
    ]  # fmt: skip


def inquiries(base, workshop, one, other):
    """What both have asked the team; `other` has been told that it is settled."""
    return [
        Inquiry(id=base + 1, person_id=one, workshop_id=workshop),
        Inquiry(id=base + 2, person_id=other, workshop_id=workshop, closed_at=now()),
    ]


def asked(base, one, other):
    """The questions, and what `one` has not given to the team yet."""
    return [
        InquiryWords(inquiry_id=base + 1, writer_id=one, by_team=False, words="x", at=now()),
        InquiryWords(inquiry_id=base + 2, writer_id=other, by_team=False, words="x", at=now()),
        Draft(id=base + 3, person_id=one, created_at=now(), kind=DraftKind.TEAM_QUESTION, words="x", awaiting=False),
    ]  # fmt: skip


async def populate(session):
    session.add(workshop_row(now(), id=2, code="XYZ789", title="Andere"))
    session.add(agreed(NEW, now(), id=31, workshop_id=1))
    await session.flush()
    for here, there in zip(world(10, 1, ANA, BEN, OWNER), world(20, 2, CEM, DORA, SECOND_OWNER), strict=True):
        session.add_all(here + there)
        await session.flush()
    if session.get_bind().dialect.name == "postgresql":  # it counts on from ids it gave out itself
        for name, table in Base.metadata.tables.items():
            if table.autoincrement_column is not None:
                await session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1000)"))
