"""For each kind of draft: how its question is asked again, and which action takes the words that come for it."""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.intake import desk_words, invitations, personal_links
from actions.intake.same_questions import is_same_question
from actions.intake.typed_words import Handling, TypedWords, worded
from actions.joining import answering, entry, hours, profile, topics, whereabouts
from actions.matching import sharing
from actions.organising.inquiries import team_words
from actions.organising.participants import presences
from actions.organising.team import team
from actions.pledging import evidence, relays
from actions.pledging.agreeing import declining, talks
from actions.pledging.amendments import amending
from actions.pledging.drafting import deadlines, drafting, partners
from actions.pledging.endings import retrospectives
from actions.pledging.entered import entering
from actions.pledging.nudges import notes
from db.models import Draft, DraftKind
from domain.outcomes.choices import Direction, ProfileQuestion, Purpose
from domain.outcomes.joining import Asked, CodeAsked, ConsentAsked
from domain.outcomes.matching import ContactWordsAsked
from domain.outcomes.organising.inquiries import TeamQuestionAsked
from domain.outcomes.organising.presences import PresenceAsked
from domain.outcomes.organising.workshops import (
    WorkshopFieldAsked,
)
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.amendments import BecauseAsked, NewDayAsked, NewWordsAsked
from domain.outcomes.pledging.entered import EnteredNameAsked, EnteredOrganisationAsked
from domain.outcomes.pledging.evidence import EvidenceAsked
from domain.outcomes.pledging.nudges import AdviceAsked, NoteAsked
from domain.outcomes.pledging.partners import PartnerNameAsked
from domain.outcomes.pledging.pledges import DeadlineAsked, SentenceAsked, SentenceCoached
from domain.outcomes.pledging.relays import RelayAsked, RelayToMatchAsked
from domain.outcomes.pledging.retrospectives import RetrospectiveLineAsked
from domain.outcomes.pledging.talks import TalkAsked
from domain.refusal import Reason, Refusal

TOPIC_QUESTIONS = {ProfileQuestion.SEEKS: Direction.SEEKS, ProfileQuestion.OFFERS: Direction.OFFERS}


async def awaiting(turn: Turn) -> Draft | None:
    """The draft that awaits words. Without both core consents only an organiser's counts."""
    if turn.person is None or (turn.lacks_consent and not turn.on_team):
        return None
    return await drafts.awaiting(turn)


async def ask_again(turn: Turn, draft: Draft) -> None:
    """Ask the draft's question once more."""
    question = question_of(turn, draft)
    if question is None or draft.kind is DraftKind.EDIT:
        await profile.ask_again(turn)
    else:
        turn.tell(question)


def question_of(turn: Turn, draft: Draft) -> Payload | None:  # noqa: PLR0911 - a case per kind
    """What asks for the draft's words; None for a draft that asks for none."""
    details, object_id = drafts.details_of(draft), draft.object_id or 0
    match draft.kind:
        case DraftKind.EDIT if details.question is not None:
            return Asked.Payload(details.question, editing=True)
        case DraftKind.CODE:
            return CodeAsked(joined=bool(turn.me.memberships))
        case DraftKind.TAKEOVER:
            return ConsentAsked.Payload(Purpose.CARRIER)
        case DraftKind.BECAUSE:
            return BecauseAsked.Payload(object_id, amendment=details.amendment or 0)
        case DraftKind.RETROSPECTIVE if details.line is not None:
            return RetrospectiveLineAsked.Payload(object_id, details.line)
        case DraftKind.WORKSHOP_FIELD if details.detail is not None:
            return WorkshopFieldAsked.Payload(object_id, details.detail)
        case DraftKind.CONTACT if details.contact is not None:
            return ContactWordsAsked.Payload(object_id, details.contact)
        case _:
            handling = _BY_KIND.get(draft.kind)
            return handling.ask(object_id) if handling is not None else None


async def asked_by(turn: Turn, question: Payload) -> Draft | None:
    """The newest draft of mine whose words this message asked for. The coach asks for the sentence once more."""
    if isinstance(question, SentenceCoached.Payload):
        question = SentenceAsked.Payload(question.pledge_id)
    for draft in await drafts.recent(turn):
        asks = question_of(turn, draft)
        if asks is not None and is_same_question(asks, question):
            return draft
    return None


