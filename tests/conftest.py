"""Fixtures every test may ask for."""

from __future__ import annotations

import gc
import os
import sys

import pytest
import structlog

from tests.memory import use_memory

pytest_plugins = [
    "tests.compiled",
    "tests.loops",
    "tests.scale",
    "tests.servers",
    "tests.selection",
    "tests.oracles",
    "tests.demo.pictures",
]

FIXTURES = ("tests.statements", "tests.databases", "tests.living")
"""They import the whole bot."""
pytest.register_assert_rewrite(*FIXTURES)  # the conftest of a folder that is named alone imports them first

# Many tests start a bot in a process of its own: the house is compiled for the first of them, not for every one.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A traceback is written as Python writes it, also where rich is installed: drawing it takes fifteen milliseconds.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

use_memory()

gc.disable()  # what is imported and collected now is no garbage; ``pytest_collection_finish`` lets it work again


def pytest_configure(config: pytest.Config) -> None:
    """Know the fixtures, except in the process that only begins others and waits for them."""
    from tests.compiled import begins_processes

    if not begins_processes(config):
        for name in FIXTURES:
            config.pluginmanager.import_plugin(name)


def pytest_xdist_auto_num_workers() -> int:
    """``-n auto``: two more than there are cores, since many tests wait for a process or a browser."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 2


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the collector of garbage need not look through them again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)  # a tenth of the processor's time went into looking for garbage
    gc.enable()
