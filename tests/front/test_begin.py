"""What the first step of the program settles for everything that follows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

HUGE: Final = Path("/sys/kernel/mm/transparent_hugepage/enabled")
"""Whether Linux gives memory in pieces of 2 MB: always, to who asks, never."""
BEGUN: Final = """
import sys
from contextlib import suppress
from bot.begin import main
sys.argv = ["hearing-bot", "--version"]
with suppress(SystemExit):
    main()
import pyreqwest.client
print(sum(int(line.split()[1]) for line in open("/proc/self/smaps") if line.startswith("AnonHugePages")))
"""


@pytest.mark.skipif(not HUGE.exists() or "[madvise]" not in HUGE.read_text(), reason="here nobody can ask for such")
def test_no_memory_is_taken_in_pieces_of_two_megabytes() -> None:
    run = subprocess.run([sys.executable, "-c", BEGUN], capture_output=True, text=True, check=True)
    assert run.stdout.split()[-1] == "0"
