"""The welcome: who we are, in which voice, and how to take part without Telegram."""

from telegram import InlineKeyboardButton

from domain.outcomes.joining import Welcome, WithoutTelegram
from domain.voice import Voice
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.names import listed

_OTHER = {Voice.DU: Voice.SIE, Voice.SIE: Voice.DU, Voice.EN: Voice.DU}


def welcome(outcome: Welcome, w: Phrases) -> Message:
    """The first message. Nothing is stored yet, so the workshop and the voice travel in the buttons."""
    arrival = (outcome.workshop_id or 0, w.voice)
    begin = "joining.button.begin" if outcome.workshop_id else "joining.button.begin_without_code"
    buttons = keyboard(
        [button(w.label(begin), Verb.BEGIN, *arrival)],
        [button(w.label("joining.button.read_first"), Verb.READ, *arrival)],
        [button(w.label("joining.button.without"), Verb.WITHOUT, *arrival)],
        _other_voices(outcome.workshop_id, w),
    )
    controller = outcome.controller.removesuffix(".")  # the full stop of "e.V." also ends the sentence
    if outcome.workshop_id is None:
        no_code = w("joining.welcome.no_code") if outcome.again else None
        return Message(lines(w("joining.welcome.no_workshop", controller=controller), no_code), buttons)
    intro = w("joining.welcome" if outcome.today else "joining.welcome.another_day", controller=controller)
    invited = w("joining.welcome.invited") if outcome.invited else None
    led = [w(text) for here, text in _led_here(outcome) if here]
    how = w("joining.welcome.how", begin=w.label(begin)) if outcome.again else None
    return Message(
        lines(
            intro,
            invited,
            *led,
            _live(outcome, w),
            w("joining.welcome.terms"),
            how,
        ),
        buttons,
    )


def _led_here(outcome: Welcome) -> tuple[tuple[bool, str], ...]:
    """Whether each kind of personal link did, and what it says then."""
    return (
        (outcome.entered, "entered.welcome"),
        (outcome.office, "office.welcome"),
        (outcome.account, "account.welcome"),
    )


def without_telegram(outcome: WithoutTelegram, w: Phrases) -> Message:
    arrival = (outcome.workshop_id or 0, w.voice)
    return Message(
        w("joining.without"), keyboard([button(w.label("joining.button.back"), Verb.GREET, *arrival)])
    )


def _live(outcome: Welcome, w: Phrases) -> str:
    said = []
    if outcome.people is not None and outcome.mps is not None:
        said.append(w("joining.welcome.people_mps", people=outcome.people, mps=outcome.mps))
    elif outcome.people is not None:
        said.append(w("joining.welcome.people", people=outcome.people))
    if outcome.topics:
        said.append(w("joining.welcome.topics", topics=listed(w, outcome.topics, ", ")))
    return " ".join(said)


def _other_voices(workshop_id: int | None, w: Phrases) -> list[InlineKeyboardButton]:
    other = button(w.label("joining.button.other_voice"), Verb.GREET, workshop_id or 0, _OTHER[w.voice])
    if w.voice is Voice.EN:
        return [other]
    return [other, button(w.label("joining.button.english"), Verb.GREET, workshop_id or 0, Voice.EN)]
