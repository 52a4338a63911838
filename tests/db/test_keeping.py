"""What SQLite's copy of a table keeps; and that a migration that would lose something changes nothing."""

import pytest
import sqlalchemy as sa
from alembic.ddl import impl
from alembic.ddl.sqlite import SQLiteImpl
from alembic.migration import MigrationContext
from alembic.operations import Operations

from db.migrate import LostError, differences, history, opened, upgrade
from db.models import Base
from db.session import sync_url
from tests.db.filling import contents, erase_youngest, fill, tables_of


@pytest.fixture
def database_url(newest_database_url):
    return newest_database_url


MIGRATION = '''"""By hand."""

import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {newest!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    {statements}
'''

EVERYTHING = """
CREATE TABLE things (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    whose INTEGER NOT NULL,
    parent INTEGER,
    size VARCHAR(10) DEFAULT 'AUTOINCREMENT' NOT NULL,
    at DATETIME DEFAULT (CURRENT_TIMESTAMP),
    CONSTRAINT fk_whose FOREIGN KEY(whose) REFERENCES owners (id) ON DELETE CASCADE,
    CONSTRAINT fk_parent FOREIGN KEY(parent) REFERENCES things (id) ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT uq_size UNIQUE (whose, size),
    CONSTRAINT ck_size CHECK (size <> '')
);
CREATE UNIQUE INDEX uq_parent ON things (parent) WHERE parent IS NOT NULL AND size <> 'none';
CREATE INDEX ix_at ON things (at, id);
INSERT INTO things (id, whose, parent, size) VALUES (1, 1, NULL, 'a'), (7, 1, 1, 'b'), (9, 2, 7, 'c');
DELETE FROM things WHERE id = 9;
"""


@pytest.fixture
def by_hand(versions):
    """Write these lines as the next migration."""

    def written(*statements):
        revision, newest = f"{len(history()) + 1:04}", history()[-1]
        text = MIGRATION.format(revision=revision, newest=newest, statements="\n    ".join(statements))
        (versions / f"r{revision}_by_hand.py").write_text(text)

    return written


def refused(url):
    """What the newest migration would lose on a full database, which is left as it was."""
    tables = tables_of(url)
    erase_youngest(url, fill(url, tables=tables), tables)
    before = contents(url, tables)
    with pytest.raises(LostError) as said:
        upgrade(url)
    assert contents(url) == before
    return str(said.value).removeprefix("undone, for the upgrade loses ")


def altered(connection, table, **column):
    """Alter the table's `size` in a batch, which copies the table."""
    with Operations(MigrationContext.configure(connection)).batch_alter_table(table) as batch:
        batch.alter_column("size", existing_type=sa.String(10), **column)


@pytest.fixture
def everything(sqlite_url):
    """A connection to a database whose one table has all that a table can have."""
    with opened(sync_url(sqlite_url)) as engine, engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE owners (id INTEGER PRIMARY KEY NOT NULL)")
        for statement in EVERYTHING.split(";\n"):
            connection.exec_driver_sql(statement)
        yield connection


