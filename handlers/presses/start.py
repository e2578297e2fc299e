"""Presses about language, purpose, consent and help."""

from __future__ import annotations

from bot.domain.values import dataclass
from handlers.presses.press import Language, Press


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Press):
    """Sets the language, then does what ``then`` means."""

    language: Language
    then: str = ""


@dataclass(frozen=True, slots=True)
class ListLanguages(Press):
    """Opens the list of languages."""


@dataclass(frozen=True, slots=True)
class ReadPurpose(Press):
    """Opens who runs this and what is stored."""

    then: str = ""


@dataclass(frozen=True, slots=True)
class Agree(Press):
    """Begins to store the person, then does what ``then`` means."""

    then: str = ""


@dataclass(frozen=True, slots=True)
class JustLook(Press):
    """Stores nothing and does what ``then`` means."""

    then: str = ""


@dataclass(frozen=True, slots=True)
class OpenHelp(Press):
    """Opens how it works."""
