"""Here databases begin empty, since how they get their tables is what is tested; and there is a copy of the migrations
and of the models to write into."""

import shutil

import pytest
from sqlalchemy import MetaData

from db.migrate import FOLDER
from db.models import Base


@pytest.fixture
def versions(tmp_path, monkeypatch):
    """The folder of the revisions, a copy of today's, with what was compiled of them."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder)
    monkeypatch.setattr("db.migrate.FOLDER", folder)
    monkeypatch.setattr("db.migrations.new.FOLDER", folder)
    return folder / "versions"


@pytest.fixture
def models(monkeypatch):
    """Put other models in force: a copy of the real ones, to be changed."""

    def changed():
        copy = MetaData(naming_convention=REAL.naming_convention)
        for table in REAL.sorted_tables:
            table.to_metadata(copy)
        monkeypatch.setattr(Base, "metadata", copy)
        return copy.tables

    return changed


REAL = Base.metadata


@pytest.fixture
def database_url(empty_database_url):
    return empty_database_url


@pytest.fixture(params=["sqlite", "postgresql"])
def newest_database_url(request):
    """With all tables of today, which another one had made, and no rows."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        postgres, template = map(request.getfixturevalue, ("_postgres", "_postgres_template"))
        url = postgres.fresh_url(template)
        yield url
        postgres.drop(url)


@pytest.fixture
def postgres_url(empty_postgres_url):
    return empty_postgres_url
