"""Presses about messages, and about what a person says about themselves."""

from __future__ import annotations

from bot.domain.people import AgeBand, Gender, Reminders
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenSettings(Press):
    """Opens the settings."""


@dataclass(frozen=True, slots=True)
class ChooseReminders(Press):
    """Asks which messages a person wants."""


@dataclass(frozen=True, slots=True)
class SetReminders(Press):
    """Sets which messages a person wants."""

    reminders: Reminders


@dataclass(frozen=True, slots=True)
class DescribeMyself(Press):
    """Asks one of the three questions about oneself: ``step`` 0 gender, 1 age, 2 village, 3 none is left."""

    step: int = 0


@dataclass(frozen=True, slots=True)
class SetGender(Press):
    """Stores a person's gender, then asks the next question."""

    gender: Gender


@dataclass(frozen=True, slots=True)
class SetAge(Press):
    """Stores a person's age band, then asks the next question."""

    age_band: AgeBand
