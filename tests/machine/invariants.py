"""What has to hold about pledges whatever happened. Each raises AssertionError with what does not.

They say the rules once more in words of their own: none asks the code that it judges.
"""

from datetime import time, timedelta

from db.models import SendState
from domain.calendar import quiet, working_day
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import State, Status
from domain.roles import Role
from domain.terms import shipped
from tests.machine.engine import BERLIN

K = EventKind
_AN_HOUR = timedelta(hours=1)
_WEEK = timedelta(days=7)

# --- what is planned and asked


def due_is_asked_or_has_a_reason(seen):
    """Right after a tick: every question that has been due for an hour was asked, or there is a reason why not."""
    for pledge, nudges in seen.nudges.items():
        if seen.pledges[pledge].state is not State.ACTIVE:
            continue
        for nudge in nudges:
            late = nudge.due_at <= seen.at - _AN_HOUR
            if late and nudge.asked_at is None and not nudge.passed_over:
                assert _reason(seen, nudge), (
                    f"{nudge.period} of {pledge} to {nudge.person_id}, due {nudge.due_at}"
                )


def _reason(seen, nudge):
    """Of whoever reads what the party is asked: of an office, any of them."""
    office = [
        seen.people[staff] for mp, staff in seen.seated() if mp == nudge.person_id and staff in seen.people
    ]
    return next(
        (why for each in (seen.people[nudge.person_id], *office) if (why := _why(seen, nudge, each))), None
    )


def _why(seen, nudge, person):  # noqa: PLR0911 - a list of reasons
    local = seen.at.astimezone(BERLIN)
    land = person.land or None
    if person.id not in seen.agreeing or person.unreachable_since is not None or person.chat_id is None:
        return "unreachable"
    if person.paused and (person.paused_until is None or person.paused_until > seen.at):
        return "paused"
    hour = person.asking_hour or 10
    closed = not time(hour) <= local.time() < time(20 if hour >= 18 else 18)
    if quiet(local.date()) or not working_day(local.date(), land) or closed:
        return "closed"
    if _waiting(seen.events[nudge.pledge_id]):
        return "waits"
    asked = [row for row in seen.outbox.values() if row.person_id == person.id and _asks(row)]
    days = {row.created_at.astimezone(BERLIN).date() for row in asked}
    if local.date() in days:
        return "asked today"
    if nudge.period is not Period.DEADLINE and any(local.date() - day < _WEEK for day in days):
        return "asked lately"
    since = seen.drafts.get(person.id)
    if since is not None and since > seen.at - timedelta(minutes=30):
        return "is writing"
    bound = nudge.period in (Period.BEFORE14, Period.BEFORE3, Period.DEADLINE)
    if person.role is Role.MP and not bound and shipped().sitting(local.date(), land):
        return "sitting week"
    return None


def _asks(row):
    return row.kind == "Nudged" and row.edits_row is None and row.edits_message is None


def _waiting(events):
    """Whose ending waits for the other's word."""
    waiting = {}
    for each in events:
        if each.kind is K.ASKED:
            waiting[each.party_id] = (each.period, each.status)
        elif each.kind is K.TAKEN_BACK:
            waiting.pop(each.party_id, None)
        elif each.kind is K.SAID and waiting.get(each.party_id, (each.period, each.status)) != (
            each.period,
            each.status,
        ):
            waiting.pop(each.party_id)
        elif each.kind is K.DISAGREED:
            waiting = {who: what for who, what in waiting.items() if who == each.party_id}
    return set(waiting)


def neither_side_is_forgotten(seen):
    """While a pledge runs, both are there, and how it ended is still to be asked of both, or was."""
    for pledge in seen.pledges.values():
        if pledge.state is not State.ACTIVE:
            continue
        assert len(seen.parties(pledge)) == 2, f"one is gone, and {pledge} goes on"
        last = {n.person_id: n for n in seen.nudges[pledge.id] if n.period is Period.DEADLINE}
        assert set(last) == set(seen.parties(pledge)), f"asked at the end of {pledge.id} are {set(last)}"
        for nudge in last.values():
            assert not nudge.passed_over or nudge.asked_at, (
                f"{nudge.person_id} is never asked how {pledge.id} ended"
            )


# --- what happened


