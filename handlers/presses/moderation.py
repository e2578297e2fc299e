"""Presses by which staff read, publish and hide single comments."""

from __future__ import annotations

from bot.domain.comments import HidingRule
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenQueue(Press):
    """Opens the comment that waits at ``offset`` to be published or hidden."""

    hearing: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ReviewComment(Press):
    """Opens one comment as those who publish and hide see it, a page of its words."""

    comment: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class AboutWords(Press):
    """The family of presses that decide about a comment with the words of this edition."""

    comment: int
    edition: int = 0


@dataclass(frozen=True, slots=True)
class PublishComment(AboutWords):
    """Publishes a comment."""


@dataclass(frozen=True, slots=True)
class PutBackComment(AboutWords):
    """Lets a comment that was published or hidden wait again."""


@dataclass(frozen=True, slots=True)
class ChooseHidingRule(AboutWords):
    """Asks by which rule a comment is hidden."""


@dataclass(frozen=True, slots=True)
class HideComment(Press):
    """Hides a comment with the words of this edition by this rule."""

    comment: int
    rule: HidingRule
    edition: int = 0
