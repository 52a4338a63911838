"""The index of names is made by another process, whose libraries stay there."""

import json
import subprocess
import sys

import numpy as np
import pytest

from domain.topics.indexing import indexed
from domain.topics.nearness import Names

NAMES = (("Ehrenamt", "freiwillige Arbeit", "Ehrenämtler"), ("Sportverein", "Turnhalle"), ("Kochen",))
SAID = ("Ehrenamt", "Ehrenmat im Sportverein", "Hallenturnen", "freiwillige Feuerwehr", "")


def scores(names):
    return [names.nearness(said) for said in SAID]


@pytest.mark.parametrize("python", [sys.executable, "/bin/false", "/no/such/program"])
def test_it_is_the_same_wherever_it_was_made(python, monkeypatch):
    here = scores(Names(NAMES, 2))
    monkeypatch.setattr(sys, "executable", python)
    for one, other in zip(here, scores(indexed(NAMES, 2)), strict=True):
        assert np.array_equal(one.topics, other.topics)
        assert np.array_equal(one.names, other.names)
        assert (one.exact_topic, one.written) == (other.exact_topic, other.written)


def test_what_makes_it_is_not_loaded_here():
    asked = (
        "import json, sys; from domain.topics.indexing import indexed;"
        "indexed(json.loads(sys.argv[1]), 2).nearness('Ehrenamt'); print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", asked, json.dumps(NAMES)], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "domain.topics.nearness" in loaded
    assert "scipy" not in loaded
