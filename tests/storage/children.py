"""Child processes that a test runs beside itself, and may kill.

They are forked from a process that has ``storage`` imported already: to import it takes longer than what most of them
do. ``run_afresh`` starts an interpreter instead, for what is about its end.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

REPOSITORY = Path(__file__).parents[2]
_PREAMBLE = """
import asyncio, os, sys
import storage
from bot.domain.errors import StoreUnavailable
from pathlib import Path
url = sys.argv[1]

"""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.app", "bot.simulator.telegram", "tests.faults.living_process"])


class Child:
    """A running program; what it prints and complains of can be read while it runs."""

    def __init__(self, code: str, arguments: list[str]) -> None:
        (out, write_out), (err, write_err) = (_FORKS.Pipe(duplex=False) for _ in range(2))
        self._process = _FORKS.Process(target=_execute, args=(code, arguments, write_out, write_err))
        self._process.start()
        write_out.close()
        write_err.close()
        self.stdout, self.stderr = (os.fdopen(os.dup(end.fileno()), encoding="utf-8") for end in (out, err))
        out.close()
        err.close()

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()

    def communicate(self, timeout: float) -> tuple[str, str]:
        """Wait for the end: what it printed and what it complained of, as far as that was not read before."""
        with self.stdout, self.stderr, ThreadPoolExecutor(1) as reader:
            complaints = reader.submit(self.stderr.read)
            printed = self.stdout.read()
            self._process.join(timeout)
            assert self._process.exitcode is not None, "the child did not end"
            return printed, complaints.result()

    @property
    def returncode(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._process.exitcode


def start(program: str, *arguments: object) -> Child:
    """A process with ``storage`` imported and its first argument as ``url``; warnings are errors in it."""
    return Child(_PREAMBLE + textwrap.dedent(program), [str(argument) for argument in arguments])


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The same, waited for."""
    child = start(program, *arguments)
    printed, complaints = child.communicate(90)
    assert child.returncode is not None
    return subprocess.CompletedProcess(program, child.returncode, printed, complaints)


def run_afresh(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The same in an interpreter of its own, which tidies up at its end."""
    command = [sys.executable, "-W", "error", "-c", _PREAMBLE + textwrap.dedent(program), *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=90)


def _execute(code: str, arguments: list[str], out: Connection, err: Connection) -> None:
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    out.close()
    err.close()
    sys.argv = ["-c", *arguments]
    warnings.simplefilter("error")
    exec(compile(code, "<child>", "exec"), {"__name__": "__main__"})
