"""The course of a hearing in the full report: what the public was told, versions of the drafts, and who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import OWN_NAMES
from bot.i18n import names
from bot.i18n.journal import ACT_SENTENCES
from bot.reports import hall_words
from bot.reports.course import WHOLE_MUNICIPALITY
from bot.reports.report_blocks import prose, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.journal import JournalEntry
    from bot.i18n import Translator
    from bot.reports.record import Record
    from bot.reports.report_blocks import Block, Cell

_WIDTHS_OF_NOTICES: Final = (4, 7, 3, 3)
_WIDTHS_OF_PAIRS: Final = (9, 4)


def blocks(record: Record, t: Translator) -> Iterator[Block]:
    """A table for each part of the course of which anything is known."""
    if record.notices:
        told = (t.p("column", "When"), t.p("column", "Message"), t.p("column", "People"), t("Groups and channels"))
        yield table(t("What the public was told"), told, _notices(record, t), _WIDTHS_OF_NOTICES)
    if steps := hall_words.lines(record, t):
        taken: list[list[Cell]] = [[t.moment(at, record.zone), words] for at, words in steps]
        columns = (t.p("column", "When"), t.p("column", "What happened"))
        yield table(t("Course of the sittings"), columns, taken, (4, 11))
    if len(record.versions) > 1:
        heads = (t.p("column", "Version"), t.p("column", "When"), t.p("column", "What changed"))
        yield table(t("Versions of the drafts"), heads, _versions(record, t), (2, 4, 7))
    for title, rows in (
        (t("People who changed their mind, by question"), _changed(record, t)),
        (t("People by the language they read"), _languages(record, t)),
        (t("People who came by a poster"), _arrivals(record, t)),
        (t("Hidden comments by rule"), _hidden(record, t)),
    ):
        if rows:
            yield table(title, (t("Group"), t.p("column", "Number")), rows, _WIDTHS_OF_PAIRS)
    if record.resolution is not None:
        said = record.resolution
        head = t("The council’s resolution № {number} of {date}:", number=said.number, date=t.date(said.day))
        yield prose(f"{head} {said.adopted}")


def journal(record: Record, t: Translator) -> Block:
    """The acts on the hearing as a whole; staff stand in it by their numbers."""
    heads = (t.p("column", "When"), t.p("column", "Act"), t.p("column", "By"))
    return table("", heads, [_entry(record, entry, t) for entry in record.journal], (4, 8, 4))


def _entry(record: Record, entry: JournalEntry, t: Translator) -> list[Cell]:
    who = t("The program") if entry.actor_id is None else t("Staff № {number}", number=entry.actor_id)
    return [t.moment(entry.at, record.zone), t(ACT_SENTENCES[entry.act]), who]


def _notices(record: Record, t: Translator) -> Iterator[list[Cell]]:
    for notice in record.notices:
        people = t("not shown") if notice.people is None else t.number(notice.people)
        _sign, _, kind = t(names.NOTICE_KIND_NAMES[notice.kind]).partition(" ")
        yield [t.moment(notice.at, record.zone), kind, people, t.number(notice.rooms)]


def _versions(record: Record, t: Translator) -> Iterator[list[Cell]]:
    for version in record.versions:
        at = t.moment(version.at, record.zone) if version.at else ""
        changes = t.n("{n} change of the text", "{n} changes of the text", len(version.changes))
        told = [changes] if version.changes else []
        told += [t("another day or place")] if version.rescheduled else []
        yield [t.number(version.version), at, t.list(told)]


def _changed(record: Record, t: Translator) -> list[list[Cell]]:
    found = ((t("Question {no}", no=no), size) for no, size in sorted(record.changed.items()))
    return [[words, names.group_size(t, size)] for words, size in found]


def _languages(record: Record, t: Translator) -> list[list[Cell]]:
    found = record.languages.items()
    return [[OWN_NAMES.get(language) or t("Not said"), names.group_size(t, size)] for language, size in found]


def _arrivals(record: Record, t: Translator) -> list[list[Cell]]:
    called = {village.id: t.place(village.name) for village in record.villages}
    called[WHOLE_MUNICIPALITY] = t("The whole municipality")
    return [[called.get(place, ""), names.group_size(t, size)] for place, size in record.arrivals.items()]


def _hidden(record: Record, t: Translator) -> list[list[Cell]]:
    return [[t(names.HIDING_RULE_NAMES[rule]), t.number(count)] for rule, count in record.hidden.items()]
