"""The meet card of two people who both want to talk: where, what about, and who is there."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.choices import Meeting
from domain.outcomes.matching import MeetCard, Why
from messages.absence import absent
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.matching.cards import acquainted, subjects
from messages.message import Message, Rows, button, keyboard
from messages.people import at_start, full, short
from messages.places_to_go import to_relay


def meet_card(outcome: MeetCard, w: Phrases) -> Message:
    not_today = Meeting.CANT in (outcome.mine, outcome.theirs)
    who = lines(
        _who(outcome, w), acquainted(outcome.known_from, w), absent(outcome.absence, outcome.card.name, w)
    )
    if not_today:
        what_next = "cant" if outcome.mine is Meeting.CANT else "theirs_cant"
        text = lines(_title(outcome, w), who, w(f"matching.meet.{what_next}"))
        return Message(text, keyboard(*_another_day(outcome, w)))
    if outcome.table is None:
        head = (_plain_title(outcome, w), who)
        return Message(
            lines(*head, w("matching.meet.later")), keyboard(_further(outcome, w), _in_words(outcome, w))
        )
    where = lines(_where(outcome, w), _company(outcome, w))
    mine = w(f"matching.meet.mine.{outcome.mine}") if outcome.mine else None
    text = lines(_title(outcome, w), who, where, w("matching.meet.opener"), mine)
    return Message(text, keyboard(*_today(outcome, w)))


def _where(outcome: MeetCard, w: Phrases) -> Markup:
    at = "matching.meet.at.name" if outcome.table_name else "matching.meet.at"
    place = w(at, table=outcome.table, name=outcome.table_name)
    if outcome.at is not None:
        return w("matching.meet.where.at", place=place, time=w.clock(outcome.at))
    if outcome.opens is not None:
        where = w("matching.meet.where.later", place=place, time=w.clock(outcome.opens))
    else:
        where = w("matching.meet.where", place=place)
    if outcome.here_until is None:
        return where
    name = at_start(short(w, outcome.card.name))
    stays = w("matching.meet.here_until", name=name, time=w.clock(outcome.here_until))
    return Markup(" ").join([where, stays])


def _company(outcome: MeetCard, w: Phrases) -> Markup | None:
    return w("matching.meet.three", name=full(w, outcome.third)) if outcome.third is not None else None


def _who(outcome: MeetCard, w: Phrases) -> Markup:
    name = full(w, outcome.card.name)
    if outcome.because.why is Why.HERE:
        return w("matching.meet.who_only", name=name)
    return w("matching.meet.who", name=name, subject=subjects(outcome.because, w))


def _title(outcome: MeetCard, w: Phrases) -> Markup:
    """What the other has said is news and goes into the first line, unless the reader cannot come."""
    if outcome.theirs is None or outcome.mine is Meeting.CANT:
        return _plain_title(outcome, w)
    return first_line(w, f"matching.meet.theirs.{outcome.theirs}", name=at_start(short(w, outcome.card.name)))


def _plain_title(outcome: MeetCard, w: Phrases) -> Markup:
    why = outcome.because.why
    return w(f"matching.meet.title.{why}" if why in (Why.HELPS, Why.HELPED) else "matching.meet.title")


def _today(outcome: MeetCard, w: Phrases) -> Rows:
    here, five, cant = (
        button(w.label(f"matching.button.{what}"), Verb.MEETING, outcome.intro_id, what) for what in Meeting
    )
    return [[here], [five, cant], _further(outcome, w)]


def _another_day(outcome: MeetCard, w: Phrases) -> Rows:
    after_all = button(w.label("matching.button.after_all"), Verb.MEETING, outcome.intro_id, Meeting.HERE)
    return [_further(outcome, w), _in_words(outcome, w), [after_all] if outcome.mine is Meeting.CANT else []]


def _in_words(outcome: MeetCard, w: Phrases) -> list[InlineKeyboardButton]:
    """Where no number has to be exchanged."""
    return [to_relay(Verb.RELAY_MATCH, outcome.intro_id, w)]


def _further(outcome: MeetCard, w: Phrases) -> list[InlineKeyboardButton]:
    return [
        button(w.label("matching.button.contact"), Verb.CONTACT, outcome.intro_id),
        button(w.label("matching.button.pledge"), Verb.PLEDGE_WITH, outcome.partner_id),
    ]
