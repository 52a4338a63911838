"""Taking over: the text with the personal link, the question who its opener is, and that it is done."""

from typing import assert_never

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton

from domain.outcomes.pledging.takeovers import (
    SideTakenOver,
    TakeoverAsked,
    TakeoverDone,
    TakeoverLeft,
    TakeoverLink,
    Takeovers,
    TakeoverUnknown,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import full, short
from messages.places_to_go import to_team
from messages.pledging.statuses import titled


def render(outcome: Takeovers, w: Phrases) -> Message:
    match outcome:
        case TakeoverLink():
            return _link(outcome, w)
        case TakeoverAsked():
            return _asked(outcome, w)
        case TakeoverUnknown():
            return Message(w("entered.takeover.unknown"), keyboard([to_team(w)]))
        case TakeoverLeft():
            return Message(w("entered.takeover.left"))
        case TakeoverDone():
            return _done(outcome, w)
        case SideTakenOver():
            title = first_line(w, "entered.taken_over.title", other=full(w, outcome.other))
            text = lines(title, w("entered.taken_over", title=titled(w, outcome.title)), w("pledge.silence"))
            return Message(
                text, keyboard([button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)])
            )
    assert_never(outcome)


def _link(outcome: TakeoverLink, w: Phrases) -> Message:
    """Passed on whole, without its buttons."""
    said = w.to_forward()
    link = Markup('<a href="{link}">{link}</a>').format(link=outcome.link)
    text = lines(
        said("entered.forward.hello", other=full(said, outcome.other)),
        said("entered.link", title=titled(said, outcome.title)),
        link,
        said("entered.link.rules", day=said.due(outcome.until)),
        said("entered.forward.bye", me=full(said, outcome.me)),
    )
    copy = InlineKeyboardButton(w.label("entered.button.copy_link"), copy_text=CopyTextButton(outcome.link))
    again = button(w.label("entered.button.link_again"), Verb.TAKEOVER_LINK, outcome.pledge_id)
    return Message(text, keyboard([copy], [again]))


def _asked(outcome: TakeoverAsked, w: Phrases) -> Message:
    name, by = full(w, outcome.name), full(w, outcome.entered_by)
    whose = w("entered.takeover.of", organisation=outcome.organisation) if outcome.organisation else None
    text = lines(
        first_line(w, "entered.takeover.title", name=name),
        whose,
        w("entered.takeover", other=by),
        w("pledge.silence"),
    )
    return Message(
        text,
        keyboard(
            [button(w.label("entered.button.takeover_yes"), Verb.TAKEOVER_YES, outcome.code_id)],
            [button(w.label("entered.button.takeover_no"), Verb.TAKEOVER_NO, outcome.code_id)],
        ),
    )


def _done(outcome: TakeoverDone, w: Phrases) -> Message:
    title = first_line(w, "pledge.about", title=titled(w, outcome.title))
    text = lines(title, w("entered.takeover.done", other=short(w, outcome.other)))
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    every = button(w.label("pledge.button.all"), Verb.PLEDGES)
    return Message(text, keyboard([look], [every]))
