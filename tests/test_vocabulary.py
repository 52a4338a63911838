"""One word for each thing, and one thing for each word: what can be checked of docs/glossary.md."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.test_architecture import ROOMS, ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
NAMED = re.compile(r"`([\w./]+\.(?:py|md|po|tsv))(?:: ([^`]+))?`")
"""A file as docs name it, from the root, and what in it is meant."""


def classes_of(path: Path) -> list[str]:
    """The classes that a module has for others: a nested one goes by its outer one's name."""
    body = ast.parse(path.read_text("utf-8")).body
    return [each.name for each in body if isinstance(each, ast.ClassDef) and not each.name.startswith("_")]


def test_no_two_modules_call_different_classes_the_same() -> None:
    """The stage is a program of its own, which has Telegram's words."""
    rooms = [ROOT / room for room in ROOMS if room != "stage"]
    names = Counter(
        name for room in rooms for path in sorted(room.rglob("*.py")) for name in classes_of(path)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_each_term_has_one_row() -> None:
    rows = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    terms = [line.split("|")[1].strip() for line in rows]
    assert len(terms) > 200
    assert len(set(terms)) == len(terms)
    assert [term for term in terms if "(" in term] == [], "a term that needs a note in brackets is two terms"


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/glossary.md", "docs/architecture.md"])
def test_what_a_page_names_exists(page: str) -> None:
    rooms = [path for room in (*ROOMS, "tests", "docs") for path in (ROOT / room).rglob("*.*")]
    files = {f"/{path.relative_to(ROOT).as_posix()}": path for path in (*ROOT.glob("*.md"), *rooms)}
    lost = []
    for name, meant in NAMED.findall((ROOT / page).read_text("utf-8")):
        found = [path for spelled, path in files.items() if spelled.endswith(f"/{name}")]
        words = set(re.findall(r"\w+", "".join(path.read_text("utf-8") for path in found)))
        lost += [name] if not found else []
        lost += [f"{name}: {each}" for each in re.findall(r"\w+", meant) if each not in words]
    assert lost == []
