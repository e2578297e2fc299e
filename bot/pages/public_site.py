"""What public pages are made of, and what there is to be made: municipalities, hearings, files beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import Refusal
from bot.domain.files import ensure_record_in
from bot.domain.places import PlaceKind
from bot.domain.values import dataclass
from bot.i18n import later
from bot.pages import layout
from bot.pages.gathering import list_public
from bot.pages.lists import ListedMunicipality
from bot.reports.report import ReportFormat
from bot.reports.report import write as write_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from bot.domain.places import Place, PlaceTree
    from bot.i18n import Catalogues, Translator
    from bot.pages.links import BotLinks
    from bot.ports import ReadingStore, Repositories
    from bot.services.media_folder import MediaFolder

FILES: Final = {
    ReportFormat.PDF: ("notice-board.pdf", later("Page for the notice board (PDF)")),
    ReportFormat.OPEN_DATA: ("open-data.zip", later("Open data: tables, Pabulib, Polis (ZIP)")),
}
"""What lies beside a hearing's page, by its name in the folder and in words."""


@dataclass(frozen=True, slots=True)
class PublicSite:
    """What the pages are made of. ``base`` is the address at which they will be served; empty where unknown.

    ``kept`` is the folder of documents and photos, None where none are kept. ``language`` is that of pages whose
    address names none.
    """

    store: ReadingStore
    places: PlaceTree
    catalogues: Catalogues
    now: datetime
    timezone: str
    links: BotLinks
    base: str = ""
    kept: MediaFolder | None = None
    language: str = "ky"

    async def listed(self) -> list[ListedMunicipality]:
        """The municipalities that have a public hearing. Raises StoreUnavailable."""
        async with self.store.reading() as repositories:
            found = [await self._listed(repositories, place) for place in self.places.municipalities]
        return [each for each in found if each.hearings]

    async def find_listed(self, code: str) -> ListedMunicipality | None:
        """A municipality by its code; None where there is none, or it has no public hearing."""
        place = next((each for each in self.places.municipalities if each.code == code), None)
        if place is None:
            return None
        async with self.store.reading() as repositories:
            found = await self._listed(repositories, place)
        return found if found.hearings else None

    async def _listed(self, repositories: Repositories, place: Place) -> ListedMunicipality:
        hearings = await list_public(repositories, (place.id, *(each.id for each in self.places.predecessors(place))))
        above = tuple(each for each in self.places.above(place) if each.kind is not PlaceKind.MUNICIPALITY)
        return ListedMunicipality(place, above, hearings, self.places.zone(place.id), self.now)

    def files_beside(self, hearing: Hearing, t: Translator) -> Iterator[tuple[ReportFormat, str, str]]:
        """The files that a hearing has beside its page by now: the form, the place, and what it is in words."""
        for form, (name, words) in FILES.items():
            try:
                ensure_record_in(form, hearing, self.now)
            except Refusal:
                continue
            yield form, layout.beside(t.language, hearing.code, name), t(words)

    async def write_beside(self, hearing: Hearing, form: ReportFormat, t: Translator, path: Path) -> None:
        """Write such a file. Raises OSError, StoreUnavailable."""
        await write_report(
            self.store,
            hearing.id,
            form=form,
            t=t,
            now=self.now,
            timezone=self.timezone,
            path=path,
            link=self.links.hearing(hearing.id),
        )
