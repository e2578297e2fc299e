"""The pages that lead to hearings: all municipalities, and the hearings of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.domain.hearings import CURRENT_PHASES, due_phase
from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.values import dataclass
from bot.i18n import names
from bot.pages import layout
from bot.pages.framing import Framing
from bot.pages.templating import ICON, STYLESHEET, PageLink, asset_place, rendered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.places import Place
    from bot.i18n import Translator


@dataclass(frozen=True, slots=True)
class ListedMunicipality:
    """A municipality with its public hearings, the newest first; ``above`` is what it lies in, the nearest first."""

    place: Place
    above: tuple[Place, ...]
    hearings: tuple[Hearing, ...]
    zone: ZoneInfo
    now: datetime


class ListPages:
    """Makes the pages in the language of ``t``; ``base`` is the address of the site, empty where unknown."""

    def __init__(self, t: Translator, *, base: str) -> None:
        self._t = t
        self._base = base
        self._framing = Framing(t, base)

    def front(self, listed: Sequence[ListedMunicipality]) -> bytes:
        """All municipalities that have a public hearing, by what they lie in."""
        t, page = self._t, layout.front(self._t.language)
        lead = t("Read the drafts of your municipality, see what people answer, and what the commission decides.")
        districts: dict[str, list[dict[str, Any]]] = {}
        by_id = {each.place.id: each for each in listed}
        for place in t.in_order(each.place for each in listed):
            found = by_id[place.id]
            above = t.place(found.above[0].name) if found.above else ""
            districts.setdefault(above, []).append(
                {
                    "words": t.place(place.name),
                    "href": layout.relative(page, layout.municipality(t.language, place.code)),
                    "newest": self._said(found, found.hearings[0]),
                }
            )
        data = {
            "lead": lead,
            "nothing": t("No hearing has been announced yet."),
            "districts": [{"name": name, "places": places} for name, places in sorted(districts.items())],
        }
        frame = self._framing.frame(page, t("Public hearings"), lead, elsewhere=layout.front)
        return rendered("front.html", frame, **data)

    def municipality(self, found: ListedMunicipality) -> bytes:
        """Its hearings: those to come or running, then those that are over."""
        t, code = self._t, found.place.code
        page, name = layout.municipality(t.language, code), t.place(found.place.name)
        current = [each for each in found.hearings if due_phase(each, found.now) in CURRENT_PHASES]
        past = [each for each in found.hearings if each not in current]
        parts = ((t("Hearings to come or open"), current[::-1]), (t("Past hearings"), past))
        feeds = [self._framing.link(page, layout.calendar(t.language, code), t("Calendar of the hearings (iCalendar)"))]
        if self._base:
            feeds.append(self._framing.link(page, layout.feed(t.language, code), t("News and answers (Atom)")))
        data = {
            "name": name,
            "above": t.list(t.place(each.name) for each in found.above),
            "parts": [
                {"title": title, "hearings": [self._listed(page, found, each) for each in hearings]}
                for title, hearings in parts
                if hearings
            ],
            "subscribe": t("Subscribe"),
            "feeds": feeds,
        }
        frame = self._framing.frame(
            page,
            name,
            f"{t('Public hearings')}: {name}",
            elsewhere=partial(layout.municipality, code=code),
            feed=layout.feed(t.language, code) if self._base else "",
            trail=(self._framing.link(page, layout.front(t.language), t("All municipalities")),),
        )
        return rendered("municipality.html", frame, **data)

    def _listed(self, page: str, found: ListedMunicipality, hearing: Hearing) -> dict[str, str]:
        t = self._t
        title = " ".join(t.text(hearing.dossier.title).words.split()) or t("Public hearing")
        href = layout.relative(page, layout.hearing(t.language, hearing.code))
        return {"words": title, "href": href, "said": self._said(found, hearing)}

    def _said(self, found: ListedMunicipality, hearing: Hearing) -> str:
        """The day of its first sitting, and its phase."""
        t, dossier = self._t, hearing.dossier
        first = min((each.starts_at for each in dossier.sittings), default=dossier.closes_at).astimezone(found.zone)
        return f"{t.day(first.date())} · {t(names.PHASE_NAMES[due_phase(hearing, found.now)])}"


def root() -> bytes:
    """The page at the root, which leads on to each language without asking the browser anything."""
    links = tuple(PageLink(OWN_NAMES[each], layout.front(each), language=layout.tag(each)) for each in LANGUAGES)
    return rendered("root.html", None, links=links, styles=asset_place(STYLESHEET), icon=asset_place(ICON))


def missing(t: Translator, *, depth: int) -> bytes:
    """What stands where nothing is, ``depth`` folders below the root."""
    up = "../" * depth
    return rendered(
        "missing.html",
        None,
        language=layout.tag(t.language),
        title=t("This page does not exist."),
        said=t("It may have been removed, or the address is mistyped."),
        home=PageLink(t("All municipalities"), f"{up}{layout.front(t.language)}"),
        styles=f"{up}{asset_place(STYLESHEET)}",
        icon=f"{up}{asset_place(ICON)}",
    )
