"""A planned round is changed: one pair of it, with whom to swap, who joins, whose card somebody gets."""

from telegram import InlineKeyboardButton

from domain.outcomes.organising.rounds import Edit, RoundChoice, RoundOption, RoundPair, TopicsWanted
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.organising import rounds
from messages.paging import turning
from messages.people import full


def pair(outcome: RoundPair, w: Phrases) -> Message:
    """One pair, and what can be done with it; two people can be joined by a third."""
    seat, of = outcome.seat, (outcome.round_id, outcome.seat.number)
    swap, join = (
        button(w.label(f"orga.round.button.{edit}"), Verb.ROUND_CHOOSE, of[0], f"{edit}-{of[1]}", 0)
        for edit in (Edit.SWAP, Edit.JOIN)
    )
    out = button(w.label("orga.round.button.cut"), Verb.ROUND_CUT, of[0], outcome.revision, of[1])
    back = button(w.label("orga.round.button.pairs"), Verb.ROUND_SEATS, outcome.round_id, outcome.page)
    return Message(
        lines(w("orga.round.pair.title"), rounds.line(seat, w), w("orga.round.pair")),
        keyboard([swap], [join] if seat.third is None else [], [out], [back]),
    )


def choice(outcome: RoundChoice, w: Phrases) -> Message:
    """What could be chosen, and what the plan would say then."""
    seats = [seat for each in outcome.options for seat in (each.seat, each.also) if seat is not None]
    title = w(f"orga.round.choice.{outcome.edit}", name=rounds.named(outcome.name, w))
    none = w("orga.round.choice.none") if not seats else None
    text = fitted(lambda room: lines(title, none, *(rounds.line(seat, w, room) for seat in seats)))
    pages = turning(outcome, w, Verb.ROUND_CHOOSE, outcome.round_id, f"{outcome.edit}-{outcome.of}")
    chosen = [[_chosen(outcome, option, w)] for option in outcome.options]
    return Message(text, keyboard(*chosen, pages, [_back(outcome, w)]))


def _chosen(outcome: RoundChoice, option: RoundOption, w: Phrases) -> InlineKeyboardButton:
    label = w.fitted("orga.round.button.chosen", name=full(w, option.name))
    what = f"{outcome.revision}-{outcome.edit}-{outcome.of}"
    return button(label, Verb.ROUND_DO, outcome.round_id, what, option.number)


def _back(outcome: RoundChoice, w: Phrases) -> InlineKeyboardButton:
    label = w.label("orga.round.button.to_before")
    if outcome.edit is Edit.GIVE:
        return button(label, Verb.ROUND_LEFT, outcome.round_id, 0)
    return button(label, Verb.ROUND_PAIR, outcome.round_id, outcome.of)


def topics_wanted(outcome: TopicsWanted, w: Phrases) -> Message:
    before = w("orga.round.topics.before", n=outcome.before) if outcome.before else None
    text = lines(w("orga.round.topics.title"), w("orga.round.topics", n=outcome.asked), before)
    left = button(w.label("orga.round.button.to_before"), Verb.ROUND_LEFT, outcome.round_id, 0)
    return Message(text, keyboard([left], [rounds.to_numbers(outcome.round_id, w)]))
