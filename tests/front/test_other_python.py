"""Every file is the same bytes in another Python, with another time zone, locale and order of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.reports.report import ReportFormat
from tests.front.shell import HOUSE, settled, shell
from tests.front.test_reports_command import ELSEWHERE, EVERY_FORM, hearing, tree

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from tests.front.shell import Shell

__all__ = ["hearing", "settled", "shell"]

OLDEST = (3, 11)


def versions() -> dict[tuple[int, ...], Path]:
    """The Pythons of pyenv that the program runs with, by their versions."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = {tuple(map(int, path.parts[-3].split("."))): path for path in root.glob("3.*.[0-9]*/bin/python3")}
    return {version: path for version, path in found.items() if version >= OLDEST}


def another() -> Path:
    """The newest Python of another version than this one; where the machine has none, this one, and that is said."""
    others = {version: path for version, path in versions().items() if version[:2] != sys.version_info[:2]}
    if not others:
        sys.stdout.write(f"No other Python here than {sys.version.split()[0]}: compared with that alone.\n")
        return Path(sys._base_executable)  # type: ignore[attr-defined]
    return others[max(others)]


def installed(python: Path, environment: Path) -> Path:
    """The command in an environment of that Python, with the very versions of ``constraints.txt``."""
    subprocess.run((python, "-m", "venv", "--without-pip", environment), check=True)
    pip = (sys._base_executable, "-m", "pip", "--python", environment / "bin" / "python")  # type: ignore[attr-defined]
    done = subprocess.run(
        (*pip, "install", "-q", "--no-compile", "-c", HOUSE / "constraints.txt", HOUSE),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return environment / "bin" / "hearing-bot"


@pytest.mark.full
@pytest.mark.timeout(600)
async def test_every_file_is_the_same_bytes_in_another_python(
    shell: Shell, hearing: Hearing, sqlite_url: str, tmp_path: Path
) -> None:
    asked = ("report", "--all", *EVERY_FORM, "--language", "ru", "-o")
    here = await shell.beside(*asked, "here", DATABASE_URL=sqlite_url, TZ="Asia/Bishkek")
    assert here.code == 0, here.stderr
    program = installed(another(), tmp_path / "environment")
    around = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    there = subprocess.run(
        (program, *asked, "there"),
        cwd=shell.folder,
        env={**around, **ELSEWHERE, "DATABASE_URL": sqlite_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert there.returncode == 0, there.stderr
    made = tree(shell.folder / "here")
    assert len(made) == 2 * len(ReportFormat)
    assert {name for name, content in tree(shell.folder / "there").items() if made.get(name) != content} == set()
    assert set(tree(shell.folder / "there")) == set(made)
    assert hearing.code in {name.partition("/")[0] for name in made}
