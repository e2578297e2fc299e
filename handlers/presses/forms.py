"""Presses about forms to be printed."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.files import FormKind
from bot.domain.values import dataclass
from handlers.presses.press import Press


class FormLanguages(StrEnum):
    """The languages of a form, the first before the second, in wire order (append only)."""

    KY_RU = "ky+ru"
    UZ_RU = "uz_Cyrl+ru"
    KY_UZ = "ky+uz_Cyrl"
    KY = "ky"
    RU = "ru"
    UZ = "uz_Cyrl"

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the catalogues."""
        return tuple(self.value.split("+"))


@dataclass(frozen=True, slots=True)
class ListForms(Press):
    """Opens the forms of a hearing that can be printed."""

    hearing: int
    languages: FormLanguages = FormLanguages.KY_RU


@dataclass(frozen=True, slots=True)
class GetForm(Press):
    """Sends a form as a file."""

    hearing: int
    form: FormKind
    languages: FormLanguages = FormLanguages.KY_RU
