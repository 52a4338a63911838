"""All views of pledging."""

from actions.exchange.context import Views
from actions.pledging import (
    agreeing_views,
    amending_views,
    drafting_views,
    entered_views,
    evidence,
    handshake_views,
    hearing,
    helping,
    hints,
    note_views,
    nudge_views,
    pledge_views,
    relays,
    releasing,
    retrospective_views,
    takeover_views,
    unreachable,
    waiting,
)

VIEWS = Views(
    pledge_views.VIEWS,
    drafting_views.VIEWS,
    entered_views.VIEWS,
    evidence.VIEWS,
    handshake_views.VIEWS,
    hearing.VIEWS,
    helping.VIEWS,
    agreeing_views.VIEWS,
    amending_views.VIEWS,
    note_views.VIEWS,
    nudge_views.VIEWS,
    hints.VIEWS,
    takeover_views.VIEWS,
    relays.VIEWS,
    releasing.VIEWS,
    retrospective_views.VIEWS,
    unreachable.VIEWS,
    waiting.VIEWS,
)
