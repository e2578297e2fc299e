"""Presses about writing, reading, supporting and taking back comments."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.comments import CommentKind, Order
from bot.domain.questions import AboutKind
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class WriteComment(Press):
    """Ask or propose: what kind?"""

    hearing: int


@dataclass(frozen=True, slots=True)
class ChooseCommentKind(Press):
    """This kind: about what?"""

    hearing: int
    kind: CommentKind


@dataclass(frozen=True, slots=True)
class ChooseSubject(Press):
    """About one of these: services, budget lines, agenda items."""

    hearing: int
    kind: CommentKind
    about: AboutKind
    page: int = 0


@dataclass(frozen=True, slots=True)
class WriteAbout(Press):
    """About this: now the text."""

    hearing: int
    kind: CommentKind
    about: AboutKind
    no: int = 0


@dataclass(frozen=True, slots=True)
class CancelWriting(Press):
    """No text after all."""

    hearing: int


@dataclass(frozen=True, slots=True)
class SendUnsent(Press):
    """The text that came unasked is a comment of this kind."""

    hearing: int
    kind: CommentKind


@dataclass(frozen=True, slots=True)
class ReadComment(Press):
    """One comment, one's own or a published one, a page of it.

    ``back`` says where its list stood: the offset of the wall in ``order``, or the page of one's own.
    """

    comment: int
    page: int = 0
    order: Order = Order.SUPPORT
    back: int = 0


@dataclass(frozen=True, slots=True)
class PlayComment(Press):
    """The voice or photo of a comment."""

    comment: int


@dataclass(frozen=True, slots=True)
class AmendComment(Press):
    """New text for one's own comment."""

    comment: int


@dataclass(frozen=True, slots=True)
class WithdrawComment(Press):
    """Take one's comment back: sure?"""

    comment: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SeeWall(Press):
    """Others' published comments."""

    hearing: int
    order: Order = Order.SUPPORT
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SupportComment(Press):
    """Support another's comment, or stop; ``listed`` where it was pressed on the wall, at ``offset`` in ``order``."""

    comment: int
    on: bool
    listed: bool = False
    order: Order = Order.SUPPORT
    offset: int = 0
