"""Every outcome is worded in every voice, whatever people typed, in a way that Telegram accepts."""

import re
from datetime import date
from functools import cache
from typing import get_args

import pytest

import messages
from domain.outcomes import Outcome
from domain.outcomes.pledging.entered import AmendmentToForward, InvitationToForward
from domain.outcomes.pledging.retrospectives import RetrospectiveToForward
from domain.outcomes.pledging.takeovers import TakeoverLink
from domain.voice import Voice
from domain.words import utf16_length
from messages.buttons import Verb, decode
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
_DU = re.compile(r"\b(?:du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)

PER_OUTCOME = pytest.mark.parametrize("kind", get_args(Outcome), ids=lambda kind: kind.__name__)
PER_VOICE = pytest.mark.parametrize("voice", Voice)


@cache
def rendered(kind: type, voice: Voice) -> tuple[tuple[object, Message], ...]:
    return tuple((outcome, messages.of(outcome, voice, TODAY)) for outcome in examples(kind))


def labels(message: Message) -> list[str]:
    rows = message.keyboard.inline_keyboard if message.keyboard else ()
    return [button.text for row in rows for button in row]


@PER_OUTCOME
@PER_VOICE
def test_the_text_is_html_that_telegram_takes_and_fits(kind: type, voice: Voice):
    for outcome, message in rendered(kind, voice):
        if message.copy is not None or message.formats is not None:
            continue
        limit = _CAPTION if message.photo or message.document else _TEXT
        assert 0 < utf16_length(plain_text(message.text)) <= limit, outcome


TO_FORWARD = {AmendmentToForward, InvitationToForward, RetrospectiveToForward, TakeoverLink}
"""What is passed on whole, and has no heading of ours."""


@PER_OUTCOME
@PER_VOICE
def test_the_first_line_is_bold(kind: type, voice: Voice):
    for outcome, message in rendered(kind, voice):
        if message.copy is None and message.formats is None and kind not in TO_FORWARD:
            first = message.text.partition("\n")[0]
            assert first.startswith("<b>"), outcome
            assert plain_text(first), outcome


@PER_OUTCOME
@PER_VOICE
def test_what_people_typed_is_shown_literally_and_cannot_be_tapped(kind: type, voice: Voice):
    for outcome, message in rendered(kind, voice):
        if message.formats is not None:
            continue  # an organiser's, sent as it was written
        assert not [each for each in (*UNESCAPED, *TAPPABLE) if each in message.text], outcome
        assert "&amp;lt;" not in message.text, outcome
        assert "&amp;amp;" not in message.text, outcome


@PER_OUTCOME
@PER_VOICE
def test_every_button_says_something_and_can_be_read_again(kind: type, voice: Voice):
    for outcome, message in rendered(kind, voice):
        for row in message.keyboard.inline_keyboard if message.keyboard else ():
            for button in row:
                assert any(char.isalnum() for char in button.text), outcome
                if button.callback_data is not None:
                    assert len(str(button.callback_data).encode()) <= _DATA, outcome
                    assert decode(str(button.callback_data)), outcome


@PER_OUTCOME
@PER_VOICE
def test_every_button_fits_a_phone_and_none_looks_like_another(kind: type, voice: Voice):
    for outcome, message in rendered(kind, voice):
        rows = message.keyboard.inline_keyboard if message.keyboard else ()
        for button in (button for row in rows for button in row):
            press = decode(str(button.callback_data))
            longest = 40 if press and press.verb in _WHOLE else BUTTON
            assert utf16_length(_NUMBER.sub("999", button.text)) <= longest, outcome
        said = labels(message)
        assert len(set(said)) == len(said), outcome


@PER_OUTCOME
@PER_VOICE
def test_no_two_buttons_of_a_message_do_the_same(kind: type, voice: Voice):
    for outcome, message in rendered(kind, voice):
        rows = message.keyboard.inline_keyboard if message.keyboard else ()
        data = [button.callback_data for row in rows for button in row if button.callback_data]
        assert len(rows) <= 40, outcome
        assert len(set(data)) == len(data) or _repeats(outcome), outcome


def _repeats(outcome: object) -> bool:
    """The examples draw ids with repetition, but no two people share an id."""
    return any(isinstance(value, tuple) for value in vars(outcome).values())


@PER_OUTCOME
def test_nobody_who_chose_sie_is_called_du(kind: type):
    for outcome, message in rendered(kind, Voice.SIE):
        said = "\n".join((message.text, *labels(message))).replace("per Du", "").replace("oder Du", "")
        assert not _DU.search(said), outcome
