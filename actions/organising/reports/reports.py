"""The report of a workshop at the desk: as a file, as a page that the team opens and closes, and what goes into it."""

from random import SystemRandom

from actions.exchange import outbox
from actions.exchange.context import ViewContext, Views
from actions.exchange.turn import Turn
from actions.organising import desk, moderating
from actions.organising.moderating import Word
from actions.organising.reports import report
from actions.organising.team import team
from actions.pledging.endings import retrospective_views
from actions.pledging.releases import readable
from db.models import Pledge, Workshop
from domain.codes import new_code
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.reports import (
    ReportFiled,
    ReportRetrospectives,
    ReportShown,
    RetrospectiveCandidate,
)
from domain.outcomes.organising.wall import OnWall
from domain.reports import report_on
from domain.team import Duty

VIEWS = Views()
_RANDOM = SystemRandom()
_TOOK_ALONG = "took along released look back"
_QUEUE = moderating.Queue(
    readable.IN_REPORT,
    noted={
        OnWall.SHOWN: "put released look back into the report",
        OnWall.HIDDEN: "kept released look back out of the report",
    },
    tells=ReportRetrospectives.Payload,
)


async def choose(turn: Turn) -> None:
    """The report of one workshop."""
    await desk.choose_workshop(turn, DeskTask.REPORT, show)


async def show(turn: Turn, workshop_id: int) -> None:
    """What there is, and whether everybody may read it. Raises Refusal like `desk.chosen`."""
    turn.tell(ReportShown.Payload((await desk.chosen(turn, workshop_id)).id))


async def open_page(turn: Turn, workshop_id: int) -> None:
    """Everybody who has the address may read the report from now on. Raises Refusal like `desk.chosen`."""
    workshop = await _locked(turn, workshop_id)
    if workshop.report_code is None:
        workshop.report_code = new_code(_RANDOM, report.CODE)
    turn.tell(ReportShown.Payload(workshop.id), edit=True)


async def close_page(turn: Turn, workshop_id: int) -> None:
    """Nobody may any more; opened again, it has another address. Raises Refusal like `desk.chosen`."""
    workshop = await _locked(turn, workshop_id)
    workshop.report_code = None
    turn.tell(ReportShown.Payload(workshop.id), edit=True)


async def _locked(turn: Turn, workshop_id: int) -> Workshop:
    workshop = await desk.chosen(turn, workshop_id)
    await turn.session.refresh(workshop, with_for_update=True)
    return workshop


async def take_along(turn: Turn, workshop_id: int) -> None:
    """A protected file, deleted after an hour; the parties of what is quoted in it find that in their data.

    Raises Refusal like `desk.chosen`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    for pledge_id in (await turn.session.scalars(report.looked_back(workshop.id))).all():
        await moderating.audit(turn, pledge_id, _TOOK_ALONG)
    to = outbox.Recipient(turn.chat_id, turn.me.id)
    outbox.owe(turn.session, ReportFiled.Payload(workshop.id), to, turn.now, thread=turn.thread)


# --- which retrospectives are in it


async def turn_page(turn: Turn, workshop_id: int, page: int) -> None:
    """One of those that everybody may read, counted from 0. Raises Refusal like `desk.chosen`."""
    await _QUEUE.show(turn, workshop_id, page, edit=True)


async def put_in(turn: Turn, pledge_id: int, version: int) -> None:
    """*Zeigen*. Raises Refusal(STALE_BUTTON) if there is no such retrospective that everybody may read."""
    await _QUEUE.say(turn, pledge_id, version, OnWall.SHOWN)


async def keep_out(turn: Turn, pledge_id: int, version: int) -> None:
    """*Nicht zeigen*. What files show of it goes from phones. Raises like `put_in`."""
    await _QUEUE.say(turn, pledge_id, version, OnWall.HIDDEN)


# --- views


@VIEWS.reads(ReportShown.Payload)
async def shown(context: ViewContext, payload: ReportShown.Payload) -> ReportShown | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None or not await _may(context, Duty.COUNT, workshop.id):
        return None
    every = await _QUEUE.words(context.session, workshop.id)
    said = [each.said for each in every]
    return ReportShown(
        workshop.id,
        workshop.title,
        on=context.day(context.now),
        final_on=report_on(workshop.day, context.operator.retention_days),
        link=context.operator.report_of(workshop.report_code) if workshop.report_code else "",
        listed=said.count(OnWall.SHOWN),
        waiting=said.count(OnWall.WAITS),
        runs=await _may(context, Duty.RUN, workshop.id),
        is_news=payload.is_news,
    )


async def _may(context: ViewContext, duty: Duty, workshop_id: int) -> bool:
    return await team.may(context.session, context.operator, context.row.chat_id, duty, workshop_id)


@VIEWS.reads(ReportFiled.Payload)
async def filed(context: ViewContext, payload: ReportFiled.Payload) -> ReportFiled | None:
    """None for a reader who does not see figures of this workshop any more."""
    if not await _may(context, Duty.COUNT, payload.workshop_id):
        return None
    found = await report.read(context.session, payload.workshop_id, context.operator, context.now)
    return ReportFiled(payload.workshop_id, found) if found is not None else None


@VIEWS.reads(ReportRetrospectives.Payload)
async def retrospectives(
    context: ViewContext, payload: ReportRetrospectives.Payload
) -> ReportRetrospectives | None:
    workshop = await context.session.get(Workshop, payload.workshop_id)
    if workshop is None:
        return None
    page = await _QUEUE.page(context.session, workshop.id, payload.page)
    of = await _candidate(context, *page.of) if page.of is not None else None
    return ReportRetrospectives(
        workshop.id, workshop.title, of, page.waiting, page.number, page.pages, payload.put_up
    )


async def _candidate(context: ViewContext, pledge: Pledge, word: Word) -> RetrospectiveCandidate:
    lines = await retrospective_views.without_names(context.session, pledge, context.day)
    return RetrospectiveCandidate(word.pledge_id, word.event_id, lines, word.said)
