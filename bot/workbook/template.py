"""The empty hearing workbook in a secretary's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import KY, RU, UZ
from bot.workbook import hints
from bot.workbook.sheets import HEARING_FIELDS, TABLE_SHEETS
from bot.workbook.writer import WorkbookWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator

TEMPLATE_LANGUAGES: Final = (KY, RU, UZ)
"""The language columns of the template; ``uz`` takes either script."""


def template(t: Translator, languages: Sequence[str] = TEMPLATE_LANGUAGES) -> bytes:
    """An XLSX whose labels, remarks and examples are in the language of ``t``, with columns for ``languages``."""
    writer = WorkbookWriter(t, languages)
    writer.write_instructions()
    writer.write_hearing([(column.key, None) for column in HEARING_FIELDS])
    examples = hints.examples(t)
    for shape in TABLE_SHEETS:
        writer.write_table(shape, (), examples[shape.key])
    return writer.finish()
