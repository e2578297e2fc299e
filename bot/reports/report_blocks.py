"""What the sections of the full report are made of, for its template.

A block is a dictionary with its ``kind``: ``facts`` (names and values), ``table`` (heads, rows, widths in parts of the
page), ``bars`` (a question), ``list`` or ``prose``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.reports import overview

    Block = dict[str, Any]
    Cell = str | float


def prose(words: str) -> Block:
    return {"kind": "prose", "words": words}


def listed(items: Iterable[str]) -> Block:
    return {"kind": "list", "items": list(items)}


def facts(section: overview.Section) -> Block:
    return {"kind": "facts", "facts": [[name, str(value)] for name, value in section.facts]}


def table(title: str, heads: Iterable[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float]) -> Block:
    """A table; numbers among its cells are lengths of bars (0 to 1)."""
    return {"kind": "table", "title": title, "heads": list(heads), "rows": list(rows), "widths": list(widths)}
