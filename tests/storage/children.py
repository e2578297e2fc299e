"""Child processes that a test runs beside itself, and may kill."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
_PREAMBLE = """
import asyncio, os, sys
import storage
from bot.domain.errors import StoreUnavailable
from pathlib import Path
url = sys.argv[1]

"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process with ``storage`` imported and its first argument as ``url``; warnings are errors in it."""
    code = _PREAMBLE + textwrap.dedent(program)
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The same, waited for."""
    process = start(program, *arguments)
    out, complaints = process.communicate(timeout=90)
    return subprocess.CompletedProcess(process.args, process.returncode, out, complaints)
