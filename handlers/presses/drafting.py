"""Presses that put a hearing together without a workbook."""

from __future__ import annotations

from bot.domain.hearings import HearingKind
from bot.domain.values import dataclass
from handlers.presses.press import AboutDates, Press


@dataclass(frozen=True, slots=True)
class ComposeHearing(Press):
    """Asks which kind of hearing begins without a workbook."""

    municipality: int


@dataclass(frozen=True, slots=True)
class StartHearing(Press):
    """Begins a draft of that kind and asks for its subject."""

    municipality: int
    kind: HearingKind


@dataclass(frozen=True, slots=True)
class CopyHearing(Press):
    """Begins a draft that says what the last hearing said, and asks for its subject."""

    municipality: int


@dataclass(frozen=True, slots=True)
class ChooseTitle(AboutDates):
    """Asks for the subject of a draft; ``guided`` where the other questions follow."""

    guided: bool = False


@dataclass(frozen=True, slots=True)
class SetTitle(AboutDates):
    """Gives a draft the subject of its kind, for that fiscal year (0: for none in particular)."""

    year: int = 0
    guided: bool = False


@dataclass(frozen=True, slots=True)
class ChooseDay(AboutDates):
    """Asks for the day of a draft's first sitting; a page has two weeks."""

    page: int = 0
    guided: bool = False


@dataclass(frozen=True, slots=True)
class ChooseHour(AboutDates):
    """Asks for the hour of the first sitting on ``day``."""

    day: int
    guided: bool = False


@dataclass(frozen=True, slots=True)
class SetSitting(AboutDates):
    """Lets the first sitting of a draft begin then."""

    day: int
    minute: int
    guided: bool = False


@dataclass(frozen=True, slots=True)
class ChooseVenue(AboutDates):
    """Asks where a draft's sitting is."""

    guided: bool = False


@dataclass(frozen=True, slots=True)
class SetVenue(AboutDates):
    """Lets the sitting of a draft be where that of the hearing ``source`` was, or at ``place`` of the list (from 1)."""

    source: int
    guided: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class ChooseServices(AboutDates):
    """Asks which services of the list a draft is about."""

    guided: bool = False


@dataclass(frozen=True, slots=True)
class ToggleService(AboutDates):
    """Adds a service of the list to a draft, or takes it out."""

    number: int
    on: bool
    guided: bool = False


@dataclass(frozen=True, slots=True)
class ReviewDraft(AboutDates):
    """Shows a draft that was put together, with the way to publish it."""
