"""Commands about files of hearings: report writes them, of one or all, and looks over one that was written; schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import is_zipfile

import click

from bot.cli.languages import languages_of
from bot.domain.files import FORMS_OF_A_SITTING
from bot.shell import CommandFailed, UsageMistake, go, settings, with_services, writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.hearings import Hearing
    from bot.i18n import Catalogues
    from bot.reports.report import Report
    from bot.services import Services

FORMS = ("xlsx", "docx", "pdf", "pdf-full", "csv", "csv-bundle", "json", "pb", "polis", "open-data")
NOT_WRITTEN = "not written"
_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("hearing", required=False)
@click.option("--format", "forms", multiple=True, type=click.Choice(FORMS), help="Of the file; with --all of each.")
@click.option(
    "--language", default="ky", show_default=True, help="Of the words; of docx two may stand side by side: ky,ru."
)
@click.option("-o", "--output", type=_FILE, help="The file to write; with --all the folder.")
@click.option("--all", "every", is_flag=True, help="Of every public hearing, each in a folder of its own.")
@click.option("--sitting", type=click.IntRange(1), help="The number of one sitting: its docx or csv alone.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="With --all: whose answers close that day or later.")
@click.option(
    "--verify", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Say whether this file still holds."
)
def report(
    *,
    hearing: str | None,
    forms: tuple[str, ...],
    language: str,
    output: Path | None,
    every: bool,
    sitting: int | None,
    since: datetime | None,
    verify: Path | None,
) -> None:
    """Write the record of a hearing as a file.

    HEARING is its code. The file is the same as from the bot: docx (the protocol), pdf (one page for the notice board),
    pdf-full (the full report), xlsx, csv (the comments), csv-bundle (a ZIP of all tables), json, pb (answers in
    Pabulib's format), polis, or open-data (a ZIP for everybody). In csv-bundle, pb and polis stands each answer: they
    are for staff.

    With --sitting docx and csv tell of one sitting alone: who was present, and what was said and handed in there.

    With --all the files of many hearings are written into a folder; what is there already and still holds is passed
    over, so that a command that was stopped goes on where it was.

    With --verify a file says of which record it is: exit 0 where the database says the same, 1 where it does not, and
    then what differs.
    """
    chosen = settings()
    languages = languages_of(language)
    if len(languages) > (2 if set(forms) == {"docx"} else 1):
        raise UsageMistake("--language: docx takes one or two languages, such as ky,ru; the other files take one.")
    if sitting is not None and (hearing is None or set(forms) - set(FORMS_OF_A_SITTING)):
        raise UsageMistake("--sitting: give a HEARING and --format docx or csv.")
    if verify is not None:
        content = verify.read_bytes()
        go(with_services(chosen, lambda services: _verify(services, verify, content)))
    elif every:
        if hearing is not None or output is None or not forms:
            raise UsageMistake("--all takes no HEARING, and needs --format (once or more) and -o, the folder.")
        work = _Everything(forms, languages, output, since.replace(tzinfo=UTC) if since else None)
        go(with_services(chosen, work.write))
    elif hearing is None or output is None or len(forms) != 1 or since is not None:
        raise UsageMistake("Give a HEARING, its code, with one --format and -o; or --all, or --verify FILE.")
    else:
        _write_one(hearing, forms[0], languages, output, sitting or 0)


@click.command()
def schema() -> None:
    """Print the schema of records in JSON."""
    from bot.reports import record_document

    click.echo(record_document.schema(), nl=False)


def _write_one(code: str, form: str, languages: list[str], output: Path, sitting: int) -> None:
    async def work(services: Services) -> Report:
        hearing = await services.hearings.by_code(code)
        numbers = [each.no for each in hearing.dossier.sittings]
        if sitting and sitting not in numbers:
            raise UsageMistake(f"--sitting: {code} has the sittings {', '.join(map(str, numbers))}.")
        return await _Writing(services).write(hearing, form, languages, output, sitting=sitting)

    with writing(output):
        go(with_services(settings(), work))
    click.echo(f"{output} is written.", err=True)
    if form == "csv":
        click.echo("All in one column? In Excel choose Data, Text to Columns, Delimited, Semicolon.", err=True)
    if form == "pb" and is_zipfile(output):
        click.echo("It is a ZIP: a file for each question.", err=True)


class _Writing:
    """Writes files of hearings."""

    def __init__(self, services: Services) -> None:
        from bot.i18n import Catalogues

        self.services = services
        self.catalogues: Catalogues = Catalogues.load()

    async def write(self, hearing: Hearing, form: str, languages: list[str], path: Path, *, sitting: int = 0) -> Report:
        """One file, whole or not at all."""
        from bot.reports.report import ReportFormat, write

        services = self.services
        return await write(
            services.store,
            hearing.id,
            form=ReportFormat(form),
            t=self.catalogues[languages[0]],
            second=self.catalogues[languages[1]] if len(languages) > 1 else None,
            now=services.clock.now(),
            timezone=services.directory.timezone,
            path=path,
            link=await self.link(hearing),
            sitting=sitting,
        )

    async def sections(self, hearing: Hearing) -> Mapping[str, str]:
        """The digests of a hearing's record as it is now, by section."""
        from bot.reports.verifying import sections_of

        services = self.services
        return await sections_of(
            services.store, hearing.id, now=services.clock.now(), timezone=services.directory.timezone
        )

    async def link(self, hearing: Hearing) -> str:
        """What leads into a hearing; empty where the bot's name is not known yet."""
        from handlers.known_username import known_username
        from handlers.presses.links import paper_link

        username = await known_username(self.services.store)
        return paper_link(username, hearing) if username else ""


@dataclass(frozen=True)
class _Everything:
    """The files of many hearings, each hearing's in a folder named by its code."""

    forms: tuple[str, ...]
    languages: list[str]
    folder: Path
    since: datetime | None

    async def write(self, services: Services) -> None:
        """Write what is not there yet, saying how far it is. Raises CommandFailed where files are missing."""
        with writing(self.folder):
            self.folder.mkdir(exist_ok=True)
        hearings, missing = await _public(services, self.since), 0
        for number, hearing in enumerate(hearings, start=1):
            said = await self._write_hearing(_Writing(services), hearing)
            missing += said.count(NOT_WRITTEN)
            files = ", ".join(f"{form} {what}" for form, what in zip(self.forms, said, strict=True))
            click.echo(f"{number} of {len(hearings)} {hearing.code}: {files}", err=True)
        if missing:
            raise CommandFailed(f"Files that could not be written: {missing}. The same command tries them again.")

    async def _write_hearing(self, files: _Writing, hearing: Hearing) -> list[str]:
        """What became of each form; of a hearing that cannot be read none is written."""
        from bot.domain.errors import HearingBotError, Refusal
        from bot.reports.file_names import plain_name
        from bot.reports.verifying import seals_in, still_holds

        folder = self.folder / (plain_name(hearing.code) or str(hearing.id))
        said: list[str] = []
        try:
            folder.mkdir(exist_ok=True)
            there, now = seals_in(folder), await files.sections(hearing)
            for form in self.forms:
                if any(still_holds(each, now, form, self.languages) for each in there):
                    said.append("as it was")
                    continue
                part = folder / f".part.{form}"
                try:
                    made = await files.write(hearing, form, self.languages, part)
                except Refusal:
                    said.append("none")
                    continue
                part.replace(folder / made.name)
                said.append("written")
        except (OSError, HearingBotError):
            said += [NOT_WRITTEN] * (len(self.forms) - len(said))
        return said


async def _public(services: Services, since: datetime | None) -> list[Hearing]:
    """The public hearings whose answers close at ``since`` or later, in the order of their municipalities."""
    from bot.domain.hearings import PUBLIC_PHASES

    tree = await services.directory.tree()
    async with services.store.reading() as repositories:
        listed = [
            await repositories.hearings.list_of(place.id, PUBLIC_PHASES)
            for place in (*tree.municipalities, *tree.former)
        ]
    return [each for some in listed for each in some if since is None or each.closes_at >= since]


async def _verify(services: Services, file: Path, content: bytes) -> None:
    """Say what a file is, and whether it holds. Raises UsageMistake, CommandFailed."""
    from bot.reports.verifying import NoSeal, find_seal, verify

    files = _Writing(services)
    try:
        hearing = await services.hearings.by_code(find_seal(content).code)
        verdict = await verify(
            services.store,
            content,
            catalogues=files.catalogues,
            now=services.clock.now(),
            timezone=services.directory.timezone,
            link=await files.link(hearing),
        )
    except NoSeal:
        raise UsageMistake(f"{file} carries no seal of a record that this program knows.") from None
    found, now = verdict.found, verdict.now
    click.echo(f"{found.code}, {found.form} ({', '.join(found.languages)}), as of {found.as_of:%Y-%m-%d %H:%M} UTC")
    click.echo(f"SHA-256 of its record {found.digest}")
    if not verdict.matches:
        differing = ", ".join(verdict.differing) or "what no section names"
        raise CommandFailed(f"The database says something else, as of {now.as_of:%Y-%m-%d %H:%M} UTC: {differing}.")
    click.echo("The database says the same.")
    if not verdict.unchanged:
        click.echo("The file itself is not as this program makes it: it was edited, or made by another version.")
