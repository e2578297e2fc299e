"""What an address of the public pages asks for: each place of the folder that ``site`` writes, taken apart."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.comments import Order
from bot.domain.languages import LANGUAGES
from bot.domain.values import dataclass
from bot.pages import layout

FRESH_FOR: Final = 5.0
"""Seconds for which a page is given out as it is: so long may words be read that were hidden meanwhile."""
LISTS_FRESH_FOR: Final = 30.0
FILES_FRESH_FOR: Final = 60.0
"""The same for what leads to hearings, and for what takes seconds to make."""
_LISTS: Final = frozenset(
    {"root", "front", "municipality", "calendar", "feed", "robots", "sitemap", "api_municipalities", "api_municipality"}
)
_FILES: Final = frozenset({"board", "open_data", "preview"})
_WITHOUT_PLACES: Final = frozenset({"root", "robots", "kept", "missing", "api_description"})
_TAGS: Final = {layout.tag(each).lower(): each for each in LANGUAGES}
_LANGUAGE: Final = f"(?P<tag>{'|'.join(sorted(_TAGS, key=len, reverse=True))})"
_CODE: Final = r"(?P<code>[^/]{1,64})"
_NUMBER: Final = r"(?P<number>[1-9]\d{0,5})"
_HEARING: Final = f"{_LANGUAGE}/h/{_CODE}"
_PATTERNS: Final = {
    what: re.compile(pattern)
    for what, pattern in {
        "root": r"index\.html",
        "robots": re.escape(layout.ROBOTS),
        "sitemap": re.escape(layout.SITEMAP),
        "asset": rf"{layout.ASSETS}/(?P<name>[\w.-]+)",
        "kept": r"files/(?P<name>[0-9a-f]{64})(?P<ending>\.[a-z0-9]{1,5})?",
        "front": rf"{_LANGUAGE}/index\.html",
        "municipality": rf"{_LANGUAGE}/m/{_CODE}/index\.html",
        "calendar": rf"{_LANGUAGE}/m/{_CODE}/hearings\.ics",
        "feed": rf"{_LANGUAGE}/m/{_CODE}/feed\.xml",
        "hearing": rf"{_HEARING}/index\.html",
        "comments": rf"{_HEARING}/(?P<order>comments|newest)/(?:index|{_NUMBER})\.html",
        "comment": rf"{_HEARING}/comment/{_NUMBER}\.html",
        "results": rf"(?:{_LANGUAGE}/)?h/{_CODE}/results/index\.html",
        "preview": rf"{_HEARING}/{re.escape(layout.PREVIEW)}",
        "board": rf"{_HEARING}/notice-board\.pdf",
        "api_description": re.escape(layout.API_DESCRIPTION),
        "api_municipalities": re.escape(layout.API_MUNICIPALITIES),
        "api_municipality": rf"{layout.API}municipalities/{_CODE}\.json",
        "api_comments": rf"{layout.API}hearings/{_CODE}/comments/{_NUMBER}\.json",
        "api_hearing": rf"{layout.API}hearings/{_CODE}\.json",
        "open_data": rf"{_HEARING}/open-data\.zip",
    }.items()
}
_ORDERS: Final = {"comments": Order.SUPPORT, "newest": Order.NEWEST}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a name of ``making``, with as much as its address says.

    ``language`` is empty where the address has none, ``number`` is that of a page from 1 on, or of a comment.
    """

    what: str
    place: str
    language: str = ""
    code: str = ""
    order: Order = Order.SUPPORT
    number: int = 1
    name: str = ""
    ending: str = ""

    @property
    def needs_places(self) -> bool:
        """True where it cannot be made without the tree of places."""
        return self.what not in _WITHOUT_PLACES

    @property
    def fresh_for(self) -> float:
        """Seconds for which it may be given out as it is, however quickly it was made."""
        if self.what in _FILES:
            return FILES_FRESH_FOR
        return LISTS_FRESH_FOR if self.what in _LISTS else FRESH_FOR


def asked_at(place: str) -> Asked | None:
    """What lies at ``place``, decoded and without a slash in front; None where nothing ever does."""
    for what, pattern in _PATTERNS.items():
        if (found := pattern.fullmatch(place)) is not None:
            parts = found.groupdict()
            return Asked(
                what,
                place,
                language=_TAGS.get(parts.get("tag") or "", ""),
                code=parts.get("code") or "",
                order=_ORDERS.get(parts.get("order") or "", Order.SUPPORT),
                number=int(parts.get("number") or 1),
                name=parts.get("name") or "",
                ending=parts.get("ending") or "",
            )
    return None


def place_of(path: str) -> str:
    """The place of an address's path: a folder's page is its ``index.html``."""
    place = path.removeprefix("/")
    return place + layout.PAGE if not place or place.endswith("/") else place
