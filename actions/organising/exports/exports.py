"""`/export`: the people of a workshop, or its pledges, as a file for whoever runs it and has said what it is for.

Everybody whom the file is about finds in their data who made it, as what, when and for what. It holds nobody else, and
of these nobody who has gone or taken something back by the time it is sent (`export_views`).
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.team.team import Needs
from actions.pledging.releases import readable
from db import queries
from db.models import Audit, DraftKind, Export, Person, Pledge
from domain import names
from domain.outcomes.organising.desk import DeskTask
from domain.outcomes.organising.exports import (
    ExportAsked,
    ExportOf,
    ExportOffered,
    ExportPreview,
    PeopleExported,
    PledgesExported,
)
from domain.outcomes.organising.insight import FileKind
from domain.refusal import Reason, Refusal
from domain.team import Duty, doing, reaches, scope
from domain.words import clean, cut

LOOKS = {ExportOf.PEOPLE: "exported profile", ExportOf.PLEDGES: "exported promise"}
"""How it is noted with everybody it is about."""
PURPOSE_LIMIT = 300  # UTF-16 units
_WORDS = 3  # that a purpose has at least


def of_export(export_id: int, *_: object) -> Select[int]:
    """The workshop of an export."""
    return select(Export.workshop_id).where(Export.id == export_id)


NEEDS = Needs(Duty.RUN, of_export)


async def begin(turn: Turn) -> None:
    """`/export`."""
    await desk.choose_workshop(turn, DeskTask.EXPORT, ask)


async def ask(turn: Turn, workshop_id: int) -> None:
    """The next words are the purpose. Raises Refusal like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.await_words(turn, DraftKind.EXPORT, workshop.id)
    turn.tell(ExportAsked.Payload(workshop.id))


async def receive(turn: Turn, workshop_id: int, text: str) -> None:
    """Keep the purpose, and ask which. Raises Refusal(PURPOSE_NEEDED) for a word or two, and like `desk.chosen`."""
    workshop = await desk.chosen(turn, workshop_id)
    purpose = clean(text, limit=PURPOSE_LIMIT)
    if len(purpose.split()) < _WORDS:
        raise Refusal(Reason.PURPOSE_NEEDED)
    await drafts.end(turn)
    role = next(
        each.role
        for role in doing(Duty.RUN)
        for each in turn.granted
        if each.role is role and reaches(scope([each], Duty.RUN), (workshop.id,))
    )
    made = {"workshop_id": workshop.id, "purpose": purpose, "role": role, "made_at": turn.now}
    export = Export(organiser_chat_id=turn.chat_id, **made)
    turn.session.add(export)
    await turn.session.flush()
    turn.tell(ExportOffered.Payload(export.id))


async def offer(turn: Turn, export_id: int) -> None:
    """Which, again. Raises Refusal like `_own`."""
    export = await _own(turn, export_id)
    if not await _show_taken(turn, export):
        turn.tell(ExportOffered.Payload(export.id), edit=True)


async def preview(turn: Turn, export_id: int, of: ExportOf) -> None:
    """What will be in it. Raises Refusal like `_own`."""
    export = await _own(turn, export_id)
    if not await _show_taken(turn, export):
        turn.tell(ExportPreview.Payload(export.id, of), edit=True)


async def take(turn: Turn, export_id: int, of: ExportOf, kind: FileKind, seen: int) -> None:
    """The file, once; it is deleted after an hour. If it would have another number of lines than was `seen`, that is
    shown. Raises Refusal like `_own`.
    """
    export = await _own(turn, export_id)
    if await _show_taken(turn, export):
        return
    lines, people = await counted(turn.session, export.workshop_id, of)
    if lines and lines == seen:
        for person_id in sorted(people):
            desk.audit(turn, person_id, LOOKS[of], export_id=export.id)
        _send(turn, export, of, kind)
        await turn.session.flush()
    turn.tell(ExportPreview.Payload(export.id, of), edit=True)


def _send(turn: Turn, export: Export, of: ExportOf, kind: FileKind) -> None:
    if of is ExportOf.PEOPLE:
        turn.tell(PeopleExported.Payload(export.id, kind))
    else:
        turn.tell(PledgesExported.Payload(export.workshop_id, export.id, kind))


async def _own(turn: Turn, export_id: int) -> Export:
    """Held until the turn ends. Raises Refusal(STALE_BUTTON) for one that is gone, or somebody else's."""
    await desk.organiser(turn)
    export = await turn.session.get(Export, export_id, with_for_update=True)
    if export is None or export.organiser_chat_id != turn.chat_id:
        raise Refusal(Reason.STALE_BUTTON)
    return export


async def _show_taken(turn: Turn, export: Export) -> bool:
    """Whether the file has been made: then that is shown."""
    found = await taken(turn.session, export.id)
    if found is not None:
        turn.tell(ExportPreview.Payload(export.id, found[0]), edit=True)
    return found is not None


async def taken(session: AsyncSession, export_id: int) -> tuple[ExportOf, datetime] | None:
    """What was exported, and when; None: nothing yet."""
    noted = select(Audit.action, Audit.at).where(Audit.export_id == export_id).limit(1)
    found = (await session.execute(noted)).one_or_none()
    return (next(of for of, look in LOOKS.items() if look == found.action), found.at) if found else None


async def counted(session: AsyncSession, workshop_id: int, of: ExportOf) -> tuple[int, set[int]]:
    """How many lines it has now, and the ids of those whom they are about."""
    if of is ExportOf.PEOPLE:
        people = set(await session.scalars(select(Person.id).where(*in_it(workshop_id))))
        return len(people), people
    which = select(Pledge.author_id, Pledge.partner_id).where(*readable_in(workshop_id))
    pairs = (await session.execute(which)).all()
    return len(pairs), {each for pair in pairs for each in pair if each is not None}


def in_it(workshop_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on people in an export: they are in the workshop, agree, and have said their name."""
    return queries.joined(workshop_id), Person.name.is_not(None)


def readable_in(workshop_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on pledges in an export: they are the workshop's, and both parties let the team read them."""
    return Pledge.workshop_id == workshop_id, readable.for_team()


async def forget_name(session: AsyncSession, person: Person) -> None:
    """Take a name out of the purposes of what was exported about, or by, this person, before their row is deleted.

    The purposes themselves stay: whoever is in a file may read what it was for, whoever made it.
    """
    about = select(Audit.export_id).where(Audit.person_id == person.id, Audit.export_id.is_not(None))
    which = or_(Export.id.in_(about), Export.organiser_chat_id == person.chat_id)
    for export in await session.scalars(select(Export).where(which)):
        if person.name:
            export.purpose = cut(names.blocked(export.purpose, person.name), PURPOSE_LIMIT)
