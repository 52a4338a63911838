"""Turns outcomes of joining into messages: the welcome, consents, questions, the profile."""

from typing import assert_never

from domain.outcomes.choices import ProfileQuestion
from domain.outcomes.joining import (
    Asked,
    CodeAsked,
    ConfirmationEnded,
    ConsentAsked,
    Declined,
    Joining,
    LineChanged,
    MpNotice,
    PlacesMeant,
    Profile,
    Ready,
    TopicsBrowsed,
    TopicsHeard,
    UnderAge,
    VoiceAsked,
    Welcome,
    WithoutTelegram,
    WorkshopJoined,
)
from domain.voice import Voice
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.joining.asking import asked, places_meant
from messages.joining.consenting import consent
from messages.joining.interests import browsed, heard
from messages.joining.profiles import profile
from messages.joining.welcoming import welcome, without_telegram
from messages.message import Message, button, keyboard
from messages.names import land, role
from messages.places_to_go import to_team

_NAME = 26  # UTF-16 units of a name that fit into the first line


def render(outcome: Joining, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case per outcome
    match outcome:
        case Welcome():
            return welcome(outcome, w)
        case WithoutTelegram():
            return without_telegram(outcome, w)
        case ConsentAsked():
            return consent(outcome, w)
        case Declined():
            return Message(w("joining.declined"))
        case UnderAge():
            return Message(w("joining.under_age"))
        case MpNotice():
            return Message(w("joining.mp_notice", bot=outcome.bot))
        case ConfirmationEnded():
            return Message(w("joining.confirmation_ended"))
        case Asked():
            return asked(outcome, w)
        case PlacesMeant():
            return places_meant(outcome, w)
        case TopicsHeard():
            return heard(outcome, w)
        case TopicsBrowsed():
            return browsed(outcome, w)
        case Profile():
            return profile(outcome, w)
        case Ready():
            return _ready(outcome, w)
        case LineChanged():
            return _line_changed(outcome, w)
        case VoiceAsked():
            voices = [[button(w.label(f"voice.{voice}"), Verb.VOICE, voice)] for voice in Voice]
            return Message(w("joining.voices"), keyboard(*voices))
        case CodeAsked():
            cancel = button(w.label("joining.button.cancel"), Verb.CANCEL)
            to_help = button(w.label("joining.button.help"), Verb.HELP)
            ways_on = [[cancel]] if outcome.joined else [[to_team(w)], [to_help]]
            return Message(w("joining.code"), keyboard(*ways_on))
        case WorkshopJoined():
            return _workshop_joined(outcome, w)
    assert_never(outcome)


def _ready(outcome: Ready, w: Phrases) -> Message:
    return Message(
        w("joining.ready", name=cut(outcome.name, _NAME)),
        keyboard(
            [button(w.label("joining.button.next_person"), Verb.PARTNER)],
            [
                button(w.label("joining.button.pledge_new"), Verb.PLEDGE_NEW),
                button(w.label("joining.button.help"), Verb.HELP),
            ],
        ),
    )


def _line_changed(outcome: LineChanged, w: Phrases) -> Message:
    if outcome.role is not None:
        question, value = ProfileQuestion.ROLE, role(w, outcome.role)
    else:
        question, value = (
            ProfileQuestion.LAND,
            land(w, outcome.land) if outcome.land else w.label("joining.profile.open"),
        )
    return Message(w("joining.changed", label=w.label(f"joining.question.{question}"), value=value))


def _workshop_joined(outcome: WorkshopJoined, w: Phrases) -> Message:
    key = "joining.workshop.again" if outcome.again else "joining.workshop"
    return Message(
        w(key, workshop=outcome.workshop),
        keyboard(
            [
                button(w.label("joining.button.next_person"), Verb.PARTNER),
                button(w.label("joining.button.profile"), Verb.PROFILE),
            ],
        ),
    )
