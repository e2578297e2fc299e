"""Workbooks that are not Open XML, read by a process of its own with limits of memory and time.

The library that reads old Excel files ends its process where a file makes it ask for too much memory: a file may end
that one (docs/decisions/0030-other-formats-in-a-child.md), nothing else, and nothing of ours is in its environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.spreadsheets.cells import Percent
from bot.spreadsheets.faults import Code
from bot.spreadsheets.grids import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Broken, CannotOpen, Grid, Unsaved, trimmed
from bot.spreadsheets.layout import Layout, Merge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_SECONDS: Final = 20
"""How long the process may take, waiting included."""
_CHILD: Final = Path(__file__).with_name("other_formats_child.py")
_FORMATS: Final = {Code.OPEN_DOCUMENT: "ods"}
_PASSWORD: Final = 3
"""How the process ends where the file has a password."""
_VALUES: Final[Mapping[str, Callable[[Any], object]]] = {
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "percent": Percent,
    "error": Broken,
    "unsaved": lambda _: Unsaved(),
}
"""What becomes of a value that JSON does not have, by its kind."""


def read(content: bytes, otherwise: Code) -> tuple[Grid, ...]:
    """The sheets in order; raises ``CannotOpen`` with ``otherwise`` where the process could not read the file."""
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as found:
        file.write(content)
        file.seek(0)
        limits = [str(number) for number in (MOST_SHEETS, MOST_ROWS, MOST_COLUMNS)]
        command = [sys.executable, "-P", "-S", str(_CHILD), _FORMATS.get(otherwise, "excel"), *limits]
        try:
            ended = subprocess.run(  # noqa: S603 - our own file, no shell
                command,
                stdin=file,
                stdout=found,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotOpen(otherwise) from error
        if ended.returncode:
            raise CannotOpen(Code.ENCRYPTED if ended.returncode == _PASSWORD else otherwise)
        found.seek(0)
        try:
            return tuple(_grid(sheet, formats_known=otherwise is Code.OPEN_DOCUMENT) for sheet in json.load(found))
        except (ValueError, TypeError, LookupError, OverflowError) as error:
            raise CannotOpen(otherwise) from error


def _environment() -> dict[str, str]:
    """Where modules are, and nothing else: this process has secrets in its environment."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _grid(sheet: dict[str, Any], *, formats_known: bool) -> Grid:
    rows = ((int(number), trimmed(map(_value, values))) for number, values in sheet["rows"])
    layout = Layout(
        [Merge(*each) for each in sheet["merges"]],
        list(sheet["hidden_rows"]),
        [(first, last) for first, last in sheet["hidden_columns"]],
    )
    return Grid(
        str(sheet["name"]),
        tuple(row for row in rows if row[1]),
        cut=bool(sheet["cut"]),
        hidden=bool(sheet["hidden"]),
        formats_known=formats_known,
        layout=layout,
    )


def _value(value: Any) -> object:
    if isinstance(value, dict):
        ((kind, written),) = value.items()
        return _VALUES[kind](written)
    return None if isinstance(value, str) and not value.strip() else value
