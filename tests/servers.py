"""Where all processes of a run read which PostgreSQL server is theirs, and who ends it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of a run have together."""
    found = factory.getbasetemp()
    return found.parent if "PYTEST_XDIST_WORKER" in os.environ else found


def server_file(factory: pytest.TempPathFactory) -> Path:
    """The file with the server; it is missing before one has begun."""
    return shared_folder(factory) / "postgresql.json"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no server and no template behind, when the last process of the run has ended."""
    known = server_file(session.config._tmp_path_factory)  # type: ignore[attr-defined]
    if "PYTEST_XDIST_WORKER" not in os.environ and known.exists():
        from tests.databases import end

        end(json.loads(known.read_text()))
