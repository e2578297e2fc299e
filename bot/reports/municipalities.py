"""The last hearing of every municipality as a workbook of one sheet."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import xlsxwriter

from bot.i18n import figures as words
from bot.reports.inert import plain
from bot.reports.record_book.comparison import figures_of
from bot.reports.sheets import WORKBOOK_OPTIONS, Formats, SheetWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.figures import MunicipalityFigures
    from bot.i18n import Translator

WIDTHS: Final = (30, 50, 14, 16, 16, 16, 14, 14, 16)


def workbook(t: Translator, found: Sequence[MunicipalityFigures]) -> bytes:
    """The file."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, WORKBOOK_OPTIONS)
    newest = max((each.figures.hearing.closes_at for each in found), default=None)
    book.set_properties({"created": newest.replace(tzinfo=None)} if newest else {})
    looks = Formats(book)
    sheet = SheetWriter(book, looks, t("All municipalities"), footer=t("All municipalities"), widths=WIDTHS)
    numbers = dict.fromkeys(range(3, len(WIDTHS)), looks.number)
    sheet.columns({2: looks.day, **numbers, 7: looks.share})
    sheet.head((t("Municipality"), t("Hearing"), t("Closed on"), *words.names(t)))
    for each in found:
        hearing = each.figures.hearing
        title = plain(t.text(hearing.dossier.title).words)
        place = plain(t.place(each.municipality.name))
        sheet.append((place, title, hearing.closes_at.date(), *figures_of(each.figures)))
    sheet.finish()
    book.close()
    return file.getvalue()