_FROM = {
    K.PROPOSED: (None,),
    K.WORDED: (State.PROPOSED,),
    K.DATED: (State.PROPOSED,),
    K.ACCEPTED: (State.PROPOSED,),
    K.DECLINED: (State.PROPOSED,),
    K.WITHDRAWN: (State.PROPOSED,),
    K.TALK_SET: (State.ACTIVE,),
    K.TALK_LEFT_OPEN: (State.ACTIVE,),
    K.SAID: (State.ACTIVE,),
    K.TAKEN_BACK: (State.ACTIVE,),
    K.BLOCKED: (State.ACTIVE,),
    K.ASKED: (State.ACTIVE,),
    K.DISAGREED: (State.ACTIVE,),
    K.IN_TOUCH: (State.ACTIVE,),
    K.NOTED: (State.ACTIVE, State.ENDED),
    K.ADVISED: (State.ACTIVE, State.ENDED),
    K.ENDED: (State.ACTIVE, State.PROPOSED),
    K.RESIGNED: (State.ACTIVE, State.PROPOSED),
    K.CORRECTED: (State.ENDED,),
    K.AMENDMENT_PROPOSED: (State.ACTIVE,),
    K.AMENDMENT_ACCEPTED: (State.ACTIVE,),
    K.AMENDMENT_DECLINED: (State.ACTIVE,),
    K.AMENDMENT_WITHDRAWN: (State.ACTIVE,),
    K.AMENDMENT_LAPSED: (State.ACTIVE,),
    K.EVIDENCED: (State.ACTIVE, State.ENDED),
    K.READERS_SET: (State.ACTIVE, State.ENDED),
    K.READERS_LAPSED: (State.ACTIVE,),
    K.WALL_SHOWN: (State.ACTIVE, State.ENDED),
    K.WALL_HIDDEN: (State.ACTIVE, State.ENDED),
    K.TAKEN_OVER: (State.PROPOSED, State.ACTIVE, State.ENDED),
    K.RETRO_PROMISED: (State.ENDED,),
    K.RETRO_DONE: (State.ENDED,),
    K.RETRO_RESULT: (State.ENDED,),
    K.RETRO_LEARNED: (State.ENDED,),
    K.RETRO_NEXT: (State.ENDED,),
    K.RETRO_APPROVED: (State.ENDED,),
    K.RETRO_DECLINED: (State.ENDED,),
    K.RETRO_REOPENED: (State.ENDED,),
    K.RETRO_CLOSED: (State.ENDED,),
    K.RETRO_READERS: (State.ENDED,),
    K.RETRO_SHOWN: (State.ENDED,),
    K.RETRO_HIDDEN: (State.ENDED,),
}
_TO = {
    K.PROPOSED: State.PROPOSED,
    K.ACCEPTED: State.ACTIVE,
    K.DECLINED: State.DECLINED,
    K.WITHDRAWN: State.WITHDRAWN,
}
_WORDING = (K.PROPOSED, K.WORDED, K.DATED)


def history_is_legal(seen):
    """Events follow each other as they may, lead to the state that the pledge has, and each is the right party's."""
    for pledge in seen.pledges.values():
        if len(seen.parties(pledge)) < 2:
            continue  # with somebody erased their events are gone
        state, worded_by = None, None
        for each in seen.events[pledge.id]:
            assert state in _FROM[each.kind], f"{each.kind} of {pledge.id} while it was {state}"
            if each.kind in (K.ACCEPTED, K.DECLINED):
                assert each.party_id not in (None, worded_by), (
                    f"{each.kind} of {pledge.id} by whoever worded it"
                )
            if each.kind is K.WITHDRAWN:
                assert each.party_id == worded_by, f"{pledge.id} was taken back by the other"
            worded_by = each.party_id if each.kind in _WORDING else worded_by
            ended = State.ENDED if state is State.ACTIVE else State.WITHDRAWN
            state = ended if each.kind in (K.ENDED, K.RESIGNED) else _TO.get(each.kind, state)
        if pledge.state is not State.DRAFT and not (pledge.state is State.WITHDRAWN and state is None):
            assert state is pledge.state, f"{pledge.id} is {pledge.state}, its history says {state}"


def active_only_after_both_agreed(seen):
    for pledge in seen.pledges.values():
        if pledge.made_on is None:
            assert pledge.state not in (State.ACTIVE, State.ENDED), f"{pledge} was never made"
        elif len(seen.parties(pledge)) == 2:
            yes = [each for each in seen.events[pledge.id] if each.kind is K.ACCEPTED]
            assert len(yes) == 1, f"{pledge.id} was agreed to {len(yes)} times"


