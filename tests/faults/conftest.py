"""The sizes of these searches, their seeds, and the figures that they report."""

import asyncio
import os
from random import Random, SystemRandom

import pytest

from tests.faults.ground import File, Server

SOAK = "SOAK" in os.environ


@pytest.fixture
def size():
    """`size(short, long)`: how much `make test` does, and how much `make soak`."""
    return lambda short, long: long if SOAK else short


@pytest.fixture
def seed(record_property):
    """Another one each time, unless SEED says which; it is among the figures."""
    seed = int(os.environ.get("SEED") or SystemRandom().randrange(1_000_000))
    record_property("SEED", seed)
    return seed


@pytest.fixture
def dice(seed):
    return Random(seed)


@pytest.fixture
def run():
    """Runs a story in the one loop of this test."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def ground(_sqlite_template, tmp_path):
    return File(_sqlite_template, tmp_path)


@pytest.fixture
def server(postgres_url):
    return Server(postgres_url)
