"""Coming in: language, consent, the way to one's municipality, links that give a role."""

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
class ChoosePlace(Press):
    """What lies within a place (0: everything), a page of it."""

    parent: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickMunicipality(Press):
    """This is my municipality."""

    place: int


@dataclass(frozen=True, slots=True)
class ChooseVillage(Press):
    """The villages of a municipality."""

    municipality: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickVillage(Press):
    """This is my village; 0 is none of them."""

    municipality: int
    village: int = 0


@dataclass(frozen=True, slots=True)
class OpenPlace(Press):
    """A link to a municipality or village."""

    place: int


@dataclass(frozen=True, slots=True)
class AcceptInvitation(Press):
    """A link that gives a role."""

    token: str
