"""The languages that an option of a command names."""

from __future__ import annotations

from bot.domain.languages import LANGUAGES
from bot.shell import UsageMistake


def languages_of(listed: str) -> list[str]:
    """The languages of an option. Raises UsageMistake."""
    asked = list(dict.fromkeys(each.strip() for each in listed.split(",")))
    if unknown := [each for each in asked if each not in LANGUAGES]:
        raise UsageMistake(f"--language: {unknown[0]!r} is not one of {', '.join(LANGUAGES)}.")
    return asked
