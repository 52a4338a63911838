"""What has to hold about a workshop's day whatever happened: who gets what the team sends, who meets where, and what
the wall shows.
"""

from collections import Counter, defaultdict
from itertools import pairwise

from db.models import BroadcastState, Invited, Priority
from domain.history import EventKind
from domain.pledges import State
from domain.readers import Readership
from domain.roles import Role
from tests.machine.engine import BERLIN

K = EventKind
_STILL = (BroadcastState.HALTED, BroadcastState.DROPPED)
_OF_THE_DAY = {"ItemSoon", "MomentOpened", "RoundtableAsked", "RoundtableStands", "OwnSlots", "BroadcastCopy"}


def announcements_reach_whom_they_are_for(new, seen, announced, team, mps):
    """`new`: what was said just now. Copies go to nobody before the team has let it out, nor before its time, and a
    notice of the day on its day. `mps`: the chats of whoever ever was a confirmed MP.
    """
    for number, sent in announced.items():
        for each in _copies(new, sent.word, team):
            assert sent.goes, f"nobody has let it out: {each}"
            assert sent.whom != "mps" or each.chat in mps, f"it is for MPs: {each}"
            row = seen.broadcasts.get(number)
            assert row is None or row.goes_at is None or each.at >= row.goes_at, (
                f"before {row.goes_at}: {each}"
            )
            today = each.at.astimezone(BERLIN).date()
            assert sent.whom != "notice" or today == seen.workshop.day, f"not its day: {each}"


def what_is_stopped_stays_so(said, announced, team):
    """Halted, called off, or taken back, it goes to nobody who has not got it."""
    for sent in announced.values():
        if sent.stopped is not None:
            assert not _copies(said[sent.stopped :], sent.word, team), f"{sent} goes on"


def stopped(seen, announced, said):
    """Notes of each announcement since how many messages it must not go on."""
    for number, sent in announced.items():
        row = seen.broadcasts.get(number)
        still = row is None or row.state in _STILL or row.ended is not None
        sent.stopped = (len(said) if sent.stopped is None else sent.stopped) if still else None


def _copies(said, word, team):
    return [each for each in said if word in each.text and each.chat not in team]


def nothing_to_the_outsider(new, chat):
    """Whoever is in no workshop hears nothing of its day, nor of anybody in it."""
    for each in new:
        assert each.chat != chat or each.kind not in _OF_THE_DAY, f"it is not their workshop: {each}"


def nobody_is_twice_in_a_slot(seen):
    """Whoever has talks at one time has them at one table, at which nobody else talks."""
    tables, people = defaultdict(set), defaultdict(set)
    for talk in seen.talks:
        for person in (talk.asker_id, talk.asked_id):
            tables[talk.slot_at, person].add(talk.slot_table)
            people[talk.slot_at, talk.slot_table].add(person)
    twice = [(at, who) for (at, who), found in tables.items() if len(found) > 1]
    assert not twice, f"in two places: {twice}"
    full = [(at, found) for (at, _), found in people.items() if len(found) > 3]
    assert not full, f"two talks at a table: {full}"


def tables_stand_with_those_who_said_yes(new, seen):
    """Whoever sits there is told to those alone who have said that they come."""
    for each in new:
        seat = seen.tables.get(each.object) if each.kind == "RoundtableStands" else None
        assert seat is None or seat.said is Invited.YES, f"names for somebody who does not come: {each}"


def a_moment_asks_once(said, seen, doubts):
    """Each of its people, while it is open; and never are two open."""
    asked = Counter((each.chat, each.object) for each in said if _asks(each))
    assert sum(count - 1 for count in asked.values()) <= doubts, f"asked again: {asked.most_common(3)}"
    for each in said:
        moment = seen.moments.get(each.object) if _asks(each) else None
        assert moment is None or moment.opened_at <= each.at <= moment.closes_at, (
            f"{each} when it is not open"
        )
    times = sorted((each.opened_at, each.closes_at) for each in seen.moments.values())
    for (_, closes), (opens, _) in pairwise(times):
        assert closes <= opens, f"two moments at once: {times}"


def _asks(each):
    return each.kind == "MomentOpened" and each.arrived and not each.is_edit


def whoever_has_left_is_left_alone(new, seen, notices):
    """MPs who have said that they go hear nothing more of the hall on that day. `notices`: words of such."""
    for each in new:
        local = each.at.astimezone(BERLIN)
        left = [
            row
            for row in seen.people.values()
            if row.chat_id == each.chat and row.role is Role.MP and row.present_on == local.date()
            if row.present_until is not None and row.present_until <= local.time()
        ]
        in_hall = _asks(each) or (each.kind == "BroadcastCopy" and any(word in each.text for word in notices))
        assert not (left and in_hall), f"they have left: {each}"


def reminders_go_to_who_wants_them(new, seen):
    """On the day."""
    for each in new:
        if each.kind != "ItemSoon" or each.priority == Priority.REPLY:
            continue
        reader = next((row.id for row in seen.people.values() if row.chat_id == each.chat), None)
        assert seen.members.get(reader, True), f"they do not want it: {each}"
        assert each.at.astimezone(BERLIN).date() == seen.workshop.day, f"not on its day: {each}"


def the_wall_shows_what_all_three_let(texts, seen, about, put_up):
    """Both parties make it public, and the team has let it there since."""
    for word, number in about.items():
        if number is None or not any(word in text for text in texts):
            continue
        pledge = seen.pledges.get(number)
        assert pledge is not None, f"{word} is on the wall, and its pledge is gone"
        assert pledge.state in (State.ACTIVE, State.ENDED), f"{pledge} is on the wall"
        assert number in put_up, f"nobody of the team has let {pledge} on the wall"
        last, let = None, {}
        for each in seen.events[number]:
            if each.kind in (K.READERS_SET, K.READERS_LAPSED, K.WALL_SHOWN, K.WALL_HIDDEN):
                last = each.kind
            if each.kind is K.READERS_SET:
                let[each.party_id] = each.readers
            elif each.kind is K.READERS_LAPSED:
                let = {}
        public = [
            who for who, readers in let.items() if readers is Readership.PUBLIC and who in seen.agreeing
        ]
        assert len(public) == 2, f"public for {public} only: {pledge}"
        assert last is K.WALL_SHOWN, f"let on the wall before they said anew who may read it: {pledge}"
