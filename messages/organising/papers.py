"""Pledges that were made on paper: shown card by card before they are taken over, and confirmed by the two."""

from typing import assert_never

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton

from domain.guest_lists import ListFault
from domain.outcomes.organising.papers import (
    CardLine,
    GuestLink,
    PaperAgreed,
    PaperDenied,
    PaperDropped,
    PaperFileAsked,
    PaperFileRefused,
    PaperLine,
    PaperNames,
    PaperOffered,
    PaperOver,
    PaperPreview,
    Papers,
    PaperSide,
    PapersListed,
    PapersTaken,
    WrongCard,
)
from domain.paper import KnownPerson
from domain.pledges import Acts
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.organising.desk import workshop_line
from messages.paging import turning
from messages.people import full, short
from messages.places_to_go import to_menu
from messages.quotes import quoted

_NAME, _WHERE, _TEXT = 40, 30, 100  # UTF-16 units of each part of a line
_TITLE = 80
_COLUMNS = 10
_OWN_WORDS = (ListFault.NO_HEAD, ListFault.EMPTY, ListFault.TOO_MANY)


def render(outcome: Papers, w: Phrases) -> Message:  # noqa: C901, PLR0911 - a case per outcome
    match outcome:
        case PaperFileAsked():
            title = w("paper.ask", workshop=cut(outcome.workshop, _TITLE))
            text = lines(title, w("paper.ask.typed"), w("paper.ask.file"))
            return Message(text, keyboard([button(w.label("orga.button.cancel"), Verb.CANCEL)]))
        case PaperFileRefused():
            own = outcome.fault in _OWN_WORDS
            said = w(f"paper.refused.{outcome.fault}" if own else f"guests.refused.{outcome.fault}")
            return Message(said, keyboard([button(w.label("orga.button.cancel"), Verb.CANCEL)]))
        case PaperPreview():
            return _preview(outcome, w)
        case PaperNames():
            return _names(outcome, w)
        case PapersTaken():
            return _taken(outcome, w)
        case PaperDropped():
            return Message(w("paper.dropped"), keyboard([_to_list(outcome.workshop_id, w)], [to_menu(w)]))
        case PapersListed():
            return _list(outcome, w)
        case GuestLink():
            return _link(outcome, w)
        case PaperOffered():
            return _offered(outcome, w)
        case PaperAgreed():
            alone = button(w.label("paper.button.alone"), Verb.PAPER_ALONE, outcome.paper_id)
            return Message(w("paper.agreed", other=full(w, outcome.other)), keyboard([alone]))
        case PaperDenied():
            return Message(w("paper.denied"), keyboard([_to_pledges(w)]))
        case PaperOver():
            return Message(w("paper.over"), keyboard([_to_pledges(w)]))
    assert_never(outcome)


def _to_list(workshop_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("paper.button.list"), Verb.PAPERS, workshop_id, 0)


def _to_pledges(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("pledge.button.all"), Verb.PLEDGES)


def _preview(outcome: PaperPreview, w: Phrases) -> Message:
    text = lines(
        w("paper.preview"),
        w("guests.preview.changed_since") if outcome.changed_since else None,
        w(
            "paper.preview.counts", new=outcome.new, there=outcome.there, open=outcome.open, wrong=outcome.wrong,
            out=outcome.out,
        ),
        *(_line(each, w) for each in outcome.shown),
        w("guests.preview.page", page=outcome.page + 1, pages=outcome.pages) if outcome.pages > 1 else None,
        w("guests.preview.left_out", columns=", ".join(outcome.left_out[:_COLUMNS])) if outcome.left_out else None,
        w("paper.preview.decide") if outcome.open else None,
        None if outcome.new or outcome.open else w("paper.preview.nothing"),
    )  # fmt: skip
    return Message(text, keyboard(*_buttons(outcome, w)))


def _buttons(outcome: PaperPreview, w: Phrases) -> list[list[InlineKeyboardButton]]:
    who = [
        [
            button(
                w.label("paper.button.who", number=each.line), Verb.PAPER_NAMES, outcome.upload_id, each.line
            )
        ]
        for each in outcome.shown
        if isinstance(each, CardLine) and each.is_open
    ]
    key = "guests.button.take_rest" if outcome.wrong else "orga.calendar.button.take"
    take = button(w.label(key), Verb.PAPER_GO, outcome.upload_id, outcome.version)
    other = button(w.label("paper.button.others"), Verb.PAPER_FILE, outcome.workshop_id)
    drop = button(w.label("orga.calendar.button.drop"), Verb.PAPER_DROP, outcome.upload_id)
    return [
        *who,
        turning(outcome, w, Verb.PAPER_PAGE, outcome.upload_id),
        [take] if outcome.new and not outcome.open else [],
        [other],
        [drop],
    ]


def _line(line: WrongCard | CardLine, w: Phrases) -> Markup:
    if isinstance(line, WrongCard):
        return w("guests.line", number=line.line, said=w(f"paper.fault.{line.fault}"))
    said = w(
        f"paper.line.{line.acts}",
        first=_side(line.first, w), second=_side(line.second, w), text=quoted(w, line.text, _TEXT),
    )  # fmt: skip
    return w("guests.line", number=line.line, said=w("paper.line.out", said=said) if line.out else said)


