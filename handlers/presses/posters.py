"""Presses that come from a poster, and that make one."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.values import dataclass
from handlers.presses.press import Press


class LanguagePair(StrEnum):
    """The languages of a poster, the first above the second, in wire order (append only)."""

    KY_RU = "ky+ru"
    UZ_RU = "uz_Cyrl+ru"
    KY_UZ = "ky+uz_Cyrl"

    @property
    def languages(self) -> tuple[str, str]:
        """Codes of the catalogues."""
        first, _, second = self.value.partition("+")
        return first, second


@dataclass(frozen=True, slots=True)
class FollowPoster(Press):
    """Opens the hearing on a poster; ``village`` is where the poster hangs (0: none in particular)."""

    hearing: int
    village: int = 0


@dataclass(frozen=True, slots=True)
class ListPosters(Press):
    """Opens a hearing's posters on the desk, a page of villages."""

    hearing: int
    pair: LanguagePair = LanguagePair.KY_RU
    page: int = 0


@dataclass(frozen=True, slots=True)
class GetPoster(Press):
    """Sends the poster for a village (0: the whole municipality) as a file."""

    hearing: int
    village: int = 0
    pair: LanguagePair = LanguagePair.KY_RU


@dataclass(frozen=True, slots=True)
class GetAllPosters(Press):
    """Sends the posters for all villages as one file, a page each."""

    hearing: int
    pair: LanguagePair = LanguagePair.KY_RU
