"""Buttons whose action depends on more than their verb: what each does with what it carries."""

from collections.abc import Awaitable, Callable
from datetime import date, time

from actions.exchange.turn import Turn
from actions.intake import conversation
from actions.joining import answering, consents
from actions.matching import suggestions
from actions.organising import desk, released
from actions.organising.broadcasts import broadcasts
from actions.organising.exports import exports
from actions.organising.inquiries import team_words
from actions.organising.insight import insight
from actions.organising.pledge_moments import pledge_moments
from actions.organising.reports import reports
from actions.organising.rounds import rounds, timetable_desk
from actions.organising.roundtables import roundtables
from actions.organising.wall import wall_desk
from actions.organising.workshops import workshops
from actions.pledging.agreeing import agreeing, declining, talks
from actions.pledging.drafting import deadlines
from actions.pledging.help_calls import calling
from actions.pledging.releases import releasing
from domain.nudging import talk_for
from domain.outcomes.choices import Verdict
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.exports import ExportOf
from domain.outcomes.organising.insight import FileKind
from domain.pledges import NoBecause
from handlers.button_arguments import NextTalk


async def next_one(turn: Turn, suggestion_id: int) -> None:
    await suggestions.decide(turn, suggestion_id, Verdict.NEXT)


async def not_my_topic(turn: Turn, suggestion_id: int) -> None:
    await suggestions.decide(turn, suggestion_id, Verdict.NOT_MY_TOPIC)


async def claim_yes(turn: Turn, person_id: int, seen: str) -> None:
    await desk.decide_claim(turn, person_id, seen, confirmed=True)


async def claim_no(turn: Turn, person_id: int, seen: str) -> None:
    await desk.decide_claim(turn, person_id, seen, confirmed=False)


async def export_csv(turn: Turn, export_id: int, of: ExportOf, seen: int) -> None:
    await exports.take(turn, export_id, of, FileKind.CSV, seen)


async def export_xlsx(turn: Turn, export_id: int, of: ExportOf, seen: int) -> None:
    await exports.take(turn, export_id, of, FileKind.XLSX, seen)


async def deadline_in(turn: Turn, pledge_id: int, ahead: int | None) -> None:
    if ahead is None:
        await deadlines.ask_typed(turn, pledge_id)
    else:
        await deadlines.choose_months(turn, pledge_id, ahead)


_TALK_WEEKS = {NextTalk.TWO_WEEKS: 2, NextTalk.FOUR_WEEKS: 4}


async def _talk(
    turn: Turn, pledge_id: int, choice: NextTalk | tuple[date, time | None], *, change: bool = False
) -> None:
    match choice:
        case (day, at):
            await talks.choose_day(turn, pledge_id, day, at, change=change)
        case NextTalk.DATE:
            await talks.ask_typed(turn, pledge_id, change=change)
        case NextTalk.OPEN:
            await talks.settle(turn, pledge_id, None, change=change)
        case NextTalk.TWO_WEEKS | NextTalk.FOUR_WEEKS:
            await talks.settle(turn, pledge_id, talk_for(turn.today, _TALK_WEEKS[choice]), change=change)


async def talk_first(turn: Turn, pledge_id: int, choice: NextTalk | tuple[date, time | None]) -> None:
    """The day to talk; whoever was led into the pledge while joining goes on with that."""
    await _talk(turn, pledge_id, choice)
    await conversation.show_left_open(turn)


async def decline(turn: Turn, pledge_id: int) -> None:
    await agreeing.decline(turn, pledge_id)
    await conversation.show_left_open(turn)


async def decline_because(turn: Turn, pledge_id: int, amendment_id: int, reason: NoBecause) -> None:
    await declining.decline(turn, pledge_id, amendment_id, reason)
    await conversation.show_left_open(turn)


async def talk_move(turn: Turn, pledge_id: int, choice: NextTalk | tuple[date, time | None]) -> None:
    await _talk(turn, pledge_id, choice, change=True)


_TASKS: dict[DeskTask, Callable[[Turn, int], Awaitable[None]]] = {
    DeskTask.BROADCAST: broadcasts.ask_content,
    DeskTask.ROUND: rounds.prepare_in,
    DeskTask.TIMETABLE: timetable_desk.prepare_in,
    DeskTask.COUNTS: insight.show_of,
    DeskTask.CARD: workshops.show,
    DeskTask.RELEASED: released.show,
    DeskTask.ROUNDTABLE: roundtables.topics_in,
    DeskTask.MOMENT: pledge_moments.ask,
    DeskTask.WALL: wall_desk.show,
    DeskTask.EXPORT: exports.ask,
    DeskTask.REPORT: reports.show,
}


async def in_workshop(turn: Turn, workshop_id: int, task: DeskTask) -> None:
    await _TASKS[task](turn, workshop_id)


async def finish(turn: Turn) -> None:
    """Joining is over; what was left out of a pledge that was made on the way is asked now."""
    joins = turn.me.finished_at is None
    await answering.finish(turn)
    if joins and turn.me.finished_at is not None:
        await releasing.ask_newcomer(turn)


async def announce_yes(turn: Turn, fingerprint: str) -> None:
    await consents.announce(turn, fingerprint, given=True)


async def announce_no(turn: Turn, fingerprint: str) -> None:
    await consents.announce(turn, fingerprint, given=False)


async def ask_team(turn: Turn) -> None:
    """Ask what the team is to be asked; whoever has not agreed yet is shown the question that they are at."""
    await team_words.ask(turn)
    if turn.lacks_consent and not turn.on_team:
        await conversation.show_open(turn)


async def give_to_team(turn: Turn, draft_id: int) -> None:
    """Whoever asked while joining goes on with that."""
    await team_words.send(turn, draft_id)
    await conversation.show_left_open(turn)


async def drop_for_team(turn: Turn, draft_id: int) -> None:
    await team_words.drop(turn, draft_id)
    await conversation.show_left_open(turn)


async def tell_team(turn: Turn, call_id: int) -> None:
    await calling.tell_team(turn, call_id, named=True)


async def keep_from_team(turn: Turn, call_id: int) -> None:
    await calling.tell_team(turn, call_id, named=False)
