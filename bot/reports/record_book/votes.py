"""The answers twice: as a list to filter, and with a column for each channel; what adds up is a formula."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass
from bot.i18n import names
from bot.reports import votes
from bot.reports.formulas import Formula, cell, ratio, row_sum, same_as
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter.format import Format

    from bot.i18n import Translator
    from bot.reports.record import Record
    from bot.reports.sheets import CellValue, SheetWriter
    from bot.reports.votes import VoteRow

LIST_WIDTHS: Final = (6, 44, 21, 13, 40, 10, 10, 12, 14)
_VOTERS, _POINTS = 5, 7
_NAMES: Final = 3
"""Columns before the channels of the table: number, question, answer."""


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one question through one channel: the first is of all who answered, and one for each answer.

    ``start`` is the first row on the sheet of the list; ``parts`` are the starts of the channels that it adds up.
    """

    start: int
    rows: tuple[VoteRow, ...]
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRows:
    """Where a question stands in the table with channels: the row of all who answered; its answers follow.

    The channels stand from ``first_channel`` on; ``together`` is the column of all of them, ``points`` that of their
    points.
    """

    first: int
    answers: int
    first_channel: int
    together: int
    points: int


def list_answers(sheet: SheetWriter, record: Record, t: Translator) -> tuple[Block, ...]:
    """Write the list; what stands in it, block by block."""
    looks = sheet.formats
    sheet.columns({0: looks.number, 5: looks.number, 6: looks.share, 7: looks.number, 8: looks.average})
    sheet.head(votes.headings(t))
    found = tuple(_blocks(record, t, first=sheet.next))
    bold, grey = {1: looks.bold, 3: looks.bold, 4: looks.bold}, dict.fromkeys((1, 2, 3), looks.repeated)
    for block in found:
        for offset, row in enumerate(block.rows):
            sheet.append(_listed(row, block, offset), bold if row.whole else grey)
    sheet.finish()
    return found


def _listed(row: VoteRow, block: Block, offset: int) -> tuple[CellValue, ...]:
    at = block.start + offset
    share = None if row.share is None else ratio((at, _VOTERS), (block.start, _VOTERS), row.share)
    return (
        *(row.no, plain(row.question), row.kind, row.channel, plain(row.answer)),
        _added(block, offset, _VOTERS, row.voters),
        share,
        None if row.points is None else _added(block, offset, _POINTS, row.points),
        row.average,
    )


def _added(block: Block, offset: int, column: int, value: int) -> int | Formula:
    if not block.parts:
        return value
    return Formula("=" + "+".join(cell(start + offset, column) for start in block.parts), value)


def _blocks(record: Record, t: Translator, *, first: int) -> Iterator[Block]:
    """The blocks in the order of the rows; those of all channels together know the blocks they add up."""
    apart = _apart(votes.rows(record, t), first)
    for channels in _channels(record):
        found = tuple(islice(apart, channels))
        yield from found
        if channels > 1:
            together = next(apart)
            yield Block(together.start, together.rows, tuple(block.start for block in found))


def _channels(record: Record) -> Iterator[int]:
    """How many channels stand apart for each question, in the order of the rows."""
    used = len(votes.channels(record))
    yield from (used for _ in record.hearing.dossier.questions)
    yield from (len(former.tallies) for former in record.former)


def _apart(rows: Iterator[VoteRow], first: int) -> Iterator[Block]:
    block: list[VoteRow] = []
    for at, row in enumerate(rows, first):
        if row.whole and block:
            yield Block(at - len(block), tuple(block))
            block = []
        block.append(row)
        last = at
    if block:
        yield Block(last + 1 - len(block), tuple(block))


def table_widths(record: Record) -> tuple[int, ...]:
    """The widths of the table with channels."""
    return (6, 40, 30, *(12 for _ in votes.channels(record)), 13, 10, 12, 14)


def tabulate(
    sheet: SheetWriter, record: Record, t: Translator, *, listed: Sequence[Block], list_name: str
) -> Mapping[int, TableRows]:
    """Write the table with a column for each channel; where each question stands, by its number."""
    channels = votes.channels(record)
    together = _NAMES + len(channels)
    looks = sheet.formats
    columns = dict.fromkeys((0, *range(_NAMES, together + 1), together + 2), looks.number)
    sheet.columns({**columns, together + 1: looks.share, together + 3: looks.average})
    sheet.head(_headings(record, t))
    blocks = iter(listed)
    found: dict[int, TableRows] = {}
    for question in record.hearing.dossier.questions:
        of_question = tuple(islice(blocks, len(channels) + (len(channels) > 1)))
        rows = of_question[-1].rows
        found[question.no] = TableRows(sheet.next, len(rows) - 1, _NAMES, together, together + 2)
        for offset in range(len(rows)):
            cells = _tabled(
                of_question[: len(channels)], rows[offset], offset, first=found[question.no], name=list_name
            )
            sheet.append(cells, _looks(sheet, together, whole=not offset))
    sheet.finish()
    return found


def _tabled(
    blocks: Sequence[Block], row: VoteRow, offset: int, *, first: TableRows, name: str
) -> tuple[CellValue, ...]:
    at, together = first.first + offset, first.together
    channels = (same_as(block.start + offset, _VOTERS, block.rows[offset].voters, name) for block in blocks)
    share = None if row.share is None else ratio((at, together), (first.first, together), row.share)
    points = [
        (cell(block.start + offset, _POINTS, name), value)
        for block in blocks
        if (value := block.rows[offset].points) is not None
    ]
    summed = (
        Formula("=" + "+".join(where for where, _ in points), row.points) if points and row.points is not None else None
    )
    voters = row_sum(at, _NAMES, together - 1, row.voters)
    return (row.no, plain(row.question), plain(row.answer), *channels, voters, share, summed, row.average)


def _looks(sheet: SheetWriter, together: int, *, whole: bool) -> Mapping[int, Format]:
    looks = sheet.formats
    if whole:
        return {1: looks.total_name, 2: looks.total_name, **dict.fromkeys(range(_NAMES, together + 1), looks.total)}
    return {1: looks.repeated}


def _headings(record: Record, t: Translator) -> tuple[str, ...]:
    *_, share, points, average = votes.headings(t)
    channels = (t(names.CHANNEL_NAMES[channel]) for channel in votes.channels(record))
    number, question, answer = t.p("column", "No"), t("Question"), t("Answer")
    return (number, question, answer, *channels, t("All channels together"), share, points, average)
