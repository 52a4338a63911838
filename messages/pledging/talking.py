"""When the two parties talk again: the question, the agreement, another day."""

from datetime import date

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.pledging.talks import Sealed, TalkAsked, TalkMoved
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, full, short
from messages.pledging.days import on_day
from messages.pledging.releasing import who_may_read
from messages.pledging.statuses import ranked, titled
from messages.quotes import quoted


def asked(outcome: TalkAsked, w: Phrases) -> Message:
    if outcome.typed:
        cancel = button(w.label("pledge.button.cancel"), Verb.CANCEL)
        return Message(w("pledge.talk.typed"), keyboard([cancel]))
    verb = Verb.TALK_MOVE if outcome.change else Verb.TALK
    choices = [
        button(w.label(f"pledge.button.talk.{when}"), verb, outcome.pledge_id, when)
        for when in ("2w", "4w", "date", "open")
    ]
    keep = [button(w.label("pledge.button.keep"), Verb.PLEDGE, outcome.pledge_id)] if outcome.change else []
    likely = [on_day(w.day(day), verb, outcome.pledge_id, day) for day in outcome.days] or choices[:2]
    return Message(_question(outcome, w), keyboard(likely, choices[2:], keep))


def _question(outcome: TalkAsked, w: Phrases) -> str:
    if outcome.days:
        return w(
            "pledge.talk.begin", title=titled(w, outcome.title), other=short(w, outcome.other, dative=True)
        )
    if not outcome.change:
        return lines(
            w("pledge.made"),
            w(
                "pledge.made.both",
                one=full(w, outcome.me),
                other=full(w, outcome.other),
                text=quoted(w, outcome.text),
            ),
            w("pledge.day", day=w.due(outcome.deadline)),
            w("pledge.talk.alone" if outcome.entered else "pledge.talk"),
        )
    other = at_start(short(w, outcome.other))
    if outcome.talk_on is None:
        return w("pledge.talk.propose", other=other)
    return w("pledge.talk.change", other=other, day=w.moment(outcome.talk_on, outcome.talk_time))


def sealed(outcome: Sealed, w: Phrases) -> Message:
    said = [_agreed(outcome, w)]
    if outcome.next_on:
        said.append(w("pledge.sealed.next", day=w.day(outcome.next_on)))
    text = lines(
        first_line(
            w, "pledge.sealed", title=titled(w, outcome.title), other=short(w, outcome.other, dative=True)
        ),
        Markup(" ").join(said),
        quoted(w, outcome.text),
        w("pledge.day", day=w.due(outcome.deadline)),
        w("readers.sealed") if outcome.asks_readers else None,
    )
    readers = [who_may_read(outcome.pledge_id, w)] if outcome.asks_readers else []
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    every = button(w.label("pledge.button.all"), Verb.PLEDGES)
    first = [another_day(outcome.pledge_id, outcome.talk_on, w)]
    comes_with_file = outcome.talk_on is not None and not outcome.already
    file = [] if comes_with_file else [to_calendar(outcome.pledge_id, w)]
    return Message(text, keyboard(first, file, readers, [look, every]))


def _agreed(outcome: Sealed, w: Phrases) -> Markup:
    if outcome.talk_on is None:
        return w("pledge.sealed.open")
    key = "pledge.sealed.already" if outcome.already else "pledge.sealed.talk"
    return w(key, day=w.moment(outcome.talk_on, outcome.talk_time))


def moved(outcome: TalkMoved, w: Phrases) -> Message:
    other = short(w, outcome.other)
    if outcome.talk_on is None:
        said = w("pledge.talk.moved.open", other=other)
    else:
        said = w("pledge.talk.moved", other=at_start(other), day=w.moment(outcome.talk_on, outcome.talk_time))
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(
        lines(first_line(w, "pledge.about", title=titled(w, outcome.title)), said),
        keyboard([another_day(outcome.pledge_id, outcome.talk_on, w)], [look]),
    )


def another_day(
    pledge_id: int, talk_on: date | None, w: Phrases, rank: int | None = None
) -> InlineKeyboardButton:
    """`rank`: the pledge's place among several in one message."""
    key = "pledge.button.talk.change" if talk_on else "pledge.button.talk.propose"
    return button(ranked(w, w.label(key), rank), Verb.TALK_ASK, pledge_id)


def to_calendar(pledge_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("pledge.button.calendar"), Verb.CALENDAR, pledge_id)
