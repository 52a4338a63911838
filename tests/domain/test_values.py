"""A class is made when it is first used, and is then what the standard library makes of it."""

import copy
import dataclasses
import inspect
import pickle
import pkgutil
import re
import threading
from importlib import import_module
from pathlib import Path

import pytest

import actions
import domain
import messages
from domain.values import dataclass

ROOT = Path(__file__).parents[2]


def _two(by):
    """The same classes, made by one of the two."""

    @by(frozen=True)
    class Base:
        number: int
        name: str = "x"

        def __repr__(self):
            return "own"

    @by(frozen=True)
    class Derived(Base):
        at: int | None = dataclasses.field(default=None, compare=False, metadata={"stored": "a"})
        more: list[int] = dataclasses.field(default_factory=list, kw_only=True)

        def __post_init__(self):
            if self.number < 0:
                raise ValueError

    return Base, Derived


@pytest.mark.parametrize(
    "asked",
    [
        lambda base, more: [
            (f.name, f.default, f.kw_only) for x in (base, more) for f in dataclasses.fields(x)
        ],
        lambda base, more: (base.__match_args__, more.__match_args__),
        lambda base, more: [[str(p) for p in inspect.signature(x).parameters.values()] for x in (base, more)],
        lambda base, more: (repr(base(1)), repr(more(1)) == repr(more(2))),
        lambda base, more: (more(1, at=1) == more(1, at=2), more(1) == more(2), base(1) == base(2)),
        lambda base, more: (base(1) == more(1), hash(base(1)) == hash(base(1))),
        lambda base, more: (base(1).name, dataclasses.asdict(dataclasses.replace(more(1), number=2))),
        lambda base, more: (base.name, dataclasses.astuple(copy.copy(more(1, "y", 3, more=[4])))),
        lambda base, more: [(dataclasses.is_dataclass(each), each.name) for each in (base, more)],
    ],
)
def test_it_is_as_the_standard_library_makes_it(asked):
    assert asked(*_two(dataclass)) == asked(*_two(dataclasses.dataclass))


@pytest.mark.parametrize(
    ("error", "wrong"),
    [
        (dataclasses.FrozenInstanceError, lambda derived: setattr(derived(1), "number", 2)),
        (dataclasses.FrozenInstanceError, lambda derived: setattr(derived(1), "else_", 2)),
        (dataclasses.FrozenInstanceError, lambda derived: delattr(derived(1), "number")),
        (TypeError, lambda derived: derived()),
        (TypeError, lambda derived: hash(derived(1))),
        (ValueError, lambda derived: derived(-1)),
    ],
)
def test_it_refuses_what_theirs_refuses(error, wrong):
    for by in (dataclass, dataclasses.dataclass):
        with pytest.raises(error):
            wrong(_two(by)[1])


def test_it_is_made_by_its_first_use_only():
    base, derived = _two(dataclass)
    before = vars(base)["__init__"], vars(derived)["__init__"]
    derived(1)
    after = vars(base)["__init__"], vars(derived)["__init__"]
    derived(2)
    assert before[1] != after[1] == vars(derived)["__init__"]


@dataclass(frozen=True)
class _Sent:
    number: int


def test_what_another_process_has_pickled_makes_it():
    there = pickle.dumps(_Sent(1)).replace(b"_Sent", b"_Read")
    assert pickle.loads(there) == _Read(1)


@dataclass(frozen=True)
class _Read:
    number: int


def test_threads_that_use_it_first_at_once_all_find_it_made():
    for _ in range(20):
        _, derived = _two(dataclass)
        ready, found = threading.Barrier(4), []

        def use(ready=ready, found=found, derived=derived):
            ready.wait()
            found.append(derived(1).number)

        threads = [threading.Thread(target=use) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert found == [1, 1, 1, 1]


def test_each_class_of_ours_can_be_made():
    rooms = [each for room in (domain, actions, messages) for each in _modules(room)]
    made = {each: dataclasses.fields(each) for module in rooms for each in _classes(module)}
    assert len(made) > 600


def _modules(room):
    for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if found.name != "messages.organising.chart_drawing":  # a program of its own
            yield import_module(found.name)


def _classes(of):
    """The dataclasses in this module, or class, and in those."""
    for each in vars(of).values():
        if isinstance(each, type) and each.__module__.partition(".")[0] in {"domain", "actions", "messages"}:
            if dataclasses.is_dataclass(each):
                yield each
            if each is not of:
                yield from _classes(each)


def test_whoever_has_theirs_made_at_once_needs_slots():
    for room in ("domain", "db", "actions", "messages", "handlers", "scheduler", "web", "bot"):
        for path in (ROOT / room).rglob("*.py"):
            source = path.read_text("utf-8")
            theirs = re.search(r"^from dataclasses import .*\bdataclass\b", source, re.MULTILINE)
            assert not theirs or path == ROOT / "domain/values.py" or "slots=True" in source, path
