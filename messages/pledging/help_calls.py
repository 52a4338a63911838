"""Help calls: shall I look, have you a quarter of an hour, and that nobody was found."""

from typing import assert_never

from domain.outcomes.pledging.help_calls import (
    HelpAsked,
    HelpDeclined,
    Helping,
    HelpOffered,
    HelpOver,
    HelpRefused,
    HelpSought,
    NoHelp,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.names import topic
from messages.pledging.statuses import titled


def render(outcome: Helping, w: Phrases) -> Message:  # noqa: PLR0911 - a case per outcome
    match outcome:
        case HelpOffered():
            return _offered(outcome, w)
        case HelpRefused():
            return Message(w("help.refused"))
        case HelpSought():
            about = first_line(w, "pledge.about", title=titled(w, outcome.title))
            return Message(lines(about, w("help.sought.over" if outcome.over else "help.sought")))
        case HelpAsked():
            return _asked(outcome, w)
        case HelpDeclined():
            return Message(w("help.declined"))
        case HelpOver():
            return Message(w("help.over"))
        case NoHelp():
            return _nobody(outcome, w)
    assert_never(outcome)


def _offered(outcome: HelpOffered, w: Phrases) -> Message:
    text = lines(
        first_line(w, "pledge.about", title=titled(w, outcome.title)), w("help.offer"), w("help.offer.how")
    )
    yes = button(w.label("help.button.look"), Verb.CALL, outcome.pledge_id, outcome.period)
    no = button(w.label("help.button.no_thanks"), Verb.CALL_NO, outcome.pledge_id)
    return Message(text, keyboard([yes, no]))


def _asked(outcome: HelpAsked, w: Phrases) -> Message:
    about = topic(w, outcome.topic)
    text = lines(
        first_line(w, "help.asked.title", topic=about),
        w("help.asked", topic=about, lacks=w(f"blocker.lacks.{outcome.blocker}")),
        w(f"help.asked.because.{outcome.because}"),
        w("help.asked.how"),
    )
    yes = button(w.label("help.button.gladly"), Verb.LEND, outcome.request_id)
    no = button(w.label("help.button.not_now"), Verb.LEND_NO, outcome.request_id)
    return Message(text, keyboard([yes, no]))


def _nobody(outcome: NoHelp, w: Phrases) -> Message:
    about = first_line(w, "pledge.about", title=titled(w, outcome.title))
    if outcome.answered:
        return Message(lines(about, w("help.nobody.named" if outcome.named else "help.nobody.unnamed")))
    blocker = w.label(f"blocker.button.{outcome.blocker}")
    what = topic(w, outcome.topic) if outcome.topic is not None else w.label("care.call.no_topic")
    text = lines(
        about, w("help.nobody"), w("help.nobody.team", topic=what, blocker=blocker), w("help.nobody.ask")
    )
    yes = button(w.label("help.button.named"), Verb.TEAM, outcome.call_id)
    no = button(w.label("help.button.unnamed"), Verb.TEAM_NO, outcome.call_id)
    return Message(text, keyboard([yes], [no]))
