"""Answers to the profile's questions: what they change, and what they refuse."""

from actions.exchange import drafts
from actions.exchange.passes import FOR_CHANGE
from actions.exchange.turn import Turn
from actions.joining import profile
from actions.matching import suggestions
from db import intact
from domain import names, places
from domain.outcomes.choices import Direction, ProfileQuestion
from domain.outcomes.joining import ConfirmationEnded, LineChanged, MpNotice, Ready
from domain.profile import NAME_LIMIT, ORGANISATION_LIMIT, is_answered
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.words import clean

_LIMITS = {
    ProfileQuestion.NAME: NAME_LIMIT,
    ProfileQuestion.ORGANISATION: ORGANISATION_LIMIT,
}

_REFUSED = {objection: Reason(objection.value) for objection in names.Objection}  # they are spelled alike


async def receive(turn: Turn, question: ProfileQuestion, text: str) -> None:
    """Take typed words as the name or the organisation (`topics`, `whereabouts`: the others).

    Raises Refusal(TAP_PLEASE) if it is answered by a tap, and another if a name or an organisation could be taken for
    what it is not (`names.Objection`).
    """
    if question not in _LIMITS:
        raise Refusal(Reason.TAP_PLEASE)
    if question is ProfileQuestion.NAME:
        await take_name(turn, text)
    else:
        words = clean(text, limit=_LIMITS[question])
        declined = places.declines(words)
        object_to(None if declined else names.objection_to_organisation(words))
        turn.me.organisation = "" if declined else words
    await drafts.end(turn)
    await profile.carry_on(turn)


async def take_name(turn: Turn, text: str) -> None:
    """The name, wherever it was asked for. Raises Refusal if it could be taken for what it is not."""
    words = clean(text, limit=NAME_LIMIT)
    name = names.introduced(words)
    object_to(names.objection_to(words) or names.objection_to(name))
    await _set_name(turn, name)


def object_to(objection: names.Objection | None) -> None:
    """Raise the Refusal that states this objection; for None do nothing."""
    if objection is not None:
        raise Refusal(_REFUSED[objection])


async def _set_name(turn: Turn, name: str) -> None:
    await read_confirmation(turn)
    if turn.me.name is not None and turn.me.name != name:
        if turn.me.role_confirmed:
            turn.tell(ConfirmationEnded())
        turn.me.role_confirmed = None  # it was somebody of another name who was confirmed
    turn.me.name = name


async def read_confirmation(turn: Turn) -> None:
    """An organiser may just have decided about the role; one who decides now waits, and then sees what has changed."""
    await turn.session.flush()
    await turn.session.refresh(turn.me, ["role_confirmed"], with_for_update=FOR_CHANGE)


async def role(turn: Turn, chosen: Role) -> None:
    """Choose the role; another one than before has to be confirmed again."""
    if turn.me.role is not chosen:
        await read_confirmation(turn)
        asked = await profile.is_asked(turn, ProfileQuestion.ROLE)
        if turn.me.role_confirmed and not asked:
            await profile.out_of_date(turn)
            return
        turn.me.role, turn.me.role_confirmed = chosen, None
        if not asked:
            turn.tell(LineChanged.Payload(question=ProfileQuestion.ROLE))
        if chosen.is_mp:
            turn.tell(MpNotice.Payload())
    await profile.answered(turn, ProfileQuestion.ROLE)


async def skip(turn: Turn, question: ProfileQuestion) -> None:
    """Answer the question with nothing, or empty the line being edited. Out of date, it changes nothing.

    Raises Refusal(STALE_BUTTON) for a question that cannot be skipped.
    """
    if not await profile.is_asked(turn, question):
        await profile.out_of_date(turn)
        return
    await drafts.end(turn)
    match question:
        case ProfileQuestion.ORGANISATION:
            turn.me.organisation = ""
        case ProfileQuestion.PLACE:
            await leave_place_open(turn)
            return
        case ProfileQuestion.LAND:
            turn.me.land = ""
        case ProfileQuestion.SEEKS | ProfileQuestion.OFFERS:
            await _skip_topics(turn, Direction(question.value))
            return
        case _:
            raise Refusal(Reason.STALE_BUTTON)
    await profile.carry_on(turn)


async def leave_place_open(turn: Turn) -> None:
    """No place. A Land that is known stays; otherwise it is not asked for either."""
    turn.me.place = ""
    turn.me.land = turn.me.land or ""
    await drafts.end(turn)
    await profile.carry_on(turn)


async def _skip_topics(turn: Turn, direction: Direction) -> None:
    """While joining, topics named before the tap are kept; a line that is being edited is emptied."""
    if is_answered(turn.me, direction):
        await intact.read_interests(turn.session, turn.me)
        turn.me.interests[:] = [i for i in turn.me.interests if i.direction is not direction]
    await settle(turn, direction)


async def settle(turn: Turn, direction: Direction) -> None:
    """The topics of this direction are as the person wants them. The first that they name lead to the first
    suggestion, and so do those that they were asked for; whoever skips the question gets the next one only.
    """
    await drafts.end(turn)
    await intact.read_interests(turn.session, turn.me)
    mine = turn.me.interests
    alone = direction is Direction.SEEKS or all(i.direction is direction for i in mine)
    first = alone and bool(mine) and not is_answered(turn.me, direction)
    if direction is Direction.SEEKS:
        turn.me.seeks_at = turn.now
    else:
        turn.me.offers_at = turn.now
    if first or (await suggestions.topic_was_wanted(turn) and suggestions.has_topics(turn.me)):
        await suggestions.suggest(turn)
    await profile.carry_on(turn)


async def finish(turn: Turn) -> None:
    """Confirm the summary, if nothing else is open."""
    if profile.open_question(turn) not in (ProfileQuestion.SUMMARY, None):
        await profile.ask_next(turn)
        return
    turn.me.finished_at = turn.me.finished_at or turn.now
    await drafts.end(turn)
    turn.tell(Ready.Payload())
