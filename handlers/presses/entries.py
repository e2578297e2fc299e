"""Presses of what staff enter for somebody: comments from the hall, on paper and by phone."""

from __future__ import annotations

from bot.domain.comments import Channel, CommentKind
from bot.domain.entry_drafts import EntryField
from bot.domain.questions import AboutKind
from bot.domain.values import dataclass
from handlers.presses.press import AboutEntries, Press


@dataclass(frozen=True, slots=True)
class OpenEntries(AboutEntries):
    """Opens all that was entered for a hearing."""


@dataclass(frozen=True, slots=True)
class ChooseEntryChannel(AboutEntries):
    """Asks how a comment came."""


@dataclass(frozen=True, slots=True)
class ChooseEntryKind(AboutEntries):
    """Asks of which kind a comment is; in the hall of several sittings (``sitting`` 0) first at which it was said."""

    channel: Channel
    sitting: int = 0


@dataclass(frozen=True, slots=True)
class ChooseEntrySubject(AboutEntries):
    """Asks what a comment is about."""

    channel: Channel
    sitting: int
    kind: CommentKind


@dataclass(frozen=True, slots=True)
class ListEntrySubjects(AboutEntries):
    """Asks about which service, budget line or agenda item it is."""

    channel: Channel
    sitting: int
    kind: CommentKind
    about: AboutKind
    page: int = 0


@dataclass(frozen=True, slots=True)
class WriteEntry(AboutEntries):
    """Waits for the words of a comment."""

    channel: Channel
    sitting: int
    kind: CommentKind
    about: AboutKind
    no: int = 0


@dataclass(frozen=True, slots=True)
class CheckEntry(AboutEntries):
    """Shows what is being entered."""


@dataclass(frozen=True, slots=True)
class AskEntryField(AboutEntries):
    """Waits for one more thing about it."""

    field: EntryField


@dataclass(frozen=True, slots=True)
class ChooseEntryDay(AboutEntries):
    """Asks on which day it was given."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class SetEntryDay(AboutEntries):
    """Stores the day on which it was given: its ordinal."""

    day: int


@dataclass(frozen=True, slots=True)
class SaveEntry(AboutEntries):
    """Stores what is being entered; ``sure`` where another entry says the same."""

    sure: bool = False


@dataclass(frozen=True, slots=True)
class GiveUpEntry(AboutEntries):
    """Forgets what is being entered."""


@dataclass(frozen=True, slots=True)
class ListEntries(AboutEntries):
    """Opens the comments that were entered, from ``offset`` on."""

    offset: int = 0


@dataclass(frozen=True, slots=True)
class OpenEntry(Press):
    """Opens one of them."""

    comment: int


@dataclass(frozen=True, slots=True)
class ChangeEntry(Press):
    """Begins to change one of them."""

    comment: int


@dataclass(frozen=True, slots=True)
class RemoveEntry(Press):
    """Takes one of them out, after asking once."""

    comment: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class CloseEntries(AboutEntries):
    """Says that everything is entered, after asking once."""

    sure: bool = False


@dataclass(frozen=True, slots=True)
class ReopenEntries(AboutEntries):
    """Takes that back, after asking once."""

    sure: bool = False
