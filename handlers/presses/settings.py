"""Presses about messages, and what a person says about themselves."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import AgeBand, Gender, Reminders
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class OpenSettings(Press):
    """Settings."""


@dataclass(frozen=True, slots=True)
class ChooseReminders(Press):
    """Which reminders?"""


@dataclass(frozen=True, slots=True)
class SetReminders(Press):
    """These reminders."""

    reminders: Reminders


@dataclass(frozen=True, slots=True)
class DescribeMyself(Press):
    """The three questions about oneself, beginning with ``step``: 0 gender, 1 age, 2 village, 3 done."""

    step: int = 0


@dataclass(frozen=True, slots=True)
class SetGender(Press):
    """Gender, then on."""

    gender: Gender


@dataclass(frozen=True, slots=True)
class SetAge(Press):
    """Age band, then on."""

    age_band: AgeBand
