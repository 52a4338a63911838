"""A PostgreSQL that keeps what it has confirmed, on the disk, unlike the one of the tests."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import UnavailableError, running_postgres

_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}


class _Server:
    def __init__(self, postgres):
        self._postgres = postgres

    def url(self, *, flush_ms=0):
        """A new database's; each flush of its log waits so long before, and takes along who commits meanwhile."""
        url = self._postgres.fresh_url()
        slow = f"&options=-c%20commit_delay%3D{1000 * flush_ms}%20-c%20commit_siblings%3D0"
        return url + slow if flush_ms else url


@contextmanager
def durable_postgres():
    """None where PostgreSQL cannot run."""
    try:
        with running_postgres(Path(tempfile.gettempdir()), **_DURABLE) as postgres:
            yield _Server(postgres)
    except UnavailableError:
        yield None
