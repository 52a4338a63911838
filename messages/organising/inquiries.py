"""Inquiries: what whoever asks the team reads, and what the team does."""

from datetime import date
from typing import assert_never

from markupsafe import Markup, escape
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.limits import TEAM_WORDS
from domain.outcomes.organising.inquiries import (
    Exchanged,
    Inquiries,
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
    TeamWordsDropped,
)
from domain.words import cut
from messages.absence import absent
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.matching.cards import described
from messages.message import Message, button, keyboard
from messages.organising.desk import workshop_line
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu
from messages.quotes import quoted

_EARLIER = 200  # UTF-16 units of words that others follow
_NAME = 40


def render(outcome: Inquiries, w: Phrases) -> Message:  # noqa: C901, PLR0911 - a case per outcome
    match outcome:
        case TeamNotYet():
            return Message(lines(w("team.not_yet"), _contact(outcome.contact, w)))
        case TeamQuestionAsked():
            return _question_asked(outcome, w)
        case TeamQuestionOffered():
            return _question_offered(outcome, w)
        case TeamQuestionSent():
            return _question_sent(outcome, w)
        case TeamWordsDropped():
            rows = [[_to_list(w)]] if outcome.organiser else []
            return Message(w("team.dropped"), keyboard(*rows))
        case TeamAnswered():
            return _answered(outcome, w)
        case TeamClosed():
            text = lines(w("team.closed"), quoted(w, outcome.question, _EARLIER), w("team.closed.on"))
            return Message(text, keyboard([_more(w)]))
        case InquiryShown():
            return _shown(outcome, w)
        case InquiryList():
            return _listed(outcome, w)
        case TeamAnswerAsked():
            text = lines(
                first_line(w, "inquiry.answer.title", name=_named(outcome.name, w)), w("inquiry.answer")
            )
            return Message(text, keyboard([_cancel(w)]))
        case TeamAnswerOffered():
            return _answer_offered(outcome, w)
        case TeamAnswerSent():
            return _answer_sent(outcome, w)
    assert_never(outcome)


# --- whoever asks


def _contact(contact: str, w: Phrases) -> Markup | None:
    """It is the operator's, and made to be used: it can be tapped."""
    return w("team.contact", contact=escape(contact)) if contact else None


def _question_asked(outcome: TeamQuestionAsked, w: Phrases) -> Message:
    if outcome.before is None:
        return Message(w("team.ask" if outcome.named else "team.ask.unnamed"), keyboard([_cancel(w)]))
    text = lines(w("team.ask.more"), *_before(outcome.before, w), w("team.ask.joins"))
    return Message(text, keyboard([_cancel(w)]))


def _before(before: Exchanged, w: Phrases) -> list[Markup]:
    question = quoted(w, before.text, _EARLIER)
    if before.answer:
        answer = quoted(w, before.answer, TEAM_WORDS)
        return [
            w("team.before.answered", day=w.day(before.on), question=question),
            w("team.before.answer", answer=answer),
        ]
    return [
        w("team.before.taken" if before.taken else "team.before", day=w.day(before.on), question=question)
    ]


def _question_offered(outcome: TeamQuestionOffered, w: Phrases) -> Message:
    text = lines(
        w("team.offer"),
        quoted(w, outcome.text, TEAM_WORDS),
        workshop_line(outcome.workshop, w) if outcome.workshop else None,
        w("team.offer.read" if outcome.named else "team.offer.read.unnamed"),
    )
    return Message(text, _deciding("team.button.send", outcome.draft_id, w))


def _deciding(yes: str, draft_id: int, w: Phrases) -> InlineKeyboardMarkup | None:
    return keyboard(
        [button(w.label(yes), Verb.TEAM_SEND, draft_id)],
        [button(w.label("team.button.again"), Verb.TEAM_AGAIN, draft_id)],
        [button(w.label("team.button.drop"), Verb.TEAM_DROP, draft_id)],
    )


def _question_sent(outcome: TeamQuestionSent, w: Phrases) -> Message:
    if outcome.reached:
        return Message(w("team.sent"))
    return Message(lines(w("team.sent.nobody"), _contact(outcome.contact, w)))


def _answered(outcome: TeamAnswered, w: Phrases) -> Message:
    question = quoted(w, outcome.question, _EARLIER)
    text = lines(
        w("team.answered"),
        quoted(w, outcome.text, TEAM_WORDS),
        w("team.answered.question", question=question) if question else None,
        w("team.answered.on"),
    )
    return Message(text, keyboard([_more(w)]))


def _more(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("team.button.more"), Verb.ASK_TEAM)


def _cancel(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("small.button.cancel"), Verb.CANCEL)


# --- the team


def _named(name: str, w: Phrases) -> str:
    """Whom an answer goes to."""
    return full(w, name) if name else w.label("inquiry.guest")


