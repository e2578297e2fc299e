"""The first step of ``hearing-bot``, before it imports for seconds: the demo says that it begins."""

from __future__ import annotations

import gc
import sys

from bot import meanwhile


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["demo"]:
        meanwhile.begin("Starting hearing-bot ...")
    elif sys.argv[1:2] == ["run"]:
        gc.disable()  # until it runs: what is imported is no garbage
    from bot.cli import main as command_line  # noqa: PLC0415 - after the word

    command_line()
