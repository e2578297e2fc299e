"""The command that makes the guide for secretaries."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.languages import languages_of
from bot.shell import go, write, writing


@click.command()
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF.")
@click.option("--language", "listed", default="ky,ru", show_default=True, help="Four pages in each of these.")
def guide(output: Path, listed: str) -> None:
    """Write a guide for secretaries, to be printed.

    Four pages in each language, with the screens as the bot shows them. Needs no settings and no network.
    """
    from bot.guide import make_guide
    from bot.logs import set_up

    languages = languages_of(listed)
    set_up(level="WARNING", form="console")
    with writing(output):
        write(output, go(make_guide(languages)))
    click.echo(f"{output} has four pages in each of {', '.join(languages)}.", err=True)
