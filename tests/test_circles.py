"""No import goes round in a circle, so that any module may be the first to be imported."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.test_architecture import ROOMS, ROOT

Graph = dict[str, set[str]]


def sources() -> dict[str, str]:
    """Each module of ours, by its dotted name."""
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {dotted(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}


def dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports(source: str, modules: set[str]) -> Iterator[str]:
    """The modules that this one imports while it is imported itself, as it names them."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inside & modules or {node.module}


def graph(modules: dict[str, str]) -> Graph:
    """What has to be imported before each module: what it names, and the packages around that but not around itself."""
    known = set(modules)
    return {
        name: {
            package
            for target in imports(source, known)
            for package in (target, *packages(target))
            if package in known and (package == target or not name.startswith(f"{package}."))
        }
        - {name}
        for name, source in modules.items()
    }


def packages(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def circle(modules: dict[str, str]) -> list[str]:
    """One circle of imports, its first module again at its end; empty if there is none."""
    try:
        TopologicalSorter(graph(modules)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_is_no_circle() -> None:
    assert not circle(sources())


@pytest.mark.parametrize(
    ("modules", "found"),
    [
        ({"a": "import b", "b": "import c", "c": ""}, set()),
        ({"a": "from b import x", "b": "from a import y"}, {"a", "b"}),
        ({"a": "def f():\n    import b", "b": "import a"}, set()),
        ({"p": "from p.q import x", "p.q": "from p.r import y", "p.r": ""}, set()),
        ({"p": "from p.q import x", "p.q": "from a import y", "a": "from p.r import z", "p.r": ""}, {"p", "p.q", "a"}),
        ({"p": "from p.q import x", "p.q": "from p import y"}, {"p", "p.q"}),
        ({"p": "", "p.q": "from p import r", "p.r": ""}, set()),
    ],
)  # fmt: skip
def test_a_circle_is_found(modules: dict[str, str], found: set[str]) -> None:
    assert set(circle(modules)) == found
