"""Why what some screens and acts cost grows with what is stored, where nothing better is to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "hearings": {},
    "comments": {},
    "residents": {},
    "municipalities": {},
}
"""By what grows and the name of a line, without who presses."""


def reason_of(axis: str, line: str) -> str:
    """Why that line grows with it; empty where it should not."""
    return REASONS[axis].get(line.rpartition(", ")[0] or line, "")
