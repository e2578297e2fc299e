"""Modules are compiled once, before the processes of a run begin, not once more in each of them.

Pytest rewrites the assertions of a test module when it is first imported: seven times the work of compiling it. The
processes of a run import the same modules in the same order at the same time, and none finds what another has written.
"""

from __future__ import annotations

import os
import py_compile
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.assertion import rewrite

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS = ("bot", "handlers", "locales", "storage", "tests")
PRIVATE = ("PYC_TAIL", "_rewrite_test", "_write_pyc", "assertstate_key", "get_cache_dir")
"""What pytest offers under no public name; where one is gone, each process rewrites the modules that it imports."""


def begins_processes(config: pytest.Config) -> bool:
    """Whether this process begins others which collect and run the tests; known from ``pytest_configure`` on."""
    return bool(getattr(config.option, "tx", None)) and not hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile what is missing, on all cores; xdist begins its processes afterwards."""
    config = session.config
    if begins_processes(config) and hasattr(os, "fork") and all(hasattr(rewrite, name) for name in PRIVATE):
        _on_all_cores(config, [path for path in _modules(config) if not _is_compiled(path)])


def _modules(config: pytest.Config) -> list[Path]:
    """The modules of the tests that are asked for, those of the product, and what stands beside the tests."""
    asked = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    tests = {path for place in asked for path in (place.rglob("*.py") if place.is_dir() else [place])}
    others = {path for name in OURS for path in Path(config.rootpath, name).rglob("*.py") if not _is_rewritten(path)}
    return sorted(tests | others)


def _is_rewritten(path: Path) -> bool:
    return path.name.startswith("test_") or path.name == "conftest.py"


def _compiled(path: Path) -> Path:
    if _is_rewritten(path):
        return rewrite.get_cache_dir(path) / f"{path.stem}{rewrite.PYC_TAIL}"
    return Path(cache_from_source(path))


def _is_compiled(path: Path) -> bool:
    """Whether it was since it was last changed; if that is wrong, whoever imports it compiles it."""
    there = _compiled(path)
    return there.exists() and there.stat().st_mtime >= path.stat().st_mtime


def _on_all_cores(config: pytest.Config, paths: Sequence[Path]) -> None:
    children = []
    cores = min(os.cpu_count() or 1, len(paths))
    for turn in range(cores):
        if child := os.fork():
            children.append(child)
            continue
        try:
            for path in paths[turn::cores]:
                _compile(config, path)
        finally:
            os._exit(0)
    for child in children:
        os.waitpid(child, 0)


def _compile(config: pytest.Config, path: Path) -> None:
    with suppress(OSError, SyntaxError):  # whoever imports it says so
        if not _is_rewritten(path):
            py_compile.compile(str(path), quiet=2)
            return
        found = _compiled(path)
        found.parent.mkdir(exist_ok=True)
        source, code = rewrite._rewrite_test(path, config)
        rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, source, found)
