"""Why somebody is not asked now, in one sentence: to themselves, and to organisers."""

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from domain.nudging import NotNow, WhyNot
from domain.places.laender import LAENDER
from messages.catalogue import Phrases
from messages.names import land


def because(held: NotNow | None, hour: int, key: Callable[[str], str], w: Phrases) -> Markup | None:
    """`hour`: the earliest at which they are asked. `key`: of the sentence for a reason; there is another one where a
    day or a Land is known. None: there is no reason but the day.
    """
    if held is None or held.why is WhyNot.NOT_DUE:
        return None
    match held:
        case NotNow(WhyNot.PAUSED | WhyNot.UNREACHABLE, date() as day):
            return w(key(f"{held.why}_day"), day=w.date(day))
        case NotNow(WhyNot.DAY_OFF, _, str(code)) if code in LAENDER:
            return w(key(f"{held.why}_land"), land=land(w, code))
        case _:
            return w(key(held.why), hour=w.hour(hour))
