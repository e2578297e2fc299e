"""Places: `places load`, and a municipality by its code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.domain.places import PlaceKind
from bot.shell import UsageMistake, go, read, settings, with_services

if TYPE_CHECKING:
    from bot.domain.places import Place
    from bot.services import Services


@click.group()
def places() -> None:
    """Regions, districts, municipalities, villages."""


@places.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_places(file: Path) -> None:
    """Load places from a CSV file.

    Columns: code, type (region, district, municipality, village), parent (its code), name_ky; and where known name_ru,
    name_uz, name_en, timezone, population, women, valid_from, valid_to. A town is a municipality in its region, or a
    region or district without municipalities. Loading again updates by code.
    """
    from bot.i18n import Catalogues
    from bot.workbook.faults import sentence
    from bot.workbook.places import read_places

    content = read(file)

    async def work(services: Services) -> None:
        known, tree = await services.directory.kinds(), await services.directory.tree()
        towns = [place.code for place in tree.municipalities if known[place.code] is not place.kind]
        reading = read_places(content, known, towns=towns)
        if reading.errors:
            t = Catalogues.load()["en"]
            raise UsageMistake("\n".join(sentence(fault, t) for fault in reading.errors))
        changed = await services.directory.load(reading.places)
        click.echo(f"{len(reading.places)} places read, {changed} changed.")

    go(with_services(settings(), work))


async def municipality_by_code(services: Services, code: str) -> Place:
    """The municipality with that code; raises UsageMistake with the codes there are."""
    tree = await services.directory.tree()
    place = tree.find_code(code)
    if place is None or place.kind is not PlaceKind.MUNICIPALITY:
        codes = ", ".join(each.code for each in tree.municipalities[:20]) or "none; load some with `places load`"
        raise UsageMistake(f"No municipality has the code {code!r}. Known: {codes}.")
    return place
