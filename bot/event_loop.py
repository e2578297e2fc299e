"""The event loop of a bot that runs: uvloop's, and asyncio's own where there is no uvloop (Windows).

Why: docs/decisions/0069-uvloop.md.
"""

from __future__ import annotations

import asyncio
import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


def new_event_loop() -> AbstractEventLoop:
    """A loop for ``asyncio.Runner``."""
    if importlib.util.find_spec("uvloop") is None:
        return asyncio.new_event_loop()
    made: AbstractEventLoop = importlib.import_module("uvloop").new_event_loop()
    return made
