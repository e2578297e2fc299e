"""The empty hearing workbook in a secretary's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import KY, RU, UZ
from bot.workbook import hints
from bot.workbook.pen import WorkbookWriter
from bot.workbook.sheets import FIELDS, TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator

LANGUAGES: Final = (KY, RU, UZ)
"""The language columns of the template; ``uz`` takes either script."""


def template(t: Translator, languages: Sequence[str] = LANGUAGES) -> bytes:
    """An XLSX whose labels, remarks and examples are in the language of ``t``, with columns for ``languages``."""
    pen = WorkbookWriter(t, languages)
    pen.help()
    pen.hearing([(column.key, None) for column in FIELDS])
    examples = hints.examples(t)
    for sheet in TABLES:
        pen.table(sheet, (), examples[sheet.key])
    return pen.done()
