"""When a workshop begins and ends, as people say it."""

from domain.workshops import Hours
from messages.catalogue import Phrases


def span(hours: Hours | None, w: Phrases) -> str:
    """ "9 bis 17 Uhr"; empty if nobody said so."""
    if hours is None:
        return ""
    opens, closes = w.clock(hours.opens), w.clock(hours.closes)
    return w.plain("workshop.hours", opens=opens.removesuffix(" Uhr"), closes=closes)
