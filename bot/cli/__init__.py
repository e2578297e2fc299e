"""The command line.

Exit codes: 0 done, 1 cannot be done now (and what to do), 2 a mistake in what was given, 3 nothing done as it would
change what people rely on (and how to do it all the same).
"""

from __future__ import annotations

import io
import sys

import click

from bot.cli import database, hearings, places, reports, running, staff
from bot.shell import COMMAND_LINE
from bot.zone_files import prefer_installed

__all__ = ["COMMAND_LINE", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hearing-bot")
def main() -> None:
    """Public hearings on Telegram: residents read, vote, comment and ask; the secretary gets the record."""
    prefer_installed()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Cyrillic is no reason to fail


for command in (
    running.demo,
    running.run,
    running.check,
    places.places,
    hearings.template,
    hearings.load,
    reports.report,
    reports.schema,
    staff.invite,
    staff.people,
    database.backup,
    database.migrate,
):
    main.add_command(command)
