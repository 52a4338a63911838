"""Every button and what it does: the verb, the action, and how its arguments are read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from telegram import Update

from actions import (
    broadcasts,
    conversation,
    endings,
    introductions,
    joining,
    notes,
    organisers,
    pledges,
    profile,
    reports,
    rights,
    rounds,
    suggestions,
    talks,
    topics,
)
from actions import nudges as nudging
from actions.turn import Turn
from domain import topics as catalogue
from domain.nudging import Period
from domain.outcomes.choices import ContactKind, Direction, Meeting, Offer, Purpose, Question, Verdict
from domain.outcomes.organising import Errand, Segment
from domain.pledges import Acts, Status
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.voice import Voice
from handlers.turns import Context
from messages.buttons import Verb, decode

LONGEST_ID = 9  # digits; what a 32-bit column surely holds, which is what an id is on PostgreSQL

Action = Callable[..., Awaitable[None]]
Parser = Callable[[str], Any]


@dataclass(frozen=True)
class Route:
    """`act(turn, *arguments)`; each parser reads one argument of the button and raises ValueError for any other."""

    act: Action
    parsers: tuple[Parser, ...] = ()


def number(text: str) -> int:
    """A row's id. Only plain ASCII digits, and no more than a database holds."""
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_ID:
        raise ValueError(text)
    return int(text)


def word(text: str) -> str:
    return text


def _to(act: Action, *parsers: Parser) -> Route:
    return Route(act, parsers)


async def _next(turn: Turn, suggestion_id: int) -> None:
    await suggestions.decide(turn, suggestion_id, Verdict.NEXT)


async def _not_my_topic(turn: Turn, suggestion_id: int) -> None:
    await suggestions.decide(turn, suggestion_id, Verdict.NOT_MY_TOPIC)


async def _claim_yes(turn: Turn, person_id: int) -> None:
    await organisers.decide_claim(turn, person_id, confirmed=True)


async def _claim_no(turn: Turn, person_id: int) -> None:
    await organisers.decide_claim(turn, person_id, confirmed=False)


def months(text: str) -> int | None:
    """How far ahead; None: it will be typed."""
    return None if text == "type" else _up_to(12, text)


def weeks(text: str) -> int:
    return _up_to(52, text)


def _up_to(most: int, text: str) -> int:
    if number(text) > most:
        raise ValueError(text)
    return number(text)


def group(text: str) -> str:
    if text not in {g.id for g in catalogue.load().groups()}:
        raise ValueError(text)
    return text


async def _deadline_in(turn: Turn, pledge_id: int, ahead: int | None) -> None:
    if ahead is None:
        await pledges.type_deadline(turn, pledge_id)
    else:
        await pledges.deadline_in(turn, pledge_id, ahead)


class Talk(StrEnum):
    """When they talk again."""

    TWO_WEEKS = "2w"
    FOUR_WEEKS = "4w"
    DATE = "date"
    OPEN = "open"


_TALK_WEEKS = {Talk.TWO_WEEKS: 2, Talk.FOUR_WEEKS: 4}


async def _talk(turn: Turn, pledge_id: int, choice: Talk, *, change: bool = False) -> None:
    match choice:
        case Talk.DATE:
            await talks.type_(turn, pledge_id, change=change)
        case Talk.OPEN:
            await talks.settle(turn, pledge_id, None, change=change)
        case Talk.TWO_WEEKS | Talk.FOUR_WEEKS:
            day = turn.today + timedelta(weeks=_TALK_WEEKS[choice])
            await talks.settle(turn, pledge_id, day, change=change)


async def _talk_move(turn: Turn, pledge_id: int, choice: Talk) -> None:
    await _talk(turn, pledge_id, choice, change=True)


_ERRANDS: dict[Errand, Action] = {
    Errand.BROADCAST: broadcasts.ask_content,
    Errand.ROUND: rounds.prepare_in,
    Errand.COUNTS: organisers.counts_of,
}


async def _in_workshop(turn: Turn, workshop_id: int, errand: Errand) -> None:
    await _ERRANDS[errand](turn, workshop_id)


async def _announce_yes(turn: Turn) -> None:
    await joining.announce(turn, given=True)


async def _announce_no(turn: Turn) -> None:
    await joining.announce(turn, given=False)


def _joined(act: Action) -> Action:
    """For what only shows: there is nothing to show to somebody who has not agreed yet."""

    async def act_if_joined(turn: Turn, *arguments: Any) -> None:
        if joining.is_newcomer(turn):
            raise Refusal(Reason.STALE_BUTTON)
        await act(turn, *arguments)

    return act_if_joined


