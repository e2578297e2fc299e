"""The file ``.env``: names in it that are no settings, and who may read it."""

from __future__ import annotations

import difflib
import os
import re
import stat
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from bot.checks.finding import Finding
from bot.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NAME: Final = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=", re.ASCII)


def env_file(path: Path) -> Iterator[Finding]:
    """What is wrong with the file; nothing where there is none."""
    if not path.is_file():
        return
    lines = path.read_text("utf-8-sig").splitlines()
    names = [found[1] for line in lines if (found := _NAME.match(line))]
    for name, meant in unknown_names(names):
        words = f"{name} is no setting of the bot's"
        yield Finding(".env", f"{words}. Is {meant} meant?" if meant else words, wrong=bool(meant), missing=not meant)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            ".env", f"others can read it, and it has the token: run `chmod 600 {path.absolute()}`", wrong=True
        )


def unknown_names(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that are no settings, each with the setting that is nearly the same (empty: none is)."""
    known = {each.name.upper() for each in fields(Settings)}
    for name in names:
        if name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            yield name, near[0] if near else ""
