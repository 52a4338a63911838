"""The list of somebody's pledges, and the card of one of them."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.nudging import Period
from domain.outcomes.pledging.pledges import PledgeCard, PledgeLine, PledgeList
from domain.pledges import Acts, State, answers
from domain.words import utf16_length
from messages.absence import absent
from messages.buttons import Verb
from messages.catalogue import BUTTON, Phrases
from messages.first_lines import first_line
from messages.fitting import fitted
from messages.lines import lines
from messages.message import Message, Rows, button, keyboard
from messages.office import beside
from messages.paging import turning
from messages.people import full, short
from messages.places_to_go import to_relay
from messages.pledging.entered import rarely_done, to_pass_on, waiting
from messages.pledging.history import way_there
from messages.pledging.releasing import now_read_by, who_may_read
from messages.pledging.retrospectives import look_back
from messages.pledging.statuses import (
    complain_about,
    other_word,
    own_word,
    question,
    report_buttons,
    status,
    titled,
)
from messages.pledging.talking import another_day, to_calendar
from messages.quotes import quoted


def pledge_list(outcome: PledgeList, w: Phrases) -> Message:
    """A page of what is not over, or of what has ended, with the way to the other of the two."""
    ranked = list(enumerate(outcome.lines, outcome.first))
    title = w("pledge.list.title.ended" if outcome.ended else "pledge.list.title")
    text = lines(title, *(_line(rank, each, w) for rank, each in ranked))
    if not outcome.lines:
        text = w("pledge.list.empty" if outcome.can_start else "pledge.list.cannot_start")
    each = [[_look(rank, line, w)] for rank, line in ranked]
    verb = Verb.PLEDGES_ENDED if outcome.ended else Verb.PLEDGES_PAGE
    new = [button(w.label("pledge.button.new"), Verb.PLEDGE_NEW)] if outcome.can_start else []
    return Message(text, keyboard(*each, turning(outcome, w, verb), _to_others(outcome, w), new))


def _to_others(outcome: PledgeList, w: Phrases) -> list[InlineKeyboardButton]:
    if not outcome.others:
        return []
    if outcome.ended:
        return [button(w.label("pledge.button.living", n=outcome.others), Verb.PLEDGES_PAGE, 0)]
    return [button(w.label("pledge.button.ended", n=outcome.others), Verb.PLEDGES_ENDED, 0)]


def _look(rank: int, line: PledgeLine, w: Phrases) -> InlineKeyboardButton:
    """With the other's name if a phone shows it in full: the line of this number has it in any case."""
    title = _name(line.title, line.state, w)
    label = w.label("pledge.button.pledge", number=rank, title=title, other=short(w, line.other))
    if not line.other or utf16_length(label) > BUTTON:
        label = w.fitted("pledge.button.pledge_alone", number=rank, title=title)
    return button(label, Verb.PLEDGE, line.pledge_id)


def _line(rank: int, line: PledgeLine, w: Phrases) -> Markup:
    return w(
        "pledge.list.line" if line.mp is None else "office.pledge_line",
        number=rank,
        title=_name(line.title, line.state, w),
        other=full(w, line.other),
        state=_where_it_is(line, w),
        mp=full(w, line.mp),
    )


def _where_it_is(line: PledgeLine, w: Phrases) -> Markup | str:
    if line.state is State.ENDED:
        return _how_it_ended(line, w)
    state = "your_yes" if line.waits_for_me else line.state
    day = w.day(line.deadline) if line.deadline else w.label("pledge.list.no_day")
    return w(f"pledge.list.state.{state}", day=day)


def _how_it_ended(line: PledgeLine, w: Phrases) -> Markup | str:
    said = {each for each in (line.mine, line.theirs) if each is not None}
    if len(said) == 1:
        return status(w, said.pop())
    if said:
        return w("pledge.list.state.differ")
    if line.resigned:
        return w("pledge.list.state.resigned")
    return w("pledge.list.state.silent" if line.other else "pledge.list.state.ended")


def _name(title: str, state: State, w: Phrases) -> str:
    return w.label("pledge.draft") if not title and state is State.DRAFT else titled(w, title)


def pledge_card(card: PledgeCard, w: Phrases) -> Message:
    every = [button(w.label("pledge.button.all"), Verb.PLEDGES)]
    before = way_there(card.pledge_id, w, exists=card.has_history)
    text = fitted(lambda room: _card_text(card, room, w))
    if card.state is State.ACTIVE:
        beside = _more(card, w) if card.more else _usual(card, before, w)
        return Message(text, keyboard(*_asked(card, w), *beside, every + _complain(card, w)))
    return Message(text, keyboard(*_card_buttons(card, w), before, every))


def _card_text(card: PledgeCard, room: int, w: Phrases) -> str:
    title = _name(card.title, card.state, w)
    return lines(
        first_line(w, "pledge.card.title", title=title, other=full(w, card.other, dative=True)),
        quoted(w, card.text, room),
        _who_acts(card, w),
        _state(card, w),
        absent(card.absence, card.other or "", w) if card.state in (State.PROPOSED, State.ACTIVE) else None,
        w("pledge.day", day=w.due(card.deadline)) if card.text or card.state is not State.DRAFT else None,
        _read_by(card, w),
        *_heard(card, room, w),
    )


def _read_by(card: PledgeCard, w: Phrases) -> Markup | None:
    if card.readers is None:
        return beside(card.offices, card.other, w)
    return now_read_by(card.readers, card.offices, card.other, w)


