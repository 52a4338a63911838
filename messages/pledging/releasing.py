"""Who may read a pledge: the question to each party, and what holds now, as both may know it."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.pledging.releases import ReadersAsked
from domain.readers import OfficeReads, Readership
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.office import the_two
from messages.pledging.statuses import titled


def asked(outcome: ReadersAsked, w: Phrases) -> Message:
    """What others would read of it, and what holds as long as the two say different things. Never who says less."""
    mine = w(f"readers.mine.{outcome.mine}") if outcome.mine is not None else None
    text = lines(
        first_line(w, "readers.title", title=titled(w, outcome.title)),
        mine,
        now_read_by(outcome.now, outcome.offices, outcome.other, w),
        w("readers.on_wall") if outcome.on_wall else None,
        w("readers.ask"),
    )
    choices = [
        button(w.label(f"readers.button.{each}"), Verb.READERS_ARE, outcome.pledge_id, each)
        for each in Readership
        if each is not outcome.mine
    ]
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    return Message(text, keyboard(choices[:2], choices[2:], [look]))


def now_read_by(readers: Readership, offices: OfficeReads, other: str | None, w: Phrases) -> Markup:
    return w(f"readers.now.{readers}", two=the_two(offices, other, w))


def who_may_read(pledge_id: int, w: Phrases) -> InlineKeyboardButton:
    return button(w.label("readers.button"), Verb.READERS, pledge_id)
