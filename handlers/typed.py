"""Labels typed instead of tapped: below the newest question, or in reply to one, they count as its button."""

from collections.abc import Collection

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

import messages
from actions.contents import contents
from actions.exchange.entries import Entry
from actions.exchange.turn import Turn
from actions.intake import typed_answers
from domain import places
from domain.labels import Awaited, UnclearError, meant, spelt
from domain.nudging import read_snooze
from domain.outcomes.joining import Welcome
from domain.roles_said import role_named
from domain.yes_and_no import EXPRESS, answer
from messages.buttons import Verb
from messages.callback_data import Press, decode

_LONGEST = 60  # characters; anything longer is no label
_CHOSEN = "✓"  # pressing it again would take the choice back, which nobody means by typing it
# Their labels are topics, which are understood from people's own words just as well.
_OWN_WORDS = {Verb.TOPICS_GROUP, Verb.TOPIC_TOGGLE}
# What they do cannot be undone, so a word is not enough.
_TAPPED = {
    Verb.ERASE_YES,
    Verb.BROADCAST_GO,
    Verb.BROADCAST_AGAIN,
    Verb.BROADCAST_DO,
    Verb.ROUND_GO,
    Verb.TIMETABLE_GO,
    Verb.TIMETABLE_OFF,
    Verb.ROUNDTABLE_GO,
    Verb.HANDSHAKE_YES,
    Verb.ENTRY_DELETE_YES,
    Verb.TAKEOVER_YES,
    Verb.ACCOUNT_YES,
}
# What they agree to may have changed since the message was worded: a word means what its writer has read.
_BINDING = {Verb.ACCEPT, Verb.AMEND_YES, Verb.AGREE, Verb.RETRO_OK}
# A consent takes its own label, or a yes that says so itself.
_CONSENTS = {Verb.CORE_YES, Verb.CARRIER_YES, Verb.ANNOUNCE_YES, Verb.CONSENT_YES}
# Which buttons a plain yes or no means, the likeliest first.
_YES: tuple[Collection[Verb], ...] = (
    {Verb.NOTE_AS, Verb.AMEND_OFFER},
    {
        Verb.CONTACT_MINE, Verb.INTRO_YES, Verb.MEET, Verb.ACCEPT, Verb.PROPOSE, Verb.DEADLINE_ON, Verb.AGREE,
        Verb.AMEND_YES, Verb.NOTE_TO, Verb.PLACE_PICK, Verb.TOPIC_PICK, Verb.TOPICS_OK, Verb.PROFILE_OK, *_TAPPED,
        Verb.ROUNDTABLE_YES, Verb.GUEST_YES, Verb.CALL, Verb.LEND, Verb.TEAM, Verb.TEAM_SEND, Verb.RETRO_OK,
    },
    {Verb.SHARPER},
)  # fmt: skip
_NO: tuple[Collection[Verb], ...] = (
    {
        Verb.INTRO_NO, Verb.NEXT, Verb.DECLINE, Verb.DISAGREE, Verb.NOTE_NO, Verb.AMEND_NO, Verb.AMEND_KEEP,
        Verb.SENTENCE_KEEP, Verb.PLACE_KEEP, Verb.TOPIC_NONE, Verb.ERASE_NO, Verb.NO_PAUSE, Verb.BROADCAST_DROP,
        Verb.ROUND_DROP, Verb.HANDSHAKE_NO, Verb.CALL_NO, Verb.LEND_NO, Verb.TEAM_NO, Verb.TAKEOVER_NO, Verb.TEAM_DROP,
        Verb.ACCOUNT_NO,
        Verb.GUEST_NO,
        Verb.ROUNDTABLE_NO,
        Verb.RETRO_LINES,
    },
    {Verb.CANCEL},
    {Verb.TOPICS_AGAIN},
    {Verb.SKIP},
)  # fmt: skip
# Said of a question that can be skipped, they skip it; of a line that is being edited, they leave it as it is.
_ONWARDS = {"weiter", "next", "nichts", "nothing"}
_PAST: tuple[Collection[Verb], ...] = ({Verb.CANCEL}, {Verb.SKIP})

Buttons = dict[str, str]
"""Callback data by label."""


async def button_named(turn: Turn, text: str, replied_to: int | None = None) -> str | None:
    """The callback data of the button that is meant, None if no question is open or none of its buttons is meant.

    `replied_to`: the message that the text replies to, whose buttons are meant then. Sets `turn.pressed` to the message
    with the button, as a press would. Raises UnclearError if several could be meant, or one that takes a tap (its label
    is no answer to anything else), or one of a message further up.
    """
    if len(text) > _LONGEST:
        return None
    for asked, awaited in await typed_answers.questions(turn, replied_to):
        found = _named_by(asked, text, await _buttons(turn, asked), awaited)
        if found and replied_to is None:
            found = await _or_above(turn, asked, text, awaited, found)
        verbs = {pressed.verb for data in found if (pressed := decode(data)) is not None}
        tapped = bool(verbs & _TAPPED) or (
            bool(verbs & _BINDING) and await typed_answers.is_out_of_date(turn, asked)
        )
        if len(found) == 1 and not tapped:
            turn.pressed = asked.message
            return found[0]
        if found and (tapped or awaited is Awaited.ANSWER):
            raise UnclearError(typed_answers.row_of(asked))
    if replied_to is None:
        await _look_further_up(turn, text)
    return None