def _shown(outcome: InquiryShown, w: Phrases) -> Message:
    """The last words have all the room that they may take, those before them less."""
    *earlier, last = outcome.said or (None,)
    waits = outcome.waiting_since
    rings = outcome.reminder and waits is not None and outcome.closed_on is None
    text = lines(
        w("inquiry.title.reminder", day=w.day(waits)) if rings and waits else w("inquiry.title"),
        workshop_line(outcome.workshop, w) if outcome.workshop else None,
        *(described(outcome.card, w) if outcome.card is not None else [w("inquiry.nameless")]),
        *(_said(each, _EARLIER, w) for each in earlier if each is not None),
        _said(last, TEAM_WORDS, w) if last is not None else None,
        *_state(outcome, w),
        absent(outcome.absence, outcome.card.name if outcome.card is not None else "", w),
    )
    return Message(text, keyboard(*_what_next(outcome, w)))


def _said(said: InquirySaid, room: int, w: Phrases) -> Markup:
    words, day = quoted(w, said.text, room), w.day(said.on)
    if not said.by_team:
        return w("inquiry.asked", day=day, words=words)
    if not said.name:
        return w("inquiry.answered", day=day, words=words)
    return w("inquiry.answered.by", name=cut(said.name, _NAME), day=day, words=words)


def _state(outcome: InquiryShown, w: Phrases) -> list[Markup]:
    if outcome.closed_on is not None:
        return [w("inquiry.closed", day=w.day(outcome.closed_on))]
    answered = [] if outcome.waiting_since is not None else [w("inquiry.is_answered")]
    return [*answered, _who(outcome, w)]


def _who(outcome: InquiryShown, w: Phrases) -> Markup:
    if outcome.mine and outcome.holder is not None:
        return w("inquiry.mine")
    return _holder(outcome.holder, w)


def _holder(holder: str | None, w: Phrases) -> Markup:
    if holder is None:
        return w("inquiry.free")
    return w("inquiry.taken", name=cut(holder, _NAME)) if holder else w("inquiry.taken.nameless")


def _what_next(outcome: InquiryShown, w: Phrases) -> list[list[InlineKeyboardButton]]:
    if outcome.closed_on is not None:
        return [[_to_list(w)]]
    mine = outcome.mine and outcome.holder is not None
    offered = {
        "take": Verb.INQUIRY_TAKE if outcome.holder is None else None,
        "answer": Verb.INQUIRY_ANSWER,
        "close": Verb.INQUIRY_CLOSE,
        "back": Verb.INQUIRY_BACK if mine else None,
    }
    seen = {Verb.INQUIRY_CLOSE: (outcome.version,)}
    return [
        [button(w.label(f"inquiry.button.{what}"), verb, outcome.inquiry_id, *seen.get(verb, ()))]
        for what, verb in offered.items()
        if verb is not None
    ]


def _to_list(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("inquiry.button.list"), Verb.INQUIRIES)


def _listed(outcome: InquiryList, w: Phrases) -> Message:
    if not outcome.lines:
        return Message(w("inquiry.list.none"), keyboard([to_menu(w)]))
    each = [_line(number, line, w) for number, line in enumerate(outcome.lines, 1)]
    looks = [_look(number, line, w) for number, line in enumerate(outcome.lines, 1)]
    title = w.count("inquiry.list", outcome.waiting) if outcome.waiting else w("inquiry.list.answered")
    turned = turning(outcome, w, Verb.INQUIRIES_PAGE)
    return Message(lines(title, *each), keyboard(*looks, turned, [to_menu(w)]))


def _line(number: int, line: InquiryLine, w: Phrases) -> Markup:
    key = "inquiry.line" if line.waiting_since is not None else "inquiry.line.answered"
    since: date | None = line.waiting_since
    return w(
        key,
        number=number,
        name=cut(line.name, _NAME) if line.name else w.label("inquiry.guest.listed"),
        day=w.day(since) if since is not None else "",
        holder=_holder(line.holder, w),
    )


def _look(number: int, line: InquiryLine, w: Phrases) -> list[InlineKeyboardButton]:
    name = line.name or w.label("inquiry.guest.listed")
    return [button(w.fitted("inquiry.button.look", number=number, name=name), Verb.INQUIRY, line.inquiry_id)]


def _answer_offered(outcome: TeamAnswerOffered, w: Phrases) -> Message:
    text = lines(
        first_line(w, "inquiry.answer.offer", name=_named(outcome.name, w)),
        quoted(w, outcome.text, TEAM_WORDS),
        w("inquiry.answer.by_team"),
    )
    return Message(text, _deciding("inquiry.button.send", outcome.draft_id, w))


def _answer_sent(outcome: TeamAnswerSent, w: Phrases) -> Message:
    text = lines(
        w("inquiry.answer.sent", name=_named(outcome.name, w)), absent(outcome.absence, outcome.name, w)
    )
    look = button(w.label("inquiry.button.show"), Verb.INQUIRY, outcome.inquiry_id)
    return Message(text, keyboard([look], [_to_list(w)]))
