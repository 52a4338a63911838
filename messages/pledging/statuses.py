"""What a party said about a pledge, and the buttons to say it."""

from markupsafe import Markup

from domain.nudging import Period
from domain.outcomes.pledging.pledges import LastWord
from domain.pledges import ENDINGS, Blocker, Side, Status
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.message import Row, Rows, button, in_rows
from messages.office import writer
from messages.people import at_start, short
from messages.pledging.wariness import to_reader
from messages.quotes import quoted


def status(w: Phrases, of: Status) -> str:
    return w.label(f"status.{of}")


def one_says(w: Phrases, of: Status) -> str:
    """The status as the word of one party, who cannot say alone that a pledge was ended together."""
    return w.label("status.one.ended") if of is Status.ENDED else status(w, of)


def lacks(w: Phrases, of: Status, blocker: Blocker | None) -> str:
    """The same, with what is lacking if that is known: "hängt an Kontakten"."""
    if blocker is None:
        return one_says(w, of)
    return w.label("status.blocked", what=w.label(f"blocker.named.{blocker}"))


def blocker_buttons(w: Phrases, pledge_id: int, period: Period, rank: int | None = None) -> Rows:
    """What may be lacking, three in a row if they are numbered."""
    each = [
        button(ranked(w, w.label(f"blocker.button.{one}"), rank), Verb.BLOCKER, pledge_id, period, one)
        for one in Blocker
    ]
    per_row = 2 if rank is None else 3
    return in_rows(each, per_row)


def titled(w: Phrases, title: str) -> str:
    """A pledge's title, or neutral words if its text went with the erased person who wrote it."""
    return title or w.label("pledge.untitled")


def own_word(w: Phrases, word: LastWord | None, other: str | None, longest: int = 500) -> Markup | None:
    """ "Du zuletzt: läuft." `other`: who reported it, if it was reported."""
    if word is None:
        return None
    if word.status is not None:
        key = "entered.mine" if word.reported else "nudge.mine"
        return w(key, what=one_says(w, word.status), other=short(w, other, dative=True))
    return w("nudge.mine.note", note=quoted(w, word.note, longest))


def other_word(w: Phrases, word: LastWord | None, other: str, longest: int = 500) -> Markup:
    """ "Ben am 9. April: läuft. „Termin steht.“", or that nothing has been heard, without judging."""
    if word is None or not (word.status or word.note):
        return w("nudge.unheard", other=short(w, other, dative=True))
    said = [w("nudge.said", what=one_says(w, word.status))] if word.status is not None else []
    note = [quote] if (quote := quoted(w, word.note, longest)) else []
    words = Markup(" ").join(said + note)
    key = "entered.theirs" if word.reported else "nudge.theirs"
    who = writer(at_start(short(w, other)), w, by_office=word.by_office)
    heard = w(key, other=who, day=w.day(word.on), words=words)
    warning = to_reader(word.note, w)
    return heard if warning is None else Markup("\n").join((warning, heard))


def complain_about(word: LastWord | None, pledge_id: int, w: Phrases, rank: int | None = None) -> Row:
    """The button that reports what the other noted, where that is shown."""
    if word is None or not word.note:
        return []
    return [button(ranked(w, w.label("pledge.button.complain"), rank), Verb.COMPLAIN_NOTES, pledge_id)]


def question(w: Phrases, sides: set[Side], *, at_deadline: bool) -> Markup:
    """The question to one side of a pledge, or a neutral one if somebody is asked as both."""
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
    rank: int | None,
    per_row: int,
    verb: Verb = Verb.REPORT,
) -> Rows:
    """The answers as buttons, `per_row` in a row. `rank`: the pledge's place among several in one message."""
    each = [
        button(
            ranked(w, w.label(f"status.button.{one}") if rank is None else status(w, one), rank),
            verb, pledge_id, period, one,
        )
        for one in offered
    ]  # fmt: skip
    return in_rows(each, per_row)


def corrections(w: Phrases, pledge_id: int, period: Period, said: Status | None, *, rank: int | None) -> Rows:
    """Buttons for the other ways in which it can have ended, and one to leave the answer, if any, as it is."""
    others = tuple(one for one in ENDINGS if one is not said)
    rows = report_buttons(w, pledge_id, period, others, rank=rank, per_row=2)
    if said is None:
        return rows
    keep = button(ranked(w, w.label("pledge.button.keep"), rank), Verb.REPORT, pledge_id, period, said)
    return [*rows, [keep]]


def ranked(w: Phrases, label: str, rank: int | None) -> str:
    """The label with its pledge's rank in front, if it has one."""
    return label if rank is None else w.label("nudge.button.numbered", number=rank, label=label)
