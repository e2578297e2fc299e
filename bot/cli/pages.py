"""The command about public pages: site writes them into a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.shell import UsageMistake, go, settings, with_services, writing

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.pages.site import Written
    from bot.services import Services
    from handlers.presses.press import Press


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
    from bot.i18n import Catalogues
    from bot.pages.site import PublicSite, write
    from bot.services.media_folder import MediaFolder
    from handlers.outgoing.bot_profile import known_username

    made_of = PublicSite(
        store=services.store,
        places=await services.directory.tree(),
        catalogues=Catalogues.load(),
        now=services.clock.now(),
        timezone=services.directory.timezone,
        links=LinksIntoBot(await known_username(services.store)),
        base=base,
        kept=MediaFolder(Path(found.media_folder)) if found.media_folder else None,
    )
    return await write(made_of, folder, lambda words: click.echo(words, err=True))


@dataclass(frozen=True, slots=True)
class LinksIntoBot:
    """The addresses that open the bot; empty ones where its ``username`` is not known yet."""

    username: str

    def hearing(self, hearing_id: int) -> str:
        """Where the hearing's card opens."""
        from handlers import presses

        return self._link(presses.OpenHearing(hearing_id))

    def service(self, hearing_id: int, number: int) -> str:
        """Where a service can be read and commented on."""
        from handlers import presses

        return self._link(presses.ReadService(hearing_id, number))

    def question(self, hearing_id: int, number: int) -> str:
        """Where a question can be answered."""
        from handlers import presses

        return self._link(presses.OpenQuestion(hearing_id, number))

    def comment(self, comment_id: int) -> str:
        """Where a comment can be read and supported."""
        from handlers import presses

        return self._link(presses.ReadComment(comment_id))

    def write(self, hearing_id: int) -> str:
        """Where a comment can be written."""
        from handlers import presses

        return self._link(presses.WriteComment(hearing_id))

    def _link(self, press: Press) -> str:
        from handlers.presses.links import deep_link

        return deep_link(self.username, press) if self.username else ""
