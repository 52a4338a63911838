"""What Alembic runs for every command; the connection comes from `db.migrate`, in a transaction already."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import DateTime, Enum, LargeBinary, TypeDecorator

from db.models import Base


def _as_stored(kind: str, item: Any, _autogen: object) -> str | Literal[False]:
    """Name column types by what the database stores: a migration must not change when our classes do."""
    if kind != "type":
        return False
    if isinstance(item, TypeDecorator):
        item = item.impl_instance
    match item:
        case Enum():
            return f"sa.String(length={item.length})"
        case LargeBinary():
            return "sa.LargeBinary()"
        case DateTime():
            return f"sa.DateTime(timezone={item.timezone})"
    return False


def run() -> None:
    """Apply what was ordered. Batch mode, because SQLite changes a column only by copying its table."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        render_item=_as_stored,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
