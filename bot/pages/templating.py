"""Pages from templates: every value is escaped, and one that is missing is a mistake."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined

from bot.reports.inert import plain

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


def asset(name: str) -> bytes:
    """A file that pages share."""
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