async def receive(turn: Turn, draft: Draft, text: str, message_id: int) -> None:
    """Hand the words to the action they were asked for. Raises Refusal if that cannot take them, and
    Refusal(OFF_TEAM) if they are for the team, and their writer may no longer write them.
    """
    if not await may_receive(turn, draft):
        raise Refusal(Reason.OFF_TEAM)
    typed = TypedWords(text, message_id, draft.object_id or 0, drafts.details_of(draft))
    match draft.kind:
        case DraftKind.EDIT if typed.details.question is not None:
            await receive_line(turn, typed.details.question, text)
        case DraftKind.CODE:
            await entry.receive_code(turn, text)
            await drafts.end(turn)
        case DraftKind.TAKEOVER:  # words in the place of a tap
            await personal_links.go_on(turn)
        case DraftKind.BECAUSE:
            await declining.receive(turn, typed.object_id, typed.details.amendment or 0, text)
        case DraftKind.RETROSPECTIVE if typed.details.line is not None:
            await retrospectives.receive_words(turn, typed.object_id, typed.details.line, text)
        case DraftKind.CONTACT:
            await sharing.receive_contact(turn, typed.object_id, typed.contact, text)
        case _:
            await _BY_KIND[draft.kind].receive(turn, typed)


async def may_receive(turn: Turn, draft: Draft) -> bool:
    """Whether whoever's draft it is may still write it: somebody who was of the team may not."""
    needs = NEEDED.get(draft.kind)
    return needs is None or await team.allows(turn, needs, draft.object_id or 0)


async def receive_line(turn: Turn, question: ProfileQuestion, text: str) -> None:
    """Words for one line of the profile."""
    if question in TOPIC_QUESTIONS:
        await topics.receive(turn, TOPIC_QUESTIONS[question], text)
    elif question is ProfileQuestion.PLACE:
        await whereabouts.receive(turn, text)
    elif question is ProfileQuestion.HOUR:
        await hours.receive(turn, text)
    else:
        await answering.receive(turn, question, text)


_BY_KIND: dict[DraftKind, Handling] = {
    DraftKind.HANDSHAKE: Handling(
        lambda _: Asked.Payload(ProfileQuestion.NAME),
        lambda turn, typed: invitations.receive_name(turn, typed.object_id, typed.text),
    ),
    DraftKind.OFFICE: Handling(
        lambda _: Asked.Payload(ProfileQuestion.NAME),
        lambda turn, typed: personal_links.receive_name(turn, typed.object_id, typed.text),
    ),
    DraftKind.PARTNER_NAME: Handling(
        lambda _: PartnerNameAsked(),
        lambda turn, typed: partners.receive_name(turn, typed.object_id, typed.text),
    ),
    DraftKind.ENTERED_NAME: Handling(
        lambda _: EnteredNameAsked(),
        lambda turn, typed: entering.receive_name(turn, typed.object_id, typed.text),
    ),
    DraftKind.ENTERED_ORGANISATION: Handling(
        EnteredOrganisationAsked.Payload,
        lambda turn, typed: entering.receive_organisation(turn, typed.object_id, typed.text),
    ),
    DraftKind.SENTENCE: Handling(SentenceAsked.Payload, worded(drafting.receive_sentence)),
    DraftKind.ADJUST: Handling(SentenceAsked.Payload, worded(deadlines.receive_other_words)),
    DraftKind.DEADLINE: Handling(DeadlineAsked.Payload, worded(deadlines.receive)),
    DraftKind.AMEND_WORDS: Handling(NewWordsAsked.Payload, worded(amending.receive_words)),
    DraftKind.AMEND_DAY: Handling(NewDayAsked.Payload, worded(amending.receive_day)),
    DraftKind.EVIDENCE: Handling(EvidenceAsked.Payload, worded(evidence.receive_link)),
    DraftKind.RELAY: Handling(RelayAsked.Payload, worded(relays.receive)),
    DraftKind.RELAY_TO_MATCH: Handling(RelayToMatchAsked.Payload, worded(relays.receive_for_match)),
    DraftKind.TALK: Handling(
        lambda pledge_id: TalkAsked.Payload(pledge_id, typed=True),
        lambda turn, typed: talks.receive(turn, typed.object_id, typed.text, change=typed.details.change),
    ),
    DraftKind.PRESENCE: Handling(PresenceAsked.Payload, worded(presences.receive)),
    DraftKind.NOTE: Handling(
        NoteAsked.Payload, lambda turn, typed: notes.receive(turn, typed.object_id, typed.period, typed.text)
    ),
    DraftKind.ADVICE: Handling(
        AdviceAsked.Payload,
        lambda turn, typed: notes.receive_advice(turn, typed.object_id, typed.period, typed.text),
    ),
    DraftKind.TEAM_QUESTION: Handling(
        lambda _: TeamQuestionAsked.Payload(), lambda turn, typed: team_words.receive(turn, typed.text)
    ),
    **desk_words.BY_KIND,
}
"""The kinds whose object is all it takes to ask; those that need more have cases in the functions above.

`UNASKED` and `REWORDED` are in neither: they keep words and await none.
"""

NEEDED: dict[DraftKind, team.Needs] = {
    kind: handling.needs for kind, handling in _BY_KIND.items() if handling.needs is not None
}
"""What it takes to write the words of the desk."""
