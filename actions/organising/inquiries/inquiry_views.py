"""Views of inquiries: for whoever asks, and for the team."""

from actions.exchange.context import ViewContext, Views, card
from actions.exchange.paging import on_page, pages
from actions.organising.inquiries import inquiries
from actions.organising.team import team
from db import intact, queries, reach
from db.models import Draft, Inquiry, InquiryWords, Person, Workshop
from domain.absence import Absence
from domain.outcomes.organising.inquiries import (
    Exchanged,
    InquiryLine,
    InquiryList,
    InquirySaid,
    InquiryShown,
    TeamAnswerAsked,
    TeamAnswered,
    TeamAnswerOffered,
    TeamAnswerSent,
    TeamClosed,
    TeamNotYet,
    TeamQuestionAsked,
    TeamQuestionOffered,
    TeamQuestionSent,
)
from domain.team import Duty

VIEWS = Views()


# --- whoever asks


@VIEWS.reads(TeamNotYet.Payload)
async def not_yet(context: ViewContext, _payload: TeamNotYet.Payload) -> TeamNotYet:
    return TeamNotYet(context.operator.contact)


@VIEWS.reads(TeamQuestionAsked.Payload)
async def question_asked(context: ViewContext, _payload: TeamQuestionAsked.Payload) -> TeamQuestionAsked:
    inquiry = await inquiries.open_of(context.session, context.me)
    if inquiry is None:
        return TeamQuestionAsked(None, named=bool(context.me.name))
    said = await inquiries.words_of(context.session, inquiry.id)
    question = next((each for each in reversed(said) if not each.by_team), None)
    if question is None:
        return TeamQuestionAsked(None, named=bool(context.me.name))
    answer = said[-1].words if said[-1].by_team else ""
    return TeamQuestionAsked(
        Exchanged(question.words, context.day(question.at), answer, inquiry.taken_by_id is not None)
    )


@VIEWS.reads(TeamQuestionOffered.Payload)
async def question_offered(
    context: ViewContext, payload: TeamQuestionOffered.Payload
) -> TeamQuestionOffered | None:
    """None once the words have been given on, or dropped."""
    words = await _written(context, payload.draft_id)
    workshop = await queries.present_workshop(context.session, context.me)
    title = workshop.title if workshop is not None else ""
    named = bool(context.me.name)
    return TeamQuestionOffered(payload.draft_id, words, title, named) if words else None


async def _written(context: ViewContext, draft_id: int) -> str | None:
    draft = await context.session.get(Draft, draft_id)
    return draft.words if draft is not None and draft.person_id == context.me.id else None


@VIEWS.reads(TeamQuestionSent.Payload)
async def question_sent(context: ViewContext, payload: TeamQuestionSent.Payload) -> TeamQuestionSent:
    return TeamQuestionSent(payload.reached, context.operator.contact)


@VIEWS.reads(TeamAnswered.Payload)
async def answered(context: ViewContext, payload: TeamAnswered.Payload) -> TeamAnswered | None:
    """None if it is deleted."""
    answer = await context.session.get(InquiryWords, payload.words_id)
    if answer is None:
        return None
    said = await inquiries.words_of(context.session, answer.inquiry_id)
    before = [each.words for each in said if not each.by_team and each.id < answer.id]
    return TeamAnswered(answer.words, before[-1] if before else "")


@VIEWS.reads(TeamClosed.Payload)
async def closed(context: ViewContext, payload: TeamClosed.Payload) -> TeamClosed | None:
    """None if it is deleted."""
    said = await inquiries.words_of(context.session, payload.inquiry_id)
    asked = [each.words for each in said if not each.by_team]
    return TeamClosed(asked[-1]) if asked else None


# --- the team


@VIEWS.reads(InquiryShown.Payload)
async def shown(context: ViewContext, payload: InquiryShown.Payload) -> InquiryShown | None:
    """None for somebody who is no longer of the team, or if whoever asked is gone or no longer agrees."""
    inquiry = await context.session.get(Inquiry, payload.inquiry_id)
    asker = await _asker(context, inquiry)
    if inquiry is None or asker is None:
        return None
    waits = await inquiries.waiting(context.session, Inquiry.id == inquiry.id)
    return InquiryShown(
        inquiry_id=inquiry.id,
        card=card(asker) if asker.name else None,
        workshop=await _title(context, inquiry),
        said=await _said(context, inquiry),
        waiting_since=context.day(waits[0].since) if waits else None,
        holder=await _holder(context, inquiry),
        mine=inquiry.taken_by_id == context.me.id,
        closed_on=context.day(inquiry.closed_at) if inquiry.closed_at is not None else None,
        absence=_absence(asker),
        reminder=payload.reminder,
    )


