"""Messages that people edit. An edit counts while what was made of the message is open, and shows what became of it."""

from actions.exchange import drafts, parties, transcript
from actions.exchange.turn import Turn
from actions.intake import attachments, awaited_words, conversation
from actions.intake.attachments import Picture
from actions.intake.same_questions import is_same_question
from actions.joining import profile
from actions.organising.broadcasts import broadcasts
from actions.organising.inquiries import team_words
from actions.pledging.amendments import rewording
from actions.pledging.drafting import deadlines, drafting, partners
from actions.pledging.nudges import notes
from db.models import Draft, DraftKind, Pledge
from domain import places
from domain.outcomes.choices import ProfileQuestion
from domain.outcomes.joining import Asked
from domain.outcomes.small import EditIgnored, EditTaken
from domain.pledges import State
from domain.profile import NAME_LIMIT, ORGANISATION_LIMIT, PLACE_LIMIT
from domain.words import clean

_LIMITS = {
    ProfileQuestion.NAME: NAME_LIMIT,
    ProfileQuestion.PLACE: PLACE_LIMIT,
    ProfileQuestion.ORGANISATION: ORGANISATION_LIMIT,
}
"""The lines of the profile that take an edit: while their writer is still joining, or looking at the summary."""


async def receive(turn: Turn, text: str, message_id: int, picture: Picture | None = None) -> None:
    """Take the new wording of a message of mine, which may be a `picture`, or say once that it does not count.

    What reads as before gets no answer: Telegram tells of edits when it adds a preview of a link. An edit of a message
    of which nothing was made gets none, either. Raises Refusal if the new wording cannot be taken.
    """
    if turn.person is None or (turn.lacks_consent and not turn.on_team):
        return
    draft, awaiting = await drafts.made_of(turn, message_id), await awaited_words.awaiting(turn)
    if draft is not None:
        if not await _takes_again(turn, draft, text, message_id):
            await say_it_is_settled(turn, message_id)
    elif awaiting is not None and await _was_refused(turn, awaiting, message_id):
        if picture is not None:
            await attachments.receive_photo(turn, picture)
        else:
            await conversation.receive(turn, text, message_id)
    elif (question := await _answered(turn, message_id)) is not None:
        await _change_line(turn, question, text, message_id)


async def _was_refused(turn: Turn, draft: Draft, message_id: int) -> bool:
    """Whether the message came after its draft's question, which still waits: then it could not be taken as it was."""
    question = awaited_words.question_of(turn, draft)
    if question is None or draft.kind is DraftKind.BROADCAST_COUNT:  # to send takes a message of its own
        return False
    above = await transcript.last_before(turn.session, turn.chat_id, message_id, (type(question),))
    return above is not None and is_same_question(question, above.payload)


# --- what was made of it


async def _takes_again(turn: Turn, draft: Draft, text: str, message_id: int) -> bool:  # noqa: PLR0911 - a kind each
    """Take the new wording where it can be, or pass over what reads as before; False if it is settled."""
    if not await awaited_words.may_receive(turn, draft):
        return False
    match draft.kind:
        case DraftKind.SENTENCE | DraftKind.DEADLINE | DraftKind.ADJUST | DraftKind.AMEND_WORDS:
            return await _reword_pledge(turn, draft, text, message_id)
        case DraftKind.REWORDED:
            await rewording.offer_again(turn, draft, text)
        case DraftKind.UNASKED if draft.words is not None:
            await notes.reword(turn, draft, text)
        case (
            DraftKind.UNASKED | DraftKind.NOTE | DraftKind.ADVICE | DraftKind.BECAUSE | DraftKind.EVIDENCE
            | DraftKind.RETROSPECTIVE
        ):  # fmt: skip
            return await notes.is_noted(turn, text)
        case DraftKind.PARTNER_NAME if draft.id == (await drafts.recent(turn))[0].id:
            await partners.search_again(turn, draft.object_id or 0, text)
        case DraftKind.EDIT:
            return await _change_edited_line(turn, draft, text)
        case DraftKind.TEAM_QUESTION | DraftKind.TEAM_ANSWER:
            return await team_words.reword(turn, draft, text)
        case DraftKind.BROADCAST_CONTENT:
            return await _reword_announcement(turn, draft, text, message_id)
        case _:
            return False
    return True


