"""What one side said of a promise, and the buttons to say it."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.nudging import Period
from domain.outcomes.pledging.pledges import LastWord
from domain.pledges import ENDINGS, Side, Status
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.message import button
from messages.people import at_start, short
from messages.quotes import quoted

Rows = list[list[InlineKeyboardButton]]


def status(w: Phrases, of: Status) -> str:
    return w.label(f"status.{of}")


def one_says(w: Phrases, of: Status) -> str:
    """The same as one side's word: that it has ended together, only both can say."""
    return w.label("status.one.ended") if of is Status.ENDED else status(w, of)


def titled(w: Phrases, title: str) -> str:
    """A promise's short name; neutral words where its text went with the person who wrote it."""
    return title or w.label("pledge.untitled")


def own_word(w: Phrases, word: LastWord | None, longest: int = 500) -> Markup | None:
    """ "Du zuletzt: läuft." """
    if word is None:
        return None
    if word.status is not None:
        return w("nudge.mine", what=one_says(w, word.status))
    return w("nudge.mine.note", note=quoted(w, word.note, longest))


def other_word(w: Phrases, word: LastWord | None, other: str, longest: int = 500) -> Markup:
    """ "Ben am 9. April: läuft. „Termin steht.“", or that nothing was heard. What we know, no judgement."""
    if word is None or not (word.status or word.note):
        return w("nudge.unheard", other=short(w, other, dative=True))
    said = [w("nudge.said", what=one_says(w, word.status))] if word.status is not None else []
    note = [quote] if (quote := quoted(w, word.note, longest)) else []
    return w(
        "nudge.theirs",
        other=at_start(short(w, other)),
        day=w.day(word.on),
        words=Markup(" ").join(said + note),
    )


def question(w: Phrases, sides: set[Side], *, at_deadline: bool) -> Markup:
    """The question of one side, or a neutral one where somebody is asked as both."""
    if len(sides) > 1:
        return w("nudge.ask.mixed")
    (side,) = sides
    return w(f"nudge.ask.deadline.{side}" if at_deadline else f"nudge.ask.{side}")


def report_buttons(
    w: Phrases,
    pledge_id: int,
    period: Period,
    offered: tuple[Status, ...],
    *,
    position: int | None,
    a_row: int,
) -> Rows:
    """The answers as buttons, `a_row` in a row. `position`: the pledge's number in a message about several."""
    each = [
        button(
            numbered(w, w.label(f"status.button.{one}") if position is None else status(w, one), position),
            Verb.REPORT, pledge_id, period, one,
        )
        for one in offered
    ]  # fmt: skip
    return [each[at : at + a_row] for at in range(0, len(each), a_row)]


def corrections(w: Phrases, pledge_id: int, period: Period, said: Status, *, position: int | None) -> Rows:
    """The other ways in which it can have ended, and to leave the answer as it is."""
    others = tuple(one for one in ENDINGS if one is not said)
    rows = report_buttons(w, pledge_id, period, others, position=position, a_row=2)
    keep = button(numbered(w, w.label("pledge.button.keep"), position), Verb.REPORT, pledge_id, period, said)
    return [*rows, [keep]]


def numbered(w: Phrases, label: str, position: int | None) -> str:
    return label if position is None else w.label("nudge.button.numbered", number=position, label=label)
