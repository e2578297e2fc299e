"""The files under ``deploy/``: what they name is there, and where the tool for one is here, it has nothing to say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.cli import main
from bot.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

DEPLOY: Final = Path(__file__).parents[2] / "deploy"
README: Final = (DEPLOY.parent / "README.md").read_text("utf-8")
KNOWN: Final = frozenset(each.name.upper() for each in fields(Settings))
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


@dataclass(frozen=True)
class Tool:
    """A program that checks a file of its own kind; ``{}`` stands for the path in its ``command``."""

    command: tuple[str, ...]
    file: str
    fault: tuple[str, str]
    """What is exchanged in the file, so that it should complain."""

    def complaint(self, text: str, folder: Path) -> str:
        """What it says of a file with that text; empty for nothing."""
        path = folder / self.file
        path.write_text(text, "utf-8")
        words = [word.format(path) for word in self.command]
        home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        done = subprocess.run(words, capture_output=True, text=True, check=False, env=home)
        if self.command[0] == "systemd-analyze":  # to a key that it does not know it only says so
            return done.stderr
        return done.stdout + done.stderr if done.returncode else ""


TOOLS: Final = (
    Tool(
        ("systemd-analyze", "verify", "{}"),
        "hearing-bot.service",
        ("ProtectSystem", "ProtectSistem"),
    ),
    Tool(("caddy", "validate", "--adapter", "caddyfile", "--config", "{}"), "Caddyfile", ("respond", "responds")),
    Tool(("promtool", "check", "rules", "{}"), "prometheus-rules.yaml", ("histogram_quantile(", "histogram_quantil(")),
    Tool(("hadolint", "{}"), "Dockerfile", ("WORKDIR /data", "WORKDIR data")),
    Tool(
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "{}"),
        "compose.yaml",
        ("read_only: true", "readonly: true"),
    ),
)


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


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.command[0])
def test_a_file_is_held_by_its_own_tool_where_that_is_here_and_a_planted_fault_is_found(
    tool: Tool, tmp_path: Path
) -> None:
    """``.ci/run`` gets the tools that the machine lacks, and names those that it cannot get."""
    text = (DEPLOY / tool.file).read_text("utf-8")
    text = re.sub(r"(?m)^ExecStart=.*$", "ExecStart=/bin/true", text)  # systemd wants it to be there
    assert tool.fault[0] in text
    if shutil.which(tool.command[0]) is not None:
        assert tool.complaint(text, tmp_path) == ""
        assert tool.complaint(text.replace(*tool.fault), tmp_path) != ""


def test_the_unit_gives_the_bot_as_little_as_it_needs() -> None:
    unit = (DEPLOY / "hearing-bot.service").read_text("utf-8").splitlines()
    assert {"UMask=0077", "NoNewPrivileges=yes", "StateDirectoryMode=0700"} <= set(unit)


def test_the_image_runs_as_nobody_special_and_is_asked_how_it_is() -> None:
    image = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    built, shipped = (image.index(line) for line in image if line.startswith("FROM "))
    assert built < shipped < image.index("USER 10001") < image.index('CMD ["hearing-bot", "run"]')
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
