"""What has to hold about all that was ever sent, as `invariants` says what has to hold about rows."""

from collections import Counter, defaultdict
from datetime import time, timedelta
from itertools import pairwise

from db.models import Priority
from domain.calendar import quiet, working_day
from domain.nudging import Period
from domain.outcomes.choices import Purpose
from tests.machine.engine import BERLIN

_TOLD_IN_PAUSES = {
    "TextEnding",
    "HandshakeAsked",
    "HandshakeOpened",
    "BroadcastCopy",
    "TeamAnswered",
    "TeamClosed",
}
_CONFIRMED = "Vom Team bestätigt"
_CORE = {Purpose.CORE, Purpose.CARRIER}
_WEEK = timedelta(days=7)


def sent_with_consent(said, team, notices):
    """Without consent nothing is said but an answer, and no announcement without theirs; to whoever pauses nothing but
    an answer or a silent edit. `team`: the chats of whoever only works here; `notices`: words of what goes to
    everybody in the hall.
    """
    for each in said:
        if each.priority == Priority.REPLY or each.kind == "Forgotten" or each.chat in team:
            continue
        assert each.agrees >= _CORE, f"{each.kind} to somebody who does not agree: {each}"
        wanted = each.kind != "BroadcastCopy" or Purpose.ANNOUNCEMENTS in each.agrees
        wanted = wanted or any(word in each.text for word in notices)
        assert wanted, f"an announcement that nobody wants: {each}"
        quietly = each.is_edit or each.kind in _TOLD_IN_PAUSES
        assert quietly or not each.paused, f"{each.kind} in a pause: {each}"


def nothing_to_the_erased(said, erased):
    """`erased`: since how many messages, by chat. Whoever writes again is answered; nothing comes by itself."""
    for chat, since in erased.items():
        for each in said[since:]:
            assert each.chat != chat or each.priority == Priority.REPLY, f"the erased are told {each}"


def nothing_to_the_blocked(said, blocked):
    """`blocked`: since how many messages, by chat, and while it lasts."""
    for chat, since in blocked.items():
        here = [each for each in said[since:] if each.chat == chat]
        assert not any(each.arrived for each in here), f"it arrived in a blocked chat: {here}"
        # The call that finds out about the block; once it is known, nobody is asked there.
        again = [each for each in here[1:] if each.kind == "Nudged" and not each.is_edit]
        assert not again, f"asked again and again: {again}"


def at_most_once(said, lost):
    """Each row arrives once, and so does each key, but for answers of Telegram's that were lost."""
    new = [each for each in said if each.arrived and not each.is_edit]
    by_row, by_key = Counter(each.row for each in new), Counter(each.key for each in new if each.key)
    for found in (by_row, by_key):
        repeats = sum(count - 1 for count in found.values())
        assert repeats <= lost, f"{repeats} repeats, {lost} answers lost: {found.most_common(3)}"


def no_words_leak(said, words, may_read):
    """`said`: just now. `may_read(word)`: the chats in which the words may be read in which this code word stands."""
    for each in said:
        for word in (word for word in words if word in each.text):
            assert each.chat in may_read(word), f"{word} is read in {each.chat}: {each}"


def no_role_is_made_up(said):
    """Whoever a card calls confirmed is so when it goes out."""
    for each in said:
        if _CONFIRMED in each.text:
            assert any(name in each.text for name in each.confirmed), f"nobody is confirmed: {each}"


def no_two_nudges_a_week(said):
    """By local days, for each person; a message with the deadline's question may come sooner."""
    days = defaultdict(dict)
    for each in said:
        if each.kind == "Nudged" and not each.is_edit and each.arrived:
            days[each.chat, each.party].setdefault(each.row, (each.at.astimezone(BERLIN).date(), each.asks))
    for chat, asked in days.items():
        for (before, _), (day, asks) in pairwise(asked.values()):
            assert Period.DEADLINE in asks or day - before >= _WEEK, (
                f"{chat} was asked on {before} and on {day}"
            )


def in_office_hours(said, evenings):
    """Questions come on working days, nationwide, outside the quiet time, between 8 and 18, or 20 if `evenings`: if
    anybody has ever chosen that.
    """
    for each in said:
        if each.kind == "Nudged" and not each.is_edit and each.arrived and each.priority == Priority.NUDGE:
            local = each.at.astimezone(BERLIN)
            assert time(8) <= local.time() < time(20 if evenings else 18), f"asked at {local}"
            assert working_day(local.date(), None), f"asked on {local}"
            assert not quiet(local.date()), f"asked on {local}"