ROUTES: dict[Verb, Route] = {
    Verb.GREET: _to(joining.greet, number, Voice),
    Verb.BEGIN: _to(joining.begin, number, Voice),
    Verb.READ: _to(joining.read, number, Voice),
    Verb.WITHOUT: _to(joining.without, number, Voice),
    Verb.CORE_YES: _to(joining.core_yes, number, Voice),
    Verb.CORE_NO: _to(joining.core_no, number, Voice),
    Verb.CARRIER_YES: _to(joining.carrier_yes),
    Verb.CARRIER_NO: _to(joining.carrier_no),
    Verb.ROLE: _to(profile.role, Role),
    Verb.SKIP: _to(profile.skip, Question),
    Verb.LAND: _to(profile.land, word),
    Verb.TOPICS_OK: _to(topics.confirm, Direction),
    Verb.TOPICS_AGAIN: _to(topics.say_differently, Direction),
    Verb.TOPICS_DROP: _to(_joined(topics.show_dropping), Direction),
    Verb.TOPIC_DROP: _to(topics.drop, number),
    Verb.TOPIC_PICK: _to(topics.pick, number, word),
    Verb.TOPIC_ALL: _to(topics.pick_all, number),
    Verb.TOPIC_NONE: _to(topics.pick_none, number),
    Verb.TOPICS_LIST: _to(_joined(topics.browse), Direction),
    Verb.TOPICS_GROUP: _to(_joined(topics.browse_group), Direction, group, number),
    Verb.TOPIC_TOGGLE: _to(topics.toggle, Direction, word, number),
    Verb.OFFER: _to(topics.offer, Offer),
    Verb.ANNOUNCE_YES: _to(_announce_yes),
    Verb.ANNOUNCE_NO: _to(_announce_no),
    Verb.PROFILE_OK: _to(profile.finish),
    Verb.EDIT: _to(profile.edit, Question),
    Verb.PROFILE: _to(profile.show),
    Verb.VOICES: _to(conversation.voices),
    Verb.VOICE: _to(conversation.voice, Voice),
    Verb.PARTNER: _to(suggestions.suggest),
    Verb.MEET: _to(introductions.ask, number),
    Verb.NEXT: _to(_next, number),
    Verb.NOT_MY_TOPIC: _to(_not_my_topic, number),
    Verb.INTRO_YES: _to(introductions.say_yes, number),
    Verb.INTRO_NO: _to(introductions.say_no, number),
    Verb.MEETING: _to(introductions.meeting, number, Meeting),
    Verb.CONTACT: _to(introductions.ask_contact, number),
    Verb.CONTACT_BY: _to(introductions.contact_by, number, ContactKind),
    Verb.PLEDGES: _to(_joined(pledges.show_list)),
    Verb.PLEDGE: _to(pledges.show, number),
    Verb.PLEDGE_NEW: _to(pledges.begin),
    Verb.PLEDGE_SEARCH: _to(pledges.search),
    Verb.PLEDGE_WITH: _to(pledges.with_, number),
    Verb.ACTS: _to(pledges.acts, number, Acts),
    Verb.SENTENCE: _to(pledges.ask_sentence, number),
    Verb.DEADLINE: _to(pledges.ask_deadline, number),
    Verb.DEADLINE_IN: _to(_deadline_in, number, months),
    Verb.DEADLINE_SAID: _to(pledges.deadline_said, number),
    Verb.PROPOSE: _to(pledges.propose, number),
    Verb.DROP: _to(pledges.drop, number),
    Verb.ACCEPT: _to(pledges.accept, number, number),
    Verb.ADJUST: _to(pledges.adjust, number),
    Verb.DECLINE: _to(pledges.decline, number),
    Verb.TALK: _to(_talk, number, Talk),
    Verb.TALK_ASK: _to(talks.ask, number),
    Verb.TALK_MOVE: _to(_talk_move, number, Talk),
    Verb.REPORT: _to(reports.report, number, Period, Status),
    Verb.UNDO: _to(reports.undo, number, Period),
    Verb.OTHERS: _to(reports.show_others, number, Period),
    Verb.CORRECT: _to(endings.correct, number),
    Verb.SNOOZE: _to(nudging.snooze, number, weeks),
    Verb.NOTE: _to(notes.ask, number, Period),
    Verb.NOTE_TO: _to(notes.keep_for, number, number),
    Verb.NOTE_NO: _to(notes.drop, number),
    Verb.AGREE: _to(endings.agree, number),
    Verb.DISAGREE: _to(endings.disagree, number),
    Verb.ORGA: _to(organisers.menu),
    Verb.WORKSHOP_NEW: _to(organisers.ask_title),
    Verb.WORKSHOP: _to(organisers.workshop, number),
    Verb.IN_WORKSHOP: _to(_in_workshop, number, Errand),
    Verb.CLAIMS: _to(organisers.claims),
    Verb.CLAIMS_PAGE: _to(organisers.claims_page, number),
    Verb.CLAIM: _to(organisers.claim, number),
    Verb.CLAIM_YES: _to(_claim_yes, number),
    Verb.CLAIM_NO: _to(_claim_no, number),
    Verb.BROADCAST: _to(broadcasts.begin),
    Verb.SEGMENT: _to(broadcasts.choose, number, Segment),
    Verb.SEGMENT_IS: _to(broadcasts.choose_value, number, Segment, word),
    Verb.BROADCAST_GO: _to(broadcasts.confirm, number),
    Verb.BROADCAST_DROP: _to(broadcasts.drop, number),
    Verb.COUNTS: _to(organisers.counts),
    Verb.ROUND: _to(rounds.prepare),
    Verb.ROUND_SHOW: _to(rounds.show, number),
    Verb.ROUND_SEATS: _to(rounds.show_seats, number, number),
    Verb.ROUND_LEFT: _to(rounds.show_left, number, number),
    Verb.ROUND_GO: _to(rounds.confirm, number),
    Verb.ROUND_DROP: _to(rounds.drop, number),
    Verb.OPEN_WORDS: _to(rounds.show_open_words),
    Verb.PRIVACY: _to(rights.privacy),
    Verb.MY_DATA: _to(rights.my_data),
    Verb.ERASE: _to(rights.ask_erase),
    Verb.ERASE_YES: _to(rights.erase),
    Verb.ERASE_NO: _to(rights.keep),
    Verb.PAUSE: _to(rights.pause, weeks),
    Verb.NO_PAUSE: _to(rights.no_pause),
    Verb.RESUME: _to(rights.resume),
    Verb.CONSENTS: _to(rights.list_consents),
    Verb.CONSENT_OFF: _to(rights.withdraw, Purpose),
    Verb.CONSENT_ON: _to(rights.give, Purpose),
    Verb.HELP: _to(conversation.help_),
    Verb.CANCEL: _to(conversation.cancel),
    Verb.CODE: _to(conversation.ask_code),
}


