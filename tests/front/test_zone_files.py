"""Sittings are at the hour of the rules that came with the program, and ``check`` compares the machine's with them."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from bot import zone_files
from bot.checks import zones

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, tzinfo=UTC)
USED = ("Asia/Bishkek", "Asia/Tashkent", "Asia/Bishkek")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine whose files say of Bishkek what is right for another zone."""
    (tmp_path / "Asia").mkdir()
    rules = files("tzdata.zoneinfo")
    for zone, of in (("Asia/Bishkek", "Asia/Tashkent"), ("Asia/Tashkent", "Asia/Tashkent")):
        (tmp_path / zone).write_bytes(rules.joinpath(of).read_bytes())
    return tmp_path


def test_files_of_the_machine_that_are_older_than_a_change_are_named_and_do_not_decide(machine: Path) -> None:
    (machine / "tzdata.zi").write_text("# version 2005a\n")
    found = zones(USED, NOW, (machine,))
    assert not found.wrong
    assert f"tzdata {zone_files.installed_version()} decides" in found.words
    assert "(2005a) are older than the last change of Asia/Bishkek." in found.words


def test_rules_of_the_program_that_are_older_than_a_change_are_wrong_and_check_says_what_to_do(machine: Path) -> None:
    (machine / "tzdata.zi").write_text("# version 2999z\n")
    found = zones(USED, NOW, (machine,))
    assert found.wrong
    assert "is older than a change of Asia/Bishkek (the machine's files are 2999z)" in found.words
    assert found.words.endswith("run `pip install --upgrade tzdata`")


def test_a_machine_that_agrees_or_has_no_zone_files_is_not_spoken_of(machine: Path, tmp_path: Path) -> None:
    (machine / "Asia" / "Bishkek").write_bytes(b"no rules")
    for folder in (machine, tmp_path / "none"):
        assert zones(USED, NOW, (folder,)).words == f"tzdata {zone_files.installed_version()} decides"


def test_the_rules_that_came_with_the_program_decide() -> None:
    zone_files.prefer_installed()
    assert zoneinfo.TZPATH == ()
    assert zoneinfo.ZoneInfo.no_cache("Asia/Bishkek").utcoffset(NOW) is not None
