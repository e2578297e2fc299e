"""What search engines ask a site first: whether they may read it, and the addresses of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import LANGUAGES
from bot.pages import layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.pages.lists import ListedMunicipality

_SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots(base: str) -> bytes:
    """Everybody may read everything (RFC 9309)."""
    where = f"Sitemap: {layout.absolute(base, layout.SITEMAP)}\n" if base else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


def sitemap(base: str, listed: Sequence[ListedMunicipality]) -> bytes:
    """The address of each page but the lists of comments, which the hearings' pages lead to."""
    from lxml import etree  # noqa: PLC0415 libraries for this alone

    urls = etree.Element(f"{{{_SITEMAPS}}}urlset", nsmap={None: _SITEMAPS})
    for place in _places(listed):
        url = etree.SubElement(urls, f"{{{_SITEMAPS}}}url")
        etree.SubElement(url, f"{{{_SITEMAPS}}}loc").text = layout.absolute(base, place)
    made: bytes = etree.tostring(urls, xml_declaration=True, encoding="utf-8")
    return made


def _places(listed: Sequence[ListedMunicipality]) -> Iterator[str]:
    for language in LANGUAGES:
        yield layout.front(language)
        for each in listed:
            yield layout.municipality(language, each.place.code)
            yield from (layout.hearing(language, hearing.code) for hearing in each.hearings)
