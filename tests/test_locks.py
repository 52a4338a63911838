"""Every lock file holds all that its list asks for: what a machine that is new installs is what the code imports."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LISTS = sorted(path.name for path in ROOT.glob("requirements*.in"))


def wanted(name: str) -> set[str]:
    """The names that a list asks for, with those of the lists that it includes."""
    names: set[str] = set()
    for line in (ROOT / name).read_text().splitlines():
        if line.startswith("-r "):
            names |= wanted(line.removeprefix("-r ").strip())
        elif line and not line.startswith("#"):
            names.add(canonicalize_name(Requirement(line).name))
    return names


def locked(name: str) -> dict[str, str]:
    """The version of each package that a lock file pins."""
    pins: dict[str, str] = {}
    for line in (ROOT / name).with_suffix(".txt").read_text().splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            requirement = Requirement(line.removesuffix("\\").strip())
            pins[canonicalize_name(requirement.name)] = str(requirement.specifier)
    return pins


@pytest.mark.parametrize("name", LISTS)
def test_a_lock_holds_all_that_its_list_asks_for(name: str) -> None:
    assert wanted(name)
    assert not wanted(name) - locked(name).keys()


@pytest.mark.parametrize("name", LISTS)
def test_a_lock_has_the_hashes_of_each_package_and_no_address(name: str) -> None:
    text = (ROOT / name).with_suffix(".txt").read_text()
    pins = [each for each in re.split(r"\n(?=[a-z])", text) if "==" in each.partition("\n")[0]]
    assert len(pins) >= len(wanted(name))
    assert [each for each in pins if "--hash=sha256:" not in each] == []
    assert not re.search(r"https?:|--(?:extra-)?index-url|--find-links", text)


def test_the_tests_run_on_the_versions_that_the_bot_runs_on() -> None:
    bot, tests = locked("requirements.in"), locked("requirements-dev.in")
    assert bot.items() <= tests.items()
