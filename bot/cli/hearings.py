"""Commands about hearings: template, load."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.languages import languages_of
from bot.cli.places import municipality_by_code
from bot.domain.hearings import Phase
from bot.domain.languages import LANGUAGES
from bot.shell import (
    COMMAND_LINE,
    AnswerNeeded,
    UsageMistake,
    go,
    read,
    settings,
    with_services,
    write,
    writing,
)

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.places import PlaceTree
    from bot.services import Services
    from bot.workbook.per_head import PerHead


@click.command()
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option("--language", default="", help="Of the columns, such as ky,ru; the first is that of the headings.")
def template(*, output: Path, language: str) -> None:
    """Write an empty hearing workbook.

    Without --language its headings are in Kyrgyz, with columns for Kyrgyz, Russian and Uzbek.
    """
    from bot.i18n import Catalogues
    from bot.workbook.template import TEMPLATE_LANGUAGES, tags_of
    from bot.workbook.template import template as empty

    asked = languages_of(language) if language else list(TEMPLATE_LANGUAGES)
    catalogues = Catalogues.load()
    others = {tag: catalogues[each] for each in reversed(asked) for tag in tags_of([each])}
    with writing(output):
        write(output, empty(catalogues[asked[0]], tags_of(asked), others=others))
    click.echo(f"{output} is ready to be filled in.", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--municipality", required=True, help="Its code, as loaded with `places load`.")
@click.option("--publish", is_flag=True, help="Announce it at once.")
@click.option("--replace", metavar="HEARING", help="Its code: this is the corrected workbook of that hearing.")
@click.option("--as-new-version", is_flag=True, help="With --replace: put aside the answers to what it changes.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of what is said; else that of the workbook's sheets.")
def load(
    *, file: Path, municipality: str, publish: bool, replace: str | None, as_new_version: bool, language: str | None
) -> None:
    """Load a hearing from a workbook.

    Its code is the last word on stdout. Mistakes are named by sheet and cell, and then nothing is stored. The sums of
    its budget are said in words and for each person. A workbook that is loaded already is not loaded again.

    With --replace people who were told of the hearing are told of other dates and places. Spelling may be corrected.
    What would change the meaning of something that people have answered or written about is printed, old and new, and
    nothing is stored (exit 3). With --as-new-version it is stored; the answers to it stay in the record as given to
    the earlier version, count no more, and the people who gave them are asked again.
    """
    if as_new_version and replace is None:
        raise UsageMistake("--as-new-version goes with --replace.")
    chosen = settings()
    loading = _Loading(read(file), municipality, publish, replace, as_new_version, language, chosen.budget_per_head)
    hearing = go(with_services(chosen, loading.load))
    done = "Replaced" if replace else "Published" if publish else "Loaded as a draft"
    if hearing.phase is Phase.DRAFT:
        click.echo("People do not see it yet: publish it at the desk (/desk).", err=True)
    click.echo(f"{done}: {hearing.code}")


@dataclass(frozen=True)
class _Loading:
    """A workbook that is loaded, as the command line asks."""

    content: bytes
    code: str
    publish: bool
    replace: str | None
    as_new_version: bool
    language: str | None
    per_head: tuple[int, int]

    async def load(self, services: Services) -> Hearing:
        """The hearing that was stored; raises UsageMistake with every mistake."""
        from bot.workbook.per_head import PerHead

        place = await municipality_by_code(services, self.code)
        tree = await services.directory.tree()
        people = PerHead(tree.population(place.id), *self.per_head)
        dossier = self._dossier(tree, place.id, people, services.clock.now())
        if self.replace is None:
            if (same := await services.hearings.find_same(COMMAND_LINE, place.id, dossier)) is not None:
                raise UsageMistake(f"This workbook is loaded already: {same.code}. Nothing was stored.")
            return await services.hearings.load(COMMAND_LINE, place.id, dossier, publish=self.publish)
        hearing = await _replaced(services, self.replace, place.id)
        revised = await _replace(services, hearing, dossier, as_new_version=self.as_new_version)
        return await services.announcements.publish(COMMAND_LINE, hearing.id) if self.publish else revised

    def _dossier(self, places: PlaceTree, municipality_id: int, people: PerHead, now: datetime) -> Dossier:
        """What the workbook says; warnings and sums are said, mistakes raised as UsageMistake."""
        from bot.i18n import Catalogues
        from bot.workbook.faults import sentences
        from bot.workbook.preview import doubts, sums
        from bot.workbook.reader import read

        catalogues = Catalogues.load()
        reading = read(
            self.content,
            catalogues=catalogues,
            municipality_timezone=places.zone(municipality_id).key,
            now=now,
            villages=places.villages(municipality_id),
        )
        t = catalogues[self.language or reading.language]
        found = [*reading.warnings, *(doubts(reading.dossier, people) if reading.dossier else ())]
        for warning in sentences(found, t):
            click.echo(f"Warning: {warning}", err=True)
        if reading.dossier is None:
            mistakes = "\n".join(sentences(reading.errors, t))
            count = len(reading.errors)
            head = f"Nothing was stored. Mistakes: {count}. Correct them in the workbook and load it again:"
            raise UsageMistake(f"{head}\n{mistakes}")
        if found:
            click.echo(f"Warnings: {len(found)}. Look at them before people read the hearing.", err=True)
        for line in sums(reading.dossier, t, people):
            click.echo(line, err=True)
        return reading.dossier


async def _replaced(services: Services, code: str, municipality_id: int) -> Hearing:
    """The hearing whose workbook is replaced."""
    from bot.domain.errors import NotFound

    try:
        hearing = await services.hearings.by_code(code)
    except NotFound:
        raise UsageMistake(f"No hearing has the code {code!r}. Nothing was changed.") from None
    if hearing.municipality_id != municipality_id:
        raise UsageMistake(f"{code} is a hearing of another municipality. Nothing was changed.")
    return hearing


async def _replace(services: Services, hearing: Hearing, dossier: Dossier, *, as_new_version: bool) -> Hearing:
    from bot.cli.changes import lines
    from bot.domain.errors import HearingOver, MeaningChanged, SubjectGone

    compared = await services.announcements.compare(COMMAND_LINE, hearing.id, dossier)
    try:
        revised = await services.announcements.revise(COMMAND_LINE, hearing.id, dossier, as_new_version=as_new_version)
    except HearingOver:
        raise UsageMistake(f"{hearing.code} is closed or cancelled. Nothing was changed.") from None
    except SubjectGone as gone:
        words = f"People have written about something that is left out ({gone.what}). Nothing was changed."
        raise UsageMistake(f"{hearing.code} is public. {words}") from None
    except MeaningChanged:
        compared = await services.announcements.compare(COMMAND_LINE, hearing.id, dossier)
        head = f"{hearing.code}: people have answered or written about what this would change. Nothing was stored."
        rows = lines(compared.answered, compared)
        raise AnswerNeeded("\n".join((head, *rows, "Add --as-new-version to do it all the same."))) from None
    if hearing.is_public:
        for line in lines(compared.changes, compared):
            click.echo(f"Changed: {line}", err=True)
    return revised