def described(connection):
    look = sa.inspect(connection)
    indexes = look.get_indexes("things")
    partial = {each["name"]: str(each["dialect_options"].get("sqlite_where")) for each in indexes}
    return (
        [
            {**each, "type": str(each["type"])}
            for each in look.get_columns("things")
            if each["name"] != "size"
        ],
        sorted(look.get_foreign_keys("things"), key=lambda each: each["name"]),
        look.get_unique_constraints("things"),
        look.get_check_constraints("things"),
        [(each["name"], each["column_names"], each["unique"]) for each in indexes],
        partial,
        [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM things ORDER BY id")],
        [tuple(row) for row in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")],
    )


def test_a_copied_table_keeps_all_it_had(everything):
    before = described(everything)
    altered(everything, "things", type_=sa.String(20))
    assert described(everything) == before
    size = next(each for each in sa.inspect(everything).get_columns("things") if each["name"] == "size")
    assert (str(size["type"]), size["default"], size["nullable"]) == ("VARCHAR(20)", "'AUTOINCREMENT'", False)
    row = everything.exec_driver_sql("INSERT INTO things (whose, size) VALUES (3, 'd') RETURNING id")
    assert row.scalar() == 10


def test_a_table_copied_twice_or_while_empty_still_counts_on(everything):
    everything.exec_driver_sql("DELETE FROM things")
    altered(everything, "things", type_=sa.String(20))
    altered(everything, "things", type_=sa.String(30))
    row = everything.exec_driver_sql("INSERT INTO things (whose, size) VALUES (3, 'd') RETURNING id")
    assert row.scalar() == 10


def test_a_table_that_never_counted_does_not_begin_to(everything):
    everything.exec_driver_sql(
        "CREATE TABLE plain (id INTEGER PRIMARY KEY, size VARCHAR(10) DEFAULT 'AUTOINCREMENT')"
    )
    altered(everything, "plain", type_=sa.String(20))
    assert (
        "PRIMARY KEY AUTOINCREMENT"
        not in everything.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'plain'").scalar_one()
    )


def test_alembics_own_copy_would_be_refused(by_hand, sqlite_url, monkeypatch):
    by_hand(
        "with op.batch_alter_table('audits') as batch_op:",
        "    batch_op.alter_column('action', existing_type=sa.String(40), nullable=False)",
    )
    monkeypatch.setitem(impl._impls, "sqlite", SQLiteImpl)
    said = refused(sqlite_url)
    assert "audits: AUTOINCREMENT" in said
    assert "audits gives out numbers again, up to 5" in said


def test_numbers_that_would_be_given_out_again_are_noticed(by_hand, sqlite_url):
    by_hand("op.execute(\"UPDATE sqlite_sequence SET seq = 0 WHERE name = 'persons'\")")
    assert refused(sqlite_url) == "persons gives out numbers again, up to 5"


@pytest.mark.parametrize(
    ("statements", "lost"),
    [
        (["op.drop_index('ix_outbox_chat')"], "outbox: INDEX ix_outbox_chat ['chat_id', 'state']"),
        (
            ["op.drop_index('uq_drafts_awaiting')", "op.create_index('uq_drafts_awaiting', 'drafts', ['person_id'])"],
            "drafts: UNIQUE INDEX uq_drafts_awaiting ['person_id'] WHERE",
        ),
        (
            [
                "op.drop_index('ix_outbox_edits_row')",
                "op.create_index('ix_outbox_edits_row', 'outbox', ['edits_row'])",
            ],
            "outbox: INDEX ix_outbox_edits_row ['edits_row'] WHERE",
        ),
        (
            [
                "with op.batch_alter_table('workshops') as batch_op:",
                "    batch_op.drop_constraint('uq_workshops_code', type_='unique')",
            ],
            "workshops: UNIQUE uq_workshops_code ['code']",
        ),
        (
            [
                "with op.batch_alter_table('audits') as batch_op:",
                "    batch_op.drop_constraint('fk_audits_person_id', type_='foreignkey')",
                "    batch_op.create_foreign_key('fk_audits_person_id', 'persons', ['person_id'], ['id'])",
            ],
            "audits: FOREIGN KEY fk_audits_person_id ['person_id'] -> ['persons.id'] ON DELETE SET NULL ON UPDATE None",
        ),
        (
            [
                "with op.batch_alter_table('audits') as batch_op:",
                "    batch_op.alter_column('action', existing_type=sa.String(40), nullable=True)",
            ],
            "audits: action, NOT NULL",
        ),
        (
            ["op.drop_table('carrier')"],
            "carrier: PRIMARY KEY ['id']; carrier: id, NOT NULL; carrier: led_until, NULL; carrier: paused_until, NULL",
        ),
    ],
)  # fmt: skip
def test_what_the_models_name_and_a_migration_loses_is_refused(by_hand, database_url, statements, lost):
    by_hand(*statements)
    assert refused(database_url) == lost


@pytest.mark.parametrize(
    ("add", "lost"),
    [
        (
            lambda rounds: rounds.append_constraint(sa.CheckConstraint("planned >= 0", name="planned")),
            "rounds: CHECK ck_rounds_planned",
        ),
        (
            lambda rounds: rounds.append_column(sa.Column("more", sa.Integer, server_default="1")),
            "rounds: more, NULL; rounds: the default of more",
        ),
    ],
)
def test_what_only_the_models_have_is_missed(by_hand, database_url, models, add, lost):
    by_hand("pass")
    add(models()["rounds"])
    assert refused(database_url) == lost


def test_a_default_that_was_only_needed_to_fill_is_told_apart_from_the_models(by_hand, database_url):
    left_over = "batch_op.alter_column('planned', existing_type=sa.Integer(), server_default='3')"
    by_hand("with op.batch_alter_table('rounds') as batch_op:", f"    {left_over}")
    upgrade(database_url)
    assert differences(database_url) != []


def test_what_a_database_has_beyond_the_models_is_let_be(by_hand, database_url):
    by_hand(
        "op.create_index('ix_of_the_operator', 'outbox', ['created_at'])",
        "op.create_table('own', sa.Column('id', sa.Integer()))",
    )
    fill(database_url)
    upgrade(database_url)
    assert "own" in contents(database_url)
    assert "own" not in Base.metadata.tables
