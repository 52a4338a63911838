"""What people are interested in: the catalogue of topics, and how hasty words are matched to it."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from domain.topics.catalogue_files import Topic, TopicGroup, read
from domain.topics.guesses import Guess, Understood
from domain.topics.stances import heard, opinion, takes_a_side, without_side
from domain.topics.words import similar_words

if TYPE_CHECKING:
    from domain.topics.understanding import Catalogue

__all__ = [
    "Guess",
    "Topic",
    "TopicGroup",
    "Understood",
    "heard",
    "load",
    "opinion",
    "similar_words",
    "takes_a_side",
    "warm_up",
    "without_side",
]  # fmt: skip

_loaded: list["Catalogue"] = []
_loading = Lock()


def load() -> "Catalogue":
    """The catalogue, which the first call reads; importing this package reads nothing. See `Catalogue.index`."""
    from domain.topics.understanding import Catalogue  # noqa: PLC0415 - with NumPy, which takes 80 ms of a start

    with _loading:  # the first two calls may come from two threads
        if not _loaded:
            _loaded.append(Catalogue(*read()))
    return _loaded[0]


def warm_up(going_on: Callable[[], bool] = lambda: True) -> bool:
    """Load the optional sentence encoder (see `Catalogue.take_in_sense`). Blocks for seconds: use a thread."""
    return load().take_in_sense(going_on)
