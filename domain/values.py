"""Dataclasses that are made when they are first used.

For each class `dataclass` of the standard library writes and compiles up to seven methods, which takes 0.7 ms. There
are 700 of them here, a quarter of what a start took, and a process uses a few dozen.

Import `dataclass` from here as from there: what is made is the same. Until a class is used, placeholders stand where
its methods will be. A class that cannot be made is an error of mypy's, and an exception when it is first used.
With `slots=True` it has to be the standard library's, which replaces the class.
"""

import dataclasses
from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_METHODS = ("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__match_args__")
_FIELDS = ("__dataclass_fields__", "__dataclass_params__")
_making = RLock()  # whoever makes a class makes those that it is derived from


class _Placeholder:
    """Stands for an attribute of a class, which it makes when somebody looks."""

    def __init__(self, name: str, make: Callable[[], None]) -> None:
        self._name, self._make = name, make

    def __get__(self, instance: object, owner: type) -> Any:
        self._make()
        return getattr(owner if instance is None else instance, self._name)


def _make(of: Any, options: dict[str, Any]) -> None:
    """Make this class, unless another thread has done so meanwhile."""
    with _making:
        if not _stands_in(of, "__init__"):
            return
        for name in (*_METHODS, *_FIELDS):
            if _stands_in(of, name):
                delattr(of, name)
        dataclasses.dataclass(**options, init=False)(of)
        # This comes last, all at once: until then other threads find the placeholder, and wait.
        type.__setattr__(of, "__init__", _initializer(of, options))


def _stands_in(of: type, name: str) -> bool:
    return isinstance(vars(of).get(name), _Placeholder)


def _initializer(of: Any, options: dict[str, Any]) -> Any:
    """What `dataclass` would have written for this class; it can only be had by making another one with its fields."""
    given = {"__doc__": of.__doc__}
    if hasattr(of, "__post_init__"):
        given["__post_init__"] = of.__post_init__
    own = [(each.name, each.type, each) for each in dataclasses.fields(of)]
    twin: Any = dataclasses.make_dataclass(of.__name__, own, namespace=given, **options, repr=False, eq=False)
    return twin.__init__


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(of: type | None = None, /, **options: Any) -> Any:
        if of is None:
            return lambda each: dataclass(each, **options)
        # A text made of the signature otherwise, which takes as long as everything else.
        of.__doc__ = of.__doc__ or of.__name__
        for name in ("__init__", *_METHODS, *_FIELDS):
            if name not in vars(of):
                setattr(of, name, _Placeholder(name, lambda: _make(of, options)))
        return of
