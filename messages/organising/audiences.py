"""Whom a broadcast goes to: what can be chosen, and what was."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.audience import ALL_WORKSHOPS, CONFIRMED_MP, Facet, Sense
from domain.figures import Withheld
from domain.outcomes.organising.broadcasts import BroadcastStep, Chosen, Option, SegmentAsked
from domain.roles import Role
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, Rows, button, in_rows, keyboard
from messages.names import land, role, topic
from messages.organising.desk import workshop_line, workshop_names
from messages.organising.figures import shown
from messages.paging import turning

_SINGLE = (Facet.PROFILE, Facet.SILENCE)  # these have one value, which is turned at once
_HOW: dict[Facet | None, str] = {None: "broadcast.segment", Facet.WORKSHOP: "broadcast.segment.how.workshop"}
_LONGEST_PART = 38  # characters
_CHOSEN = 300  # UTF-16 units for what was chosen


def segment_asked(outcome: SegmentAsked, w: Phrases) -> Message:
    drop = [button(w.label("broadcast.button.drop"), Verb.BROADCAST_DROP, outcome.broadcast_id)]
    asks = _whom(outcome, w) if outcome.facet is None else _which(outcome, outcome.facet, w)
    text = lines(
        w("broadcast.segment.title" if outcome.facet is None else f"broadcast.segment.{outcome.facet}"),
        workshops_line(outcome.workshops, w),
        goes_to(outcome.chosen, w) if outcome.is_chosen else None,
        w("broadcast.segment.reaches", n=shown(outcome.count, w)) if outcome.is_chosen else None,
        w(_HOW.get(outcome.facet, "broadcast.segment.how")),
    )
    return Message(text, keyboard(*asks, drop))


def _whom(outcome: SegmentAsked, w: Phrases) -> Rows:
    """By what to choose, and what was chosen."""
    broadcast_id = outcome.broadcast_id

    def facet(each: Facet) -> InlineKeyboardButton:
        sense = next((sense for sense, of, _ in outcome.chosen if of is each and each in _SINGLE), None)
        label = w.label(f"broadcast.button.{each}")
        return button(_in_sense(sense, label, w), Verb.SEGMENT, broadcast_id, each)

    wholes = [
        [button(w.label(f"broadcast.button.{one}", n=shown(people, w)), Verb.SEGMENT, broadcast_id, one)]
        for one, _, people in outcome.options
    ]
    on = [
        [button(w.label("broadcast.button.preview"), Verb.BROADCAST_DO, broadcast_id, BroadcastStep.PREVIEW)],
        [button(w.label("broadcast.button.afresh"), Verb.SEGMENT, broadcast_id, "afresh")],
    ]
    facets = [facet(each) for each in Facet if each is not Facet.WORKSHOP]
    where = [facet(Facet.WORKSHOP)] if outcome.several else []
    return [*(on if outcome.is_chosen else wholes), where, *in_rows(facets, 2)]


def _which(outcome: SegmentAsked, facet: Facet, w: Phrases) -> Rows:
    """The values of a facet, and how each of them counts."""
    each = [
        [button(_value(outcome, facet, one, w), Verb.SEGMENT_IS, outcome.broadcast_id, facet, one[0])]
        for one in outcome.options
    ]
    turned = turning(outcome, w, Verb.SEGMENT_PAGE, outcome.broadcast_id, facet)
    back = button(w.label("broadcast.button.back"), Verb.SEGMENTS, outcome.broadcast_id)
    return [*each, turned, [back]]


def _value(outcome: SegmentAsked, facet: Facet, option: Option, w: Phrases) -> str:
    value, sense, people = option
    part = _option(outcome, facet, value, w)
    label = w.label("broadcast.button.part", part=part, n=shown(people, w))
    return cut(_in_sense(sense, label, w, facet), _LONGEST_PART)


def _in_sense(sense: Sense | None, label: str, w: Phrases, facet: Facet | None = None) -> str:
    if sense is None:
        return label
    too = facet is Facet.WORKSHOP and sense is Sense.ONLY
    return w.label("broadcast.button.too" if too else f"broadcast.button.{sense}", what=label)


def _option(outcome: SegmentAsked, facet: Facet, value: str, w: Phrases) -> str:
    """What can be chosen of the facet; of workshops also all, or those of a Land."""
    if facet is not Facet.WORKSHOP:
        return _part(facet, value, w)
    room = _LONGEST_PART - len(_in_sense(Sense.WITHOUT, "", w)) - len(f" ({shown(Withheld.FEW, w)})")
    names = workshop_names(outcome.several, room, w)
    for workshop, name in zip(outcome.several, names, strict=True):
        if value == str(workshop.workshop_id):
            return name
    if value == ALL_WORKSHOPS:
        return w.label("broadcast.part.all_workshops")
    return w.label("broadcast.part.all_in", land=land(w, value))


def _part(facet: Facet, value: str, w: Phrases) -> str:
    match facet:
        case Facet.ROLE if value != CONFIRMED_MP:
            return role(w, Role(value))
        case Facet.WORKSHOP:
            return value
        case Facet.LAND:
            return land(w, value)
        case Facet.TOPIC:
            return topic(w, value)
        case _:
            return w.label(f"broadcast.part.{value}")


def workshops_line(titles: Sequence[str], w: Phrases) -> Markup:
    """The line that says which workshops a message goes to."""
    if len(titles) <= 1:
        return workshop_line("".join(titles), w)
    return w("broadcast.in_workshops", n=len(titles), titles=cut(" · ".join(titles), _CHOSEN))


def goes_to(chosen: Sequence[Chosen], w: Phrases) -> str:
    """Whom it goes to, in a sentence."""
    only = [_part(facet, value, w) for sense, facet, value in chosen if sense is Sense.ONLY]
    without = [_part(facet, value, w) for sense, facet, value in chosen if sense is Sense.WITHOUT]
    whom = cut(" · ".join(only), _CHOSEN) if only else w.label("broadcast.to.everybody")
    if not without:
        return w("broadcast.goes_to", whom=whom)
    return w("broadcast.goes_to.without", whom=whom, others=cut(" · ".join(without), _CHOSEN))
