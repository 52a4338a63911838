"""The programme of a workshop: as its people read it, and as its organisers make it."""

from collections.abc import Iterable
from typing import assert_never

from markupsafe import Markup

from domain.outcomes.organising.programme import (
    ChangedItem,
    ItemAsked,
    ItemShown,
    ItemSoon,
    NewItem,
    Programme,
    ProgrammeAsked,
    ProgrammeDesk,
    ProgrammeDropped,
    ProgrammePhase,
    ProgrammePreview,
    ProgrammeRefused,
    ProgrammeShown,
    WrongLine,
)
from domain.programme import Item, NowAndNext
from domain.voice import Voice
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases, words
from messages.lines import lines
from messages.message import Message, Row, button, keyboard
from messages.organising.desk import workshop_line
from messages.paging import turning
from messages.places_to_go import to_menu

_LATER = 6  # items of later that are told at once
_CHANGED = 40  # UTF-16 units of what an item was, beside what it will be


def render(outcome: Programme, w: Phrases) -> Message:  # noqa: PLR0911 - a case per outcome
    match outcome:
        case ProgrammeShown():
            return _shown(outcome, w)
        case ItemSoon():
            return _soon(outcome, w)
        case ProgrammeDesk():
            return _desk(outcome, w)
        case ProgrammeAsked():
            return _asked(outcome, w)
        case ProgrammeRefused():
            back = button(w.label("programme.button.back"), Verb.ITEMS, outcome.workshop_id, 0)
            return Message(w(f"programme.refused.{outcome.fault}"), keyboard([back]))
        case ProgrammePreview():
            return _preview(outcome, w)
        case ProgrammeDropped():
            again = button(w.label("programme.button.send"), Verb.ITEMS_SEND, outcome.workshop_id)
            back = button(w.label("programme.button.desk"), Verb.ITEMS, outcome.workshop_id, 0)
            return Message(w("programme.dropped"), keyboard([again], [back]))
        case ItemShown():
            return _item_shown(outcome, w)
        case ItemAsked():
            return _item_asked(outcome, w)
    assert_never(outcome)


def clock(item: Item) -> str:
    """From when until when it is, as clocks show it: "10:15", or "10:15–10:30"."""
    begins = f"{item.begins:%H:%M}"
    return begins if item.ends is None else f"{begins}\u2013{item.ends:%H:%M}"


def _where(item: Item) -> str:
    return f"{item.title}, {item.place}" if item.place else item.title


def line(item: Item, w: Phrases) -> Markup:
    """When, what and where."""
    return w("programme.item", clock=clock(item), what=_where(item))


# --- to the people of the workshop


def _shown(outcome: ProgrammeShown, w: Phrases) -> Message:
    number, today = outcome.workshop_id, outcome.now is not None
    said = _as_it_stands(outcome.now, w) if outcome.now is not None else _page(outcome, w)
    text = lines(
        w(f"programme.title.{outcome.phase}", day=w.day(outcome.day)),
        workshop_line(outcome.title, w),
        *(said if outcome.items else [w("programme.empty")]),
    )
    whole = [button(w.label("programme.button.day"), Verb.PROGRAMME_DAY, number, 0)]
    now = [button(w.label("programme.button.now"), Verb.PROGRAMME, number)]
    return Message(
        text,
        keyboard(
            now if outcome.phase is ProgrammePhase.TODAY and outcome.items else [],
            whole if today and outcome.items else turning(outcome, w, Verb.PROGRAMME_DAY, number),
            _reminding(outcome, w) if outcome.items else [],
        ),
    )


def _page(outcome: ProgrammeShown, w: Phrases) -> list[Markup]:
    return [line(item, w) for item in outcome.items]


def _as_it_stands(now: NowAndNext, w: Phrases) -> list[Markup]:
    told = now.later[:_LATER]
    left = len(now.later) - len(told)
    then = "programme.then" if now.now else "programme.next"
    return [
        *_under("programme.now", now.now, w),
        *_under(then, now.then, w),
        *_under("programme.later", told, w),
        *([w.count("programme.more", left)] if left else []),
        *([] if now.now or now.then else [w("programme.over")]),
    ]


def _under(heading: str, items: Iterable[Item], w: Phrases) -> list[Markup]:
    said = [line(item, w) for item in items]
    return [w(heading), *said] if said else []


def _reminding(outcome: ProgrammeShown, w: Phrases) -> Row:
    if outcome.phase is ProgrammePhase.AFTER:
        return []
    if outcome.reminded:
        return [button(w.label("programme.button.not_remind"), Verb.PROGRAMME_NOT, outcome.workshop_id)]
    return [button(w.label("programme.button.remind"), Verb.PROGRAMME_REMIND, outcome.workshop_id)]


def _soon(outcome: ItemSoon, w: Phrases) -> Message:
    text = lines(
        w("programme.soon", time=w.clock(outcome.begins)), *(line(each, w) for each in outcome.items)
    )
    show = button(w.label("programme.button.show"), Verb.PROGRAMME, outcome.workshop_id)
    stop = button(w.label("programme.button.not_remind"), Verb.PROGRAMME_NOT, outcome.workshop_id)
    return Message(text, keyboard([show], [stop]))


# --- to its organisers


