"""The empty hearing workbook in a secretary's language."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.languages import KY, RU, UZ, UZ_CYRL
from bot.spreadsheets.stamps import WORKBOOK, Stamp
from bot.workbook import hints
from bot.workbook.sheets import HEARING_FIELDS, TABLE_SHEETS
from bot.workbook.writer import WorkbookWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.i18n import Translator

TEMPLATE_LANGUAGES: Final = (KY, RU, UZ)
"""The language columns of the template; ``uz`` takes either script."""
_NO_WORDS: Final[Mapping[str, Translator]] = MappingProxyType({})


def tags_of(languages: Iterable[str]) -> tuple[str, ...]:
    """The tags of the columns for these languages: both scripts of Uzbek have one column."""
    return tuple(dict.fromkeys(UZ if language == UZ_CYRL else language for language in languages))


def template(
    t: Translator, languages: Sequence[str] = TEMPLATE_LANGUAGES, *, others: Mapping[str, Translator] = _NO_WORDS
) -> bytes:
    """An XLSX whose labels, remarks and examples are in the language of ``t``, with columns for ``languages``.

    The examples stand in the columns of ``others`` too: their words by the tags of the columns.
    """
    writer = WorkbookWriter(t, languages, Stamp(WORKBOOK))
    writer.write_instructions()
    writer.write_hearing([(column.key, None) for column in HEARING_FIELDS])
    own = UZ if t.language == UZ_CYRL else t.language
    told = {tag: hints.examples(words) for tag, words in {**others, own: t}.items()}
    for shape in TABLE_SHEETS:
        in_languages = {tag: rows[shape.key] for tag, rows in told.items()}
        writer.write_table(shape, (), examples=in_languages)
    return writer.finish()
