"""How many people live in each group that a hearing counts: what the secretary gave, else what the places know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.folding import fold
from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.people import AgeBand, Gender
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.hearings import Dossier
    from bot.domain.places import Place

K = TypeVar("K")

_WORDS_FOR_WOMEN: Final = frozenset(map(fold, ("women", "аялдар", "женщины", "аёллар", "ayollar")))
_WORDS_FOR_MEN: Final = frozenset(map(fold, ("men", "эркектер", "мужчины", "эркаклар", "erkaklar")))
"""What the workbook's attendance sheet may call them, in its five languages."""


@dataclass(frozen=True, slots=True)
class Populations:
    """People who live there, by group; a group whose people are not known is absent."""

    by_village: Mapping[int, int]
    by_gender: Mapping[Gender, int]
    by_age: Mapping[AgeBand, int]
    by_language: Mapping[str, int]

    @classmethod
    def of(cls, dossier: Dossier, municipality: Place, villages: Iterable[Place]) -> Populations:
        """The populations of a hearing's municipality and its villages."""
        given = {fold(target.group): target.population for target in dossier.attendance}
        genders = (
            (Gender.FEMALE, municipality.women, _WORDS_FOR_WOMEN),
            (Gender.MALE, _men(municipality), _WORDS_FOR_MEN),
        )
        return cls(
            _known(given, ((village.id, village.population, _names(village)) for village in villages)),
            _known(given, genders),
            _known(given, ((band, None, {fold(band.value)}) for band in AgeBand)),
            _known(given, ((language, None, {fold(OWN_NAMES[language])}) for language in LANGUAGES)),
        )


def _known(given: Mapping[str, int | None], groups: Iterable[tuple[K, int | None, Iterable[str]]]) -> dict[K, int]:
    known: dict[K, int] = {}
    for key, population, called in groups:
        found = next((given[name] for name in called if name in given), population)
        if found is not None:
            known[key] = found
    return known


def _men(municipality: Place) -> int | None:
    if municipality.population is None or municipality.women is None:
        return None
    return municipality.population - municipality.women


def _names(village: Place) -> list[str]:
    return [fold(name) for name in village.name.by_language.values()]
