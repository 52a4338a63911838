"""Views of the organisers' calendars."""

from collections import defaultdict
from datetime import date

from actions.exchange.context import ViewContext, Views
from actions.organising.calendars import UNSAID
from actions.pledging import terms
from db.models import CalendarUpload
from domain.calendar_files import LineFault
from domain.outcomes.organising.calendars import CalendarAsked, CalendarPart, CalendarPreview
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
async def preview(context: ViewContext, payload: CalendarPreview.Payload) -> CalendarPreview | None:
    """None if it was dropped."""
    upload = await context.session.get(CalendarUpload, payload.upload_id)
    if upload is None:
        return None
    spans: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for kind, of, first, last in upload.terms:
        spans[kind, of].append((date.fromisoformat(first), date.fromisoformat(last)))
    unsaid = {key: days for key, days in spans.items() if UNSAID in key}
    without_owner = [kind for kind, of in unsaid if not of]
    return CalendarPreview(
        upload_id=upload.id,
        parts=tuple(
            CalendarPart(TermKind(kind), None if of == BUNDESTAG else of, tuple(sorted(days)))
            for (kind, of), days in sorted(spans.items())
            if (kind, of) not in unsaid
        ),
        unsaid=sum(len(days) for days in unsaid.values()),
        kind_asked=any(not kind for kind, _ in unsaid),
        of_asked=next((TermKind(kind) for kind in without_owner if kind), None),
        faults=tuple((number, LineFault(fault)) for number, fault in upload.problems),
        confirmed=upload.confirmed_at is not None,
    )
