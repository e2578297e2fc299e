"""The journal as a separated file, in the form of a record's comments (``csv``): a line each, newest first."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from bot.i18n import journal as words
from bot.reports.inert import field

if TYPE_CHECKING:
    from bot.domain.journal import JournalLine, JournalPage
    from bot.i18n import Translator


def csv_file(t: Translator, page: JournalPage) -> bytes:
    """The file: in words, and in the last two columns as it is stored."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(field(heading) for heading in headings(t))
    writer.writerows([field(cell) for cell in _row(t, page, line)] for line in page.lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def headings(t: Translator) -> tuple[str, ...]:
    """The names of the columns."""
    return (
        t("No."),
        t("When"),
        t("Who"),
        t("Staff number"),
        t("What was done"),
        t("Hearing"),
        t("Comment number"),
        t("Details"),
        t("Act"),
        t("Data"),
    )


def _row(t: Translator, page: JournalPage, line: JournalLine) -> tuple[str, ...]:
    entry, hearing = line.entry, page.hearings.get(line.hearing_id)
    by_resident = entry.act in words.OF_RESIDENTS
    return (
        str(line.id),
        entry.at.astimezone(page.zone).strftime("%d.%m.%Y %H:%M:%S"),
        words.who(t, page, entry),
        "" if by_resident or entry.actor_id is None else str(entry.actor_id),
        t(words.ACT_SENTENCES[entry.act]),
        f"{hearing.code}: {t.text(hearing.dossier.title).words}" if hearing else "",
        str(line.comment_number or ""),
        "\n".join(words.details(t, page, entry)),
        entry.act.value,
        json.dumps(dict(entry.data), ensure_ascii=False, sort_keys=True),
    )
