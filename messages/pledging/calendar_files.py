"""The days of a pledge as a calendar file (RFC 5545). Decision 19 says what it may contain."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from domain.outcomes.pledging.talks import CalendarFile
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Document, Message
from messages.people import given
from messages.pledging.statuses import titled

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//Mutmacher//Werkstatt der Mutigen//DE"
_A_DAY = timedelta(days=1)
_TALK = timedelta(minutes=30)


def calendar_file(outcome: CalendarFile, w: Phrases) -> Message:
    """The caption names nobody and no title: a caption cannot be covered as other messages are. The days, and what can
    be done about them, stand in the message that the file comes with.
    """
    if outcome.to_forward:
        caption, w = lines(w("entered.calendar")), w.to_forward()
    else:
        caption = lines(w("pledge.calendar"), w("pledge.calendar.how"))
    name = w.label("pledge.calendar.file", day=outcome.deadline.isoformat())
    return Message(caption, document=Document(name, _file(outcome, w)))


def _file(outcome: CalendarFile, w: Phrases) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415 - 3 MB, loaded with the first file

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if outcome.talk_on is not None:
        talk = outcome.talk_at or outcome.talk_on
        calendar.add_component(_event(outcome, w, "talk", talk, outcome.talk_changes))
    calendar.add_component(_event(outcome, w, "day", outcome.deadline, outcome.revision))
    return bytes(calendar.to_ical())


def _event(outcome: CalendarFile, w: Phrases, kind: str, begins: date | datetime, sequence: int) -> "Event":
    """Where no time was agreed, a whole day, which is the same in every time zone and keeps nobody busy. A time is in
    UTC, which calendars show by their own clock.

    The same event of the same pledge keeps its UID, so that a calendar moves it when it is opened again.
    """
    from icalendar import Event  # noqa: PLC0415 - as above

    other = given(w, outcome.other, dative=True)
    event = Event()
    event.add("uid", f"pledge-{outcome.pledge_id}-{kind}@{outcome.bot}.t.me")
    event.add("dtstamp", datetime.combine(outcome.made_on, time(), UTC))
    event.add("sequence", sequence)
    timed = isinstance(begins, datetime)
    event.add("dtstart", begins)
    event.add("dtend", begins + (_TALK if timed else _A_DAY))
    event.add(
        "summary", w.plain(f"pledge.calendar.{kind}.summary", title=titled(w, outcome.title), other=other)
    )
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if timed else "TRANSPARENT")
    return event
