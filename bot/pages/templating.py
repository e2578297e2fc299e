"""Pages from templates: every value is escaped, and one that is missing is a mistake."""

from __future__ import annotations

import hashlib
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined

from bot.domain.values import dataclass
from bot.pages import layout
from bot.reports.inert import plain

STYLESHEET: Final = "style.css"
ICON: Final = "icon.svg"
_PACKAGE: Final = files("bot.pages")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link with its words; ``current`` where it leads to what is read already."""

    words: str
    href: str
    current: bool = False
    language: str = ""
    """Of the words, where it is another than the page's."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around its contents. Addresses are relative to the page, but for ``canonical`` and below.

    ``language`` is as browsers know it. Without an address of the site there is no ``canonical`` one.
    """

    language: str
    title: str
    description: str
    site: str
    skip: str
    choose: str
    home: str
    styles: str
    icon: str
    languages: tuple[PageLink, ...]
    note: str
    canonical: str = ""
    alternates: tuple[PageLink, ...] = ()
    picture: str = ""
    feed: str = ""
    trail: tuple[PageLink, ...] = field(default=())


def rendered(template: str, frame: Frame | None, **data: Any) -> bytes:
    """The page, without what could turn its writing round. The same data gives the same bytes."""
    return plain(_environment().get_template(template).render(frame=frame, **data)).encode()


@cache
def assets() -> dict[str, bytes]:
    """The files that pages share, by their places: a file that says something else has another name."""
    found = {name: asset(name) for name in (STYLESHEET, ICON)}
    return {asset_place(name): content for name, content in found.items()}


@cache
def asset_place(name: str) -> str:
    """Where such a file lies: its name has a digest of what is in it, so that browsers may keep it for good."""
    digest = hashlib.sha256(asset(name)).hexdigest()
    stem, _, ending = name.partition(".")
    return f"{layout.ASSETS}/{stem}-{digest[:12]}.{ending}"


def asset(name: str) -> bytes:
    """What is in a file of the package's."""
    return (_PACKAGE / "assets" / name).read_bytes()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _source(name: str) -> str:
    """The text of a template, wherever the package lies."""
    return (_PACKAGE / "templates" / name).read_text("utf-8")
