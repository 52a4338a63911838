"""How each outcome is read from the database when it is said. What stands in none of these needs nothing read."""

from actions.views import joining, matching, nudging, organising, pledging, rights, rounds
from actions.views.sight import View

VIEWS: dict[str, View] = {
    **joining.VIEWS,
    **matching.VIEWS,
    **pledging.VIEWS,
    **nudging.VIEWS,
    **organising.VIEWS,
    **rounds.VIEWS,
    **rights.VIEWS,
}
