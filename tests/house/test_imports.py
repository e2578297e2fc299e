"""The running bot has in memory what it runs with, and not what a kind of file or an older database needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FOR_THE_WORKER: Final = frozenset(
    {"docx", "docxtpl", "jinja2", "lxml", "openpyxl", "python_calamine", "segno", "typst", "xlsxwriter"}
)
"""Libraries that make files and pages and read them: the worker's process imports them when it is asked for one."""
FOR_ONE_OCCASION: Final = frozenset(
    {"aiohttp", "alembic", "asyncpg", "icalendar", "prometheus_client", "pydantic", "rapidfuzz", "yarl"}
)
"""What needs them: somebody who asks how the bot is, a webhook or served pages (aiohttp and yarl), an older database,
PostgreSQL, a file for the calendar, metrics, documents, comments that look the same."""
ELSEWHERE: Final = frozenset(
    {
        *("bot.decision_table.reader", "bot.entry_sheet.reader", "bot.reports.report", "bot.reports.xlsx"),
        *("bot.spreadsheets.opening", "bot.workbook.reader", "bot.workbook.template", "sqlalchemy.dialects.postgresql"),
    }
)
"""Modules that write and read files in the worker's process, and what PostgreSQL needs."""


def test_the_running_bot_does_without_the_libraries_of_its_files() -> None:
    asking = "import sys, bot.running; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", asking], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = set(run.stdout.split())
    assert "sqlalchemy" in imported
    assert not imported & (FOR_THE_WORKER | FOR_ONE_OCCASION | ELSEWHERE)
