"""Another openpyxl, whose private parts have other names: workbooks are read all the same, by its public way."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import structlog
from openpyxl import load_workbook

from bot.demo import municipality
from bot.spreadsheets import rows
from bot.spreadsheets.opening import Broken, Grid, Unsaved, read_grids
from tests.spreadsheets.crafting import Formula, Row, xlsx
from tests.workbook.crafting import book, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TALL = 5_000
MORNING = datetime(2026, 12, 6, 10, tzinfo=ZoneInfo(municipality.TIMEZONE))


def _without_parser(patch: pytest.MonkeyPatch) -> None:
    patch.delattr("openpyxl.worksheet._reader.WorkSheetParser")


def _without_module(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows, "reader", None)


def _renamed_in_sheets(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows, "SHEET_PARTS", ("_source", "_strings"))


def _renamed_in_books(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rows, "BOOK_PARTS", ("_formats",))


@pytest.fixture(params=[_without_parser, _without_module, _renamed_in_sheets, _renamed_in_books])
def another_openpyxl(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    change: Callable[[pytest.MonkeyPatch], None] = request.param
    change(monkeypatch)
    rows._tell.cache_clear()
    yield
    rows._tell.cache_clear()


def test_the_openpyxl_that_is_installed_has_every_part_we_use() -> None:
    content = municipality.workbook(municipality.codes()[0], starts=MORNING, opens=MORNING)
    opened = load_workbook(io.BytesIO(content), read_only=True)
    assert [rows.unknown_parts(opened, sheet) for sheet in opened.worksheets] == [()] * len(opened.worksheets)


def test_both_ways_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [
        municipality.workbook(code, starts=MORNING, opens=MORNING - timedelta(days=6)) for code in municipality.codes()
    ]
    known = [read_grids(content) for content in files]
    _without_parser(monkeypatch)
    assert [read_grids(content) for content in files] == known


@pytest.mark.usefixtures("another_openpyxl")
def test_a_hearing_is_read_from_the_workbook() -> None:
    dossier = reading(book([["legal basis", None, "Мыйзам"]])).dossier
    assert dossier is not None
    assert str(dossier.legal_basis) == "Мыйзам"


@pytest.mark.usefixtures("another_openpyxl")
def test_a_cell_at_the_foot_is_read_where_it_is() -> None:
    foot: Row = [None, "06.12.2026", Formula("1/0", "#DIV/0!", "e")]
    (grid,) = read_grids(xlsx({"Hearing": [["title"], *[[]] * (TALL - 2), foot]}))
    assert grid == Grid("Hearing", ((1, ("title",)), (TALL, (None, "06.12.2026", Broken("#DIV/0!")))))


@pytest.mark.usefixtures("another_openpyxl")
def test_it_is_said_once() -> None:
    with structlog.testing.capture_logs() as logged:
        assert read_grids(xlsx(book()))
        assert read_grids(xlsx(book()))
    assert [entry["log_level"] for entry in logged] == ["warning"]


def test_a_formula_without_its_value_is_told_from_an_empty_cell_only_by_the_private_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = xlsx({"Hearing": [["title", Formula("1+1", None)]]})
    assert read_grids(content)[0].rows == ((1, ("title", Unsaved())),)
    _without_parser(monkeypatch)
    assert read_grids(content)[0].rows == ((1, ("title",)),)
