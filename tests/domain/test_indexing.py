"""The index of names is made by another process, whose libraries stay there."""

import json
import subprocess
import sys

import numpy as np
import pytest

from domain.topics.indexing import AbandonedError, indexed
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


ENDLESS = """
import time; from domain.topics import indexing
indexing.Names = lambda *given: time.sleep(3600)
indexing.answer()
"""
ASKED = f"""
from domain.topics import indexing
wait, indexing._PROGRAM = indexing._wait, {ENDLESS!r}
indexing._wait = lambda *given: (print("begun", flush=True), wait(*given))
indexing.indexed({NAMES!r}, 2)
"""


def test_it_ends_with_whoever_asked_for_it():
    """Also with one that was killed: else it would go on, and keep what it has inherited open."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", ASKED], **pipes, text=True) as asking:
        assert asking.stdout.readline() == "begun\n"
        asking.kill()
        asking.communicate(timeout=60)  # to the end of both: nobody has them open any more


def test_it_is_abandoned_as_soon_as_nobody_wants_it(monkeypatch, tmp_path):
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nexec sleep 3600\n")
    endless.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(endless))
    with pytest.raises(AbandonedError):
        indexed(NAMES, 2, lambda: False)
