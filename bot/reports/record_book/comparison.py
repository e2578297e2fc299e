"""The hearing beside the municipality's hearing before it, figure by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.tallies import SMALLEST_GROUP
from bot.i18n import figures as words
from bot.reports.formulas import Formula, cell
from bot.reports.inert import plain

if TYPE_CHECKING:
    from bot.domain.figures import HearingFigures
    from bot.i18n import Translator
    from bot.reports.beside import Beside
    from bot.reports.sheets import CellValue, SheetWriter

WIDTHS: Final = (44, 34, 36, 16)
_BEFORE, _NOW = 1, 2
_SHARE: Final = 4
"""Which of the figures is a share."""


def write(sheet: SheetWriter, beside: Beside, t: Translator) -> None:
    """Write the sheet."""
    looks = sheet.formats
    sheet.columns(dict.fromkeys((1, 2, 3), looks.number))
    former, hearing = beside.former, beside.figures
    if former is None:
        sheet.across(t("There is no earlier hearing to compare with."), looks.text, columns=len(WIDTHS))
        return
    dates = (t.date(each.hearing.closes_at.date()) for each in (former, hearing))
    sheet.head((t("Figure"), *dates, t("Difference")))
    sheet.append((t("Hearing"), _title(t, former), _title(t, hearing)), dict.fromkeys((0, 1, 2), looks.bold))
    rows = zip(words.names(t), figures_of(former), figures_of(hearing), strict=True)
    for place, (name, before, now) in enumerate(rows):
        look = looks.share if place == _SHARE else looks.number
        sheet.append((name, before, now, _difference(sheet.next, before, now)), dict.fromkeys((1, 2, 3), look))


def figures_of(figures: HearingFigures) -> tuple[CellValue, ...]:
    """The figures as cells, in the order of their names."""
    counts = figures.counts
    people = f"<{SMALLEST_GROUP}" if figures.people is None else figures.people
    numbers = (counts.present, counts.comments, counts.support)
    return (people, *numbers, figures.answered_share, figures.days_to_answer)


def _title(t: Translator, figures: HearingFigures) -> str:
    return plain(t.text(figures.hearing.dossier.title).words)


def _difference(row: int, before: CellValue, now: CellValue) -> Formula | None:
    if not isinstance(before, int | float) or not isinstance(now, int | float):
        return None
    return Formula(f"={cell(row, _NOW)}-{cell(row, _BEFORE)}", now - before)
