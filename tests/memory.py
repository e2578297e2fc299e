"""Where temporary files live in memory: tests write thousands, and each commit to a disk waits for the disk.

No test cuts the power, so none asks for more than a process that was killed leaves behind.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Final

MEMORY: Final = "/dev/shm"
ROOMY: Final = 2 << 30
"""Free bytes from which on it is used. A whole run leaves half a gigabyte, until the next one ends."""


def roomy_memory() -> str | None:
    """The folder; None where there is none, or little room."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOMY
    return MEMORY if roomy else None


def use_memory() -> None:
    """Let this process, and those it starts, make temporary files there."""
    if memory := roomy_memory():
        os.environ["TMPDIR"] = tempfile.tempdir = memory
