"""Writes down what became of attempts: those that end while it is writing share the next transaction."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import delivery, outbox, recording
from actions.exchange.delivery import SendResult
from db.models import Outgoing
from db.session import TROUBLE, Database
from domain.error_reports import describe
from scheduler import consequences
from scheduler.errors import Diagnosis, Unreachable, Wait

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AttemptResult:
    """What became of a claimed row, and what the call's failure meant. `at`: when that was known."""

    row: Outgoing
    result: SendResult
    diagnosis: Diagnosis | None
    claimed_at: datetime
    at: datetime
    written: "asyncio.Future[bool]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Recorder:
    def __init__(self, database: Database, lease_owner: str) -> None:
        self._database = database
        self._lease_owner = lease_owner
        self._waiting: list[AttemptResult] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, ended: AttemptResult) -> bool:
        """Returns after the commit; False if the database is in trouble, and nothing is written. A row whose lease is
        lost is somebody else's by now, and stays as it is. Raises what is wrong with this very row.
        """
        self._waiting.append(ended)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return await ended.written

    async def _write_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            await self._write_together(together)
        self._writing = None

    async def _write_together(self, together: Sequence[AttemptResult]) -> None:
        try:
            async with self._database.writer.begin() as session:
                await self._record(session, together)
        except TROUBLE as error:
            for each in together:
                log.warning(
                    "row %s (%s) cannot be written down now: %s", each.row.id, each.row.kind, describe(error)
                )
                each.written.set_result(False)
        except Exception as error:  # noqa: BLE001 - what is wrong with one must not keep the others from being written
            if len(together) == 1:
                together[0].written.set_exception(error)
                return
            for each in together:
                await self._write_together([each])
        else:
            for each in together:
                each.written.set_result(True)

    async def _record(self, session: AsyncSession, together: Sequence[AttemptResult]) -> None:
        plain = {each.row.id: each.result for each in together if recording.is_plain(each.row, each.result)}
        await recording.record_all(session, plain, self._lease_owner)
        for each in together:
            if each.row.id not in plain:
                await self._record_one(session, each)

    async def _record_one(self, session: AsyncSession, ended: AttemptResult) -> None:
        row, result = ended.row, ended.result
        if not await delivery.record(session, row.id, self._lease_owner, result):
            return  # the lease is lost: the row is somebody else's now
        if (
            isinstance(ended.diagnosis, Wait)
            and result.not_before is not None
            and not consequences.is_edit(row)
        ):
            await delivery.pause(session, result.not_before)
        if isinstance(ended.diagnosis, Unreachable) and row.person_id is not None:
            await outbox.unreachable(session, row.person_id, ended.at, ended.claimed_at)
