"""All views of pledging."""

from actions.exchange.context import Views
from actions.pledging import (
    agreeing_views,
    drafting_views,
    handshake_views,
    hints,
    nudge_views,
    pledge_views,
    unreachable,
)

VIEWS = Views(
    pledge_views.VIEWS,
    drafting_views.VIEWS,
    handshake_views.VIEWS,
    agreeing_views.VIEWS,
    nudge_views.VIEWS,
    hints.VIEWS,
    unreachable.VIEWS,
)
