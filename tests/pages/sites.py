"""Sites of tests: written into a folder, and read back from it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from lxml import html

from bot.domain.comments import HidingRule
from bot.domain.hearings import Results
from bot.domain.languages import Text
from bot.domain.people import Caller
from bot.domain.questions import Choose
from bot.i18n import Catalogues
from bot.pages.public_site import PublicSite
from bot.pages.site import write
from bot.shell import COMMAND_LINE
from tests import samples
from tests.services.writing import filed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.pages.site import Written
    from bot.services import Services
    from tests.municipality import Municipality

BASE: Final = "https://hearings.example.org"
CATALOGUES: Final = Catalogues.load()


@dataclass(frozen=True)
class Links:
    """Addresses that say what they are for."""

    def hearing(self, hearing_id: int) -> str:
        return f"https://t.me/bot?start=hearing{hearing_id}"

    def service(self, hearing_id: int, number: int) -> str:
        return f"https://t.me/bot?start=service{hearing_id}-{number}"

    def question(self, hearing_id: int, number: int) -> str:
        return f"https://t.me/bot?start=question{hearing_id}-{number}"

    def comment(self, comment_id: int) -> str:
        return f"https://t.me/bot?start=comment{comment_id}"

    def write(self, hearing_id: int) -> str:
        return f"https://t.me/bot?start=write{hearing_id}"


SCRIPT: Final = "</script><script>alert(1)</script>{{ 7*7 }}\u202eabc\x07"
HIDDEN, WAITING, NUMBER = "Жашыруун", "Күтүүдө", "0555 123 456"


async def lively(municipality: Municipality) -> None:
    """Six people have answered and four have written; two comments may be read, one of them with a telephone number.

    Beside it stand a hearing with a hostile title, and a draft.
    """
    services = municipality.services
    hearing = await municipality.hearing(replace(samples.dossier(), results=Results.ALWAYS))
    await municipality.hearing(replace(samples.dossier(), title=Text({"ky": SCRIPT})), place="shaidan")
    await municipality.hearing(place="kok-art", publish=False)
    people = [await municipality.resident(number) for number in range(1, 7)]
    for number in range(1, 7):
        await services.voting.cast(Caller(number, "ky"), hearing.id, 1, Choose(1 + number % 2), order=1)
    for person, words in zip(people, (f"Суу керек, {NUMBER}", HIDDEN, WAITING, SCRIPT), strict=False):
        await filed(municipality, person, hearing, words)
    for number in (1, 4):
        await services.moderation.publish(COMMAND_LINE, number)
    await services.moderation.hide(COMMAND_LINE, 2, HidingRule.INSULT)


async def written(services: Services, folder: Path, *, base: str = BASE) -> Written:
    """Write the site as it is now."""
    site = PublicSite(
        services.store,
        await services.directory.tree(),
        CATALOGUES,
        services.clock.now(),
        services.directory.timezone,
        Links(),
        base=base,
    )
    return await write(site, folder, lambda _words: None)


def pages(folder: Path) -> Iterator[Path]:
    """Every page."""
    return iter(sorted(folder.rglob("*.html")))


def words_of(path: Path) -> str:
    """What can be read on a page."""
    return " ".join(html.fromstring(path.read_bytes()).text_content().split())


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and every file within a ZIP, but for pictures and papers."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
                yield from ((f"{path}/{name}", archive.read(name)) for name in archive.namelist())
        elif path.is_file() and path.suffix not in {".png", ".pdf"}:
            yield str(path), path.read_bytes()