async def _reword_pledge(turn: Turn, draft: Draft, text: str, message_id: int) -> bool:
    pledge = await turn.session.get(Pledge, draft.object_id)
    if pledge is None:
        return False
    newest = next(each for each in await drafts.recent(turn) if _is_like(each, draft))
    is_open = pledge.state is State.DRAFT and pledge.author_id == turn.me.id and newest.id == draft.id
    if is_open and draft.kind is DraftKind.SENTENCE:
        await drafting.reword(turn, pledge.id, text)
    elif is_open and draft.kind is DraftKind.DEADLINE:
        await deadlines.receive_again(turn, pledge.id, text)
    elif (
        draft.kind is not DraftKind.DEADLINE
        and pledge.is_amendable
        and await parties.take_part(turn, pledge.parties)
    ):
        await rewording.offer(turn, pledge, text, message_id)
    else:
        return " ".join(text.split()) == pledge.text
    return True


def _is_like(one: Draft, other: Draft) -> bool:
    """Whether both asked for the same of the same pledge, and were answered."""
    answered = drafts.details_of(one).message is not None
    return answered and (one.kind, one.object_id) == (other.kind, other.object_id)


async def _reword_announcement(turn: Turn, draft: Draft, content: str, message_id: int) -> bool:
    checksum = drafts.checksum(content)
    if drafts.details_of(draft).checksum == checksum:
        return True
    drafts.note(draft, checksum=checksum)
    return await broadcasts.reword(turn, message_id)


# --- the profile


async def _answered(turn: Turn, message_id: int) -> ProfileQuestion | None:
    """The typed line of the profile that was asked right above the message."""
    if turn.is_outside:
        return None
    above = await transcript.last_before(turn.session, turn.chat_id, message_id, profile.MESSAGES)
    asked = above.payload if above is not None else None
    return asked.question if isinstance(asked, Asked.Payload) and asked.question in profile.TYPED else None


async def _change_line(turn: Turn, question: ProfileQuestion, text: str, message_id: int) -> None:
    joining = turn.me.finished_at is None
    if joining and question is profile.open_question(turn):
        await awaited_words.receive_line(turn, question, text)
    elif _reads_as_before(turn, question, text):
        return
    elif joining and question in _LIMITS:
        turn.tell(EditTaken())
        await awaited_words.receive_line(turn, question, text)
    else:
        await say_it_is_settled(turn, message_id)


async def _change_edited_line(turn: Turn, draft: Draft, text: str) -> bool:
    """A line that was edited in the summary: the summary is open until something else is begun."""
    question = profile.edited_line(draft)
    if question is None or question not in _LIMITS:
        return False
    if _reads_as_before(turn, question, text):
        return True
    if draft.id != (await drafts.recent(turn))[0].id:
        return False
    await awaited_words.receive_line(turn, question, text)
    return True


def _reads_as_before(turn: Turn, question: ProfileQuestion, text: str) -> bool:
    try:
        words = clean(text, limit=_LIMITS[question])
    except (KeyError, ValueError):
        return False
    match question:
        case ProfileQuestion.NAME:
            return words == turn.me.name
        case ProfileQuestion.PLACE:
            return turn.me.place in {each.name for each in places.understood(words).choices}
        case _:
            return words == turn.me.organisation


async def say_it_is_settled(turn: Turn, message_id: int) -> None:
    """Once for each message; what is open stands beneath."""
    key = f"edited:{turn.me.id}:{message_id}"
    if not await transcript.was_owed(turn.session, key):
        turn.tell(EditIgnored(), key=key)
        await conversation.show_open(turn)
