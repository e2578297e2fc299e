"""The loop in which tests run: the bot's own, which is uvloop's where there is one; ``--loop=asyncio``: asyncio's.

So what runs on Windows, where there is no uvloop, is tested too: ``.ci/run`` does so with the lowest versions.
"""

from __future__ import annotations

import asyncio
import warnings
from types import MethodType
from typing import TYPE_CHECKING

from bot.event_loop import new_event_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the option."""
    words = "the event loop: the bot's own (uvloop's where there is one), or asyncio's, as on Windows"
    parser.addoption("--loop", choices=("own", "asyncio"), default="own", help=words)


def pytest_asyncio_loop_factories(config: pytest.Config) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop of each asynchronous test."""
    return {"loop": asyncio.new_event_loop if config.getoption("--loop") == "asyncio" else own_event_loop}


def own_event_loop() -> asyncio.AbstractEventLoop:
    """The bot's own loop, which also ends where something is left open in it.

    uvloop (0.23) waits for ever for what it has warned of instead of closed, where a warning is an error.
    """
    loop = new_event_loop()
    loop.close = MethodType(_close, loop)  # type: ignore[method-assign]
    return loop


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """Close everything first and warn afterwards."""
    with warnings.catch_warnings(record=True) as left_open:
        warnings.simplefilter("always", ResourceWarning)
        type(loop).close(loop)
    for each in left_open:
        warnings.warn(each.message, stacklevel=2)
