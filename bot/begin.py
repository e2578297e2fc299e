"""The first step of ``hearing-bot``: the demo says that it begins before it imports for seconds."""

from __future__ import annotations

import sys

from bot import meanwhile


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["demo"]:
        meanwhile.begin("Starting hearing-bot ...")
    from bot.cli import main as command_line  # noqa: PLC0415 - after the word

    command_line()
