"""The charts of the overview: native ones, which take their numbers and names from cells and follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

    from bot.reports.sheets import SheetWriter

GREEN, RED, GREY, BLUE, PALE = "#3C8D5A", "#C0504D", "#A6B1B5", "#1F4E5F", "#A9C3CC"
ROW_PIXELS: Final = 20
WIDTH_PIXELS: Final = 660
_FRAME_PIXELS: Final = 120
_BAR_PIXELS: Final = 24
_TALLEST_PIXELS: Final = 1_080
ROWS_ON_A_PAGE: Final = 57

Place = tuple[str, int, int, int, int]
"""A range: the sheet, the first row and column, the last row and column."""


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one colour: where their numbers are; ``name`` is the cell of their name."""

    values: Place
    colour: str
    name: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars: ``names`` are the cells beside the bars; ``title`` is a sentence of ours, or a cell.

    ``stacked`` shows parts of a whole.
    """

    title: str | tuple[str, int, int]
    names: Place
    series: tuple[Series, ...]
    stacked: bool = False

    @property
    def pixels(self) -> int:
        """How tall it is."""
        bars = (self.names[3] - self.names[1] + 1) * (self.names[4] - self.names[2] + 1)
        thickness = _BAR_PIXELS * (1 if self.stacked else 0.4 + 0.6 * len(self.series))
        return min(_FRAME_PIXELS + round(bars * thickness * 1.5), _TALLEST_PIXELS)


def insert(book: Workbook, sheet: SheetWriter, charts: Sequence[Bars], *, page: int) -> None:
    """Put the charts under one another from the next row on, none over the edge of a page.

    On paper a page begins with the row ``page``, where there are charts at all.
    """
    breaks, left = [page] if charts else [], ROWS_ON_A_PAGE - (sheet.next - page)
    for bars in charts:
        rows = -(-bars.pixels // ROW_PIXELS) + 1
        if rows > left:
            breaks.append(sheet.next)
            left = ROWS_ON_A_PAGE
        sheet.sheet.insert_chart(
            sheet.next, 0, _chart(book, bars), {"x_offset": 4, "y_offset": 4, "object_position": 2}
        )
        sheet.next += rows
        left -= rows
    sheet.sheet.set_h_pagebreaks(breaks)


def _chart(book: Workbook, bars: Bars) -> Chart:
    chart = book.add_chart({"type": "bar", **({"subtype": "percent_stacked"} if bars.stacked else {})})
    for each in bars.series:
        chart.add_series(
            {
                "categories": list(bars.names),
                "values": list(each.values),
                "fill": {"color": each.colour},
                "gap": 40,
                "data_labels": {"value": True, "font": {"size": 9}, "num_format": "#,##0;-#,##0;"},
                **({"name": list(each.name)} if each.name else {}),
            }
        )
    title = bars.title if isinstance(bars.title, str) else list(bars.title)
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True, "color": BLUE}})
    chart.set_x_axis(
        {
            "num_format": "0%" if bars.stacked else "#,##0",
            "num_font": {"size": 9},
            "major_gridlines": {"visible": True, "line": {"color": "#DDE3E5"}},
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}, "crossing": "max"})
    chart.set_legend({"position": "bottom"} if len(bars.series) > 1 else {"none": True})
    chart.set_size({"width": WIDTH_PIXELS, "height": bars.pixels})
    return chart
