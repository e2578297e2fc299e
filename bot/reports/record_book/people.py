"""Who took part: groups of participants, each with its sum where all of it may be told, and who was at the sittings."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from bot.domain.people import Gender
from bot.domain.values import dataclass
from bot.i18n import names
from bot.reports import participants
from bot.reports.formulas import Cells, Formula, cell
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.entries import Presence
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.reports.participants import GroupRow
    from bot.reports.record import Record
    from bot.reports.sheets import CellValue, SheetWriter

GROUP_WIDTHS: Final = (28, 36, 16, 12, 14, 16)
ATTENDANCE_WIDTHS: Final = (30, 50, 18, 14, 14, 16)
_SIZE: Final = 2
_PEOPLE, _WOMEN, _MEN, _UNCOUNTED = 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class GroupRows:
    """The rows of one way to break participants down; ``told`` where a group of it has a number that is not 0."""

    first: int
    last: int
    told: bool


def write_groups(sheet: SheetWriter, record: Record, t: Translator) -> tuple[GroupRows, ...]:
    """Write the participants; where each breakdown stands, villages first."""
    looks = sheet.formats
    sheet.columns({2: looks.number, 3: looks.share, 4: looks.number, 5: looks.share})
    sheet.head(participants.headings(t))
    found = []
    for by, group in groupby(participants.rows(record, t), key=lambda row: row.by):
        rows, first = tuple(group), sheet.next
        for row in rows:
            size = row.size if isinstance(row.size, int) else names.group_size(t, row.size)
            sheet.append((row.by, plain(row.group), size, row.share, row.population, row.reached))
        found.append(GroupRows(first, sheet.next - 1, any(isinstance(row.size, int) and row.size for row in rows)))
        if (total := _total(rows, sheet, first)) is not None:
            sheet.append((by, t("All together"), total), {0: looks.total_name, 1: looks.total_name, 2: looks.total})
    sheet.finish()
    return tuple(found)


def _total(rows: Sequence[GroupRow], sheet: SheetWriter, first: int) -> Formula | None:
    """The sum of a breakdown; None where a group of it is not told by its number."""
    counts = [row.size for row in rows if isinstance(row.size, int)]
    return Cells(sheet.sheet.name, _SIZE, first, sheet.next - 1).sum(sum(counts)) if len(counts) == len(rows) else None


def write_attendance(sheet: SheetWriter, record: Record, t: Translator) -> dict[int, int]:
    """Write how many people were present; the row of each sitting, by its number. The sums stand in the last row."""
    looks = sheet.formats
    sheet.columns(dict.fromkeys((_PEOPLE, _WOMEN, _MEN, _UNCOUNTED), looks.number))
    women, men = (t(names.GENDER_NAMES[gender]) for gender in (Gender.FEMALE, Gender.MALE))
    sheet.head((t.p("column", "Sitting"), t("Where"), t("People present"), women, men, t("Not said")))
    sittings = {sitting.no: sitting for sitting in record.hearing.dossier.sittings}
    found, first = {}, sheet.next
    for presence in record.present:
        found[presence.sitting] = sheet.next
        sheet.append(_present(record, t, presence, sittings.get(presence.sitting), at=sheet.next))
    if record.present:
        last = sheet.next - 1
        sums = (sum(column) for column in zip(*(_counted(each) for each in record.present), strict=True))
        totals = [Cells(sheet.sheet.name, _PEOPLE + no, first, last).sum(value) for no, value in enumerate(sums)]
        look = dict.fromkeys(range(_PEOPLE, _UNCOUNTED + 1), looks.total)
        sheet.append((t("All together"), " ", *totals), {0: looks.total_name, 1: looks.total_name, **look})
    sheet.finish()
    return found


def _present(
    record: Record, t: Translator, presence: Presence, sitting: Sitting | None, *, at: int
) -> tuple[CellValue, ...]:
    when = t.moment(sitting.starts_at, record.zone) if sitting else str(presence.sitting)
    where = ", ".join(part for part in (t.marked(sitting.place), t.marked(sitting.address)) if part) if sitting else ""
    people, women, men, rest = _counted(presence)
    formula = f"={cell(at, _PEOPLE)}-{cell(at, _WOMEN)}-{cell(at, _MEN)}"
    return when, plain(where), people, women, men, Formula(formula, rest)


def _counted(presence: Presence) -> tuple[int, int, int, int]:
    return presence.people, presence.women, presence.men, presence.people - presence.women - presence.men
