"""The operator's program that writes voice messages down: without a shell, bounded, ended with all it has started."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from bot.domain.transcripts import TranscriptTrouble, tidied_transcript
from bot.ports.transcripts import NotTranscribed
from bot.tasks import Tasks
from bot.worker.transcriber import MOST_OUTPUT, SOUNDS, CommandTranscriber, remove_left_sounds

if TYPE_CHECKING:
    from pathlib import Path

BEGINNING = f"#!{sys.executable} -S\nimport os, sys, time, pathlib\n"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program whose last lines a test writes."""
    path = tmp_path / "listen"
    path.touch()
    path.chmod(stat.S_IRWXU)
    return path


def write(program: Path, lines: str) -> str:
    program.write_text(BEGINNING + lines, "utf-8")
    return str(program)


async def trouble(command: str, *, seconds: float = 60) -> TranscriptTrouble:
    """Why nothing was written down."""
    with pytest.raises(NotTranscribed) as failure:
        await CommandTranscriber(command, seconds=seconds).words_of(b"OggS", language="ky")
    return failure.value.trouble


def runs(pid: int) -> bool:
    """Whether a process is still there: one that was killed may be, until the system has come round to it."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_it_gets_the_sound_the_language_and_no_secret(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    command = write(
        program,
        "path = sys.argv[-1]\n"
        "print(sys.argv[1:-1], pathlib.Path(path).read_bytes(), oct(os.stat(path).st_mode & 0o777))\n"
        "print('BOT_TOKEN' in os.environ, path)",
    )
    said = await CommandTranscriber(f"{command} '--say; rm -rf /' {{language}} {{file}}").words_of(
        b"OggS", language="uz_Cyrl"
    )
    first, second = said.splitlines()
    assert first == "['--say; rm -rf /', 'uz'] b'OggS' 0o600"
    knows_token, path = second.split()
    assert knows_token == "False"
    with pytest.raises(FileNotFoundError):
        await asyncio.to_thread(open, path)
    assert path in (await CommandTranscriber(command).words_of(b"OggS", language="")) or path.endswith("voice.ogg")


async def test_what_goes_wrong_has_a_name(program: Path) -> None:
    assert await trouble("/no/such/program") is TranscriptTrouble.NO_PROGRAM
    assert await trouble(write(program, "print('Жол'); sys.exit(3)")) is TranscriptTrouble.FAILED
    endless = f"while True: sys.stdout.write('a' * {MOST_OUTPUT})"
    assert await trouble(write(program, endless)) is TranscriptTrouble.NOTHING
    assert await trouble(write(program, "sys.stdout.buffer.write(b'\\xff' * 100)")) is TranscriptTrouble.NOTHING


async def test_nothing_stays_open_of_programs_that_say_too_much(program: Path) -> None:
    command = write(program, f"while True: sys.stdout.write('a' * {MOST_OUTPUT})")
    await trouble(command)
    before = psutil.Process().num_fds()
    for _ in range(4):
        await trouble(command)
    async with asyncio.timeout(30):
        while psutil.Process().num_fds() > before:
            await asyncio.sleep(0)


async def test_a_program_that_takes_too_long_is_killed_with_what_it_has_started(program: Path, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    lines = (
        "import subprocess\n"
        "child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(600)"
    )
    command = write(program, lines)
    listening = CommandTranscriber(command, seconds=600).words_of(b"OggS", language="ky")
    running = Tasks().start(listening, name="listening")
    while not note.exists() or not note.read_text("utf-8"):
        await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    async with asyncio.timeout(30):
        while any(map(runs, map(int, note.read_text("utf-8").split()))):
            await asyncio.sleep(0)
    assert await trouble(command, seconds=0.5) is TranscriptTrouble.TOO_SLOW


def test_sound_that_a_killed_bot_has_left_is_removed_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-S", "-c", ""])
    gone.wait()
    for number in (gone.pid, os.getpid(), os.getppid()):
        folder = tmp_path / f"{SOUNDS}{number}-abc"
        folder.mkdir()
        (folder / "voice.ogg").write_bytes(b"OggS")
    remove_left_sounds()
    assert [path.name for path in tmp_path.iterdir()] == [f"{SOUNDS}{os.getppid()}-abc"]  # another bot listens


def test_what_it_says_is_tidied() -> None:
    assert tidied_transcript("\n  Жол\tкерек \x1b[0m\r\n\n көпүрө\x00 \n") == "Жол керек [0m\nкөпүрө"
    assert len(tidied_transcript("сөз " * 5000)) <= 4000
