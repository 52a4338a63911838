"""Texts that are passed on to somebody without Telegram: formal, without our jargon, whoever passes them on."""

import re
from dataclasses import replace
from datetime import date

import pytest

from domain.nudging import Period
from domain.outcomes.pledging.entered import EnteredAsked, InvitationToForward
from domain.pledges import Acts, Side
from domain.voice import Voice
from messages import of
from tests.messages.telegram_html import plain_text

TODAY, DAY = date(2027, 1, 20), date(2027, 7, 20)
INVITATION = InvitationToForward(
    "Ben Albrecht", "Ana Keller", "Ich rufe an.", Acts.AUTHOR, DAY, "Werkstatt e.V.", "a@example.org", 90
)
ASKED = EnteredAsked(1, "Ehrenamt", "Ben Albrecht", "Ana Keller", Side.PROMISER, DAY, Period.M1, None)
JARGON = re.compile(r"\bbots?\b|\w:in(nen)?\b|\b(du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)


def passed_on(outcome, voice):
    """The invitation, or the words that the button copies."""
    message = of(outcome, voice, TODAY)
    if isinstance(outcome, InvitationToForward):
        return plain_text(message.text)
    return next(b.copy_text.text for row in message.keyboard.inline_keyboard for b in row if b.copy_text)


ALL = [
    *(replace(INVITATION, acts=acts) for acts in Acts),
    *(replace(ASKED, side=side, period=period) for side in Side for period in (Period.M1, Period.DEADLINE)),
    replace(ASKED, title=""),
]


@pytest.mark.parametrize("outcome", ALL, ids=lambda each: type(each).__name__)
def test_it_is_formal_and_without_our_jargon_in_every_voice(outcome):
    for voice in Voice:
        said = passed_on(outcome, voice)
        assert not JARGON.search(said), said
        assert said.startswith("Hello Ben" if voice is Voice.EN else "Guten Tag Ben")
    assert passed_on(outcome, Voice.DU) == passed_on(outcome, Voice.SIE)


def test_the_notice_says_what_article_14_asks_for():
    said = passed_on(INVITATION, Voice.DU)
    for told in ("Ana Keller", "Werkstatt e.V., a@example.org", "Art. 6 Abs. 1 f", "Name und Organisation",
                 "außerhalb der EU", "90 Tage", "Löschung", "widersprechen", "Datenschutzaufsicht"):  # fmt: skip
        assert told in said


def test_the_copied_question_fits_and_names_the_day():
    long = replace(ASKED, other="Ä" * 60, me="Ö" * 60, title="Ü" * 32)
    assert len(passed_on(long, Voice.SIE)) <= 256
    assert "bis 20. Juli" in passed_on(ASKED, Voice.DU)
