"""Presses about what is stored about a person."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class ReadPrivacy(Press):
    """Opens what is stored about a person and what they may do about it."""


@dataclass(frozen=True, slots=True)
class GetMyData(Press):
    """Sends everything stored about a person as a file."""


@dataclass(frozen=True, slots=True)
class AskToForget(Press):
    """Asks how a person is to be forgotten."""


@dataclass(frozen=True, slots=True)
class ForgetNow(Press):
    """Forgets a person; takes their comments back where ``withdraw``."""

    withdraw: bool