async def _look_further_up(turn: Turn, text: str) -> None:
    """A label of an older message presses nothing: raises UnclearError, so that its buttons are shown once more."""
    for asked in await typed_answers.questions_further_up(turn):
        buttons = await _buttons(turn, asked)
        found = [decode(buttons[label]) for label in meant(text, buttons, Awaited.ANSWER)]
        if any(pressed is not None and pressed.verb not in _TAPPED for pressed in found):
            raise UnclearError(typed_answers.row_of(asked))


async def _or_above(turn: Turn, asked: Entry, text: str, awaited: Awaited, found: list[str]) -> list[str]:
    """What was found, and below a question that came unasked what the text names in the message above it, too: whoever
    typed it may not have seen the question.
    """
    above = await typed_answers.question_above(turn, asked) if asked.came_unasked else None
    others = _named_by(asked, text, await _buttons(turn, above), awaited) if above is not None else []
    return list(dict.fromkeys(found + others))


def _named_by(asked: Entry, text: str, buttons: Buttons, awaited: Awaited) -> list[str]:
    return _meant(text, buttons, awaited) or _said_plainly(asked, text, buttons)


def _meant(text: str, buttons: Buttons, awaited: Awaited) -> list[str]:
    labelled = [buttons[label] for label in meant(text, buttons, awaited)]
    return labelled or _named(text, buttons) or _passing(text, buttons) or _put_off(text, buttons)


def _named(text: str, buttons: Buttons) -> list[str]:
    """The buttons that choose a role or a Land which the text calls by another name."""
    choices = {data: chosen for data in buttons.values() if (chosen := _role_or_land(decode(data)))}
    named = {role_named(text), places.land_named(text)} if choices else set()
    return [data for data, chosen in choices.items() if chosen in named]


def _put_off(text: str, buttons: Buttons) -> list[str]:
    """The button that puts a question off for as long as the text says."""
    how = read_snooze(text)
    named = {data: decode(data) for data in buttons.values()} if how is not None else {}
    return [data for data, of in named.items() if of and of.verb is Verb.SNOOZE and of.args[1] == how]


def _passing(text: str, buttons: Buttons) -> list[str]:
    skips = spelt(text) in _ONWARDS and _answering(buttons, ({Verb.SKIP},))
    return _answering(buttons, _PAST) if skips else []


def _role_or_land(button: Press | None) -> str | None:
    match button:
        case Press(Verb.ROLE | Verb.LAND, (chosen,)) | Press(Verb.SEGMENT_IS, (_, _, chosen)):
            return chosen
        case _:
            return None


def _said_plainly(asked: Entry, text: str, buttons: Buttons) -> list[str]:
    """The buttons that a plain yes or no may mean."""
    said = answer(text)
    if said is None:
        return []
    return _answering(buttons, _meaning_yes(asked, text) if said else _NO)


def _meaning_yes(asked: Entry, text: str) -> tuple[Collection[Verb], ...]:
    """Only the welcome asks whether to begin; the long text has that button, too, and leaves open what was asked."""
    begins = ({Verb.BEGIN},) if asked.is_one_of((Welcome.Payload,)) else ()
    return (*_YES, *begins, _CONSENTS) if spelt(text) in EXPRESS else (*_YES, *begins)


def _answering(buttons: Buttons, wanted: tuple[Collection[Verb], ...]) -> list[str]:
    each = [(data, pressed.verb) for data in buttons.values() if (pressed := decode(data)) is not None]
    groups = ([data for data, verb in each if verb in verbs] for verbs in wanted)
    return next((found for found in groups if found), [])


async def _buttons(turn: Turn, asked: Entry) -> Buttons:
    """The buttons of this message that may be typed, as the chat shows it now."""
    said = await contents(turn.session, asked.row, turn.now, turn.operator)
    if said is None:
        return {}
    message = messages.of(said.outcome, said.voice, said.today, asked=said.asked)
    return {
        button.text: str(button.callback_data) for button in _each(message.keyboard) if _may_be_typed(button)
    }


def _each(keyboard: InlineKeyboardMarkup | None) -> list[InlineKeyboardButton]:
    return [button for row in (keyboard.inline_keyboard if keyboard else ()) for button in row]


def _may_be_typed(button: InlineKeyboardButton) -> bool:
    pressed = decode(str(button.callback_data))
    return pressed is not None and pressed.verb not in _OWN_WORDS and not button.text.startswith(_CHOSEN)
