"""The page for other programs says what the program reads today, and what it says is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.i18n import Catalogues
from bot.workbook.manual import manual
from bot.workbook.reader import read
from tests.spreadsheets.crafting import Rows, xlsx
from tests.workbook.crafting import NOW

PAGE = Path(__file__).parents[2] / "docs" / "workbook.md"
SHIPPED = Catalogues.load()
SHEETS = ("Hearing", "Sittings", "Agenda", "Services", "Actions", "Budget", "Questions", "Attendance targets")


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual(SHIPPED), "python -m bot.workbook.manual > docs/workbook.md"


@pytest.mark.parametrize("column", [0, 1, 2, 3, 4])
def test_a_workbook_with_the_headings_of_the_page_is_known_whole_in_every_language(column: int) -> None:
    tables = re.split(r"^## The sheet ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    sheets: dict[str, Rows] = {}
    for text in tables:
        english, others = re.match(r"(.+?) \((.+)\)", text).groups()  # type: ignore[union-attr]
        rows = [line.strip("| ").split(" | ") for line in text.partition("\n## ")[0].splitlines() if line[:1] == "|"]
        named = [row[column] + (" [ky]" if "[language]" in row[0] else "") for row in rows[2:]]
        headings = [name.replace(" [language]", "") for name in named]
        names = [english, *others.split(", ")]
        sheets[names[min(column, len(names) - 1)]] = (
            [["field", "value", "value [ky]"], *([name, None, "x"] for name in named)]
            if english == "Hearing"
            else [headings]
        )
    assert len(sheets) == len(SHEETS)
    found = read(xlsx(sheets), catalogues=SHIPPED, municipality_timezone="Asia/Bishkek", now=NOW)
    unknown = {"SHEET_IGNORED", "COLUMN_IGNORED", "FIELD_IGNORED", "NO_COLUMN", "NO_SHEET"}
    assert not [fault for fault in (*found.errors, *found.warnings) if fault.code.name in unknown]
