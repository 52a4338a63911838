"""The four consent questions: the versioned text, and buttons that make yes and no equally easy."""

from markupsafe import Markup

from domain import consents
from domain.outcomes.choices import Purpose
from domain.outcomes.joining import ConsentAsked
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, Rows, button, keyboard


def consent(outcome: ConsentAsked, w: Phrases) -> Message:
    text = consent_text(outcome.purpose, w, outcome.controller)
    if outcome.again:
        text = lines(text, w("joining.consent.on_no"))
    return Message(text, keyboard(*answers(outcome.purpose, outcome.workshop_id, w, reading=False)))


def consent_text(purpose: Purpose, w: Phrases, controller: str) -> str:
    html = consents.text(purpose, w.voice).html
    return Markup(html).format(controller=controller)  # noqa: S704 - our own file


def answers(purpose: Purpose, workshop_id: int | None, w: Phrases, *, reading: bool) -> Rows:
    """The buttons that answer a consent question, and one for the privacy text unless that is what they are under."""
    arrival = (workshop_id or 0, w.voice)
    read = [] if reading else [button(w.label("joining.button.read_all"), Verb.READ, *arrival)]
    no = w.label("joining.button.no_thanks")
    match purpose:
        case Purpose.CORE:
            yes = button(w.label("joining.button.core_yes"), Verb.CORE_YES, *arrival)
            return [[yes], [button(no, Verb.CORE_NO, *arrival)], read]
        case Purpose.CARRIER:
            yes = button(w.label("joining.button.carrier_yes"), Verb.CARRIER_YES)
            return [[yes], [button(no, Verb.CARRIER_NO), *read]]
        case Purpose.ANNOUNCEMENTS:
            yes = button(w.label("joining.button.announce_yes"), Verb.ANNOUNCE_YES)
            return [[yes], [button(no, Verb.ANNOUNCE_NO)]]
        case Purpose.SHOW_TELEGRAM:
            yes = button(w.label("joining.button.show_telegram_yes"), Verb.CONSENT_ON, purpose)
            return [[yes], [button(no, Verb.CONSENT_OFF, purpose)]]
