"""The first step of ``hearing-bot``, before it imports for seconds: the demo says that it begins."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

from bot import meanwhile

IN_SMALL_PAGES: Final = ("MIMALLOC_ARENA_EAGER_COMMIT", "0")
"""pyreqwest's allocator takes 2 MB where it needs 4 KB, of which the system gives each whole: 7 MB of an idle bot.

The variable is one that mimalloc documents; it is read when pyreqwest is imported (docs/decisions/0070-pyreqwest.md).
"""


def main() -> None:
    """Run the command line."""
    os.environ.setdefault(*IN_SMALL_PAGES)
    if sys.argv[1:2] == ["demo"]:
        meanwhile.begin("Starting hearing-bot ...")
    elif sys.argv[1:2] == ["run"]:
        gc.disable()  # until it runs: what is imported is no garbage
    from bot.cli import main as command_line  # noqa: PLC0415 - after the word

    command_line()
