"""A pledge while it is being written: who acts, the sentence, the coach, the deadline, the preview."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.coaching import Gap
from domain.outcomes.pledging.pledges import (
    ActsAsked,
    DeadlineAsked,
    PledgePreview,
    SentenceAsked,
    SentenceCoached,
)
from domain.pledges import Acts
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.office import beside
from messages.people import full, short
from messages.pledging.days import said, take
from messages.pledging.partners import otherwise
from messages.pledging.wariness import to_writer
from messages.quotes import quoted

MONTHS = (3, 6, 9, 12)


def acts_asked(outcome: ActsAsked, w: Phrases) -> Message:
    each = [
        [button(w.label(f"pledge.button.acts.{acts}"), Verb.ACTS, outcome.pledge_id, acts)] for acts in Acts
    ]
    drop = button(w.label("pledge.button.cancel"), Verb.DROP, outcome.pledge_id)
    title = first_line(w, "pledge.acts.title", other=full(w, outcome.other, dative=True))
    rule = "pledge.acts" if outcome.other is not None else "pledge.acts.beside"
    text = lines(title, w(rule, other=short(w, outcome.other)))
    return Message(text, keyboard(*each, [drop]))


def sentence_asked(outcome: SentenceAsked, w: Phrases) -> Message:
    other = short(w, outcome.other)
    now = w("pledge.sentence.now", text=quoted(w, outcome.text)) if outcome.text else None
    if outcome.adjusting:
        text = lines(w("pledge.sentence.adjust.title"), now, w("pledge.sentence.adjust", other=other))
    else:
        text = lines(w("pledge.sentence.title"), now, w(f"pledge.sentence.{outcome.acts}", other=other))
    # Cancelling keeps a sentence that is there, and drops a draft without one.
    out = (Verb.CANCEL,) if outcome.text else (Verb.DROP, outcome.pledge_id)
    return Message(text, keyboard([button(w.label("pledge.button.cancel"), *out)]))


def coached(outcome: SentenceCoached, w: Phrases) -> Message:
    """What would make it concrete is said of the weightiest gap alone: one question at a time."""
    pledge_id, advice = outcome.pledge_id, outcome.advice
    gap = next(iter(advice.gaps), Gap.VAGUE)
    who = "we" if outcome.acts is Acts.BOTH else "i"
    key = f"pledge.coach.{gap}.{who}" if gap is Gap.ACTOR else f"pledge.coach.{gap}"
    sharper = quoted(w, advice.sharper) if advice.sharper else None
    text = lines(
        w("pledge.coach.title"),
        quoted(w, outcome.text),
        w(key),
        w("pledge.coach.sharper", text=sharper) if sharper else None,
        w("pledge.coach.free"),
    )
    take = (
        [button(w.label("pledge.button.sharper"), Verb.SHARPER, pledge_id, advice.version)] if sharper else []
    )
    return Message(
        text,
        keyboard(
            take,
            [
                button(w.label("pledge.button.sentence.keep"), Verb.SENTENCE_KEEP, pledge_id),
                button(w.label("pledge.button.sentence.again"), Verb.SENTENCE, pledge_id),
            ],
        ),
    )


def _silence(outcome: PledgePreview, w: Phrases) -> Markup | None:
    if not outcome.tells_of_silence:
        return None
    return w("pledge.silence.entered" if outcome.entered else "pledge.silence")


def preview(outcome: PledgePreview, w: Phrases) -> Message:
    pledge_id, other = outcome.pledge_id, short(w, outcome.other)
    text = lines(
        first_line(w, "pledge.preview.title", other=full(w, outcome.other)),
        quoted(w, outcome.text),
        to_writer(outcome.text, outcome.other, w),
        w(f"pledge.preview.acts.{outcome.acts}", other=short(w, outcome.other, dative=True)),
        w("pledge.day", day=w.due(outcome.deadline)),
        said(outcome.said, w),
        beside(outcome.offices, outcome.other, w),
        _silence(outcome, w),
        w("pledge.preview", other=other),
    )
    return Message(
        text,
        keyboard(
            [button(w.label("pledge.button.confirm"), Verb.PROPOSE, pledge_id)],
            *(otherwise(pledge_id, w) if outcome.other is None else []),
            *take(outcome.said, pledge_id, w),
            _with_day(outcome, w),
            [
                button(w.label("pledge.button.sentence"), Verb.SENTENCE, pledge_id),
                button(w.label("pledge.button.deadline"), Verb.DEADLINE, pledge_id),
            ],
            [button(w.label("pledge.button.cancel"), Verb.DROP, pledge_id)],
        ),
    )


def _with_day(outcome: PledgePreview, w: Phrases) -> list[InlineKeyboardButton]:
    """The tap that puts the deadline into the sentence."""
    if outcome.dated is None:
        return []
    label = w.label("pledge.button.with_day", day=w.day(outcome.deadline))
    return [button(label, Verb.SHARPER, outcome.pledge_id, outcome.dated.version)]


def deadline_asked(outcome: DeadlineAsked, w: Phrases) -> Message:
    if outcome.typed:
        cancel = button(w.label("pledge.button.cancel"), Verb.CANCEL)
        return Message(w("pledge.deadline.typed"), keyboard([cancel]))
    each = [
        button(w.label("pledge.button.months", months=months), Verb.DEADLINE_IN, outcome.pledge_id, months)
        for months in MONTHS
    ]
    typed = button(w.label("pledge.button.type_date"), Verb.DEADLINE_IN, outcome.pledge_id, "type")
    keep = button(w.label("pledge.button.keep"), Verb.PLEDGE, outcome.pledge_id)
    text = w("pledge.deadline", day=w.due(outcome.deadline))
    return Message(text, keyboard(each[:2], each[2:], [typed, keep]))
