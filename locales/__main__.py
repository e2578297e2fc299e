"""``python -m locales extract | update | derive | check``: the catalogues' upkeep, from a checkout."""

from __future__ import annotations

import sys

import click

from bot.domain.languages import UZ
from locales import gate, upkeep
from locales.extraction import extract
from locales.pofiles import TEMPLATE, WRITTEN, po_path


@click.group(help=__doc__)
def main() -> None:
    """Carry the sub-commands."""


@main.command("extract")
def extract_command() -> None:
    """Write messages.pot from the code."""
    said = extract()
    TEMPLATE.write_text(upkeep.template_text(said), encoding="utf-8")
    click.echo(f"{len(said.entries)} messages")
    _refuse(list(said.faults))


@main.command()
def update() -> None:
    """Bring ky, ru and uz_Cyrl to messages.pot: translations stay, new messages are empty, the rest goes."""
    template = upkeep.template()
    for language in WRITTEN:
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(upkeep.catalogue_text(language, template), encoding="utf-8")


@main.command()
def derive() -> None:
    """Write uz from uz_Cyrl."""
    po_path(UZ).parent.mkdir(parents=True, exist_ok=True)
    po_path(UZ).write_text(upkeep.derived_text(), encoding="utf-8")


@main.command()
def check() -> None:
    """Hold the gate: exit 1 with a list of faults."""
    _refuse(gate.faults())


def _refuse(faults: list[str]) -> None:
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name="python -m locales")