async def _asker(context: ViewContext, inquiry: Inquiry | None) -> Person | None:
    """Whoever asked, if they agree still and the reader is of the team."""
    if inquiry is None or not await _answers(context, context.row.chat_id, inquiry):
        return None
    asker = await intact.person(context.session, inquiry.person_id)
    return asker if asker is not None and reach.agrees(asker) else None


async def _answers(context: ViewContext, chat_id: int | None, inquiry: Inquiry) -> bool:
    """Whether whoever is in this chat answers for the team of its workshop."""
    if chat_id is None:
        return False
    return await team.may(context.session, context.operator, chat_id, Duty.RECEIVE, inquiry.workshop_id)


async def _title(context: ViewContext, inquiry: Inquiry) -> str:
    workshop = await context.session.get(Workshop, inquiry.workshop_id) if inquiry.workshop_id else None
    return workshop.title if workshop is not None else ""


async def _said(context: ViewContext, inquiry: Inquiry) -> tuple[InquirySaid, ...]:
    said = await inquiries.last_words(context.session, inquiry.id)
    return tuple(
        [
            InquirySaid(
                each.by_team, await _name(context, each.writer_id) or "", each.words, context.day(each.at)
            )
            for each in said
        ]
    )


async def _name(context: ViewContext, person_id: int | None) -> str | None:
    person = await intact.person(context.session, person_id) if person_id is not None else None
    return (person.name or "") if person is not None else None


async def _holder(context: ViewContext, inquiry: Inquiry) -> str | None:
    """Who sees to it; empty if they have no name, None if nobody does who is of the team still."""
    taker = await intact.person(context.session, inquiry.taken_by_id) if inquiry.taken_by_id else None
    if taker is None or not await _answers(context, taker.chat_id, inquiry):
        return None
    return taker.name or ""


@VIEWS.reads(InquiryList.Payload)
async def listing(context: ViewContext, payload: InquiryList.Payload) -> InquiryList:
    found = await inquiries.listed(context.session, await team.scope_of(context, Duty.RECEIVE))
    page, on_it = on_page(found, payload.page)
    lines = [
        InquiryLine(
            inquiry.id,
            await _name(context, inquiry.person_id) or "",
            context.day(waits.since) if waits is not None else None,
            await _holder(context, inquiry),
        )
        for inquiry, waits in on_it
    ]
    waiting = sum(waits is not None for _, waits in found)
    return InquiryList(tuple(lines), waiting, page, pages(len(found)))


@VIEWS.reads(TeamAnswerAsked.Payload)
async def answer_asked(context: ViewContext, payload: TeamAnswerAsked.Payload) -> TeamAnswerAsked | None:
    asker = await _asker(context, await context.session.get(Inquiry, payload.inquiry_id))
    return TeamAnswerAsked(payload.inquiry_id, asker.name or "") if asker is not None else None


@VIEWS.reads(TeamAnswerOffered.Payload)
async def answer_offered(
    context: ViewContext, payload: TeamAnswerOffered.Payload
) -> TeamAnswerOffered | None:
    """None once the words have been given on, or dropped."""
    asker = await _asker(context, await context.session.get(Inquiry, payload.inquiry_id))
    words = await _written(context, payload.draft_id)
    if asker is None or not words:
        return None
    return TeamAnswerOffered(payload.inquiry_id, payload.draft_id, asker.name or "", words)


@VIEWS.reads(TeamAnswerSent.Payload)
async def answer_sent(context: ViewContext, payload: TeamAnswerSent.Payload) -> TeamAnswerSent | None:
    asker = await _asker(context, await context.session.get(Inquiry, payload.inquiry_id))
    return (
        TeamAnswerSent(payload.inquiry_id, asker.name or "", _absence(asker)) if asker is not None else None
    )


def _absence(asker: Person) -> Absence | None:
    """A pause keeps no answer from whoever asked, so only that they cannot be reached is worth a word."""
    return None if reach.is_reachable(asker) else Absence.UNREACHABLE
