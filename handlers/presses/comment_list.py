"""Presses by which staff look through the comments of a hearing."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.comment_lists import Standing
from bot.domain.values import dataclass
from handlers.presses.press import Press


class Narrowing(StrEnum):
    """By what a list is narrowed, in wire order (append only)."""

    NONE = "none"
    KIND = "kind"
    ABOUT = "about"
    VILLAGE = "village"
    LANGUAGE = "language"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class NarrowedComments(Press):
    """The family of presses of a list of comments, and what it is narrowed to.

    ``kind``, ``about``, ``language`` and ``channel`` are places in their enumerations, from 1 on; 0 narrows nothing.
    ``no`` is the number of what they are about. ``search``: by the words that were typed last.
    """

    hearing: int
    state: Standing = Standing.ALL
    page: int = 0
    kind: int = 0
    about: int = 0
    no: int = 0
    village: int = 0
    language: int = 0
    channel: int = 0
    search: bool = False


@dataclass(frozen=True, slots=True)
class ListComments(NarrowedComments):
    """Opens a page of comments."""


@dataclass(frozen=True, slots=True)
class NarrowComments(NarrowedComments):
    """Asks by what the list is narrowed, and then to what: from the choice ``first`` on."""

    by: Narrowing = Narrowing.NONE
    first: int = 0


@dataclass(frozen=True, slots=True)
class OpenListed(NarrowedComments):
    """Opens a comment of the list; the way back is the list."""

    comment: int = 0


@dataclass(frozen=True, slots=True)
class PublishListed(NarrowedComments):
    """Publishes those of the page that it showed whole, if they are the ones that ``seen`` is the digest of."""

    seen: int = 0


@dataclass(frozen=True, slots=True)
class SearchComments(Press):
    """Waits for the words by which comments are looked for."""

    hearing: int
