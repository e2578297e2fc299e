"""Where each page lies in the folder, and how one page names another: always relative, so that the folder may be moved.

A folder's page is named whole (``index.html``), so that the pages can be read from a disk too.
"""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import quote

from bot.domain.comments import Order

ASSETS: Final = "assets"
API: Final = "api/v1/"
"""Below it lies what programs read."""
API_DESCRIPTION: Final = f"{API}openapi.json"
API_MUNICIPALITIES: Final = f"{API}municipalities.json"
PREVIEW: Final = "preview.png"
ROBOTS: Final = "robots.txt"
SITEMAP: Final = "sitemap.xml"
PAGE: Final = "index.html"
COMMENTS_ON_A_PAGE: Final = 30
COMMENTS_IN_A_DOCUMENT: Final = 100
"""In one document of the API."""
_FOLDERS: Final = {Order.SUPPORT: "comments", Order.NEWEST: "newest"}


def tag(language: str) -> str:
    """The language as browsers know it (BCP 47): ``uz-Cyrl``."""
    return {"uz_Cyrl": "uz-Cyrl", "uz": "uz-Latn"}.get(language, language)


def front(language: str) -> str:
    """The list of municipalities and hearings."""
    return f"{tag(language).lower()}/{PAGE}"


def municipality(language: str, code: str) -> str:
    """A municipality's hearings."""
    return f"{tag(language).lower()}/m/{quote(code)}/{PAGE}"


def hearing(language: str, code: str) -> str:
    """A hearing's page."""
    return f"{tag(language).lower()}/h/{quote(code)}/{PAGE}"


def comments(language: str, code: str, order: Order, page: int) -> str:
    """A page of a hearing's comments, from 0."""
    name = PAGE if page == 0 else f"{page + 1}.html"
    return f"{tag(language).lower()}/h/{quote(code)}/{_FOLDERS[order]}/{name}"


def comment(language: str, code: str, number: int) -> str:
    """A comment that is too long to stand whole in a list, by its receipt number."""
    return f"{tag(language).lower()}/h/{quote(code)}/comment/{number}.html"


def results(language: str, code: str) -> str:
    """What people answered alone, for the pages of others to show within theirs."""
    return f"{tag(language).lower()}/h/{quote(code)}/results/{PAGE}"


def short_results(code: str) -> str:
    """The same in the language of the site."""
    return f"h/{quote(code)}/results/{PAGE}"


def beside(language: str, code: str, name: str) -> str:
    """A file of a hearing in one language."""
    return f"{tag(language).lower()}/h/{quote(code)}/{quote(name)}"


def folder_of(language: str, code: str) -> str:
    """The folder in which everything of a hearing in one language lies."""
    return posixpath.dirname(hearing(language, code))


def kept(digest: str, ending: str) -> str:
    """A document, photo or voice message, whoever names it."""
    return f"files/{digest}{ending}"


def calendar(language: str, code: str) -> str:
    """The calendar of a municipality's hearings, to subscribe to."""
    return f"{tag(language).lower()}/m/{quote(code)}/hearings.ics"


def feed(language: str, code: str) -> str:
    """The feed of a municipality's announcements and answers."""
    return f"{tag(language).lower()}/m/{quote(code)}/feed.xml"


def api_municipality(code: str) -> str:
    """A municipality for programs."""
    return f"{API}municipalities/{quote(code)}.json"


def api_hearing(code: str) -> str:
    """A hearing for programs."""
    return f"{API}hearings/{quote(code)}.json"


def api_comments(code: str, page: int | str) -> str:
    """A page of a hearing's comments for programs, from 1."""
    return f"{api_comments_folder(code)}/{page}.json"


def api_comments_folder(code: str) -> str:
    """Where these pages lie."""
    return f"{API}hearings/{quote(code)}/comments"


def relative(page: str, other: str) -> str:
    """How ``page`` names ``other``."""
    return posixpath.relpath(other, posixpath.dirname(page))


def absolute(base: str, page: str) -> str:
    """The address of a page where the folder is served at ``base``."""
    return f"{base.rstrip('/')}/{page.removesuffix(PAGE)}"


def named(base: str, page: str, other: str) -> str:
    """How a document for programs names ``other``: by its address, or from ``page`` where no address is known."""
    return absolute(base, other) if base else relative(page, other)
