"""Round tables: how an organiser plans one, and what those read who are asked to it."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.organising.roundtables import (
    Detail,
    RoundtableAsked,
    RoundtableCard,
    RoundtableDetailAsked,
    RoundtableFull,
    RoundtableGuest,
    RoundtableLine,
    RoundtableOff,
    RoundtablePeople,
    Roundtables,
    RoundtableStands,
    RoundtableTopics,
    TablePlace,
    TableStage,
    TopicShared,
)
from domain.roundtables import FEWEST, MOST, Invitation
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, Row, button, in_rows, keyboard
from messages.names import role, topic
from messages.organising.desk import workshop_line
from messages.organising.figures import shown
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_NAME, _TABLE = 30, 30  # UTF-16 units
_IN_A_ROW = 4


def render(outcome: Roundtables, w: Phrases) -> Message:  # noqa: PLR0911 - a case per outcome
    match outcome:
        case RoundtableTopics():
            return _topics(outcome, w)
        case RoundtableCard():
            return _card(outcome, w)
        case RoundtablePeople():
            return _people(outcome, w)
        case RoundtableDetailAsked():
            return _detail(outcome, w)
        case RoundtableAsked():
            return _asked(outcome, w)
        case RoundtableStands():
            return _stands(outcome, w)
        case RoundtableFull():
            title = first_line(w, "roundtables.full", topic=topic(w, outcome.topic))
            return Message(lines(title, w("roundtables.full.what", when=_when(outcome.place, w))))
        case RoundtableOff():
            title = first_line(w, "roundtables.off", topic=topic(w, outcome.topic))
            return Message(lines(title, w("roundtables.off.what", when=_when(outcome.place, w))))
    assert_never(outcome)


def _topics(outcome: RoundtableTopics, w: Phrases) -> Message:
    asks = "roundtables.topics" if outcome.topics else "roundtables.topics.none"
    text = lines(
        w("roundtables.title"),
        workshop_line(outcome.workshop, w),
        w("roundtables.too_late" if outcome.too_late else asks, fewest=FEWEST),
    )
    there = [[_to_table(each, w)] for each in outcome.tables]
    new = [[_to_topic(each, outcome.workshop_id, w)] for each in outcome.topics]
    turned = turning(outcome, w, Verb.ROUNDTABLE_TOPICS, outcome.workshop_id)
    rows = [] if outcome.too_late else [*new, turned]
    return Message(text, keyboard(*there, *rows, [to_menu(w)]))


def _to_table(table: RoundtableLine, w: Phrases) -> InlineKeyboardButton:
    label = _fitted("roundtables.button.table", table.topic, w, time=w.clock(table.at))
    return button(label, Verb.ROUNDTABLE, table.roundtable_id)


def _to_topic(wanted: TopicShared, workshop_id: int, w: Phrases) -> InlineKeyboardButton:
    label = _fitted("roundtables.button.topic", wanted.topic, w, people=shown(wanted.people, w))
    return button(label, Verb.ROUNDTABLE_NEW, workshop_id, wanted.topic)


def _fitted(key: str, topic_id: str, w: Phrases, **beside: str) -> str:
    """A label with a topic, which is cut, and something short that is not."""
    said = w.label(key, topic="\0", **beside)
    before, _, after = said.partition("\0")
    room = 25 - len(before) - len(after)
    return f"{before}{cut(topic(w, topic_id), room)}{after}"


def _when(place: TablePlace, w: Phrases) -> Markup:
    """The table, and when."""
    at = w(
        "matching.meet.at.name" if place.name else "matching.meet.at",
        table=place.number,
        name=cut(place.name, _TABLE),
    )
    if place.day is None:
        return w("roundtables.when", time=w.clock(place.at), place=at)
    return w("roundtables.when.day", day=w.day(place.day), time=w.clock(place.at), place=at)


def _guest(guest: RoundtableGuest, w: Phrases, key: str = "roundtables.guest", number: int = 0) -> Markup:
    why = w(f"roundtables.why.{guest.deals}" if guest.deals is not None else "roundtables.why.here")
    return w(key, name=cut(full(w, guest.name), _NAME), role=role(w, guest.role), why=why, number=number)


def _card(outcome: RoundtableCard, w: Phrases) -> Message:
    yes = len(outcome.guests)
    text = lines(
        first_line(w, f"roundtables.card.{outcome.stage}", topic=topic(w, outcome.topic)),
        w("roundtables.changed") if outcome.changed else None,
        _when(outcome.place, w),
        *(_guest(each, w) for each in outcome.guests),
        w(
            f"roundtables.what.{outcome.stage}",
            yes=yes,
            asked=outcome.asked,
            decides=w.clock(outcome.decides),
            fewest=FEWEST,
            most=MOST,
        ),
    )
    return Message(text, keyboard(*_planning(outcome, w), [_back(outcome.workshop_id, w)], [to_menu(w)]))


def _planning(outcome: RoundtableCard, w: Phrases) -> list[Row]:
    number = outcome.roundtable_id
    people = button(w.label("roundtables.button.people"), Verb.ROUNDTABLE_PEOPLE, number, 0)
    drop = button(w.label("roundtables.button.drop"), Verb.ROUNDTABLE_DROP, number)
    match outcome.stage:
        case TableStage.DRAFT:
            n = len(outcome.guests)
            go = button(w.label("roundtables.button.go", n=n), Verb.ROUNDTABLE_GO, number, outcome.version)
            at = button(w.label("roundtables.button.time"), Verb.ROUNDTABLE_DETAIL, number, Detail.TIME)
            table = button(w.label("roundtables.button.place"), Verb.ROUNDTABLE_DETAIL, number, Detail.TABLE)
            return [[go] if n >= FEWEST else [], [people], [at, table], [drop]]
        case TableStage.ASKING:
            return [[people], [drop]]
        case TableStage.SETTLED:
            return [[drop]]
        case TableStage.CALLED_OFF:
            return []
    assert_never(outcome.stage)


def _back(workshop_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("roundtables.button.topics"), Verb.ROUNDTABLE_TOPICS, workshop_id, 0)


def _people(outcome: RoundtablePeople, w: Phrases) -> Message:
    ranked = list(enumerate(outcome.guests, outcome.first))
    text = lines(
        first_line(w, "roundtables.people", topic=topic(w, outcome.topic)),
        w("roundtables.people.what" if outcome.may_drop else "roundtables.people.more"),
        *(_guest(each, w, "roundtables.person", n) for n, each in ranked),
    )
    number = outcome.roundtable_id
    each = [_person(n, one, outcome, w) for n, one in ranked if outcome.may_drop or not one.chosen]
    turned = turning(outcome, w, Verb.ROUNDTABLE_PEOPLE, number)
    back = button(w.label("roundtables.button.card"), Verb.ROUNDTABLE, number)
    return Message(text, keyboard(*([one] for one in each), turned, [back]))


def _person(n: int, guest: RoundtableGuest, on: RoundtablePeople, w: Phrases) -> InlineKeyboardButton:
    key = "roundtables.button.chosen" if guest.chosen else "roundtables.button.person"
    label = w.fitted(key, number=n, name=full(w, guest.name))
    return button(label, Verb.ROUNDTABLE_PERSON, on.roundtable_id, guest.person_id, on.page)


def _detail(outcome: RoundtableDetailAsked, w: Phrases) -> Message:
    number = outcome.roundtable_id
    times = [button(w.clock(each), Verb.ROUNDTABLE_AT, number, f"{each:%H%M}") for each in outcome.times]
    tables = [
        button(
            w.fitted("roundtables.button.number", number=n, name=name) if name else str(n),
            Verb.ROUNDTABLE_TABLE,
            number,
            n,
        )
        for n, name in outcome.tables
    ]
    back = button(w.label("roundtables.button.card"), Verb.ROUNDTABLE, number)
    rows = in_rows([*times, *tables], _IN_A_ROW)
    return Message(w(f"roundtables.detail.{outcome.what}"), keyboard(*rows, [back]))


def _asked(outcome: RoundtableAsked, w: Phrases) -> Message:
    title = first_line(w, f"roundtables.asked.{outcome.state}", topic=topic(w, outcome.topic))
    yes = button(w.label("roundtables.button.yes"), Verb.ROUNDTABLE_YES, outcome.seat_id)
    no = button(w.label("roundtables.button.no"), Verb.ROUNDTABLE_NO, outcome.seat_id)
    decides, when = w.clock(outcome.decides), _when(outcome.place, w)
    match outcome.state:
        case Invitation.OPEN:
            why = w(f"roundtables.asked.why.{outcome.deals}") if outcome.deals is not None else None
            kinds = ", ".join(
                w.label("roundtables.kind", n=n, role=role(w, each)) for each, n in outcome.kinds
            )
            who = w("roundtables.asked.who", asked=outcome.asked, kinds=kinds)
            text = lines(
                title, when, why, who, w("roundtables.asked.open.what", decides=decides, fewest=FEWEST)
            )
            return Message(text, keyboard([yes], [no]))
        case Invitation.YES:
            after_all = button(
                w.label("roundtables.button.not_after_all"), Verb.ROUNDTABLE_NO, outcome.seat_id
            )
            text = lines(title, when, w("roundtables.asked.yes.what", decides=decides, fewest=FEWEST))
            return Message(text, keyboard([after_all]))
        case Invitation.NO:
            after_all = button(w.label("roundtables.button.after_all"), Verb.ROUNDTABLE_YES, outcome.seat_id)
            return Message(lines(title, w("roundtables.asked.no.what")), keyboard([after_all]))
        case _:
            on = button(w.label("matching.button.on"), Verb.PARTNER)
            return Message(lines(title, w(f"roundtables.asked.{outcome.state}.what")), keyboard([on]))
    assert_never(outcome.state)


def _stands(outcome: RoundtableStands, w: Phrases) -> Message:
    text = lines(
        first_line(w, "roundtables.stands", topic=topic(w, outcome.topic)),
        _when(outcome.place, w),
        w("roundtables.stands.who"),
        *(_guest(each, w) for each in outcome.others),
        w("roundtables.stands.opener"),
    )
    cant = button(w.label("roundtables.button.cant"), Verb.ROUNDTABLE_NO, outcome.seat_id)
    return Message(text, keyboard([cant]))