def _side(side: PaperSide, w: Phrases) -> Markup:
    name = cut(side.name, _NAME)
    if side.is_open:
        return w("paper.side.open", name=name)
    if side.known is None:
        return w("paper.side.new", name=name)
    key = "paper.side.joined" if side.known.joined else "paper.side.listed"
    return w(key, name=name, known=_known(side.known))


def _known(somebody: KnownPerson) -> str:
    return " · ".join(filter(None, (cut(somebody.name, _NAME), cut(somebody.where, _WHERE))))


def _names(outcome: PaperNames, w: Phrases) -> Message:
    """Those who may be meant, side by side, each with a button."""
    about = (outcome.upload_id, outcome.line)
    each = [
        w(
            "paper.names.joined" if one.joined else "paper.names.listed",
            number=at,
            who=_known(one),
        )
        for at, one in enumerate(outcome.people, 1)
    ]
    picks = [
        [
            button(
                w.fitted("paper.button.is", number=at, name=_known(one)),
                Verb.PAPER_PICK, *about, f"{outcome.which}{one.key}",
            )
        ]
        for at, one in enumerate(outcome.people, 1)
    ]  # fmt: skip
    nobody = button(w.label("paper.button.new"), Verb.PAPER_PICK, *about, f"{outcome.which}new")
    out = button(w.label("paper.button.out"), Verb.PAPER_PICK, *about, "out")
    back = button(w.label("paper.button.back"), Verb.PAPER_PAGE, outcome.upload_id, 0)
    text = lines(
        w("paper.names", number=outcome.line),
        w("paper.names.on_card", name=cut(outcome.name, _NAME)),
        *each,
        w("paper.names.told"),
    )
    return Message(text, keyboard(*picks, [nobody], [out], [back]))


def _taken(outcome: PapersTaken, w: Phrases) -> Message:
    text = lines(
        w("paper.taken"),
        w.count("paper.taken.new", outcome.new, asked=outcome.asked),
        w("paper.taken.links") if outcome.asked < outcome.new else None,
        w.count("guests.taken.without", outcome.wrong) if outcome.wrong else None,
    )
    return Message(text, keyboard([_to_list(outcome.workshop_id, w)], [to_menu(w)]))


def _list(outcome: PapersListed, w: Phrases) -> Message:
    ranked = list(enumerate(outcome.shown, outcome.first))
    text = lines(
        w("paper.list"),
        workshop_line(outcome.workshop, w),
        w.count("paper.list.counts", outcome.waiting, settled=outcome.settled),
        *(w("paper.list.line", number=at, said=_two(line, w)) for at, line in ranked),
        w("paper.list.rule"),
    )
    away = {guest_id: (at, name) for at, line in reversed(ranked) for guest_id, name in _away(line)}
    links = [
        [button(w.fitted("paper.button.link", number=at, name=name), Verb.GUEST_LINK, guest_id)]
        for guest_id, (at, name) in sorted(away.items(), key=lambda each: each[1])
    ]
    send = button(w.label("paper.button.more"), Verb.PAPER_FILE, outcome.workshop_id)
    back = button(w.label("guests.button.list"), Verb.GUESTS, outcome.workshop_id, 0)
    turned = turning(outcome, w, Verb.PAPERS, outcome.workshop_id)
    return Message(text, keyboard(*links, turned, [send], [back], [to_menu(w)]))


def _away(line: PaperLine) -> list[tuple[int, str]]:
    sides = ((line.first_guest, line.first), (line.second_guest, line.second))
    return [(guest_id, name) for guest_id, name in sides if guest_id]


def _two(line: PaperLine, w: Phrases) -> str:
    return w.plain("paper.two", first=cut(line.first, _NAME), second=cut(line.second, _NAME))


def _link(outcome: GuestLink, w: Phrases) -> Message:
    """Passed on whole, without its buttons."""
    said = w.to_forward()
    link = Markup('<a href="{link}">{link}</a>').format(link=outcome.link)
    text = lines(
        said("paper.link"),
        said("paper.link.what", name=full(said, outcome.name)),
        link,
        said("paper.link.rules", code=outcome.code),
    )
    copy = InlineKeyboardButton(w.label("entered.button.copy_link"), copy_text=CopyTextButton(outcome.link))
    return Message(text, keyboard([copy], [_to_list(outcome.workshop_id, w)]))


def _offered(outcome: PaperOffered, w: Phrases) -> Message:
    who = "both" if outcome.acts is Acts.BOTH else outcome.side
    text = lines(
        w("paper.offered"),
        w(f"paper.offered.{who}", other=full(w, outcome.other), text=quoted(w, outcome.text)),
        w("pledge.day", day=w.due(outcome.deadline)),
        w("paper.offered.rule", other=short(w, outcome.other)),
        w("pledge.silence"),
    )
    yes = button(w.label("paper.button.yes"), Verb.PAPER_YES, outcome.paper_id)
    no = button(w.label("paper.button.no"), Verb.PAPER_NO, outcome.paper_id)
    return Message(text, keyboard([yes], [no]))
