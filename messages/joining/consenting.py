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
    return Message(text, keyboard(*answers(outcome.purpose, outcome.workshop_id, outcome.controller, w)))


def consent_text(purpose: Purpose, w: Phrases, controller: str) -> str:
    html = consents.text(purpose, w.voice).html
    return Markup(html).format(controller=controller)  # noqa: S704 - our own file


def answers(
    purpose: Purpose, workshop_id: int | None, controller: str, w: Phrases, *, reading: bool = False
) -> Rows:
    """The buttons that answer a consent question, and one for the privacy text unless that is what they are under
    (`reading`).
    """
    arrival = (workshop_id or 0, w.voice)
    fingerprint = consents.text(purpose, w.voice).fingerprint(controller)
    read = [] if reading else [button(w.label("joining.button.read_all"), Verb.READ, *arrival)]
    no = w.label("joining.button.no_thanks")
    match purpose:
        case Purpose.CORE:
            yes = button(w.label("joining.button.core_yes"), Verb.CORE_YES, *arrival, fingerprint)
            return [[yes], [button(no, Verb.CORE_NO, *arrival)], read]
        case Purpose.CARRIER:
            yes = button(w.label("joining.button.carrier_yes"), Verb.CARRIER_YES, fingerprint)
            return [[yes], [button(no, Verb.CARRIER_NO), *read]]
        case Purpose.ANNOUNCEMENTS | Purpose.SHOW_TELEGRAM:
            key = "announce_yes" if purpose is Purpose.ANNOUNCEMENTS else "show_telegram_yes"
            yes = button(w.label(f"joining.button.{key}"), Verb.CONSENT_YES, purpose, fingerprint)
            return [[yes], [button(no, Verb.CONSENT_NO, purpose, fingerprint)]]


def announcing(w: Phrases) -> tuple[str, Rows]:
    """Consent A as a question of the profile. Its text names no controller."""
    fingerprint = consents.text(Purpose.ANNOUNCEMENTS, w.voice).fingerprint("")
    yes = button(w.label("joining.button.announce_yes"), Verb.ANNOUNCE_YES, fingerprint)
    no = button(w.label("joining.button.no_thanks"), Verb.ANNOUNCE_NO, fingerprint)
    return consent_text(Purpose.ANNOUNCEMENTS, w, controller=""), [[yes], [no]]
