"""The pledges of `rows`: what was said about them, their questions and their history."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from db.models import Nudge, Pledge, PledgeEvent, Priority
from domain import nudging
from domain.calendar import months_after
from domain.history import EventKind
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.pledges import ActsAsked, PledgeCard, PledgePreview, ProposalSent, SentenceAsked
from domain.outcomes.pledging.talks import Sealed, TalkAsked
from domain.pledges import Acts, State, Status
from tests.benchmarks.scale.times import NOW, ZONE

_SENTENCE = "Ich führe bis zum Frühjahr ein Gespräch zur Ehrenamtspauschale mit dem Kreis."


def add(rows):
    for number in range(rows.size.pledges):
        _pledge(rows, *_pair(rows, number), _made_on(rows, number), due=number < rows.size.due)


def _pair(rows, number: int) -> tuple[int, int]:
    """The parties of a pledge, of one workshop; those who are asked at `NOW` have no other pledge."""
    size, turns = rows.size, rows.size.people // (2 * rows.size.workshops)
    pairs = turns * size.workshops
    number = number if number < pairs else size.due + (number - pairs) % (pairs - size.due)
    first = number % size.workshops + 1 + 2 * size.workshops * (number // size.workshops)
    return first, first + size.workshops


def _made_on(rows, number: int) -> date:
    if number < rows.size.due:
        return months_after(NOW.date(), -3)
    day = rows.days[number % rows.size.workshops] + timedelta(days=rows.random.randint(0, 10))
    day = min(day, NOW.date())
    while any(each.due.date() == NOW.date() for each in _planned(day, _deadline(day, number))):
        day -= timedelta(days=1)
    return day


def _pledge(rows, author: int, partner: int, made: date, *, due: bool) -> None:
    number = len(rows.of[Pledge]) + 1
    deadline, at = _deadline(made, number - 1), datetime.combine(made, time(12), tzinfo=UTC)
    is_over = deadline < NOW.date()
    rows.add(
        Pledge, id=number, workshop_id=rows.workshop_of(author), author_id=author, partner_id=partner,
        acts=Acts.AUTHOR, text=_SENTENCE, topic="ehrenamt", worded_by_author=True, revision=1,
        state=State.ENDED if is_over else State.ACTIVE, deadline=deadline, talk_settled=True, created_at=at,
        made_on=made, told_of_silence=True,
        ended_at=datetime.combine(deadline, time(12), tzinfo=UTC) if is_over else None,
    )  # fmt: skip
    _event(rows, number, author, EventKind.PROPOSED, at, text=_SENTENCE, day=deadline)
    _event(rows, number, partner, EventKind.ACCEPTED, at)
    for kind in (ActsAsked, SentenceAsked, PledgePreview, ProposalSent, TalkAsked, Sealed, PledgeCard):
        for party in (author, partner):
            rows.say(party, kind.Payload(number), at)
    for party in (author, partner):
        for question in _planned(made, deadline):
            _question(rows, number, party, question, is_over=is_over, due=due)


def _question(rows, pledge: int, party: int, question, *, is_over: bool, due: bool) -> None:
    at, asked = question.due, None
    is_past = at < NOW or (at == NOW and not due)
    row = {"outbox_id": None, "asked_at": None, "again_id": None, "asked_again_at": None}
    if is_past:
        key = f"nudge:{party}:{at.date()}:{pledge}"
        asked = rows.say(party, Nudged.Payload(), at, priority=Priority.NUDGE, key=key)
        row |= {"outbox_id": asked, "asked_at": at}
    again = at + timedelta(days=7)
    if is_past and again < NOW and rows.random.random() < 0.2:
        key = f"nudge:{party}:{again.date()}:{pledge}"
        told = rows.say(party, Nudged.Payload(), again, priority=Priority.NUDGE, key=key)
        row |= {"again_id": told, "asked_again_at": again}
    elif is_past:
        notes = ["Der Termin steht."] if rows.random.random() < 0.3 else None
        said = {"period": question.period, "status": Status.RUNNING, "notes": notes}
        _event(rows, pledge, party, EventKind.SAID, at + timedelta(hours=2), **said)
    rows.add(
        Nudge, pledge_id=pledge, person_id=party, period=question.period, due_at=at,
        passed_over=is_over and asked is None, **row,
    )  # fmt: skip


def _event(rows, pledge: int, party: int, kind: EventKind, at: datetime, **said: object) -> None:
    empty = {"text": None, "day": None, "period": None, "status": None, "notes": None}
    parties = {"party_id": party, "actor_id": party}
    rows.add(PledgeEvent, pledge_id=pledge, kind=kind, at=at, reported=False, **parties, **{**empty, **said})


def _deadline(made: date, number: int) -> date:
    return nudging.deadline_for(made, 6 if number % 5 else 3)


@cache
def _planned(made: date, deadline: date) -> tuple[nudging.Planned, ...]:
    return nudging.plan(made, deadline, zone=ZONE, land=None)
