"""What a file's reader found, on the command line: first how much there is, then each, then what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from bot.shell import UsageMistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.spreadsheets.faults import Fault

MOST_LINES_OF_A_KIND: Final = 12
"""Faults of one kind that are said one by one."""


def say_gathered(faults: Sequence[Fault], t: Translator, *, raising: str = "") -> None:
    """Say warnings on stderr; with ``raising``, a head line, raise the faults as UsageMistake."""
    lines = gathered(faults, t)
    if raising:
        raise UsageMistake("\n".join((raising, *lines)))
    for line in lines:
        click.echo(f"Warning: {line}", err=True)


def gathered(faults: Sequence[Fault], t: Translator) -> list[str]:
    """The sentences in their order, a kind's first ones; then how many more of each kind there are."""
    from bot.workbook.faults import sentence

    said: dict[object, int] = {}
    lines, more = [], {}
    for fault in faults:
        said[fault.code] = said.get(fault.code, 0) + 1
        if said[fault.code] <= MOST_LINES_OF_A_KIND:
            lines.append(sentence(fault, t))
        else:
            more[fault.code] = fault
    for code, last in more.items():
        count = said[code] - MOST_LINES_OF_A_KIND
        words = t.n("… and {n} more like this, the last one:", "… and {n} more like this, the last one:", count)
        lines.append(f"{words} {sentence(last, t)}")
    return lines
