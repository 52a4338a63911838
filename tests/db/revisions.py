"""What each migration does to existing rows. One that only adds columns or tables needs no entry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Change:
    """`written`: by table and column, what the version before writes there, if not any value will do.
    `becomes`: by table, a row of before as it must be afterwards, None if it is deleted; columns that it does
    not name may be new.
    `gone`: constraints and indexes that are dropped on purpose.
    `carried`: tables that are dropped once their rows are in another; a test of its own says how they stand there.
    """

    written: dict[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict)
    becomes: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()


PRIORITIES = {"a_reply": 0, "b_news": 1, "c_nudge": 2, "d_broadcast": 3}


def renamed(row, **names):
    """The row with its columns under new names: `new=old`."""
    kept = {name: value for name, value in row.items() if name not in names.values()}
    return kept | {new: row[old] for new, old in names.items()}


def counted(row):
    row = renamed(row, lease_owner="owner", priority="lane")
    return row | {"priority": PRIORITIES[row["priority"]]}


def with_audience(row):
    return {name: value for name, value in row.items() if name not in ("segment", "segment_value")}


CHANGES = {
    "0046": Change(gone=frozenset({"ix_persons_unreachable_since"})),
    "0034": Change(becomes={"broadcasts": with_audience}),
    "0002": Change(
        written={("outbox", "lane"): tuple(PRIORITIES)},
        becomes={"outbox": counted, "lanes": lambda row: renamed(row, lease_owner="owner")},
    ),
    "0029": Change(becomes={"lanes": lambda row: {"chat_id": row["chat_id"]}}),
    "0015": Change(becomes={"outbox": lambda row: row | {"party_id": row["person_id"]}}),
    "0033": Change(gone=frozenset({"ix_outbox_person_id"})),
    "0026": Change(gone=frozenset({"ix_consents_person_id", "ix_outbox_due"})),
    "0011": Change(gone=frozenset({"ix_nudges_due"})),
    "0010": Change(
        carried=frozenset({"reports", "wordings"}),
        gone=frozenset(
            {
                "fk_reports_person_id",
                "fk_reports_pledge_id",
                "ix_reports_person_id",
                "ix_reports_waiting",
                "uq_reports_pledge_id_person_id_period",
                "fk_wordings_person_id",
                "fk_wordings_pledge_id",
                "ix_wordings_person_id",
                "ix_wordings_pledge_id",
            }
        ),
    ),
}


def all_written():
    """For a database that takes all steps at once: for a column that changes more than once, its first values."""
    return {
        column: values for change in reversed(CHANGES.values()) for column, values in change.written.items()
    }
