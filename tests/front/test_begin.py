"""What the first step of the program settles for everything that follows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from bot.begin import IN_SMALL_PAGES

MAPPED: Final = Path("/proc/self/smaps")
HUGE: Final = Path("/sys/kernel/mm/transparent_hugepage/enabled")
"""Whether Linux gives memory in pieces of 2 MB: to everybody, to who asks, to nobody."""
BEGUN: Final = f"""
import os, sys
from contextlib import suppress
from pathlib import Path
from bot.begin import main
sys.argv = ["hearing-bot", "--version"]
with suppress(SystemExit):
    main()
import pyreqwest.client
mapped = Path({str(MAPPED)!r})
lines = mapped.read_text().splitlines() if mapped.exists() else []
huge = sum(int(line.split()[1]) for line in lines if line.startswith("AnonHugePages"))
print(os.environ[{IN_SMALL_PAGES[0]!r}], huge)
"""


def begun(**settings: str) -> list[str]:
    """What the allocator is told, and how many KB it then has in pieces of 2 MB (0 where Linux does not say)."""
    environment = {name: value for name, value in os.environ.items() if name != IN_SMALL_PAGES[0]}
    command = [sys.executable, "-c", BEGUN]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment | settings)
    return run.stdout.split()[-2:]


def test_no_memory_is_taken_in_pieces_of_two_megabytes_unless_an_operator_wants_it() -> None:
    name, wanted = IN_SMALL_PAGES
    told, huge = begun()
    assert told == wanted
    assert huge == "0" or "[always]" in HUGE.read_text()
    assert begun(**{name: "1"})[0] == "1"