def _state(card: PledgeCard, w: Phrases) -> Markup | None:
    """The first line of a running one says with whom it is."""
    if card.state is State.ACTIVE:
        return None
    if card.state is State.ENDED and card.ended_on is not None:
        return w("pledge.card.ended_on", day=w.day(card.ended_on))
    return w(f"pledge.card.state.{card.state}", other=short(w, card.other, dative=True))


def _who_acts(card: PledgeCard, w: Phrases) -> Markup:
    who = "both" if card.acts is Acts.BOTH else card.side
    return w(f"pledge.card.acts.{who}", other=short(w, card.other, dative=True))


def _heard(card: PledgeCard, room: int, w: Phrases) -> list[Markup | None]:
    """Once both have agreed: what they said last, and what is asked."""
    if card.state not in (State.ACTIVE, State.ENDED):
        return []
    said = [own_word(w, card.mine, card.other, max(room, 1))]
    if card.other and (card.theirs or (card.mine and card.other_quiet)):
        said.append(other_word(w, card.theirs, card.other, room))
    if card.state is State.ENDED:
        return said
    talk = w("pledge.card.talk", day=w.moment(card.talk_on, card.talk_time)) if card.talk_on else None
    at_deadline = card.period is Period.DEADLINE
    asks = question(w, {card.side}, at_deadline=at_deadline) if card.period else None
    return [talk, *said, asks]


def _usual(card: PledgeCard, history: list[InlineKeyboardButton], w: Phrases) -> Rows:
    more = button(w.label("pledge.button.more"), Verb.MORE, card.pledge_id)
    pass_on = to_pass_on(card.pledge_id, card.other or "", w) if card.entered else []
    return [pass_on, _amending(card, w) + history, [another_day(card.pledge_id, card.talk_on, w)], [more]]


def _more(card: PledgeCard, w: Phrases) -> Rows:
    """In the place of what is usual."""
    when = button(w.label("nudge.when.button"), Verb.WHEN, card.pledge_id)
    entry = rarely_done(card.pledge_id, w) if card.entered else []
    words = [] if card.entered or not card.other else [to_relay(Verb.RELAY, card.pledge_id, w)]
    return [_evidence(card, w), words, [to_calendar(card.pledge_id, w)], _readers(card, w), [when], *entry]


def _readers(card: PledgeCard, w: Phrases) -> list[InlineKeyboardButton]:
    return [who_may_read(card.pledge_id, w)] if card.readers is not None else []


def _card_buttons(card: PledgeCard, w: Phrases) -> Rows:
    match card.state:
        case State.DRAFT:
            return _draft_buttons(card, w)
        case State.PROPOSED:
            take_back = button(w.label("pledge.button.take_back"), Verb.DROP, card.pledge_id)
            entered = [*waiting(card.pledge_id, w), *rarely_done(card.pledge_id, w)] if card.entered else []
            return [*entered, [take_back]]
        case State.ENDED:
            correct = button(w.label("nudge.button.correct"), Verb.CORRECT, card.pledge_id)
            back = [look_back(card.pledge_id, w)] if card.looks_back else []
            entry = rarely_done(card.pledge_id, w) if card.entered else []
            return [
                [correct] if card.correctable else [],
                back,
                _evidence(card, w),
                _readers(card, w),
                _complain(card, w),
                *entry,
            ]
        case _:
            return []


def _complain(card: PledgeCard, w: Phrases) -> list[InlineKeyboardButton]:
    return complain_about(card.theirs if card.other else None, card.pledge_id, w)


def _amending(card: PledgeCard, w: Phrases) -> list[InlineKeyboardButton]:
    label = "amend.button.look" if card.amendment else "amend.button"
    return [button(w.label(label), Verb.AMEND, card.pledge_id)] if card.amendable else []


def _evidence(card: PledgeCard, w: Phrases) -> list[InlineKeyboardButton]:
    add = [button(w.label("evidence.button"), Verb.EVIDENCE, card.pledge_id)] if card.provable else []
    label = w.label("evidence.button.show", n=card.evidence)
    there = [button(label, Verb.EVIDENCE_SHOW, card.pledge_id, card.evidence - 1)] if card.evidence else []
    return add + there


def _asked(card: PledgeCard, w: Phrases) -> Rows:
    return _answers(card, card.period, w) if card.period else []


def _answers(card: PledgeCard, period: Period, w: Phrases) -> Rows:
    at_deadline = period is Period.DEADLINE
    likely, others = answers(card.side, at_deadline=at_deadline)
    if card.opened:
        return report_buttons(w, card.pledge_id, period, likely + others, rank=None, per_row=2)
    more = button(w.label("nudge.button.others"), Verb.OTHERS, card.pledge_id, period)
    per_row = 2 if at_deadline else 3
    return [*report_buttons(w, card.pledge_id, period, likely, rank=None, per_row=per_row), [more]]


def _draft_buttons(card: PledgeCard, w: Phrases) -> Rows:
    drop = button(w.label("pledge.button.cancel"), Verb.DROP, card.pledge_id)
    if not card.text:
        return [[button(w.label("pledge.button.write"), Verb.SENTENCE, card.pledge_id)], [drop]]
    sentence = button(w.label("pledge.button.sentence"), Verb.SENTENCE, card.pledge_id)
    return [[button(w.label("pledge.button.confirm"), Verb.PROPOSE, card.pledge_id)], [sentence, drop]]
