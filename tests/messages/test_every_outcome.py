"""Every outcome is worded in every voice, whatever people typed, in a way that Telegram accepts.

The rules are functions, and each outcome is one test: thousands of tests would take longer than what they check.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from telegram import InlineKeyboardButton

import messages
from domain.outcomes.kinds import Outcome
from domain.outcomes.pledging.entered import AmendmentToForward, InvitationToForward
from domain.outcomes.pledging.retrospectives import RetrospectiveToForward
from domain.outcomes.pledging.takeovers import TakeoverLink
from domain.voice import Voice
from domain.words import utf16_length
from messages.buttons import Verb
from messages.callback_data import decode
from messages.catalogue import BUTTON
from messages.message import Message
from tests.messages.examples import TAPPABLE, UNESCAPED, examples
from tests.messages.telegram_html import plain_text

_TEXT, _CAPTION, _DATA = 4096, 1024, 64
_NUMBER = re.compile(r"\d{4,}")  # more than a workshop ever counts
# Our labels that are never cut, up to 40 units: cut, they would not say what is chosen.
_WHOLE = {
    Verb.TOPIC_PICK, Verb.TOPIC_TOGGLE, Verb.TOPICS_GROUP,  # topics and their groups, as the catalogue names them
    Verb.CONSENT_ON, Verb.CONSENT_OFF,  # people agree to a purpose by its name
    Verb.SEGMENT_IS,  # a role or a Land, and how many
}  # fmt: skip
TODAY = date(2027, 1, 20)
_SHOWN = 5  # of what is wrong with one outcome
_DU = re.compile(r"\b(?:du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)

TO_FORWARD = {AmendmentToForward, InvitationToForward, RetrospectiveToForward, TakeoverLink}
"""What is passed on whole, and has no heading of ours."""


def labels(message: Message) -> list[str]:
    return [button.text for row in rows_of(message) for button in row]


def rows_of(message: Message) -> tuple[tuple[InlineKeyboardButton, ...], ...]:
    return message.keyboard.inline_keyboard if message.keyboard else ()


def the_text_is_html_that_telegram_takes_and_fits(outcome: object, message: Message, voice: Voice):
    if message.copy is None and message.formats is None:
        limit = _CAPTION if message.photo or message.document else _TEXT
        assert 0 < utf16_length(plain_text(message.text)) <= limit


def the_first_line_is_bold(outcome: object, message: Message, voice: Voice):
    if message.copy is None and message.formats is None and type(outcome) not in TO_FORWARD:
        first = message.text.partition("\n")[0]
        assert first.startswith("<b>")
        assert plain_text(first)


def what_people_typed_is_shown_literally_and_cannot_be_tapped(
    outcome: object, message: Message, voice: Voice
):
    if message.formats is not None:
        return  # an organiser's, sent as it was written
    assert not [each for each in (*UNESCAPED, *TAPPABLE) if each in message.text]
    assert "&amp;lt;" not in message.text
    assert "&amp;amp;" not in message.text


def every_button_says_something_and_can_be_read_again(outcome: object, message: Message, voice: Voice):
    for button in (button for row in rows_of(message) for button in row):
        assert any(char.isalnum() for char in button.text)
        if button.callback_data is not None:
            assert len(str(button.callback_data).encode()) <= _DATA
            assert decode(str(button.callback_data))


def every_button_fits_a_phone_and_none_looks_like_another(outcome: object, message: Message, voice: Voice):
    for button in (button for row in rows_of(message) for button in row):
        press = decode(str(button.callback_data))
        longest = 40 if press and press.verb in _WHOLE else BUTTON
        assert utf16_length(_NUMBER.sub("999", button.text)) <= longest
    said = labels(message)
    assert len(set(said)) == len(said)


def no_two_buttons_of_a_message_do_the_same(outcome: object, message: Message, voice: Voice):
    data = [button.callback_data for row in rows_of(message) for button in row if button.callback_data]
    assert len(rows_of(message)) <= 40
    assert len(set(data)) == len(data) or _repeats(outcome)


def _repeats(outcome: object) -> bool:
    """The examples draw ids with repetition, but no two people share an id."""
    return any(isinstance(value, tuple) for value in vars(outcome).values())


def nobody_who_chose_sie_is_called_du(outcome: object, message: Message, voice: Voice):
    if voice is Voice.SIE:
        said = "\n".join((message.text, *labels(message))).replace("per Du", "").replace("oder Du", "")
        assert not _DU.search(said)


RULES = (
    the_text_is_html_that_telegram_takes_and_fits,
    the_first_line_is_bold,
    what_people_typed_is_shown_literally_and_cannot_be_tapped,
    every_button_says_something_and_can_be_read_again,
    every_button_fits_a_phone_and_none_looks_like_another,
    no_two_buttons_of_a_message_do_the_same,
    nobody_who_chose_sie_is_called_du,
)


@pytest.mark.parametrize("kind", get_args(Outcome), ids=lambda kind: kind.__name__)
def test_every_rule_holds_in_every_voice(kind: type):
    broken = [
        complaint
        for outcome in examples(kind)
        for voice in Voice
        for complaint in _complaints(outcome, messages.of(outcome, voice, TODAY), voice)
    ]
    assert not broken, "\n\n".join(broken[:_SHOWN])


def _complaints(outcome: object, message: Message, voice: Voice) -> Iterator[str]:
    for rule in RULES:
        try:
            rule(outcome, message, voice)
        except AssertionError as error:
            yield f"{rule.__name__}, {voice}: {error}\n{outcome}"