def an_actor_is_a_party(seen):
    """Nobody acts in a pledge but its parties, and whoever was in the office of one when they did; for somebody without
    Telegram the other does.
    """
    for pledge in seen.pledges.values():
        parties = {pledge.author_id, pledge.partner_id, None}
        for each in seen.events[pledge.id]:
            assert each.party_id in parties, f"{each} in {pledge}"
            assert each.actor_id in parties or _acted_for(seen, each), f"{each} in {pledge}"


def _acted_for(seen, event):
    return any(
        (seat.mp_id, seat.staff_id) == (event.party_id, event.actor_id)
        and seat.confirmed_at <= event.at <= (seat.ended_at or event.at)
        for seat in seen.seats
    )


_ONLY_PROMISER = {Status.RUNNING, Status.STUCK}
_ONLY_COUNTERPART = {Status.MOVING, Status.TALKING}


def statuses_fit_their_side(seen):
    """Whoever promised is asked how it stands, the other what arrives."""
    for pledge in seen.pledges.values():
        if len(seen.parties(pledge)) < 2:
            continue
        for each in seen.events[pledge.id]:
            if each.status is None:
                continue
            is_author = each.party_id == pledge.author_id
            promises = pledge.acts == "both" or (pledge.acts == "author") == is_author
            assert each.status not in (_ONLY_COUNTERPART if promises else _ONLY_PROMISER), (
                f"{each} in {pledge}"
            )


def whoever_is_waited_for_was_asked(seen):
    """A proposal, or an ending that one party said, was put to the other."""
    for pledge in seen.pledges.values():
        if pledge.state is State.PROPOSED:
            asked = pledge.partner_id if pledge.worded_by_author else pledge.author_id
            knows = _heard(seen, "Proposed", pledge, asked) or not seen.is_written_to(asked)
            assert knows, f"{asked} does not know of {pledge}"
        elif pledge.state is State.ACTIVE and (who := _waiting(seen.events[pledge.id])):
            for other in filter(seen.is_written_to, {*seen.parties(pledge)} - who):
                assert seen.owed("AgreementAsked", pledge.id, other), f"{other} is not asked about {pledge}"


def _heard(seen, kind, pledge, person):
    """By this message, or by the one that shows a side to whoever has taken it over."""
    return seen.owed(kind, pledge.id, person) or seen.owed("TakeoverDone", pledge.id, person)


def who_waits_is_told(seen):
    """The one who waited hears how a proposal, or a pledge, ended."""
    for pledge in seen.pledges.values():
        parties, events = seen.parties(pledge), seen.events[pledge.id]
        if len(parties) < 2 or pledge.ended_at is None or pledge.ended_at < seen.at - timedelta(days=60):
            continue
        last = next((e for e in reversed(events) if e.kind in (K.DECLINED, K.WITHDRAWN, K.ENDED)), None)
        if last is None:
            continue
        told = parties if last.kind is K.ENDED else [each for each in parties if each != last.party_id]
        kind = {K.DECLINED: "ProposalDeclined", K.WITHDRAWN: "Withdrawn", K.ENDED: "Result"}[last.kind]
        if last.kind is K.ENDED and pledge.state is State.WITHDRAWN:
            continue  # its words are gone; nothing is left to show
        for person in filter(seen.is_written_to, told):
            assert _heard(seen, kind, pledge, person), f"{person} does not hear of {last.kind} of {pledge.id}"


def counters_equal_rows(seen, joined, made):
    """`joined`, `made`: how many there ever were."""
    rows = sum(pledge.made_on is not None for pledge in seen.pledges.values())
    assert rows + seen.workshop.gone_made == made, f"{rows} + {seen.workshop.gone_made} made, not {made}"
    assert len(seen.members) + seen.workshop.gone_joined == joined, f"{seen.members} of {joined} members"


def nothing_is_stuck_on_its_way(seen):
    """No message is refused for good, or could not be worded. Where nobody was reached, or a message is older than two
    days by the time at which it should be deleted, the report says so.
    """
    told = {"unreachable", "Message can't be deleted for everyone"}
    dead = [row for row in seen.outbox.values() if row.state is SendState.DEAD and row.error not in told]
    assert not dead, f"never sent: {[(row.kind, row.error) for row in dead]}"
