"""How `new` writes a migration, so that it also works on tables that hold people's rows.

Alembic writes what empty tables accept. Here a column that must not be NULL comes in three steps: it is added, filled
with the default of its model, and closed. Whatever only a person can decide is asked in the file, by a line that raises
until it is replaced by the answer.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, SmallInteger, String
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.types import DateTime, TypeDecorator, TypeEngine
from sqlalchemy.types import Enum as EnumType

ASKS = "raise NotImplementedError"
_PLAIN = (bool, int, float, str)


@dataclass(eq=False)
class Verbatim(ops.MigrateOperation):
    """A line of the migration, exactly as it is written to the file."""

    text: str


@renderers.dispatch_for(Verbatim)
def _as_written(_context: AutogenContext, line: Verbatim) -> str:
    return line.text


def as_stored(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Alembic's `render_item`: name column types by what the database stores, since our classes may change."""
    if kind != "type":
        return False
    stored = _stored(item)
    match stored:
        case EnumType():
            return f"sa.String(length={stored.length})"
        case LargeBinary():
            return "sa.LargeBinary()"
        case DateTime():
            return f"sa.DateTime(timezone={stored.timezone})"
    return f"sa.{stored!r}" if isinstance(item, TypeDecorator) else False


def for_filled_tables(
    context: MigrationContext, _revision: object, scripts: list[ops.MigrationScript]
) -> None:
    """Alembic's `process_revision_directives`: rewrite both directions of the changes that it found."""
    models = context.opts["target_metadata"]
    for script in scripts:
        for direction in (script.upgrade_ops, script.downgrade_ops):
            if direction is not None:
                direction.ops[:] = _rewritten(direction.ops, models)


def _rewritten(found: Sequence[ops.MigrateOperation], models: MetaData) -> Iterator[ops.MigrateOperation]:
    made = {each.table_name for each in found if isinstance(each, ops.CreateTableOp)}
    for each in found:
        if isinstance(each, ops.ModifyTableOps) and each.table_name not in made:
            yield from _in_steps(each, models)
        else:
            yield each


def _in_steps(change: ops.ModifyTableOps, models: MetaData) -> Iterator[ops.MigrateOperation]:
    """First the new columns, nullable; then what fills them, or asks; last what closes them, and all other changes."""
    name = change.table_name
    added = {each.column.name: each for each in change.ops if isinstance(each, ops.AddColumnOp)}
    unfilled = [each.column for each in added.values() if _needs_values(each.column)]
    rest = [each for each in change.ops if not isinstance(each, ops.AddColumnOp)]
    between = [
        *_asks_about_names(name, added, rest),
        *(_filled(name, each) for each in unfilled),
        *(line for each in rest for line in _before(each, name, added, models)),
    ]
    if not between:
        yield change
        return
    if added:
        yield ops.ModifyTableOps(name, [_opened(each) for each in added.values()])
    yield from between
    closed = [_closed(name, each) for each in unfilled]
    if closed or rest:
        yield ops.ModifyTableOps(name, [*closed, *rest])


def _needs_values(column: Column[Any]) -> bool:
    return not column.nullable and column.server_default is None


def _opened(added: ops.AddColumnOp) -> ops.AddColumnOp:
    if not _needs_values(added.column):
        return added
    return ops.AddColumnOp(added.table_name, Column(added.column.name, added.column.type, nullable=True))


def _closed(table: str, column: Column[Any]) -> ops.AlterColumnOp:
    return ops.AlterColumnOp(
        table, column.name, existing_type=column.type, existing_nullable=True, modify_nullable=False
    )


def _filled(table: str, column: Column[Any]) -> Verbatim:
    """The line that fills existing rows with the default of the model; if there is none, a question."""
    value = _known(column)
    if value is None:
        return _ask(f"{table}.{column.name} must not be NULL, and no default is known: fill its rows")
    empty = f"sa.column({column.name!r}).is_(None)"
    fill = f"update().where({empty}).values({{{column.name!r}: {value!r}}})"
    return Verbatim(f"op.execute(sa.table({table!r}, sa.column({column.name!r})).{fill})")


def _known(column: Column[Any]) -> object:
    """The model's default as it is stored; None if it is computed, encrypted or no plain value."""
    default = column.default
    if default is None or not default.is_scalar or isinstance(_stored(column.type), LargeBinary):
        return None
    value = getattr(default, "arg", None)
    if not isinstance(value, bool):
        store = column.type.bind_processor(DefaultDialect())
        value = store(value) if store else value
    value = value.value if isinstance(value, Enum) else value
    return value if isinstance(value, _PLAIN) else None


def _before(
    change: ops.MigrateOperation, table: str, added: dict[str, ops.AddColumnOp], models: MetaData
) -> Iterator[Verbatim]:
    """What has to be done to existing rows, or to be decided about them, before this change can pass."""
    match change:
        case ops.AlterColumnOp():
            yield from _before_altering(change, table, models)
        case ops.CreateUniqueConstraintOp() | ops.CreateIndexOp(unique=True):
            columns = [getattr(each, "name", each) for each in change.columns]
            if not _all_null(columns, added):
                yield _ask(f"{table}: decide about rows that are the same in {_listed(columns)}")
        case ops.CreateForeignKeyOp():
            if not _all_null(change.local_cols, added):
                yield _ask(f"{table}: decide about rows whose {_listed(change.local_cols)} refers to no row")


def _before_altering(change: ops.AlterColumnOp, table: str, models: MetaData) -> Iterator[Verbatim]:
    new, old = change.modify_type, change.existing_type
    if new is not None and (old is None or not _fits(old, _stored(new))):
        yield _ask(f"{table}.{change.column_name}: decide how each {old} becomes {_stored(new)}")
    if change.modify_nullable is False:
        yield _filled(table, models.tables[table].columns[change.column_name])


def _asks_about_names(
    table: str, added: Collection[str], rest: Sequence[ops.MigrateOperation]
) -> Iterator[Verbatim]:
    """Alembic takes a renamed column for another one, and would throw away what the old one holds."""
    gone = [each.column_name for each in rest if isinstance(each, ops.DropColumnOp)]
    if gone and added:
        question = f"{table}: {_listed(gone)} goes and {_listed(added)} comes"
        yield _ask(f"{question}: if that is a new name, write alter_column(..., new_column_name=...) instead")


def _all_null(columns: Sequence[Any], added: dict[str, ops.AddColumnOp]) -> bool:
    """Whether one of these columns, being new and without a default, holds only NULL, with which nothing clashes."""
    new = [added[name].column for name in columns if name in added]
    return any(each.nullable and each.server_default is None for each in new)


def _fits(old: TypeEngine[Any], new: TypeEngine[Any]) -> bool:
    """Whether the new type holds every value of the old one unchanged."""
    match old, new:
        case (String(), String()):
            return new.length is None or (old.length is not None and new.length >= old.length)
        case (Integer(), Integer()):
            return _width(new) >= _width(old)
    return False


def _width(number: TypeEngine[Any]) -> int:
    return 2 if isinstance(number, SmallInteger) else 8 if isinstance(number, BigInteger) else 4


def _stored(item: TypeEngine[Any]) -> TypeEngine[Any]:
    return item.impl_instance if isinstance(item, TypeDecorator) else item


def _ask(question: str) -> Verbatim:
    return Verbatim(f"{ASKS}({question!r})")


def _listed(names: Collection[object]) -> str:
    return ", ".join(map(str, names))
