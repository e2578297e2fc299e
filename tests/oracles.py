"""Programs of others that compute the same as ours, each in an environment of its own that an option names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

ORACLES: Final = {
    "red_dwarf": "holds the groups of opinion against red-dwarf (pip install red-dwarf, apart from ours)",
    "frictionless": "lets frictionless validate the bundles of tables (pip install frictionless, apart from ours)",
    "pabutools": "lets pabutools read the files of Pabulib (pip install pabutools, apart from ours)",
}
"""Marks, each with the option that names a Python: ``--red-dwarf /path/to/python``."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the options."""
    for mark, meaning in ORACLES.items():
        parser.addoption(_option(mark), metavar="PYTHON", help=meaning)


def pytest_configure(config: pytest.Config) -> None:
    """Know the marks."""
    for mark, meaning in ORACLES.items():
        config.addinivalue_line("markers", f"{mark}: {meaning}; {_option(mark)} PYTHON runs it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests whose oracle is not there."""
    absent = [mark for mark in ORACLES if not config.getoption(_option(mark))]
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in absent)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _option(mark: str) -> str:
    return f"--{mark.replace('_', '-')}"