# What counts without both core consents: giving and taking them back, rights, help; the desk checks for itself.
FREE = frozenset({
    Verb.GREET, Verb.BEGIN, Verb.READ, Verb.WITHOUT, Verb.CORE_YES, Verb.CORE_NO, Verb.CARRIER_YES, Verb.CARRIER_NO,
    Verb.VOICES, Verb.VOICE, Verb.PRIVACY, Verb.MY_DATA, Verb.ERASE, Verb.ERASE_YES, Verb.ERASE_NO, Verb.CONSENTS,
    Verb.CONSENT_ON, Verb.CONSENT_OFF, Verb.RESUME, Verb.HELP, Verb.CANCEL, Verb.ORGA, Verb.WORKSHOP_NEW,
    Verb.WORKSHOP, Verb.IN_WORKSHOP, Verb.CLAIMS, Verb.CLAIMS_PAGE, Verb.CLAIM, Verb.CLAIM_YES,
    Verb.CLAIM_NO, Verb.BROADCAST, Verb.SEGMENT, Verb.SEGMENT_IS,
    Verb.BROADCAST_GO, Verb.BROADCAST_DROP, Verb.COUNTS, Verb.ROUND, Verb.ROUND_SHOW, Verb.ROUND_SEATS,
    Verb.ROUND_LEFT, Verb.ROUND_GO, Verb.ROUND_DROP, Verb.OPEN_WORDS,
})  # fmt: skip


async def press(update: Update, context: Context) -> None:
    await run(context.turn, (update.callback_query and update.callback_query.data) or "")


async def run(turn: Turn, data: str) -> None:
    """Whatever is not exactly one of our buttons is out of date: the person is shown where they are."""
    pressed = decode(data)
    if pressed is None:
        raise Refusal(Reason.STALE_BUTTON)
    if pressed.verb not in FREE and joining.lacks_consent(turn):
        raise Refusal(Reason.STALE_BUTTON)
    route = ROUTES[pressed.verb]
    if len(pressed.args) != len(route.parsers):
        raise Refusal(Reason.STALE_BUTTON)
    try:
        arguments = [parse(arg) for parse, arg in zip(route.parsers, pressed.args, strict=True)]
    except ValueError as error:
        raise Refusal(Reason.STALE_BUTTON) from error
    await route.act(turn, *arguments)
