"""Views of the organisers' calendars."""

from datetime import date

from actions.exchange.context import ViewContext, Views
from actions.organising.workshops import calendars
from actions.pledging.nudges import terms
from db.models import CalendarUpload
from domain.outcomes.organising.calendars import CalendarAsked, CalendarPreview
from domain.places.laender import LAENDER
from domain.terms import BUNDESTAG, TermKind, Terms

VIEWS = Views()


@VIEWS.reads(CalendarAsked.Payload)
async def asked(context: ViewContext, _payload: CalendarAsked.Payload) -> CalendarAsked:
    known = await terms.known(context.session)
    of_schools = [_last(known, TermKind.SCHOOL, land) for land in LAENDER]
    schools = min((day for day in of_schools if day is not None), default=None)
    return CalendarAsked(_last(known, TermKind.SITTING, BUNDESTAG), schools)


def _last(known: Terms, kind: TermKind, of: str) -> date | None:
    return max(known.days.get((kind, of), frozenset()), default=None)


@VIEWS.reads(CalendarPreview.Payload)
async def shown(context: ViewContext, payload: CalendarPreview.Payload) -> CalendarPreview | None:
    """None if it was dropped."""
    upload = await context.session.get(CalendarUpload, payload.upload_id)
    if upload is None:
        return None
    return calendars.preview(upload)
