"""The tables of a bundle that tell how a hearing went: who was present, what the public was told, what was changed.

Of a notice to few people no number is told, nor how many came by a poster: what stands here everybody may know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import later, names
from bot.reports.bundle.columns import ABOUT, HIDDEN, FieldType, Table, TableColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.bundle.rows import Row, Source
    from bot.reports.course import DraftVersion

ATTENDANCE: Final = Table(
    "attendance",
    later("People present at the sittings"),
    (
        TableColumn("sitting", later("Sitting"), FieldType.INTEGER),
        TableColumn("day", later("Day"), FieldType.DATE),
        TableColumn("place", later("Place")),
        TableColumn("people", later("People present"), FieldType.INTEGER, later("Empty: nobody counted.")),
        TableColumn("women", later("Women"), FieldType.INTEGER),
        TableColumn("men", later("Men"), FieldType.INTEGER),
    ),
)
NOTICES: Final = Table(
    "notices",
    later("What the public was told"),
    (
        TableColumn("day", later("Day"), FieldType.DATE),
        TableColumn("kind", later("Kind"), codes={k.value: words for k, words in names.NOTICE_KIND_NAMES.items()}),
        TableColumn("people", later("People"), FieldType.INTEGER, HIDDEN),
        TableColumn("rooms", later("Groups and channels"), FieldType.INTEGER),
    ),
)
VERSIONS: Final = Table(
    "versions",
    later("Versions of the draft, and what each changed"),
    (
        TableColumn("version", later("Version"), FieldType.INTEGER),
        TableColumn("day", later("Day"), FieldType.DATE, later("Empty where it is not known.")),
        TableColumn("rescheduled", later("Other dates or places"), FieldType.INTEGER, later("1: yes.")),
        *ABOUT,
        TableColumn("question", later("Question"), FieldType.INTEGER),
        TableColumn("aspect", later("What it changes")),
        TableColumn("old", later("Before")),
        TableColumn("new", later("After")),
    ),
)


def attendance(source: Source) -> Iterator[Row]:
    """A row for each sitting; who was present, where that was counted."""
    record = source.record
    counted = {each.sitting: each for each in record.present}
    for sitting in record.hearing.dossier.sittings:
        day, place = sitting.starts_at.astimezone(record.zone).date(), source.t.text(sitting.place).words
        found = counted.get(sitting.no)
        apart = (found.women, found.men) if found and (found.women or found.men) else (None, None)
        yield (sitting.no, day, place, found.people if found else None, *apart)


def notices(source: Source) -> Iterator[Row]:
    """A row for each notice that has reached somebody, in their order."""
    for notice in source.record.notices:
        day = notice.at.astimezone(source.record.zone).date()
        yield (day, notice.kind.value, notice.people, notice.rooms)


def versions(source: Source) -> Iterator[Row]:
    """A row for each change of a version, and one for a version without any."""
    for version in source.record.versions:
        yield from _version(source, version)


def _version(source: Source, version: DraftVersion) -> Iterator[Row]:
    day = version.at.astimezone(source.record.zone).date() if version.at else None
    begin = (version.version, day, int(version.rescheduled))
    for change in version.changes:
        about = (change.about.kind.value, change.about.no or None, change.question or None)
        yield (*begin, *about, change.aspect.value, change.old, change.new)
    if not version.changes:
        yield (*begin, *("", None, None), *("",) * 3)
