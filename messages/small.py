"""The small messages around all others: help, refusals, faults."""

from typing import assert_never

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.outcomes.small import (
    Cancelled,
    EditIgnored,
    EditTaken,
    Fault,
    Flooded,
    GroupHint,
    Help,
    NothingExpected,
    Refused,
    Settled,
    Small,
    ThanksHeard,
)
from domain.refusal import Reason
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import full
from messages.places_to_go import places_to_go, to_menu, to_team

# After these refusals the same question is still open, so they offer to cancel it.
_ASKED_AGAIN = {
    Reason.TOO_LONG, Reason.EMPTY, Reason.UNKNOWN_CODE, Reason.UNKNOWN_DATE, Reason.DEADLINE_RANGE, Reason.TALK_RANGE,
    Reason.NOBODY_FOUND, Reason.TOO_MANY_SEARCHES, Reason.NOT_A_CONTACT, Reason.WRONG_COUNT, Reason.NOT_BROADCASTABLE,
    Reason.NO_LETTERS, Reason.CLAIMED_ROLE, Reason.CONFIRMED, Reason.RESERVED, Reason.SEPARATOR, Reason.BADGE,
    Reason.NOT_YOUR_NUMBER, Reason.NO_PLACE, Reason.AMENDMENT_RANGE, Reason.EVIDENCE_NEEDED,
    Reason.UNKNOWN_TIME, Reason.UNKNOWN_HOURS, Reason.UNKNOWN_TABLES, Reason.UNKNOWN_LAND,
    Reason.PURPOSE_NEEDED,
}  # fmt: skip
_OF_A_DAY = {Reason.DEADLINE_RANGE, Reason.AMENDMENT_RANGE, Reason.TALK_RANGE}


def render(outcome: Small, w: Phrases) -> Message:  # noqa: C901, PLR0911 - a case per outcome
    match outcome:
        case Help():
            return _help(outcome, w)
        case Cancelled():
            return _cancelled(outcome, w)
        case NothingExpected():
            key = "small.nothing_expected" if outcome.asked is None else "small.nothing_expected.asked"
            return Message(w(key), places_to_go(w, organiser=outcome.organiser))
        case ThanksHeard():
            return Message(w("small.thanks"))
        case Refused():
            return _refused(outcome, w)
        case EditIgnored():
            return Message(w("small.edit_ignored"))
        case EditTaken():
            return Message(w("small.edit_taken"))
        case Flooded():
            return Message(w("small.flooded"))
        case Settled():
            return _settled(outcome, w)
        case GroupHint():
            return Message(w("small.group", bot=outcome.bot))
        case Fault():
            return Message(w("small.fault", ref=f"{outcome.number:06X}"))
    assert_never(outcome)


def _settled(outcome: Settled, w: Phrases) -> Message:
    first = w("small.settled")
    if outcome.title:
        first = first_line(w, "small.settled.title", title=outcome.title)
    about = w(f"small.settled.{outcome.about}", other=full(w, outcome.other)) if outcome.about else None
    said = {None: None, True: w("small.settled.yes"), False: w("small.settled.no")}
    return Message(lines(first, about, said[outcome.answer]))


def _cancelled(outcome: Cancelled, w: Phrases) -> Message:
    if outcome.joining:
        said = "kept" if outcome.something else "joining" if outcome.joined else "before"
        return Message(w(f"small.cancelled.{said}"))
    key = "small.cancelled" if outcome.something else "small.cancelled.nothing"
    places = places_to_go(w, organiser=outcome.organiser)
    return Message(w(key), places if outcome.joined else keyboard([to_menu(w)]))


def _help(outcome: Help, w: Phrases) -> Message:
    team = w("small.help.organiser") if outcome.organiser else None
    if not outcome.joined:
        return Message(lines(w("small.help.before"), team), keyboard([to_team(w)]))
    go_on = places_to_go(w, organiser=outcome.organiser, helped=True)
    return Message(lines(w("small.help"), team), go_on)


def _refused(outcome: Refused, w: Phrases) -> Message:
    if outcome.reason is Reason.TOO_LONG and outcome.limit:
        return Message(w("refusal.too_long_limit", limit=outcome.limit), _way_on(outcome, w))
    if outcome.reason in _OF_A_DAY and outcome.day:
        return Message(w(f"refusal.{outcome.reason}.day", day=w.date(outcome.day)), _way_on(outcome, w))
    return Message(w(f"refusal.{outcome.reason}"), _way_on(outcome, w))


def _way_on(outcome: Refused, w: Phrases) -> InlineKeyboardMarkup | None:
    if outcome.reason in _ASKED_AGAIN:
        return keyboard([button(w.label("small.button.cancel"), Verb.CANCEL)])
    match outcome.reason:
        case Reason.STALE_BUTTON | Reason.GONE:
            return places_to_go(w, organiser=outcome.organiser) if outcome.joined else None
        case Reason.TEXT_ONLY | Reason.NOT_OWN_WORDS | Reason.TAP_PLEASE:
            out = button(w.label("small.button.cancel"), Verb.CANCEL)
            return keyboard([button(w.label("small.button.help"), Verb.HELP), out])
        case Reason.WORKSHOP_CLOSED:
            return keyboard([to_team(w)])
        case _:
            return keyboard([_place_after(outcome.reason, w)])


def _place_after(reason: Reason, w: Phrases) -> InlineKeyboardButton:
    """The one place to go on from after this refusal."""
    match reason:
        case Reason.NO_RECIPIENTS | Reason.NO_PROFILE:
            return to_menu(w)
        case Reason.NO_WORKSHOP:
            return button(w.label("small.button.code"), Verb.CODE)
        case (
            Reason.TOO_MANY_PROPOSALS
            | Reason.ENOUGH_FOR_TODAY
            | Reason.ENOUGH_AMENDMENTS
            | Reason.OTHER_PAUSES
            | Reason.ENOUGH_EVIDENCE
            | Reason.ENOUGH_RELAYED
            | Reason.RELAY_STOPPED
        ):
            return button(w.label("small.button.pledges"), Verb.PLEDGES)
        case _:
            return button(w.label("small.button.help"), Verb.HELP)
