"""Here databases begin empty, since how they get their tables is what is tested; and there is a copy of the migrations
and of the models to write into."""

import shutil

import pytest
from sqlalchemy import MetaData

from db.migrate import FOLDER, history, upgrade
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


@pytest.fixture(scope="session")
def _risen():
    """By database, one without rows that goes up with the tests, and the number of its revision."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
def at_revision(request, tmp_path, tmp_path_factory, _risen):
    """Make a database of a revision, without rows: of the one that goes up, which need not begin anew each time."""
    if request.param == "sqlite":
        begun, copied = _file(tmp_path_factory), lambda url: _copied(url, tmp_path)
    else:
        postgres = request.getfixturevalue("_postgres")
        begun, copied = postgres.fresh_url, postgres.fresh_url
    made = []

    def make(revision):
        number = history().index(revision)
        url, at = _risen.get(request.param, (None, number + 1))
        if at > number:
            url = begun()
        upgrade(url, revision)
        _risen[request.param] = url, number
        made.append(copied(url))
        return made[-1]

    yield make
    for url in made:
        if request.param == "postgresql":
            postgres.drop(url)


def _file(folders):
    return lambda: f"sqlite:///{folders.mktemp('risen') / 'm.db'}"


def _copied(url, folder):
    shutil.copyfile(url.removeprefix("sqlite:///"), folder / "m.db")
    return f"sqlite:///{folder / 'm.db'}"
