"""Places: `places load`, `places template`, `places list`, and a municipality by its code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli.said import say_gathered
from bot.domain.languages import LANGUAGES
from bot.domain.places import PlaceKind
from bot.shell import CommandFailed, UsageMistake, go, read, settings, with_services, write, writing

if TYPE_CHECKING:
    from bot.domain.places import Place
    from bot.services import Services

_SHOWN: Final = ("code", "type", "parent", "name_ky", "name_ru", "population", "valid_to", "successor")
"""Columns of the table on a screen."""
_WIDEST: Final = 32


@click.group()
def places() -> None:
    """Regions, districts, municipalities, villages."""


@places.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Of what is said; else that of the headings.")
def load_places(file: Path, *, language: str | None) -> None:
    """Load places from a CSV file or a workbook.

    Columns: code, type (region, district, municipality, village), parent (its code), name_ky; and where known name_ru,
    name_uz, name_en, timezone, population, women, valid_from, valid_to; contact_name, contact_phone and contact_hours,
    which residents see; successor, the code of the place into which it was merged. `places template` has them all. A
    town is a municipality in its region, or a region or district without municipalities. Loading again updates by
    code. Who follows a municipality that was merged follows its successor from then on, and is told.
    """
    from bot.i18n import Catalogues
    from bot.workbook.places import read_places

    content = read(file)

    async def work(services: Services) -> None:
        known, tree = await services.directory.kinds(), await services.directory.tree()
        towns = [place.code for place in tree.municipalities if known[place.code] is not place.kind]
        reading = read_places(content, known, towns=towns)
        t = Catalogues.load()[language or reading.language]
        say_gathered(reading.warnings, t)
        if reading.errors:
            say_gathered(reading.errors, t, raising=f"{file.name}: nothing was stored. Please correct:")
        changed = await services.directory.load(reading.places)
        click.echo(f"{len(reading.places)} places read, {changed} changed.")
        if told := await services.mergers.settle():
            click.echo(f"{told} people will be told that their municipality was merged into another.")

    go(with_services(settings(), work))


@places.command("template")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write."
)
@click.option("--language", default="ky", show_default=True, type=click.Choice(LANGUAGES), help="Of the headings.")
def template(*, output: Path, language: str) -> None:
    """Write an empty list of places.

    It is a workbook with headings, an example of each kind and lists to choose from.
    """
    from bot.i18n import Catalogues
    from bot.workbook import place_list

    with writing(output):
        write(output, place_list.template(Catalogues.load()[language]))
    click.echo(f"{output} is ready to be filled in. Then: hearing-bot places load {output}", err=True)


@places.command("list")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A .csv or .xlsx to write.")
@click.option("--language", default="en", show_default=True, type=click.Choice(LANGUAGES), help="Of a workbook.")
def list_places(*, output: Path | None, language: str) -> None:
    """Show the places that are stored.

    Those that were merged into others are shown too. With -o they are written whole, to be changed and loaded again.
    """
    from bot.i18n import Catalogues
    from bot.workbook import place_list

    async def stored(services: Services) -> tuple[Place, ...]:
        async with services.store.reading() as repositories:
            return await repositories.places.list_all()

    if output is not None and output.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageMistake("-o takes a file that ends in .csv or .xlsx.")
    found = go(with_services(settings(), stored))
    if not found:
        raise CommandFailed("No places are stored yet: `hearing-bot places load FILE`.")
    codes = {place.id: place.code for place in found}
    if output is None:
        rows = [place_list.row(place, codes, {kind: kind for kind in PlaceKind}) for place in found]
        click.echo("\n".join(_aligned([dict(zip(_SHOWN, _SHOWN, strict=True)), *rows])))
        return
    if output.suffix.lower() == ".csv":
        content = place_list.comma_separated(found, codes).encode("utf-8-sig")
    else:
        content = place_list.workbook(Catalogues.load()[language], found, codes)
    with writing(output):
        write(output, content)
    click.echo(f"{output}: {len(found)} places.", err=True)


def _aligned(rows: list[dict[str, str]]) -> list[str]:
    """Lines of columns one under the other; what is longer than a column is cut."""
    cut = [[row[column][:_WIDEST] for column in _SHOWN] for row in rows]
    widths = [max(len(row[at]) for row in cut) for at in range(len(_SHOWN))]
    return ["  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip() for row in cut]


async def municipality_by_code(services: Services, code: str) -> Place:
    """The municipality with that code; raises UsageMistake with the codes there are, or with its successor's."""
    tree = await services.directory.tree()
    place = tree.find_code(code)
    former = next((each for each in tree.former if each.code == code), None)
    if former is not None and (after := tree.present(former)) != former:
        raise UsageMistake(f"{code} was merged into {after.code}. Use that code.")
    if place is None or place.kind is not PlaceKind.MUNICIPALITY:
        codes = ", ".join(each.code for each in tree.municipalities[:20]) or "none; load some with `places load`"
        raise UsageMistake(f"No municipality has the code {code!r}. Known: {codes}.")
    return place
