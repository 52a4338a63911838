"""At the desk: a timetable is looked at, moved, sent, called off, and shown as a list or a picture."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from actions.exchange import transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.rounds.timetables import Start, Timetable, moment, that_hold, timetable, to_come
from db import intact, reach
from db.models import Introduction, Workshop
from domain.outcomes.choices import Meeting, Theme
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.timetables import (
    OwnSlots,
    TimetableEnding,
    TimetableOff,
    TimetablePictured,
    TimetablePlan,
    TimetableSent,
)
from domain.refusal import Reason, Refusal
from domain.slots import USUAL_LENGTH, first_start

_SEEN = "saw in a timetable"


async def prepare(turn: Turn) -> None:
    """Ask of which workshop, if there are several."""
    await desk.choose_workshop(turn, DeskTask.TIMETABLE, prepare_in)


async def prepare_in(turn: Turn, workshop_id: int) -> None:
    """The timetable that holds, while talks of it are to come; without one, what it could be.

    Raises Refusal like `desk.chosen`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    if (await to_come(turn.session, workshop.id, turn.now)).talks:
        await _tell_sent(turn, workshop, 0, edit=False)
    else:
        await plan_anew(turn, workshop_id)


async def plan_anew(turn: Turn, workshop_id: int) -> None:
    """What a timetable could be from the next quarter on. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    wall = turn.operator.wall(turn.now)
    now = wall.time() if workshop.day == wall.date() else None
    start = (first_start(workshop.opens, workshop.closes, now), USUAL_LENGTH)
    await _show(turn, workshop, start, 0, edit=False)


async def show(turn: Turn, workshop_id: int, start: Start, page: int) -> None:
    """What a timetable that begins like this would be, a page counted from 0. Raises Refusal like `desk.chosen`."""
    await _show(turn, await desk.chosen(turn, workshop_id), start, page, edit=True)


async def _show(turn: Turn, workshop: Workshop, start: Start, page: int, *, edit: bool) -> None:
    _look_at(turn, await timetable(turn.session, turn.operator, workshop, start, turn.now))
    first, length = start
    turn.tell(TimetablePlan.Payload(workshop.id, first=first, length=length, page=page), edit=edit)


async def send(turn: Turn, workshop_id: int, start: Start, version: int) -> None:
    """The timetable that was shown holds from now on, and whoever has other talks than before is told; a second tap
    tells nobody. If another one has come of it since, that is shown instead. Raises Refusal like `desk.chosen`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    await _hold(turn, workshop)
    plan = await timetable(turn.session, turn.operator, workshop, start, turn.now)
    if plan.version != version or not plan.seated:
        _look_at(turn, plan)
        first, length = start
        turn.tell(TimetablePlan.Payload(workshop.id, first=first, length=length, changed=True), edit=True)
        return
    planned = {each.id for introductions in plan.introductions.values() for each in introductions}
    told = await _take_places(turn, workshop, planned) | _give_places(turn, workshop, plan)
    await turn.session.flush()
    number = await _tell(turn, workshop, told)
    await _look_at_sent(turn, workshop)
    turn.tell(TimetableSent.Payload(workshop.id, told=number, length=start[1]), edit=True)


async def _hold(turn: Turn, workshop: Workshop) -> None:
    """Whoever sends a timetable, or calls it off, at the same moment waits here."""
    await turn.session.execute(
        select(Workshop.id).where(Workshop.id == workshop.id).with_for_update(key_share=True)
    )


async def _tell(turn: Turn, workshop: Workshop, told: Iterable[int]) -> int:
    """How many hear now which talks they have: not whoever pauses, whose card says it when they look."""
    now = 0
    for person_id in sorted(told):
        person = await intact.person(turn.session, person_id)
        if person is not None:
            turn.news(person, OwnSlots.Payload(workshop.id))
            now += reach.may_be_written_to(person, turn.now)
    return now


