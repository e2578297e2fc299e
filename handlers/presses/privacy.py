"""Presses about what is stored about a person."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ReadPrivacy(Press):
    """What is stored and what one may do about it."""


@dataclass(frozen=True, slots=True)
class GetMyData(Press):
    """Everything stored, as a file."""


@dataclass(frozen=True, slots=True)
class AskToForget(Press):
    """Be forgotten: how?"""


@dataclass(frozen=True, slots=True)
class ForgetNow(Press):
    """Be forgotten now."""

    withdraw: bool
