"""What somebody seeks or offers: the topics understood, to be confirmed, or the list to pick them from."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain import topics
from domain.outcomes.choices import Direction, ProfileQuestion, Stance, offered
from domain.outcomes.joining import TopicDoubt, TopicsBrowsed, TopicsHeard, TopicSide
from domain.profile import TOPICS_ON_PAGE
from domain.words import cut, utf16_length
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import fits
from messages.joining.asking import offer_buttons, ways_back
from messages.lines import lines
from messages.message import Message, Rows, button, in_rows, keyboard
from messages.names import listed, topic

_TITLE = 36  # UTF-16 units of topics that fit into the first line after "Verstanden: "
_QUOTE = 120  # UTF-16 units that are quoted of somebody's words


def heard(outcome: TopicsHeard, w: Phrases) -> Message:
    text, rows = _heard(outcome, w)
    return Message(text, keyboard(*rows, *_ways_out(outcome, w)))


def browsed(outcome: TopicsBrowsed, w: Phrases) -> Message:
    return _groups(outcome, w) if outcome.group is None else _group(outcome, outcome.group, w)


def _heard(outcome: TopicsHeard, w: Phrases) -> tuple[str, Rows]:
    if outcome.doubt:
        return _doubt(outcome.doubt, w)
    if outcome.side:
        return _side(outcome.side, w)
    if not outcome.sure and not outcome.words:
        return _nothing(outcome, w)
    if outcome.dropping:
        return w("joining.topics.dropping"), _drops(outcome, w)
    return _understood(outcome, w), _confirmation(outcome, w)


def _ways_out(outcome: TopicsHeard | TopicsBrowsed, w: Phrases) -> Rows:
    """When an earlier answer is edited: remove it, or leave it as it was; while joining, back to the one before."""
    question = ProfileQuestion(outcome.direction.value)
    out = ways_back(question, w, editing=outcome.editing, joining=outcome.joining)
    clear = button(w.label("joining.button.clear"), Verb.SKIP, outcome.direction)
    if not outcome.editing:
        return [out]
    return [[clear], out] if outcome.joining else [[clear, *out]]


def _doubt(doubt: TopicDoubt, w: Phrases) -> tuple[str, Rows]:
    if len(doubt.topics) == 1:
        key = "joining.topics.doubt_one_presumed" if doubt.presumed else "joining.topics.doubt_one"
    else:
        key = "joining.topics.doubt_presumed" if doubt.presumed else "joining.topics.doubt"
    picks = [[button(topic(w, each), Verb.TOPIC_PICK, doubt.interest_id, each)] for each in doubt.topics]
    last = [button(w.label("joining.button.none"), Verb.TOPIC_NONE, doubt.interest_id)]
    if len(doubt.topics) > 1:
        several = "joining.button.both" if len(doubt.topics) == 2 else "joining.button.all"  # noqa: PLR2004
        last.insert(0, button(w.label(several), Verb.TOPIC_ALL, doubt.interest_id))
    return w(key, words=cut(doubt.words, _QUOTE)), [*picks, last]


def _side(side: TopicSide, w: Phrases) -> tuple[str, Rows]:
    """Where somebody stands on a topic that they named for or against something."""
    for_it, against_it, open_ = (
        button(w.label(f"joining.button.stance.{each}"), Verb.STANCE, side.interest_id, each)
        for each in (Stance.FOR, Stance.AGAINST, Stance.OPEN)
    )
    key, named = "joining.topics.side.title", topic(w, side.topic)
    title = w(key if fits(w, key, topic=named) else "joining.topics.side.title_long", topic=named)
    sides = [against_it, for_it] if side.no_first else [for_it, against_it]
    return lines(title, w("joining.topics.side")), [sides, [open_]]


def _nothing(outcome: TopicsHeard, w: Phrases) -> tuple[str, Rows]:
    ways = [_again(outcome.direction, w), _list(outcome.direction, w)]
    skip = [] if outcome.editing else [button(w.label("joining.button.skip"), Verb.SKIP, outcome.direction)]
    return w("joining.topics.nothing"), [ways, skip]


def _understood(outcome: TopicsHeard, w: Phrases) -> str:
    words = Markup(", ").join(
        w("joining.topics.quoted", words=cut(each, _QUOTE)) for _, each in outcome.words
    )
    if not outcome.sure:
        return w("joining.topics.words", words=words)
    return lines(
        _topics_line(tuple(each for _, each in outcome.sure), w),
        w("joining.topics.words_too", words=words) if words else None,
        w(f"joining.topics.next_{outcome.direction}"),
    )


def _topics_line(ids: tuple[str, ...], w: Phrases) -> str:
    named = listed(w, ids)
    if utf16_length(named) <= _TITLE:
        return w("joining.topics.heard", topics=named)
    return w("joining.topics.heard_many", topics=named)


def _confirmation(outcome: TopicsHeard, w: Phrases) -> Rows:
    direction, taken = outcome.direction, tuple(each for _, each in outcome.sure)
    confirm = _confirm(direction, w)
    if any(offered(each) for each in taken):
        return [*offer_buttons(w, taken), [confirm, _again(direction, w)]]
    drop = button(w.label("joining.button.drop_one"), Verb.TOPICS_DROP, direction)
    several = len(outcome.sure) + len(outcome.words) > 1
    own = [[_list(direction, w)]] if outcome.words else []
    if several:
        return [[confirm, drop], [_again(direction, w)], *own]
    return [[confirm, _again(direction, w)], *own]


def _drops(outcome: TopicsHeard, w: Phrases) -> Rows:
    named = [(interest_id, topic(w, each)) for interest_id, each in outcome.sure] + list(outcome.words)
    rows = [
        [button(w.fitted("joining.button.drop", what=what), Verb.TOPIC_DROP, interest_id)]
        for interest_id, what in named
    ]
    return [*rows, [_confirm(outcome.direction, w)]]


def _groups(outcome: TopicsBrowsed, w: Phrases) -> Message:
    language = w.voice.language
    each = [
        button(
            group.label_en if language == "en" else group.label_de,
            Verb.TOPICS_GROUP, outcome.direction, group.id, 0,
        )
        for group in topics.load().groups()
    ]  # fmt: skip
    rows = in_rows(each, 2)
    text = lines(w("joining.list.groups"), _chosen(outcome, w))
    return Message(text, keyboard(*rows, [*_done(outcome, w)], *_ways_out(outcome, w)))


def _group(outcome: TopicsBrowsed, group_id: str, w: Phrases) -> Message:
    group = next(each for each in topics.load().groups() if each.id == group_id)
    name = group.label_en if w.voice is w.voice.EN else group.label_de
    shown = group.topics[outcome.page * TOPICS_ON_PAGE :][:TOPICS_ON_PAGE]
    rows = [[_toggle(outcome, each, w)] for each in shown]
    text = lines(w("joining.list.group", group=name), _chosen(outcome, w))
    back = button(w.label("joining.button.groups"), Verb.TOPICS_LIST, outcome.direction)
    pages = _pages(outcome, group_id, len(group.topics), w)
    return Message(text, keyboard(*rows, pages, [*_done(outcome, w), back], *_ways_out(outcome, w)))


def _toggle(outcome: TopicsBrowsed, topic_id: str, w: Phrases) -> InlineKeyboardButton:
    label = topic(w, topic_id)
    if topic_id in outcome.chosen:
        label = w.label("joining.chosen", what=label)
    return button(label, Verb.TOPIC_TOGGLE, outcome.direction, topic_id, outcome.page)


def _pages(outcome: TopicsBrowsed, group_id: str, size: int, w: Phrases) -> list[InlineKeyboardButton]:
    def to(page: int, label: str) -> InlineKeyboardButton:
        return button(w.label(label), Verb.TOPICS_GROUP, outcome.direction, group_id, page)

    back = [to(outcome.page - 1, "joining.button.page_back")] if outcome.page > 0 else []
    more = (outcome.page + 1) * TOPICS_ON_PAGE < size
    on = [to(outcome.page + 1, "joining.button.page_on")] if more else []
    return back + on


def _chosen(outcome: TopicsBrowsed, w: Phrases) -> str | None:
    return w("joining.list.chosen", topics=listed(w, outcome.chosen)) if outcome.chosen else None


def _done(outcome: TopicsBrowsed, w: Phrases) -> list[InlineKeyboardButton]:
    """Confirm what is chosen, or skip a question with nothing chosen; editing has its own ways out."""
    if outcome.chosen:
        return [_confirm(outcome.direction, w)]
    skip = button(w.label("joining.button.skip"), Verb.SKIP, outcome.direction)
    return [] if outcome.editing else [skip]


def _confirm(direction: Direction, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("joining.button.confirm"), Verb.TOPICS_OK, direction)


def _again(direction: Direction, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("joining.button.again"), Verb.TOPICS_AGAIN, direction)


def _list(direction: Direction, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("joining.button.from_list"), Verb.TOPICS_LIST, direction)
