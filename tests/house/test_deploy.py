"""The files under ``deploy/``: what they name is there, and where the tool for one is here, it has nothing to say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.cli import main
from bot.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

DEPLOY: Final = Path(__file__).parents[2] / "deploy"
README: Final = (DEPLOY.parent / "README.md").read_text("utf-8")
KNOWN: Final = frozenset(name.upper() for name in Settings.model_fields)
OF_OTHERS: Final = frozenset({"PATH", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"})
SETTING: Final = re.compile(r"\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|LISTEN|TIMEZONE|PATH)(?=[=:] ?)")
"""A name in capitals that is given a value."""
COMMAND: Final = re.compile(r'hearing-bot(?:", "| )([a-z]+)\b')


def unknown_settings(text: str) -> set[str]:
    """Names that are given values and are neither ours nor those of a program that we know."""
    return set(SETTING.findall(text)) - KNOWN - OF_OTHERS


def unknown_commands(text: str) -> set[str]:
    """Commands of the program that it has not."""
    lines = (line for line in text.splitlines() if "hearing-bot" in line and not line.lstrip().startswith("# docker"))
    return {name for line in lines for name in COMMAND.findall(line)} - set(main.commands)


def complaints_of_systemd(unit: str, folder: Path) -> str:
    """What ``systemd-analyze verify`` says: nothing, or a line for each key that it does not know."""
    if shutil.which("systemd-analyze") is None:
        return ""
    file = folder / "hearing-bot.service"
    file.write_text(re.sub(r"(?m)^ExecStart=.*$", "ExecStart=/bin/true", unit), "utf-8")
    said = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    return said.stderr


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_every_setting_and_command_that_a_file_names_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    assert unknown_settings(text) == set()
    assert unknown_commands(text) == set()
    assert f"deploy/{path.name}" in README


@pytest.mark.parametrize(
    ("find", "sound", "planted"),
    [
        (unknown_settings, "LISTEN: 0.0.0.0:8080", "DATABSE_URL=sqlite:///h.db"),
        (unknown_commands, 'CMD ["hearing-bot", "run"]', 'CMD ["hearing-bot", "serve"]'),
        (unknown_commands, "ExecStart=/opt/bin/hearing-bot run", "ExecStart=/opt/bin/hearing-bot start"),
    ],
)
def test_a_planted_fault_is_found(find: Callable[[str], set[str]], sound: str, planted: str) -> None:
    assert find(sound) == set()
    assert find(planted) != set()


def test_systemd_has_nothing_to_say_of_the_unit_and_would_say_it(tmp_path: Path) -> None:
    unit = (DEPLOY / "hearing-bot.service").read_text("utf-8")
    assert complaints_of_systemd(unit, tmp_path) == ""
    planted = complaints_of_systemd(unit.replace("ProtectSystem", "ProtectSistem"), tmp_path)
    assert "ProtectSistem" in planted or shutil.which("systemd-analyze") is None
    for line in ("UMask=0077", "NoNewPrivileges=yes", "StateDirectoryMode=0700"):
        assert line in unit.splitlines()


def test_the_image_runs_as_nobody_special_and_is_asked_how_it_is() -> None:
    image = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    built, shipped = (image.index(line) for line in image if line.startswith("FROM "))
    assert built < shipped < image.index("USER hearing") < image.index('CMD ["hearing-bot", "run"]')
    assert any(line.startswith("HEALTHCHECK ") and line.endswith('CMD ["hearing-bot", "health"]') for line in image)
    copied = {
        words for line in image if line.startswith("COPY ") and "--from" not in line for words in line.split()[1:-1]
    }
    assert all((DEPLOY.parent / name).exists() for name in copied)
    assert {"bot", "handlers", "locales", "storage"} <= copied


def test_the_example_of_settings_can_be_used_as_it_is() -> None:
    lines = (DEPLOY / ".env.example").read_text("utf-8").splitlines()
    given = [line.partition("=") for line in lines if line and not line.startswith("#")]
    assert [name for name, _, value in given if value] == []
    commented = [line.removeprefix("# ") for line in lines if re.match(r"# [A-Z_]+=", line)]
    assert {line.partition("=")[0] for line in commented} <= KNOWN
