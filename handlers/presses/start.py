"""Presses about language, purpose, consent, help."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.presses.press import Language, Press


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Press):
    """This language, then on."""

    language: Language
    then: str = ""


@dataclass(frozen=True, slots=True)
class ListLanguages(Press):
    """The list of languages."""


@dataclass(frozen=True, slots=True)
class ReadPurpose(Press):
    """Who runs this and what is stored."""

    then: str = ""


@dataclass(frozen=True, slots=True)
class Agree(Press):
    """Agree to be stored."""

    then: str = ""


@dataclass(frozen=True, slots=True)
class JustLook(Press):
    """Look without being stored."""

    then: str = ""


@dataclass(frozen=True, slots=True)
class OpenHelp(Press):
    """How it works."""
