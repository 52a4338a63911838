"""All views of pledging."""

from actions.exchange.context import Views
from actions.pledging import evidence, history_views, pledge_views, relays
from actions.pledging.agreeing import agreeing_views, waiting
from actions.pledging.amendments import amending_views
from actions.pledging.drafting import drafting_views, handshake_views
from actions.pledging.endings import retrospective_views
from actions.pledging.entered import entered_views, takeover_views
from actions.pledging.help_calls import helping
from actions.pledging.nudges import hearing, note_views, nudge_views
from actions.pledging.releases import releasing
from actions.pledging.silences import hints, unreachable

VIEWS = Views(
    pledge_views.VIEWS,
    history_views.VIEWS,
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
