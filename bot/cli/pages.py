"""The command about public pages: site writes them into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.shell import UsageMistake, go, settings, with_services, writing

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.pages.site import Written
    from bot.services import Services


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--url", default="", help="The address at which the folder will be served; else PAGES_URL.")
def site(folder: Path, url: str) -> None:
    """Write the public pages into FOLDER.

    They are plain files that any web space can hold, in all languages: the public hearings with their drafts, results,
    comments and answers, as far as the bot shows them to everybody. What is there and says the same stays untouched;
    run it again, by a timer for example, whenever the pages should be as new as the hearings.

    Without an address there are no feeds, no map of the site, and no previews in messengers.
    """
    found = settings()
    base = url or found.pages_url
    if base and not base.startswith(("https://", "http://")):
        raise UsageMistake("--url: give the whole address, such as https://hearings.example.org")

    async def work(services: Services) -> Written:
        return await _write(services, found, folder, base)

    with writing(folder):
        done = go(with_services(found, work))
    said = f"Hearings written: {done.made}, as they were: {done.unchanged}, removed: {done.removed}."
    click.echo(f"{said} Open {folder / 'index.html'}", err=True)


async def _write(services: Services, found: Settings, folder: Path, base: str) -> Written:
    from bot.bot_links import links_into_bot
    from bot.i18n import Catalogues
    from bot.pages.public_site import PublicSite
    from bot.pages.site import write
    from bot.services.media_folder import MediaFolder

    made_of = PublicSite(
        store=services.store,
        places=await services.directory.tree(),
        catalogues=Catalogues.load(),
        now=services.clock.now(),
        timezone=services.directory.timezone,
        links=await links_into_bot(services.store),
        base=base,
        kept=MediaFolder(Path(found.media_folder)) if found.media_folder else None,
        language=found.default_language,
    )
    return await write(made_of, folder, lambda words: click.echo(words, err=True))
