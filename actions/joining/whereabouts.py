"""Where somebody is from: the place as it was understood, asked back where that is not sure, and its Land.

Words that have to be asked back wait, encrypted, in the draft of the line. Its buttons carry the draft and a position
among the places that these words may mean.
"""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.joining import answering, profile
from db.models import Draft, DraftKind
from domain import names, places
from domain.outcomes.choices import ProfileQuestion
from domain.outcomes.joining import LineChanged, PlacesMeant
from domain.profile import PLACE_LIMIT
from domain.refusal import Reason, Refusal
from domain.words import clean, cut


async def receive(turn: Turn, text: str) -> None:
    """Take typed words as the place. What is sure is taken, what is not is asked back; a kind no is no place.

    Raises Refusal(NO_LETTERS) for signs alone, Refusal(NO_PLACE) for a sentence that names none.
    """
    words = clean(text, limit=PLACE_LIMIT)
    answer = places.understood(words)
    if answer.declined:
        await answering.leave_place_open(turn)
    elif not answer.choices:
        raise Refusal(Reason.NO_PLACE if any(each.isalpha() for each in words) else Reason.NO_LETTERS)
    elif _is_sure(answer.choices):
        await _settle(turn, answer.choices[0], answer.choices[0].land)
    else:
        await _ask_back(turn, words)


def _is_sure(choices: tuple[places.Place, ...]) -> bool:
    return len(choices) == 1 and choices[0].sureness is not places.Sureness.GUESSED


async def _ask_back(turn: Turn, words: str) -> None:
    draft = await drafts.await_words(
        turn, DraftKind.EDIT, details=drafts.DraftDetails(question=ProfileQuestion.PLACE)
    )
    draft.words = words
    turn.tell(PlacesMeant.Payload())


async def pick(turn: Turn, draft_id: int, position: int) -> None:
    """Take one of the places that were asked back. Raises Refusal(STALE_BUTTON) if that is settled already."""
    draft = await _asked_back(turn, draft_id)
    choices = places.understood(draft.words or "").choices
    if position >= len(choices):
        raise Refusal(Reason.STALE_BUTTON)
    place = choices[position]
    await _settle(turn, place, place.laender[0] if len(place.laender) == 1 else None)


async def keep(turn: Turn, draft_id: int) -> None:
    """Take the place as it was typed. Raises Refusal(STALE_BUTTON) if that is settled already."""
    draft = await _asked_back(turn, draft_id)
    await _settle(turn, places.Place(draft.words or "", (), places.Sureness.UNKNOWN), None)


async def _asked_back(turn: Turn, draft_id: int) -> Draft:
    draft = await drafts.awaiting(turn)
    if (
        draft is None
        or draft.id != draft_id
        or not profile.is_edit(draft, ProfileQuestion.PLACE)
        or not draft.words
    ):
        raise Refusal(Reason.STALE_BUTTON)
    return draft


async def _settle(turn: Turn, place: places.Place, land: str | None) -> None:
    """This is the place. A Land that may still be right is kept; without any, the next question is the Land."""
    if place.sureness is places.Sureness.UNKNOWN:
        answering.object_to(names.objection_to_organisation(place.name))
    turn.me.place = cut(place.name, PLACE_LIMIT)
    if land is not None or turn.me.land not in place.laender:
        turn.me.land = land
    await profile.answered(turn, ProfileQuestion.PLACE)


async def land(turn: Turn, code: str) -> None:
    """Choose the Land, by ISO code. Raises Refusal(STALE_BUTTON) for another code, or before a place was named."""
    if code not in places.LAENDER or turn.me.place is None:
        raise Refusal(Reason.STALE_BUTTON)
    if turn.me.land != code:
        asked = await profile.is_asked(turn, ProfileQuestion.LAND)
        turn.me.land = code
        if not asked:
            turn.tell(LineChanged.Payload(question=ProfileQuestion.LAND))
    await profile.answered(turn, ProfileQuestion.LAND)
