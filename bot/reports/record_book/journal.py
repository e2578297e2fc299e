"""The journal of the hearing: what was done about it as a whole, oldest first; staff stand by their numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.journal import JournalPage
from bot.i18n import journal as words
from bot.reports.inert import plain

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.reports.record import Record
    from bot.reports.sheets import SheetWriter

WIDTHS: Final = (18, 28, 40, 80)


def write(sheet: SheetWriter, record: Record, t: Translator) -> None:
    """Write the sheet."""
    looks = sheet.formats
    sheet.columns({0: looks.moment})
    sheet.head((t("When"), t("Who"), t("What was done"), t("Details")))
    villages = {village.id: village for village in record.villages}
    page = JournalPage(record.municipality, record.zone, (), {}, {}, villages=villages)
    for entry in record.journal:
        when = entry.at.astimezone(record.zone).replace(tzinfo=None)
        details = plain("\n".join(words.details(t, page, entry)))
        sheet.append((when, plain(words.who(t, page, entry)), t(words.ACT_SENTENCES[entry.act]), details))
    sheet.finish()
