"""``hearing-bot site``: what it says and writes."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from click.testing import CliRunner

from bot.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_command_writes_a_folder_that_a_web_server_can_read(
    lively_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{lively_database}")
    done = CliRunner().invoke(main, ["site", "pages", "--url", "https://hearings.example.org"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 of 2 shaidan-2026-1: written" in done.stderr or "1 of 2 bagysh-2026-1: written" in done.stderr
    assert done.stderr.endswith("Hearings written: 2, as they were: 0, removed: 0. Open pages/index.html\n")
    page = tmp_path / "pages/ky/h/bagysh-2026-1/index.html"
    assert stat.S_IMODE(page.stat().st_mode) == 0o644
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o755


def test_half_an_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(main, ["site", "pages", "--url", "hearings.example.org"])
    assert refused.exit_code == 2
    assert "--url: give the whole address" in refused.stderr
    assert not (tmp_path / "pages").exists()
