"""The seeds of these searches, and the figures that they report."""

import asyncio
import gc
import os
from functools import cache
from pathlib import Path
from random import Random

import pytest

from tests.faults.ground import File, Server
from tests.faults.stories import told


def pytest_collection_modifyitems(items):
    """Whoever dies while a connection is being made leaves it open."""
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


@pytest.fixture(autouse=True)
def _what_the_dead_left():
    """Is gone before the next test, which may be one that warns."""
    yield
    gc.collect()


@pytest.fixture
def seed(record_property):
    """Always the same, unless SEED says which, as the long searches do; it is among the figures."""
    seed = int(os.environ.get("SEED") or 1)
    record_property("SEED", seed)
    print(f"SEED={seed}")  # noqa: T201 - seen with -s
    return seed


@pytest.fixture
def report(record_property):
    """`report(figures)`: below the results of the run, and at once, for whoever watches a long one."""

    def said(figures):
        print(figures, flush=True)  # noqa: T201 - seen with -s
        record_property("figures", figures)

    return said


@pytest.fixture
def dice(seed):
    return Random(seed)


@pytest.fixture
def run():
    """Runs a story in the one loop of this test."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(scope="session")
def undisturbed(_sqlite_template, tmp_path_factory):
    """`undisturbed(flow)`: how this story ends if nothing goes wrong, and how often its process waits."""
    ground = File(_sqlite_template, tmp_path_factory.mktemp("undisturbed"))

    @cache
    def ends(flow):
        with asyncio.Runner() as runner:
            ending, fate = runner.run(told(ground, flow))
        return ending, fate.waits

    return ends


@pytest.fixture
def ground(_sqlite_template, tmp_path):
    return File(_sqlite_template, tmp_path)


@pytest.fixture
def server(postgres_url):
    return Server(postgres_url)
