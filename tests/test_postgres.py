"""The tests' own PostgreSQL: real, and new for each test."""

import psycopg
import pytest


@pytest.mark.parametrize("_time", [1, 2])
def test_each_test_gets_an_empty_database(empty_postgres_url, _time):
    with psycopg.connect(empty_postgres_url) as connection:
        connection.execute("CREATE TABLE pledges (id int)")
        (version,) = connection.execute("SHOW server_version").fetchone()
    assert version.startswith("18")
