"""Each migration on a full database of the version before: nothing is lost, and no id is given out twice."""

from itertools import pairwise

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from db.migrate import differences, downgrade, history, opened, upgrade
from db.models import Base, Outgoing, Priority
from db.session import is_sqlite, sync_url
from tests.db.filling import NUMBERS, contents, erase_youngest, fill, tables_of
from tests.db.revisions import CHANGES, Change, all_written

STEPS = list(pairwise(history()))


def shape(url):
    """All that the tables guarantee, by table, kind and name, as the database reports it."""
    with opened(url) as engine, engine.connect() as connection:
        look = inspect(connection)
        tables = [name for name in look.get_table_names() if name != "alembic_version"]
        return {(table, *which): what for table in tables for which, what in guarantees(look, table)}


def guarantees(look, table):
    for column in look.get_columns(table):
        yield ("column", column["name"]), (str(column["type"]), column["nullable"], column["default"])
    yield ("primary key", ""), look.get_pk_constraint(table)["constrained_columns"]
    for key in look.get_foreign_keys(table):
        yield ("foreign key", key["name"]), key
    for index in look.get_indexes(table):
        options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
        yield ("index", index["name"]), index | {"dialect_options": options}
    for rule in (*look.get_unique_constraints(table), *look.get_check_constraints(table)):
        yield ("constraint", rule["name"]), rule


@pytest.fixture
def as_modelled(database_url, tmp_path):
    """A database, or a schema, in which the models created their tables themselves."""
    url = sync_url(database_url)
    if is_sqlite(url):
        own = url.set(database=str(tmp_path / "modelled.db"))
    else:
        with opened(url) as engine, engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA modelled"))
        own = url.update_query_dict({"options": "-csearch_path=modelled"})
    with opened(own) as engine, engine.begin() as connection:
        Base.metadata.create_all(connection)
    return own


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_full_database_keeps_what_it_holds_and_guarantees(at_revision, before, after):
    """Its rows, its constraints and indexes, and that the number of an erased row is nobody else's."""
    change = CHANGES.get(after, Change())
    database_url = at_revision(before)
    there = tables_of(database_url)
    rows = fill(database_url, change.written, tables=there)
    counted = {table: key for table, key in there.counting().items() if table not in change.carried}
    given_out = {table: max(row[key] for row in rows[table].values()) for table, key in counted.items()}
    erase_youngest(database_url, rows, there)
    old = contents(database_url, there)
    upgrade(database_url, after)
    now = tables_of(database_url)
    for table, (kept, expected) in carried_over(old, contents(database_url, now), change).items():
        assert kept == expected, table
    assert there.names() - now.names() == change.gone
    assert counted.items() <= now.counting().items()
    next_ones = fill(database_url, change.written, numbers=[len(NUMBERS)], tables=now)
    for table, key in counted.items():
        assert next_ones[table][len(NUMBERS)][key] > given_out[table], table


def carried_over(old, new, change):
    """By table: what is left of its rows, and what has to be."""
    both = {}
    for table, rows in old.items():
        if table not in change.carried:
            becomes = change.becomes.get(table, dict)
            expected = [row for row in map(becomes, rows) if row is not None]
            pairs = zip(new.get(table, []), expected, strict=True)
            both[table] = [{name: row[name] for name in want if name in row} for row, want in pairs], expected
    return both


def test_a_filled_database_ends_up_as_the_models_make_an_empty_one(database_url, as_modelled):
    upgrade(database_url, history()[0])
    fill(database_url, all_written())
    upgrade(database_url)
    assert shape(sync_url(database_url)) == shape(as_modelled)
    assert (
        tables_of(database_url).counting()
        == tables_of(as_modelled.render_as_string(hide_password=False)).counting()
    )
    assert differences(database_url) == []


def test_every_nullable_column_was_tried_both_ways(database_url):
    upgrade(database_url)
    fill(database_url)
    with opened(sync_url(database_url)) as engine, engine.connect() as connection:
        nullable = {
            (table, column["name"])
            for (_, table), columns in inspect(connection).get_multi_columns().items()
            for column in columns
            if column["nullable"]
        }
    seen = contents(database_url)
    for table, column in nullable:
        assert {row[column] is None for row in seen[table]} == {True, False}, (table, column)


def test_what_0_1_0_wrote_is_read_by_its_new_names(database_url):
    upgrade(database_url, "0001")
    fill(database_url, CHANGES["0002"].written)
    upgrade(database_url)
    with opened(sync_url(database_url)) as engine, engine.connect() as connection:
        sent = connection.execute(select(Outgoing.priority, Outgoing.lease_owner).order_by(Outgoing.id)).all()
        assert sent == [
            (Priority.REPLY, "0 owner"),
            (Priority.NEWS, None),
            (Priority.NUDGE, "2 owner"),
            (Priority.BROADCAST, None),
            (Priority.REPLY, "4 owner"),
        ]


def test_priorities_and_leases_go_back_as_they_came(database_url):
    upgrade(database_url, "0001")
    fill(database_url, CHANGES["0002"].written)
    before = contents(database_url)
    upgrade(database_url, "0002")
    downgrade(database_url, "0001")
    assert contents(database_url) == before


def test_a_lane_that_nobody_knows_stops_the_upgrade(database_url):
    upgrade(database_url, "0001")
    fill(database_url, {("outbox", "lane"): ("a_reply", "e_unheard_of")})
    old = contents(database_url)
    with pytest.raises(IntegrityError):
        upgrade(database_url)
    assert contents(database_url) == old