def _desk(outcome: ProgrammeDesk, w: Phrases) -> Message:
    number = outcome.workshop_id
    text = lines(
        w("programme.desk.saved" if outcome.saved else "programme.desk"),
        workshop_line(outcome.title, w),
        w("programme.desk.day", day=w.day(outcome.day)),
        *(line(item, w) for _, item in outcome.items),
        w("programme.desk.tap" if outcome.items else "programme.desk.empty"),
    )
    each = [
        [button(w.fitted("programme.button.item", clock=clock(item), title=item.title), Verb.ITEM, item_id)]
        for item_id, item in outcome.items
    ]
    send = button(w.label("programme.button.send"), Verb.ITEMS_SEND, number)
    back = button(w.label("programme.button.workshop"), Verb.WORKSHOP, number)
    tell = [button(w.label("programme.button.tell"), Verb.ITEMS_TELL, number)] if outcome.may_tell else []
    turned = turning(outcome, w, Verb.ITEMS, number)
    return Message(text, keyboard(tell, *each, turned, [send], [back, to_menu(w)]))


def notice(items: Iterable[Item], voice: Voice) -> str:
    """What a notice of the day says of items that have changed, in this voice."""
    return _told("programme.notice", items, words(voice))


def notice_of_removal(items: Iterable[Item], voice: Voice) -> str:
    """What a notice of the day says of items that are off the programme, in this voice."""
    return _told("programme.notice.removed", items, words(voice))


def _told(key: str, items: Iterable[Item], w: Phrases) -> str:
    return "\n".join([w.plain(key), *(f"{clock(item)} {_where(item)}" for item in items)])


def _asked(outcome: ProgrammeAsked, w: Phrases) -> Message:
    text = lines(
        w("programme.ask"),
        workshop_line(outcome.title, w),
        w.count("programme.ask.known", outcome.items) if outcome.items else None,
        w("programme.ask.lines"),
        w("programme.ask.file", day=w.day(outcome.day)),
    )
    back = button(w.label("programme.button.back"), Verb.ITEMS, outcome.workshop_id, 0)
    return Message(text, keyboard([back]))


def _preview(outcome: ProgrammePreview, w: Phrases) -> Message:
    text = lines(
        w("programme.preview"),
        workshop_line(outcome.title, w),
        w("programme.preview.changed_since") if outcome.changed_since else None,
        w(
            "guests.preview.counts", new=outcome.new, changed=outcome.changed, same=outcome.unchanged,
            wrong=outcome.wrong,
        ),
        *(_previewed(each, w) for each in outcome.shown),
        w("guests.preview.page", page=outcome.page + 1, pages=outcome.pages) if outcome.pages > 1 else None,
        w.count("programme.preview.absent", outcome.absent) if outcome.absent else None,
        None if outcome.new or outcome.changed else w("guests.preview.nothing"),
    )  # fmt: skip
    return Message(text, keyboard(*_deciding(outcome, w)))


def _deciding(outcome: ProgrammePreview, w: Phrases) -> list[Row]:
    key = "guests.button.take_rest" if outcome.wrong else "orga.calendar.button.take"
    take = button(w.label(key), Verb.ITEMS_GO, outcome.upload_id, outcome.version)
    other = button(w.label("programme.button.send_other"), Verb.ITEMS_SEND, outcome.workshop_id)
    drop = button(w.label("orga.calendar.button.drop"), Verb.ITEMS_DROP, outcome.upload_id)
    return [
        turning(outcome, w, Verb.ITEMS_PAGE, outcome.upload_id),
        [take] if outcome.new or outcome.changed else [],
        [other],
        [drop],
    ]


def _previewed(each: WrongLine | ChangedItem | NewItem, w: Phrases) -> Markup:
    match each:
        case WrongLine():
            said = w(f"programme.fault.{each.fault}")
        case NewItem():
            said = w("programme.line.new", item=line(each.item, w))
        case ChangedItem():
            old = cut(f"{clock(each.item)} {_where(each.item)}", _CHANGED)
            said = w("programme.line.changed", old=old, new=line(each.new, w))
    return w("guests.line", number=each.line, said=said)


def _item_shown(outcome: ItemShown, w: Phrases) -> Message:
    text = lines(
        w("programme.item_card.changed" if outcome.changed else "programme.item_card"),
        workshop_line(outcome.title, w),
        line(outcome.item, w),
    )
    edit = button(w.label("programme.button.edit"), Verb.ITEM_EDIT, outcome.item_id)
    seen = (outcome.item_id, outcome.item.version)
    remove = button(w.label("programme.button.remove"), Verb.ITEM_REMOVE, *seen)
    told = button(w.label("programme.button.remove_tell"), Verb.ITEM_REMOVE_TELL, *seen)
    back = button(w.label("programme.button.back"), Verb.ITEMS, outcome.workshop_id, 0)
    return Message(text, keyboard([edit], [remove], [told] if outcome.may_tell else [], [back]))


def _item_asked(outcome: ItemAsked, w: Phrases) -> Message:
    text = lines(
        w("programme.ask_item.again" if outcome.again else "programme.ask_item"),
        w(f"programme.fault.{outcome.fault}") if outcome.fault is not None else None,
        w("programme.ask_item.present", item=line(outcome.item, w)),
    )
    back = button(w.label("programme.button.back"), Verb.ITEM, outcome.item_id)
    return Message(text, keyboard([back]))
