"""The page of promises names tests and modules that exist, and each promise has a test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| ([PRS]\d+) \|(.+)\|$", PAGE, re.MULTILINE))


@pytest.mark.parametrize("name", ROWS)
def test_what_holds_a_promise_is_there(name: str) -> None:
    named = re.findall(r"`([\w/.]+\.(?:py|txt))`", ROWS[name])
    assert any(each.startswith("tests/") for each in named)
    assert [each for each in named if not (ROOT / each).is_file()] == []


def test_each_promise_has_one_row() -> None:
    wanted = [
        f"{part}{number}" for part, last in (("P", 15), ("R", 14), ("S", 14)) for number in range(1, last + 1)
    ]
    assert re.findall(r"^\| ([PRS]\d+) \|", PAGE, re.MULTILINE) == wanted
