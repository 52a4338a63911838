"""Moving: the outbox's rows of a person who writes from another chat, and of somebody who turned out to be that person.

What was said in the old chat is remembered, but no longer where: nothing is changed or answered there any more.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.exchange import codec, outbox
from actions.exchange.entries import is_of, kinds_about
from actions.exchange.shown import COVERS, says
from db.models import NOWHERE, Outgoing, Priority, SendState
from db.session import keep_still

_UNSENT = Outgoing.state.in_((SendState.PENDING, SendState.UNKNOWN))
_NAMING = ("hits", "alike", "between", "before_id", "by", "people", outbox.ACTOR)
"""The arguments of payloads that may hold the id of a person, or several."""


async def hold(session: AsyncSession) -> None:
    """Nobody is told anything until this transaction ends: it might go to the old chat, or name whoever is gone."""
    await keep_still(session, Outgoing)


async def to_chat(session: AsyncSession, person_id: int, old: int, new: int) -> None:
    """What this person is owed unasked goes to the new chat. Answers to what was done in the old one, and changes of
    its messages, end; only what takes the words of the erased away there is still done.
    """
    there = (Outgoing.person_id == person_id, Outgoing.chat_id == old)
    await _keep_covers(session, *there)
    unasked = (Outgoing.priority != Priority.REPLY, Outgoing.edits_message.is_(None))
    await _change(session, *there, _UNSENT, *unasked, Outgoing.edits_row.is_(None), chat_id=new)
    await outbox.cancel(session, outbox.MOVED, *there, ~is_of(COVERS))
    anybodys = or_(
        Outgoing.person_id == person_id, Outgoing.person_id.is_(None)
    )  # also from before they agreed
    said = (Outgoing.chat_id == old, anybodys, Outgoing.state.not_in(outbox.OPEN))
    await _forget_threads(session, *said)
    await _change(session, *said, chat_id=NOWHERE, message_id=None)
    await _change(session, Outgoing.key.contains(str(old)), Outgoing.person_id == person_id, key=None)


async def _keep_covers(session: AsyncSession, *there: ColumnElement[bool]) -> None:
    """They change messages by their number from now on, since the rows of these forget it."""
    of = aliased(Outgoing)
    message = select(of.message_id).where(of.id == Outgoing.edits_row).scalar_subquery()
    pending = (*there, _UNSENT, is_of(COVERS), Outgoing.edits_row.is_not(None), message.is_not(None))
    await _change(session, *pending, edits_message=message, edits_row=None)


async def _forget_threads(session: AsyncSession, *said: ColumnElement[bool]) -> None:
    """What is said instead of changing one of these messages is not said in a thread of the old chat."""
    threaded = select(Outgoing).where(*said, cast(Outgoing.args, String).contains(outbox.THREAD))
    for row in (await session.scalars(threaded)).all():
        row.args = {name: value for name, value in (row.args or {}).items() if name != outbox.THREAD} or None


async def rename(session: AsyncSession, field: str, before: int, after: int) -> None:
    """Rows about the object with the one id, which this field of their payloads names, are about the other; also those
    that say again what a message said.
    """
    about = says(kinds_about(field), Outgoing.object_id == before)
    await _change(session, about, object_id=after)


async def become(session: AsyncSession, before: int, after: int, since: datetime) -> None:
    """Rows of, for and about the one person, whom nobody knew before `since`, are of the other."""
    await _change(session, Outgoing.person_id == before, person_id=after)
    await _change(session, Outgoing.party_id == before, party_id=after)
    await rename(session, "person_id", before, after)
    naming = select(Outgoing).where(
        Outgoing.created_at >= since, cast(Outgoing.args, String).contains(str(before))
    )
    for row in (await session.scalars(naming)).all():
        row.args = _with(row.args or {}, before, after)


def _with(args: Mapping[str, codec.Json], before: int, after: int) -> dict[str, codec.Json]:
    return {
        name: _renamed(value, before, after) if name in _NAMING else value for name, value in args.items()
    }


def _renamed(value: codec.Json, before: int, after: int) -> codec.Json:
    if isinstance(value, list):
        return [_renamed(each, before, after) for each in value]
    return after if value == before and not isinstance(value, bool) else value


async def _change(session: AsyncSession, *which: ColumnElement[bool], **values: object) -> None:
    await session.execute(
        update(Outgoing).where(*which).values(**values).execution_options(synchronize_session=False)
    )
