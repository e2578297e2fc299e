"""The loop that a bot runs in."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from typing import TYPE_CHECKING

from bot.event_loop import new_event_loop

if TYPE_CHECKING:
    import pytest


def name_of_loop() -> str:
    """The package that the loop of a bot comes from."""

    async def name() -> str:
        return type(asyncio.get_running_loop()).__module__.partition(".")[0]

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(name())


def test_a_bot_runs_in_the_quick_loop_where_there_is_one() -> None:
    assert name_of_loop() == ("uvloop" if importlib.util.find_spec("uvloop") else "asyncio")


def test_where_there_is_none_it_runs_in_the_loop_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert name_of_loop() == "asyncio"
