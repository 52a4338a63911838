"""`python -m db.migrations.new` writes migrations that pass on full tables, or asks what only a person knows."""

import enum
import runpy
import shutil
import subprocess
import sys

import pytest
import sqlalchemy as sa

from db.migrate import FOLDER, differences, downgrade, history, upgrade
from db.migrations import new
from db.models import Base, Priority
from db.types import Encrypted, Numbered
from tests.db.filling import contents, erase_youngest, fill, tables_of


@pytest.fixture
def database_url(newest_database_url):
    return newest_database_url


ASKS = "raise NotImplementedError"


class Mood(enum.StrEnum):
    CALM = "calm"


AS_WORDS = sa.Enum(
    Mood, native_enum=False, length=32, values_callable=lambda members: [m.value for m in members]
)


COLUMNS = {
    "number": ((sa.Integer,), {"nullable": False, "default": 10}, 10),
    "yes": ((sa.Boolean,), {"nullable": False, "default": False}, False),
    "word": ((sa.String(20),), {"nullable": False, "default": "it's 50% :so {far}"}, "it's 50% :so {far}"),
    "mood": ((AS_WORDS,), {"nullable": False, "default": Mood.CALM}, "calm"),
    "order": ((Numbered(Priority),), {"nullable": False, "default": Priority.NUDGE, "index": True}, 2),
    "told": ((sa.Integer,), {"nullable": False, "server_default": "7"}, 7),
    "open": ((sa.Integer,), {}, None),
    "later": ((sa.Integer,), {"default": 10}, None),
}
"""What is added, and what the rows that were there hold afterwards."""


def column(*of, name="more", **options):
    """A change of the models: one more column of `rounds`."""
    return lambda tables: tables["rounds"].append_column(sa.Column(name, *of, **options))


def unique(*names, of="rounds"):
    return lambda tables: tables[of].append_constraint(sa.UniqueConstraint(*names))


def index(name, *columns, **options):
    return lambda tables: sa.Index(name, *(tables["rounds"].c[each] for each in columns), **options)


def altered(table, name, **attributes):
    def change(tables):
        for attribute, value in attributes.items():
            setattr(tables[table].c[name], attribute, value)

    return change


def refers(name, nullable):
    def change(tables):
        if name not in tables["rounds"].c:
            tables["rounds"].append_column(sa.Column(name, sa.Integer, nullable=nullable))
        key = sa.ForeignKeyConstraint([name], ["rounds.id"], ondelete="SET NULL")
        tables["rounds"].append_constraint(key)

    return change