async def _take_places(turn: Turn, workshop: Workshop, planned: Collection[int]) -> set[int]:
    """Talks to come that are not planned, by the ids of their introductions, have no place. Who loses one so, by id,
    unless they knew: one of the two has said that they cannot make it.
    """
    placed = (Introduction.workshop_id == workshop.id, Introduction.slot_at > turn.now)
    lost: set[int] = set()
    for intro in await turn.session.scalars(select(Introduction).where(*placed)):
        if intro.id not in planned:
            intro.slot_at = intro.slot_table = None
            if Meeting.CANT not in (intro.asker_says, intro.asked_says):
                lost |= {intro.asker_id, intro.asked_id}
    return lost


def _give_places(turn: Turn, workshop: Workshop, plan: Timetable) -> set[int]:
    """Who has other talks than before, by id."""
    places = {each.talk: (moment(turn.operator, workshop, each.slot), each.table) for each in plan.seated}
    told: set[int] = set()
    for number, introductions in plan.introductions.items():
        at, table = places.get(number, (None, None))
        for intro in introductions:
            if (intro.slot_at, intro.slot_table) != (at, table):
                intro.slot_at, intro.slot_table = at, table
                told |= {intro.asker_id, intro.asked_id}
    return told


# --- the one that holds


async def show_sent(turn: Turn, workshop_id: int, page: int) -> None:
    """The timetable that holds, a page counted from 0. Raises Refusal(STALE_BUTTON) if there is none."""
    await _tell_sent(turn, await desk.chosen(turn, workshop_id), page, edit=True)


async def _tell_sent(turn: Turn, workshop: Workshop, page: int, *, edit: bool) -> None:
    await _look_at_sent(turn, workshop)
    turn.tell(TimetableSent.Payload(workshop.id, page=page), edit=edit)


async def ask_to_call_off(turn: Turn, workshop_id: int) -> None:
    """Ask back what is about to be called off. Raises Refusal(STALE_BUTTON) if no talk is to come."""
    workshop = await desk.chosen(turn, workshop_id)
    if not (await to_come(turn.session, workshop.id, turn.now)).talks:
        raise Refusal(Reason.STALE_BUTTON)
    turn.tell(TimetableEnding.Payload(workshop.id), edit=True)


async def call_off(turn: Turn, workshop_id: int, seen: int) -> None:
    """No talk has a place any more but those that have begun, and whoever had one to come is told, once; they may still
    meet, since a yes stays a yes. `seen`: the version of what was shown; if it is another one by now, that is asked
    back instead. Raises Refusal like `ask_to_call_off`.
    """
    workshop = await desk.chosen(turn, workshop_id)
    await _hold(turn, workshop)
    found = await to_come(turn.session, workshop.id, turn.now)
    if not found.talks:
        raise Refusal(Reason.STALE_BUTTON)
    if found.version != seen:
        turn.tell(TimetableEnding.Payload(workshop.id, changed=True), edit=True)
        return
    told = await _take_places(turn, workshop, ())
    await turn.session.flush()
    turn.tell(TimetableOff.Payload(workshop.id, told=await _tell(turn, workshop, told)), edit=True)


async def picture(turn: Turn, workshop_id: int, theme: Theme, page: int) -> None:
    """The same as a picture; in the picture itself, another takes its place. Raises like `show_sent`."""
    workshop = await desk.chosen(turn, workshop_id)
    await _look_at_sent(turn, workshop)
    told = await transcript.owed_about(turn.session, turn.me.id, TimetablePictured.Payload, workshop.id)
    in_picture = any(each.row.chat_id == turn.chat_id and each.is_in(turn.pressed) for each in told)
    turn.tell(TimetablePictured.Payload(workshop.id, theme=theme, page=page), edit=in_picture)


async def _look_at_sent(turn: Turn, workshop: Workshop) -> None:
    seated = select(Introduction.asker_id, Introduction.asked_id).where(*that_hold(workshop.id, turn.now))
    named = {person for pair in await turn.session.execute(seated) for person in pair}
    if not named:
        raise Refusal(Reason.STALE_BUTTON)
    _look(turn, named)


def _look_at(turn: Turn, plan: Timetable) -> None:
    _look(turn, {person for talk in plan.talks.values() for person in talk.people})


def _look(turn: Turn, named: Iterable[int]) -> None:
    """Everybody who is named finds the look in their data."""
    for person_id in sorted(named):
        desk.audit(turn, person_id, _SEEN)
