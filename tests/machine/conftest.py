"""As in `tests.faults`: processes die here as well."""

from pathlib import Path

import pytest

from tests.faults.conftest import _what_the_dead_left  # noqa: F401 - a fixture


def pytest_collection_modifyitems(items):
    """Whoever dies while a connection is being made leaves it open."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
