"""The questions of a profile, each with a way to skip or cancel it."""

from telegram import InlineKeyboardButton

from domain.nudging import HOURS
from domain.outcomes.choices import Direction, Offer, ProfileQuestion
from domain.outcomes.joining import Asked, PlacesMeant
from domain.places import LAENDER
from domain.roles import Role
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.joining.consenting import announcing
from messages.lines import lines
from messages.message import Message, Rows, button, in_rows, keyboard
from messages.names import land, role
from messages.people import full

_PLACE = 30  # UTF-16 units of a place in the first line
# Roles that are asked what they can do for others, rather than what goes well at home.
_INSTITUTIONS = {Role.MP, Role.AUTHORITY, Role.OFFICE}


def asked(outcome: Asked, w: Phrases) -> Message:
    text = _text(outcome, w)
    if outcome.joining and outcome.editing and outcome.question is not ProfileQuestion.SUMMARY:
        text = lines(
            text, w("joining.ask.before", answer=_answer(outcome, w) or w.label("joining.profile.open"))
        )
    ways_out = ways_back(outcome.question, w, editing=outcome.editing, joining=outcome.joining)
    return Message(text, keyboard(*_buttons(outcome, w), ways_out))


def ways_back(
    question: ProfileQuestion, w: Phrases, *, editing: bool, joining: bool
) -> list[InlineKeyboardButton]:
    """The last row: while joining, to the answer before this question; and out of a line that is being edited."""
    back = [button(w.label("joining.button.back"), Verb.BACK, question)]
    keep = [button(w.label("joining.button.keep" if joining else "joining.button.cancel"), Verb.CANCEL)]
    return (back if joining and question is not ProfileQuestion.ROLE else []) + (keep if editing else [])


def places_meant(outcome: PlacesMeant, w: Phrases) -> Message:
    """Which of several places, or whether the one that was guessed is meant."""
    rows = [
        [button(w.fitted("joining.button.place", place=place), Verb.PLACE_PICK, outcome.draft_id, position)]
        for position, place in enumerate(outcome.places)
    ]
    if len(outcome.places) == 1:
        keep = button(w.label("joining.button.place_keep"), Verb.PLACE_KEEP, outcome.draft_id)
        text, rows = w("joining.place.guessed", place=cut(outcome.places[0], _PLACE)), [*rows, [keep]]
    else:
        text = w("joining.place.several")
    skip = (
        [] if outcome.editing else [button(w.label("joining.button.skip"), Verb.SKIP, ProfileQuestion.PLACE)]
    )
    ways_out = ways_back(ProfileQuestion.PLACE, w, editing=outcome.editing, joining=outcome.joining)
    return Message(text, keyboard(*rows, skip, ways_out))


def offer_buttons(w: Phrases, chosen: tuple[str, ...]) -> Rows:
    """The offers, two a row; those among the `chosen` topics have a check mark."""
    labels = [(offer, w.label(f"offer.{offer}")) for offer in Offer]
    each = [
        button(w.label("joining.chosen", what=label) if offer.topic in chosen else label, Verb.OFFER, offer)
        for offer, label in labels
    ]
    return [each[:2], each[2:]]


def _answer(outcome: Asked, w: Phrases) -> str:
    match outcome.question:
        case ProfileQuestion.ROLE:
            return role(w, outcome.role) if outcome.role is not None else ""
        case ProfileQuestion.LAND:
            return land(w, outcome.land) if outcome.land else ""
        case ProfileQuestion.ANNOUNCEMENTS:
            return w.label("joining.profile.yes" if outcome.announcements else "joining.profile.no")
        case _:
            return outcome.answer


def _text(outcome: Asked, w: Phrases) -> str:
    match outcome.question:
        case ProfileQuestion.NAME if outcome.mp or outcome.confirmed:
            key = "joining.ask.name_in_office" if outcome.mp else "joining.ask.name_confirmed"
            return w(key, mp=full(w, outcome.mp))
        case ProfileQuestion.ROLE if not outcome.today:
            return w("joining.ask.role.another_day")
        case ProfileQuestion.LAND if outcome.place and not outcome.editing:
            return w("joining.ask.land_of", place=outcome.place)
        case ProfileQuestion.OFFERS if outcome.role in _INSTITUTIONS:
            return w("joining.ask.offers_house")
        case ProfileQuestion.ANNOUNCEMENTS:
            return announcing(w)[0]
        case question:
            return w(f"joining.ask.{question}")


def _buttons(outcome: Asked, w: Phrases) -> Rows:  # noqa: C901, PLR0911 - a case per question
    clear = _clear(outcome, w)
    match outcome.question:
        case ProfileQuestion.ROLE:
            likely = [outcome.likely] if outcome.likely is not None else []
            return [[button(role(w, each), Verb.ROLE, each)] for each in dict.fromkeys((*likely, *Role))]
        case ProfileQuestion.NAME:
            return []
        case ProfileQuestion.LAND:
            return [*_laender(outcome.laender, w), clear]
        case ProfileQuestion.SEEKS:
            return [[_list(Direction.SEEKS, w), *clear]]
        case ProfileQuestion.PLACE | ProfileQuestion.ORGANISATION:
            return [clear]
        case ProfileQuestion.OFFERS if outcome.role in _INSTITUTIONS:
            confirm = button(w.label("joining.button.confirm"), Verb.TOPICS_OK, Direction.OFFERS)
            return [*offer_buttons(w, outcome.chosen), [confirm, *clear]]
        case ProfileQuestion.OFFERS:
            return [[_list(Direction.OFFERS, w), *clear]]
        case ProfileQuestion.ANNOUNCEMENTS:
            return announcing(w)[1]
        case ProfileQuestion.HOUR:
            return _hours(w)
        case ProfileQuestion.SUMMARY:
            return [[button(w.label("joining.button.profile"), Verb.PROFILE)]]


def _hours(w: Phrases) -> Rows:
    each = [button(w.hour(hour), Verb.HOUR, hour) for hour in HOURS]
    return in_rows(each, 4)


def _clear(outcome: Asked, w: Phrases) -> list[InlineKeyboardButton]:
    """Skip the question, or empty the line that is being edited, if it has anything in it.

    Skipping a question that has an answer would seem to keep the answer, but this button removes it.
    """
    if not outcome.editing:
        return [button(w.label("joining.button.skip"), Verb.SKIP, outcome.question)]
    if not (outcome.land if outcome.question is ProfileQuestion.LAND else outcome.answer or outcome.chosen):
        return []
    return [button(w.label("joining.button.clear"), Verb.SKIP, outcome.question)]


def _list(direction: Direction, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("joining.button.from_list"), Verb.TOPICS_LIST, direction)


def _laender(likely: tuple[str, ...], w: Phrases) -> Rows:
    """The likely ones first, then all others, two a row, so that long names can be read."""
    codes = list(dict.fromkeys((*likely, *LAENDER)))
    each = [button(land(w, code), Verb.LAND, code) for code in codes]
    return in_rows(each, 2)
