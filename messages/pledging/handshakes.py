"""A handshake: the picture to scan, the number to type, and who opens the pledge."""

from markupsafe import Markup

from domain.outcomes.pledging.handshakes import (
    HandshakeAsked,
    HandshakeOpened,
    HandshakeShown,
    HandshakeUnknown,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.fitting import CAPTION, fitted
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import full, short
from messages.pledging.partners import otherwise
from messages.qr import qr_png
from messages.quotes import quoted


def shown(outcome: HandshakeShown, w: Phrases) -> Message:
    """A QR picture with a caption: all that is in the picture can be read, tapped or typed, too."""
    if outcome.over:  # it takes the place of a caption; the picture stays
        return Message(w("pledge.handshake.over"), photo=b"")
    ways_out = [
        button(w.label("pledge.button.sentence"), Verb.SENTENCE, outcome.pledge_id),
        button(w.label("pledge.button.cancel"), Verb.DROP, outcome.pledge_id),
    ]
    text = fitted(lambda room: _caption(outcome, room, w), CAPTION)
    return Message(text, keyboard(*otherwise(outcome.pledge_id, w), ways_out), photo=qr_png(outcome.link))


def _caption(outcome: HandshakeShown, room: int, w: Phrases) -> str:
    return lines(
        w("pledge.handshake.title"),
        quoted(w, outcome.text, room),
        w("pledge.handshake", number=outcome.number, bot=Markup("@{}").format(outcome.bot)),
        Markup('<a href="{link}">{link}</a>').format(link=outcome.link),
        w("pledge.handshake.until"),
    )


def asked(outcome: HandshakeAsked, w: Phrases) -> Message:
    """The name is in full below the first line: the author has to be sure who it is."""
    asker = (outcome.person_id, outcome.pledge_id)
    other = full(w, outcome.other)
    text = lines(
        first_line(w, "pledge.handshake.asked.title", other=other), w("pledge.handshake.asked", other=other)
    )
    yes = w.fitted("pledge.button.handshake_yes", name=short(w, outcome.other))
    return Message(
        text,
        keyboard(
            [button(yes, Verb.HANDSHAKE_YES, *asker)],
            [button(w.label("pledge.button.handshake_no"), Verb.HANDSHAKE_NO, *asker)],
        ),
    )


def opened(outcome: HandshakeOpened, w: Phrases) -> Message:
    text = lines(
        first_line(w, "pledge.handshake.opened.title", other=full(w, outcome.other)),
        w("pledge.handshake.opened", other=short(w, outcome.other)),
    )
    take_back = button(w.label("pledge.button.take_back"), Verb.DROP, outcome.pledge_id)
    return Message(text, keyboard([take_back]))


def unknown(outcome: HandshakeUnknown, w: Phrases) -> Message:
    search = [button(w.label("pledge.button.search"), Verb.PLEDGE_SEARCH)] if outcome.joined else []
    return Message(w("pledge.handshake.unknown"), keyboard(search))
