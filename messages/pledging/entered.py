"""A partner without Telegram: who they are, what is passed on to them, and what came back.

What is passed on is said to somebody else than the reader: as Sie, or in English (`Phrases.to_forward`).
"""

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton

from domain.nudging import Period
from domain.outcomes.pledging.entered import (
    AmendmentToForward,
    Entered,
    EnteredAsked,
    EnteredNameAsked,
    EnteredOrganisationAsked,
    EntryDeleteAsked,
    EntryDeleted,
    InvitationToForward,
    PartnerEntered,
)
from domain.pledges import answers
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import COPY, fitted
from messages.lines import lines
from messages.message import Message, Row, button, keyboard
from messages.people import full, short
from messages.pledging.statuses import one_says, ranked, report_buttons, titled
from messages.quotes import quoted


def render(outcome: Entered, w: Phrases) -> Message:  # noqa: PLR0911 - a case per outcome
    match outcome:
        case EnteredNameAsked():
            cancel = button(w.label("pledge.button.cancel"), Verb.CANCEL)
            return Message(w("entered.name"), keyboard([cancel]))
        case EnteredOrganisationAsked():
            skip = button(w.label("entered.button.skip"), Verb.ENTER_SKIP, outcome.pledge_id)
            title = first_line(w, "entered.organisation.title", other=full(w, outcome.other, dative=True))
            cancel = button(w.label("pledge.button.cancel"), Verb.CANCEL)
            return Message(lines(title, w("entered.organisation")), keyboard([skip], [cancel]))
        case PartnerEntered():
            return _invited(outcome, w)
        case InvitationToForward():
            return Message(fitted(lambda room: _invitation(outcome, room, w.to_forward())))
        case AmendmentToForward():
            return Message(fitted(lambda room: _amended(outcome, room, w.to_forward())))
        case EnteredAsked():
            return _asked(outcome, w)
        case EntryDeleteAsked():
            return _delete_asked(outcome, w)
        case EntryDeleted():
            every = button(w.label("pledge.button.all"), Verb.PLEDGES)
            return Message(w("entered.deleted"), keyboard([every]))


def _invited(outcome: PartnerEntered, w: Phrases) -> Message:
    other, pledge_id = short(w, outcome.other), outcome.pledge_id
    text = lines(
        first_line(w, "entered.invited.title", other=full(w, outcome.other, dative=True)),
        w("entered.invited", other=other),
    )
    take_back = button(w.label("pledge.button.take_back"), Verb.DROP, pledge_id)
    return Message(text, keyboard(*waiting(pledge_id, w, again=False), [take_back]))


def waiting(pledge_id: int, w: Phrases, *, again: bool = True) -> list[Row]:
    """While the other's yes is missing. `again`: with the way to the text that is passed on."""
    agreed = button(w.label("entered.button.agreed"), Verb.ENTERED_YES, pledge_id)
    text = button(w.label("entered.button.text"), Verb.ENTERED_TEXT, pledge_id)
    return [[agreed], [text] if again else []]


def to_pass_on(pledge_id: int, other: str, w: Phrases, rank: int | None = None) -> Row:
    """The way to the question that is passed on, and to the answers that come back."""
    label = (
        w.fitted("entered.button.ask", other=full(w, other))
        if rank is None
        else w.label("entered.button.ask_short")
    )
    return [button(ranked(w, label, rank), Verb.ENTERED_TEXT, pledge_id)]


def _invitation(outcome: InvitationToForward, room: int, w: Phrases) -> str:
    me, day = full(w, outcome.me), w.due(outcome.deadline)
    return lines(
        w("entered.forward.hello", other=full(w, outcome.other)),
        w("entered.forward.agreed"),
        quoted(w, outcome.text, room),
        w(f"entered.forward.acts.{outcome.acts}", day=day),
        w("entered.forward.monthly"),
        w("entered.forward.notice", controller=_controller(outcome)),
        w("entered.forward.kept", days=outcome.kept_days),
        w("entered.forward.rights"),
        w("entered.forward.bye", me=me),
    )


def _amended(outcome: AmendmentToForward, room: int, w: Phrases) -> str:
    return lines(
        w("entered.forward.hello", other=full(w, outcome.other)),
        w("entered.forward.amended"),
        quoted(w, outcome.text, room),
        w("entered.forward.amended.day", day=w.due(outcome.deadline)),
        w("entered.forward.bye", me=full(w, outcome.me)),
    )


def _controller(outcome: InvitationToForward) -> Markup:
    """Who it is, and how they can be reached if that is known: our own text, at the end of a sentence."""
    if outcome.contact:
        return Markup.escape(f"{outcome.controller}, {outcome.contact}")
    return Markup.escape(outcome.controller.removesuffix("."))


def _asked(outcome: EnteredAsked, w: Phrases) -> Message:
    other = full(w, outcome.other)
    words = _question(outcome, w.to_forward())
    said = w("entered.said", what=one_says(w, outcome.said)) if outcome.said is not None else None
    text = lines(
        first_line(w, "entered.asked.title", title=titled(w, outcome.title), other=other),
        w("entered.asked") if outcome.period is not None else None,
        w("silence.quote", words=words) if outcome.period is not None else None,
        said,
        w("entered.came_back", other=short(w, outcome.other)) if outcome.period is not None else None,
    )
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    if outcome.period is None:
        return Message(text, keyboard([look]))
    copy = InlineKeyboardButton(w.label("silence.button.copy"), copy_text=CopyTextButton(words))
    return Message(text, keyboard([copy], *_answers(outcome, outcome.period, w), [look]))


def _question(outcome: EnteredAsked, w: Phrases) -> str:
    """Plain words from the reader to the other, on one line."""
    asks = "deadline" if outcome.period is Period.DEADLINE else outcome.side.value
    title = f" {w.plain('entered.question.title', title=outcome.title)}" if outcome.title else ""
    words = w.plain(
        f"entered.question.{asks}",
        other=cut(full(w, outcome.other), 40),
        title=title,
        day=w.due(outcome.deadline),
        me=cut(full(w, outcome.me), 40),
    )
    return cut(" ".join(words.split()), COPY)


def _delete_asked(outcome: EntryDeleteAsked, w: Phrases) -> Message:
    title = first_line(w, "entered.delete.title", other=full(w, outcome.other))
    return Message(
        lines(title, w("entered.delete")),
        keyboard(
            [button(w.label("entered.button.delete_yes"), Verb.ENTRY_DELETE_YES, outcome.pledge_id)],
            [button(w.label("entered.button.keep"), Verb.PLEDGE, outcome.pledge_id)],
        ),
    )


def rarely_done(pledge_id: int, w: Phrases) -> list[Row]:
    """What is rarely done about somebody without Telegram."""
    link = button(w.label("entered.button.link"), Verb.TAKEOVER_LINK, pledge_id)
    return [[link], [button(w.label("entered.button.delete"), Verb.ENTRY_DELETE, pledge_id)]]


def _answers(outcome: EnteredAsked, period: Period, w: Phrases) -> list[Row]:
    at_deadline = period is Period.DEADLINE
    likely, others = answers(outcome.side, at_deadline=at_deadline)
    offered = likely + others if outcome.opened else likely
    per_row = 2 if at_deadline or outcome.opened else 3
    rows = report_buttons(
        w, outcome.pledge_id, period, offered, rank=None, per_row=per_row, verb=Verb.ENTERED_SAYS
    )
    more = button(w.label("nudge.button.others"), Verb.ENTERED_OTHERS, outcome.pledge_id)
    return [*rows, [] if outcome.opened else [more]]
