"""Seeded defects: is each caught? `python -m tests.defects [NUMBER ...]` plants one after the other in a copy of the
tree and runs the tests that should notice; the outcome goes to docs/defects.md.

A defect counts as caught only if a test fails: one that breaks an import, or is planted nowhere, is an error of this
list.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.defect_list import DEFECTS

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "defects.md"
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "*_cache", "__pycache__", "pictures")
_FAILED = re.compile(r"^FAILED tests/(\S+)", re.MULTILINE)
_WITHIN = 900  # seconds for the tests of one


def plant(defect, tree):
    """Changes the file, and returns how to change it back."""
    path = tree / defect.path
    sound = path.read_text("utf-8")
    if sound.count(defect.old) != 1:
        raise LookupError(f"{defect.path} has no single place for: {defect.what}")
    path.write_text(sound.replace(defect.old, defect.new), "utf-8")
    return lambda: path.write_text(sound, "utf-8")


def noticed(defect, tree):
    """The test that fails first; None if none does. Raises RuntimeError if no test could run."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n0",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        *_split(defect.tests),
    ]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=_WITHIN)  # noqa: PLW1510
    if done.returncode not in (0, 1) or (done.returncode and not _FAILED.search(done.stdout)):
        raise RuntimeError(f"{defect.what}: pytest ended with {done.returncode}\n{done.stdout[-2000:]}")
    found = _FAILED.search(done.stdout)
    return found[1] if found else None


def _split(arguments):
    tests, _, chosen = arguments.partition(" -k ")
    return [*tests.split(), *(["-k", chosen.strip("'")] if chosen else [])]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "numbers", nargs="*", type=int, help="only these; the page is written after all of them"
    )
    wanted = parser.parse_args().numbers
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=_LEFT_OUT, symlinks=True)
        outcomes = {}
        for number, defect in enumerate(DEFECTS, 1):
            if not wanted or number in wanted:
                outcomes[number] = _tried(number, defect, tree)
    if not wanted:
        PAGE.write_text(_page(outcomes), "utf-8")
    return sum(test is None for test in outcomes.values()) > 1


def _tried(number, defect, tree):
    began = time.monotonic()
    undo = plant(defect, tree)
    try:
        test = noticed(defect, tree)
    finally:
        undo()
    outcome = f"caught by {test}" if test else "NOT CAUGHT"
    sys.stdout.write(f"{number:2} {defect.what}: {outcome} ({time.monotonic() - began:.0f} s)\n")
    sys.stdout.flush()
    return test


def _page(outcomes):
    caught = sum(test is not None for test in outcomes.values())
    rows = [
        f"| {number} | {defect.what} | `{defect.path}` | {_cell(outcomes[number])} |"
        for number, defect in enumerate(DEFECTS, 1)
    ]
    return "\n".join([_HEAD.format(caught=caught, all=len(DEFECTS)), *rows, ""])


def _cell(test):
    return f"`{test}`" if test else "**nothing**"


_HEAD = """# Seeded defects

Would the tests notice? `make defects` plants each of these in a copy of the tree, one after the other, runs the few
tests that should notice, and writes this page. The list is in `tests/defect_list.py`; a test checks that each still has
its place. At the last run {caught} of {all} were caught.

| | defect | where | noticed first by |
|---|---|---|---|"""

if __name__ == "__main__":
    sys.exit(main())