def a_table(tables):
    metadata = tables["rounds"].metadata
    table = sa.Table(
        "visitors",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.ForeignKey("rounds.id", ondelete="CASCADE"), nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    sa.Index(
        "uq_visitors_open",
        table.c.round_id,
        unique=True,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )


def both(*changes):
    return lambda tables: [change(tables) for change in changes]


def brought_to(url, models, *changes):
    """The rows of `rounds` before and after a migration that `new` wrote, on a full database without its last rows."""
    tables = tables_of(url)
    erase_youngest(url, fill(url, tables=tables), tables)
    before = contents(url, tables)["rounds"]
    both(*changes)(models())
    text = new.write("Change rounds").read_text()
    assert ASKS not in text.partition("def downgrade")[0]
    upgrade(url)
    assert differences(url) == []
    return before, rounds_in(url)


def rounds_in(url):
    return contents(url, tables_of(url, ["rounds"]))["rounds"]


def written(models, *changes):
    both(*changes)(models())
    return new.write("Change something").read_text()


def test_new_columns_pass_on_full_tables(versions, models, database_url):
    before, after = brought_to(
        database_url,
        models,
        *(column(*of, name=name, **options) for name, (of, options, _) in COLUMNS.items()),
    )
    values = {name: value for name, (_, _, value) in COLUMNS.items()}
    assert after == [row | values for row in before]
    downgrade(database_url, "-1")
    assert rounds_in(database_url) == before


def test_what_holds_for_any_row_passes_on_full_tables(versions, models, database_url):
    before, after = brought_to(
        database_url,
        models,
        refers("more", nullable=True),
        unique("workshop_id", "more"),
        index("ix_rounds_state", "state", "made_at"),
        index("ix_some", "sent", sqlite_where=sa.text("sent > 1"), postgresql_where=sa.text("sent > 1")),
        altered("rounds", "state", type=sa.String(80)),
        altered("rounds", "planned", type=sa.BigInteger(), nullable=True),
        altered("rounds", "sent", server_default=sa.DefaultClause("3")),
        a_table,
    )
    assert after == [row | {"more": None} for row in before]


def test_a_column_that_is_closed_is_filled_where_it_was_open(versions, models, database_url):
    before, after = brought_to(
        database_url, models, altered("rounds", "sent", nullable=False, default=sa.ColumnDefault(0))
    )
    assert after == [row | {"sent": row["sent"] or 0} for row in before]
    assert None in [row["sent"] for row in before]


def test_a_column_that_goes_takes_nothing_with_it(versions, models, database_url):
    first = [column(sa.Integer), unique("workshop_id", "more"), refers("more", nullable=True)]
    brought_to(database_url, models, *first)
    before = rounds_in(database_url)
    models()
    new.write("Take it back")
    upgrade(database_url)
    assert differences(database_url) == []
    assert [row | {"more": None} for row in rounds_in(database_url)] == before


@pytest.mark.parametrize(
    ("change", "question"),
    [
        (column(sa.Integer, nullable=False), "rounds.more must not be NULL, and no default is known"),
        (column(sa.Integer, nullable=False, default=lambda: 1), "rounds.more must not be NULL"),
        (column(Encrypted("rounds.more"), nullable=False, default="words"), "rounds.more must not be NULL"),
        (altered("rounds", "sent", nullable=False), "rounds.sent must not be NULL"),
        (altered("rounds", "state", type=sa.String(5)), "rounds.state: decide how each VARCHAR(32) becomes"),
        (altered("rounds", "state", type=sa.Integer()), "rounds.state: decide how each VARCHAR(32) becomes"),
        (unique("workshop_id", "state"), "rounds: decide about rows that are the same in workshop_id, state"),
        (index("uq_sent", "sent", unique=True), "rounds: decide about rows that are the same in sent"),
        (
            both(column(sa.Integer, nullable=False, default=1), unique("more")),
            "rounds: decide about rows that are the same in more",
        ),
        (refers("planned", nullable=False), "rounds: decide about rows whose planned refers to no row"),
    ],
)
def test_what_only_a_person_knows_is_asked_in_the_file(versions, models, sqlite_url, change, question):
    before = contents(sqlite_url)
    (asked,) = [
        line for line in written(models, change).partition("def downgrade")[0].splitlines() if ASKS in line
    ]
    assert question in asked
    with pytest.raises(NotImplementedError, match="rounds"):
        upgrade(sqlite_url)
    assert contents(sqlite_url) == before


def test_an_answer_in_the_place_of_the_question_is_enough(versions, models, database_url):
    fill(database_url)
    change = both(column(sa.Integer, nullable=False), unique("workshop_id", "more"))
    lines = written(models, change).splitlines()
    fill_it, same = (number for number, line in enumerate(lines) if ASKS in line)
    lines[fill_it] = "    op.execute('UPDATE rounds SET more = planned + 1')"
    lines[same] = ""  # each has its own number
    next(versions.glob(f"r{history()[-1]}_*")).write_text("\n".join(lines))
    upgrade(database_url)
    assert differences(database_url) == []
    assert all(row["more"] == row["planned"] + 1 for row in rounds_in(database_url))


def test_a_new_name_is_not_taken_for_another_column_unasked(versions, models):
    written(models, column(sa.Integer))
    text = written(models, column(sa.Integer, name="many"))
    assert text.count("rounds: more goes and many comes: if that is a new name, write alter_column") == 1


def test_going_back_asks_what_stood_in_a_column_that_went(versions, models):
    written(models, column(sa.Integer, nullable=False, default=1))
    up, down = written(models).split("def downgrade")
    assert ASKS not in up
    assert "rounds.more must not be NULL" in down


def test_types_are_named_by_what_is_stored(versions, models):
    text = written(
        models,
        column(Numbered(Priority)),
        column(Encrypted("rounds.words"), name="words"),
        column(AS_WORDS, name="mood"),
    )
    assert "sa.Column('more', sa.SmallInteger(), nullable=True)" in text
    assert "sa.Column('words', sa.LargeBinary(), nullable=True)" in text
    assert "sa.Column('mood', sa.String(length=32), nullable=True)" in text


def test_the_command_says_what_it_asks(versions, models, monkeypatch, capsys):
    column(sa.Integer, nullable=False)(models())
    monkeypatch.setattr(sys, "argv", ["new", "Count more"])
    assert new.main() == 0
    path, heading, question, last = capsys.readouterr().out.splitlines()[-4:]
    assert path.endswith(f"r{history()[-1]}_count_more.py")
    assert (heading, last) == (
        "It stops until you have put an answer in the place of:",
        "Read it before you commit it.",
    )
    assert question.startswith(ASKS)


def test_the_newest_may_be_written_again(versions, models):
    column(sa.Integer)(models())
    first = new.write("Count more")
    assert new.write("Count many", replace=True).name == first.name.replace("more", "many")
    assert not first.exists()


def test_models_that_match_make_an_empty_migration(versions):
    written = runpy.run_path(str(new.write("Do nothing")))
    assert (written["revision"], written["down_revision"]) == tuple(reversed(history()[-2:]))
    assert Base.metadata.tables


def test_somebody_who_changes_the_models_needs_one_command(database_url, tmp_path):
    """Run it as CONTRIBUTING.md says, in a copy of the rooms that it needs."""
    tables = tables_of(database_url)
    fill(database_url, tables=tables)
    before = contents(database_url, tables)["persons"]
    for room in ("db", "domain"):
        shutil.copytree(FOLDER.parents[1] / room, tmp_path / room)
    models = tmp_path / "db" / "models.py"
    was = "    paused: Mapped[bool] = mapped_column(default=False, index=True)\n"
    assert models.read_text().count(was) == 1
    models.write_text(
        models.read_text().replace(was, was + "    hour: Mapped[int] = mapped_column(default=10)\n")
    )
    upgraded = "import sys; from db.migrate import upgrade; upgrade(sys.argv[1])"
    for command in (["-m", "db.migrations.new", "Ask at an hour"], ["-c", upgraded, database_url]):
        subprocess.run([sys.executable, *command], cwd=tmp_path, check=True, capture_output=True)
    assert contents(database_url)["persons"] == [row | {"hour": 10} for row in before]
