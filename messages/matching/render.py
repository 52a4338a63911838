"""Turns outcomes of matching into messages: suggestions, introductions, contacts."""

from typing import assert_never

from domain.outcomes.choices import ProfileQuestion
from domain.outcomes.matching import (
    Asking,
    CardIsOut,
    ContactAsked,
    ContactNoted,
    ContactReceived,
    ContactWordsAsked,
    EarlierCardOpen,
    IntroAsked,
    IntroClosed,
    IntroExpired,
    Matching,
    MeetCard,
    MetAsked,
    MetNoted,
    NobodyYet,
    NumberDoubted,
    Suggested,
    TopicWanted,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.matching import afterwards, contacts
from messages.matching.cards import acquainted, described, of_three, reason, staying
from messages.matching.meeting import meet_card
from messages.message import Message, button, keyboard
from messages.people import full, short
from messages.places_to_go import to_team


def render(outcome: Matching, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case per outcome
    match outcome:
        case Suggested():
            return _suggested(outcome, w)
        case NobodyYet():
            return _nobody_yet(outcome, w)
        case TopicWanted():
            name = button(w.label("matching.button.name_topic"), Verb.EDIT, ProfileQuestion.SEEKS)
            return Message(w("matching.topic_wanted"), keyboard([name]))
        case CardIsOut():
            return Message(w("matching.round.card_out"))
        case EarlierCardOpen():
            return _and_on("matching.round.earlier_open", w)
        case Asking():
            return _asking(outcome, w)
        case IntroAsked():
            return _intro_asked(outcome, w)
        case IntroClosed():
            return _and_on("matching.intro.closed", w)
        case IntroExpired():
            expired = "matching.intro.expired" if outcome.today else "matching.intro.expired.another_day"
            return _and_on(expired, w)
        case MeetCard():
            return meet_card(outcome, w)
        case ContactAsked():
            return contacts.asked(outcome, w)
        case ContactWordsAsked():
            return contacts.words_asked(outcome, w)
        case NumberDoubted():
            return contacts.number_doubted(outcome, w)
        case ContactReceived():
            return contacts.received(outcome, w)
        case ContactNoted():
            return contacts.noted(outcome, w)
        case MetAsked():
            return afterwards.asked(outcome, w)
        case MetNoted():
            return afterwards.noted(outcome, w)
    assert_never(outcome)


def _nobody_yet(outcome: NobodyYet, w: Phrases) -> Message:
    if outcome.paused:
        resume = button(w.label("rights.button.resume"), Verb.RESUME)
        return Message(w("matching.nobody.paused"), keyboard([resume]))
    profile = button(w.label("matching.button.profile"), Verb.PROFILE)
    pledge = button(w.label("matching.button.pledge"), Verb.PLEDGE_NEW)
    again = [button(w.label("matching.button.again"), Verb.SHOW_AGAIN)] if outcome.again else []
    return Message(w("matching.nobody"), keyboard(again, [profile, pledge], [to_team(w)]))


def _and_on(key: str, w: Phrases) -> Message:
    return Message(w(key), keyboard([button(w.label("matching.button.on"), Verb.PARTNER)]))


def _suggested(outcome: Suggested, w: Phrases) -> Message:
    suggestion_id = outcome.suggestion_id
    text = lines(
        w("matching.suggested.title"),
        *described(outcome.card, w),
        w("matching.why", reason=reason(outcome.because, outcome.card.name, w)),
        acquainted(outcome.known_from, w),
        staying(outcome.here_until, w),
        of_three(outcome.third, w),
        w("matching.suggested", name=short(w, outcome.card.name)),
    )
    return Message(
        text,
        keyboard(
            [button(w.label("matching.button.meet"), Verb.MEET, suggestion_id)],
            [
                button(w.label("matching.button.next"), Verb.NEXT, suggestion_id),
                button(w.label("matching.button.not_my_topic"), Verb.NOT_MY_TOPIC, suggestion_id),
            ],
        ),
    )


def _asking(outcome: Asking, w: Phrases) -> Message:
    text = lines(
        first_line(w, "matching.asking.title", name=full(w, outcome.name)),
        w("matching.asking", name=short(w, outcome.name)),
    )
    return Message(text, keyboard([button(w.label("matching.button.on"), Verb.PARTNER)]))


def _intro_asked(outcome: IntroAsked, w: Phrases) -> Message:
    text = lines(
        first_line(w, "matching.intro.title", name=full(w, outcome.card.name)),
        *described(outcome.card, w),
        w("matching.why", reason=reason(outcome.because, outcome.card.name, w)),
        acquainted(outcome.known_from, w),
        staying(outcome.here_until, w),
        of_three(outcome.third, w),
        w("matching.intro"),
    )
    return Message(
        text,
        keyboard(
            [button(w.label("matching.button.meet"), Verb.INTRO_YES, outcome.intro_id)],
            [button(w.label("matching.button.rather_not"), Verb.INTRO_NO, outcome.intro_id)],
        ),
    )
