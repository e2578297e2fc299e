"""A program of the operator's that listens to a sound file and writes what is said to its standard output."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.domain.transcripts import LONGEST_RUN, TranscriptTrouble
from bot.ports.transcripts import NotTranscribed

if TYPE_CHECKING:
    from asyncio.subprocess import Process

FILE, LANGUAGE = "{file}", "{language}"
MOST_OUTPUT: Final = 64 * 1024
"""Bytes that the program may say: more is no transcript."""
LAST_WORDS: Final = 1.0
"""Seconds to read what a program that was killed had said."""
POLITENESS: Final = 15
"""The program's niceness: people are answered first."""
SOUNDS: Final = "hearing-bot-sound-"
"""How the names of folders with sound files begin; the number of the process that made them is next."""
PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")
"""What the program gets of the environment: no secret."""


class CommandTranscriber:
    """Runs ``command`` on one sound file at a time, without a shell.

    ``{file}`` in it is the path of the file, which is appended where it is not there; ``{language}`` is ``ky``, ``ru``,
    ``uz`` or ``en``, or ``auto`` where that is not known.
    """

    def __init__(self, command: str, *, seconds: float = LONGEST_RUN.total_seconds()) -> None:
        self._words = shlex.split(command)
        self._seconds = seconds

    async def words_of(self, sound: bytes, *, language: str) -> str:
        """What is said in a sound file. Raises NotTranscribed.

        The file lies in a folder of its own that nobody else reads, and is removed with it. A program that takes too
        long, or says too much, is killed with everything that it has started; so it is where this is cancelled.
        """
        with tempfile.TemporaryDirectory(prefix=f"{SOUNDS}{os.getpid()}-") as folder:
            path = Path(folder) / "voice.ogg"
            await asyncio.to_thread(_write, path, sound)
            said = await self._run(self._arguments(path, language), folder)
        words = said.decode("utf-8", "replace")
        if "\0" in words or words.count("\ufffd") > len(words) // 10:
            raise NotTranscribed(TranscriptTrouble.NOTHING)
        return words

    def _arguments(self, path: Path, language: str) -> list[str]:
        spoken = language.partition("_")[0] or "auto"
        words = [word.replace(FILE, str(path)).replace(LANGUAGE, spoken) for word in self._words]
        return words if any(FILE in word for word in self._words) else [*words, str(path)]

    async def _run(self, arguments: list[str], folder: str) -> bytes:
        try:
            process = await asyncio.create_subprocess_exec(
                *arguments,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=folder,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                start_new_session=True,
            )
        except (OSError, ValueError):
            raise NotTranscribed(TranscriptTrouble.NO_PROGRAM) from None
        try:
            with contextlib.suppress(AttributeError, OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, POLITENESS)
            async with asyncio.timeout(self._seconds):
                said = await _output(process)
                code = await process.wait()
        except TimeoutError:
            raise NotTranscribed(TranscriptTrouble.TOO_SLOW) from None
        finally:
            await _end(process)
        if code:
            raise NotTranscribed(TranscriptTrouble.FAILED)
        return said


def program_of(command: str) -> str | None:
    """The path of the program that a command names; None where there is none."""
    words = shlex.split(command)
    return shutil.which(words[0]) if words else None


def remove_left_sounds() -> None:
    """Remove the sound files of processes that were killed while a program listened. To be called at the start."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SOUNDS}*"):
        number = folder.name.removeprefix(SOUNDS).partition("-")[0]
        if not number.isdigit() or not _is_another(int(number), folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_another(number: int, folder: Path) -> bool:
    """True where a folder may be that of another process, which runs."""
    if number == os.getpid():  # in a container each start has the same number
        return False
    if os.name == "nt":  # where nothing but its end can be sent to a process
        with contextlib.suppress(OSError):
            return time.time() - folder.stat().st_mtime < LONGEST_RUN.total_seconds()
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


async def _output(process: Process) -> bytes:
    """Everything that the process says. Raises NotTranscribed where that is too much."""
    assert process.stdout is not None
    said = b""
    while piece := await process.stdout.read(MOST_OUTPUT):
        said += piece
        if len(said) > MOST_OUTPUT:
            raise NotTranscribed(TranscriptTrouble.NOTHING)
    return said


async def _end(process: Process) -> None:
    """Kill whatever is left of the process and of what it has started, and wait for it and the end of what it says.

    A pipe that is not read to its end stays open in uvloop's loop.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    if process.returncode is None:
        await process.wait()
    assert process.stdout is not None
    with contextlib.suppress(TimeoutError):  # what has left its session may hold it
        async with asyncio.timeout(LAST_WORDS):
            while await process.stdout.read(MOST_OUTPUT):
                pass


def _write(path: Path, sound: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(sound)
