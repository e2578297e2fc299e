"""Faults of one cause in one column are said once, with their cells, so that a file with hundreds is a short list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.spreadsheets.faults import SPREADSHEET_SENTENCES, Choices, Label, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from bot.i18n import Translator
    from bot.spreadsheets.faults import Fault, LabelTables

FEWEST_GATHERED: Final = 3
"""Faults of one cause that are said together; fewer are said one by one, each with its own words."""
MOST_CELLS_NAMED: Final = 5
"""Cells named beside the first."""


def gathered(faults: Iterable[Fault]) -> tuple[tuple[Fault, ...], ...]:
    """Those of one cause and one column together where they are many, in the order of the first of each."""
    in_order = tuple(faults)
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in in_order:
        groups.setdefault(_cause(fault), []).append(fault)
    found: list[tuple[Fault, ...]] = []
    for fault in in_order:
        group = groups[_cause(fault)]
        if len(group) < FEWEST_GATHERED or not fault.cell:
            found.append((fault,))
        elif fault is group[0]:
            found.append(tuple(group))
    return tuple(found)


def _cause(fault: Fault) -> tuple[object, ...]:
    """What faults have in common that are said together: column, code, and what the sentence names by its label."""
    labels = tuple(value for value in fault.values.values() if isinstance(value, Label | Choices))
    return fault.code, fault.sheet, fault.cell.rstrip("0123456789"), labels


def sentences(
    faults: Iterable[Fault],
    t: Translator,
    *,
    labels: LabelTables,
    of: Mapping[StrEnum, str] = SPREADSHEET_SENTENCES,
) -> tuple[str, ...]:
    """A sentence for each cause: where and what, then the other cells, e.g. ``Likewise: C15, C16 and 40 more.``"""
    return tuple(_said(group, t, sentence(group[0], t, labels=labels, sentences=of)) for group in gathered(faults))


def _said(group: tuple[Fault, ...], t: Translator, first: str) -> str:
    others = [fault.cell for fault in group[1:]]
    if not others:
        return first
    named, more = ", ".join(others[:MOST_CELLS_NAMED]), len(others) - MOST_CELLS_NAMED
    if more > 0:
        return t("{fault} Likewise: {cells} and {count} more.", fault=first, cells=named, count=more)
    return t("{fault} Likewise: {cells}.", fault=first, cells=named)
