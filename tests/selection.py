"""Which tests run, and in which order: ``--without-servers`` leaves out PostgreSQL, Chromium and what kills processes.

Left out is deselected, not skipped: whoever asked for less need not read hundreds of reasons.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

MARKS: Final = {
    "browser": "needs Chromium",
    "kills": "starts the bot in processes of its own and kills them",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the option."""
    words = "leave out the tests that need PostgreSQL or Chromium, and those that kill processes"
    parser.addoption("--without-servers", action="store_true", help=words)


def pytest_configure(config: pytest.Config) -> None:
    """Know the marks."""
    config.addinivalue_line("markers", "npm: fetches a program by npm once; left out where there is no npm")
    for name, meaning in MARKS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}; --without-servers leaves it out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was asked for, and what needs npm where there is none."""
    without = config.getoption("--without-servers")
    left_out = [item for item in items if (without and needs_servers(item)) or cannot_fetch(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not waits(item))


def waits(item: pytest.Item) -> bool:
    """Whether a test mostly waits, for a browser or for processes: of several workers one begins with those.

    The others have the processor meanwhile; begun last, the longest would be waited for by all.
    """
    return any(item.get_closest_marker(name) for name in MARKS)


def cannot_fetch(item: pytest.Item) -> bool:
    """Whether a test fetches a program by npm, on a machine without it."""
    return item.get_closest_marker("npm") is not None and shutil.which("npm") is None


def needs_servers(item: pytest.Item) -> bool:
    """Whether a test is of those that ``--without-servers`` leaves out."""
    if waits(item):
        return True
    asked = getattr(item, "fixturenames", ())
    chosen = getattr(item, "callspec", None)
    return "cluster" in asked or (chosen is not None and "postgresql" in chosen.params.values())
