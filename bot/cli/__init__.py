"""The command line.

Exit codes: 0 done, 1 cannot be done now (and what to do), 2 a mistake in what was given, 3 nothing done as it would
change what people rely on (and how to do it all the same).
"""

from __future__ import annotations

import io
import os
import sys
from typing import Final

import click

from bot.cli import comparing, database, guide, hearings, operating, pages, places, reports, running, setting_up, staff
from bot.shell import COMMAND_LINE
from bot.zone_files import prefer_installed

FOR_ITS_OWNER: Final = 0o077
"""What the files of every command do not allow: databases, copies and reports hold people's ids and words."""

__all__ = ["COMMAND_LINE", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hearing-bot")
def main() -> None:
    """Public hearings on Telegram: residents read, vote, comment and ask; the secretary gets the record."""
    before = os.umask(FOR_ITS_OWNER)
    click.get_current_context().call_on_close(lambda: os.umask(before))
    prefer_installed()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without Cyrillic is no reason to fail


for command in (
    running.demo,
    setting_up.init,
    running.check,
    running.run,
    operating.status,
    operating.health,
    operating.hearings,
    places.places,
    hearings.template,
    hearings.load,
    reports.report,
    reports.schema,
    comparing.compare,
    guide.guide,
    pages.site,
    staff.invite,
    staff.people,
    database.backup,
    database.restore,
    database.move,
    database.migrate,
):
    main.add_command(command)
