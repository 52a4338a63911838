"""A round in numbers, then in names; and the open words, which no topic knows."""

from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.outcomes.matching import Why
from domain.outcomes.organising.rounds import (
    Edit,
    NamedSeat,
    OpenWords,
    RoundLeft,
    RoundPreview,
    RoundReport,
    RoundSeats,
    WithoutCard,
)
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.matching.cards import near, subject, theirs
from messages.message import Message, button, keyboard
from messages.organising import desk
from messages.organising.figures import shown
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_NAME, _LEAST, _WORD = (
    40,
    10,
    40,
)  # UTF-16 units, so that a page of names, or fifty open words, fit into a message


def preview(outcome: RoundPreview, w: Phrases) -> Message:
    round_id = outcome.round_id
    without = outcome.without
    unconfirmed = w("orga.round.unconfirmed", n=outcome.unconfirmed) if outcome.unconfirmed else None
    text = lines(
        w("orga.round.changed" if outcome.changed else "orga.round.title"),
        desk.workshop_line(outcome.workshop, w),
        w("orga.round.cards", n=outcome.cards),
        w("orga.round.mps", n=shown(outcome.with_mps, w), mps=shown(outcome.mps, w))
        if outcome.cards
        else None,
        unconfirmed,
        w("orga.round.threes", n=outcome.threes) if outcome.threes else None,
        w("orga.round.left", n=without),
        *(
            w("orga.round.left.part", n=shown(n, w), why=w(f"orga.round.why.{why}"))
            for why, n in outcome.left
        ),
        w("orga.round.another_day", day=w.day(outcome.another_day)) if outcome.another_day else None,
        w("orga.round.confirm" if outcome.cards else "orga.round.nobody"),
    )
    seats = button(w.label("orga.round.button.seats"), Verb.ROUND_SEATS, round_id, 0)
    left = button(w.label("orga.round.button.left", n=without), Verb.ROUND_LEFT, round_id, 0)
    go = button(w.label("orga.round.button.go"), Verb.ROUND_GO, round_id, outcome.revision)
    return Message(
        text,
        keyboard(
            [seats] if outcome.cards else [],
            [left] if without else [],
            [go] if outcome.cards else [],
            [button(w.label("orga.round.button.drop"), Verb.ROUND_DROP, round_id)],
        ),
    )


def seats(outcome: RoundSeats, w: Phrases) -> Message:
    text = lines(
        w("orga.round.changed") if outcome.changed else None,
        w("orga.round.seats.title", page=outcome.page + 1, pages=outcome.pages),
        w("orga.round.seats"),
        *(line(seat, w) for seat in outcome.seats),
    )
    pairs = [[_to_pair(outcome, seat, w)] for seat in outcome.seats]
    return Message(text, _turning(outcome, Verb.ROUND_SEATS, w, *pairs))


def _to_pair(outcome: RoundSeats, seat: NamedSeat, w: Phrases) -> InlineKeyboardButton:
    label = w.fitted("orga.round.button.pair", name=full(w, seat.name), other=full(w, seat.other))
    return button(label, Verb.ROUND_PAIR, outcome.round_id, seat.number)


def line(seat: NamedSeat, w: Phrases, room: int = _NAME) -> Markup:
    """One seat in the third person; whoever gets the card comes first. `room`: for each name, in UTF-16 units."""
    because = seat.because
    offered = theirs(because, w) if because.why is Why.BOTH else ""
    reason = w(
        f"orga.round.because.{because.why}",
        name=named(seat.name, w, room), other=named(seat.other, w, room),
        what=subject(because, w), theirs=offered, near=near(because, w),
    )  # fmt: skip
    if seat.third is None:
        return reason
    return Markup(" ").join([reason, w("orga.round.three", name=named(seat.third, w, room))])


def left(outcome: RoundLeft, w: Phrases) -> Message:
    each = (
        w("orga.round.left.one", name=named(person.name, w), why=w(f"orga.round.why.{person.why}"))
        for person in outcome.people
    )
    title = w("orga.round.left.title", page=outcome.page + 1, pages=outcome.pages)
    cards = [[_to_card(outcome, person, w)] for person in outcome.people if person.can_get_one]
    ask = [button(w.label("orga.round.button.topics"), Verb.ROUND_TOPICS, outcome.round_id)]
    return Message(
        lines(title, *each),
        _turning(outcome, Verb.ROUND_LEFT, w, *cards, ask if outcome.topicless else []),
    )


def _to_card(outcome: RoundLeft, person: WithoutCard, w: Phrases) -> InlineKeyboardButton:
    label = w.fitted("orga.round.button.give", name=full(w, person.name))
    return button(label, Verb.ROUND_CHOOSE, outcome.round_id, f"{Edit.GIVE}-{person.number}", 0)


def named(name: str, w: Phrases, room: int = _NAME) -> str:
    """A name in a list of the round."""
    return cut(full(w, name), max(_LEAST, min(room, _NAME)))


def _turning(
    outcome: RoundSeats | RoundLeft, verb: Verb, w: Phrases, *rows: list[InlineKeyboardButton]
) -> InlineKeyboardMarkup | None:
    return keyboard(*rows, turning(outcome, w, verb, outcome.round_id), [to_numbers(outcome.round_id, w)])


def to_numbers(round_id: int, w: Phrases) -> InlineKeyboardButton:
    """A button to the numbers of a round."""
    return button(w.label("orga.round.button.numbers"), Verb.ROUND_SHOW, round_id)


def report(outcome: RoundReport, w: Phrases) -> Message:
    missed = w("orga.round.missed", n=outcome.missed) if outcome.missed else None
    text = lines(w("orga.round.sent.title"), w("orga.round.sent", n=outcome.sent), missed)
    return Message(text, keyboard([to_menu(w)]))


def open_words(outcome: OpenWords, w: Phrases) -> Message:
    back = keyboard([to_menu(w)])
    if not outcome.words:
        key = "orga.words.few" if outcome.words is None else "orga.words.none"
        return Message(lines(w("orga.words.title"), w(key)), back)
    said = (
        w("orga.words.one", words=cut(words, _WORD))
        if people is None
        else w("orga.words.many", words=cut(words, _WORD), n=people)
        for words, people in outcome.words
    )
    return Message(lines(w("orga.words.title"), w("orga.words"), *said), back)
