"""The languages of the bot, and texts that exist in some of them.

Codes are the ones of the catalogues: ``ky``, ``ru``, ``uz_Cyrl`` (written by hand), ``uz`` (Latin, derived), ``en``.
"""

from __future__ import annotations

from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

KY: Final = "ky"
RU: Final = "ru"
UZ_CYRL: Final = "uz_Cyrl"
UZ: Final = "uz"
EN: Final = "en"

LANGUAGES: Final = (KY, RU, UZ_CYRL, UZ, EN)
"""Every language, in the order a list shows them: Kyrgyz first."""

OWN_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {KY: "Кыргызча", RU: "Русский", UZ_CYRL: "Ўзбекча", UZ: "Oʻzbekcha", EN: "English"}
)
"""Each language's name in itself."""

_NEAREST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        KY: (KY, RU, UZ_CYRL, UZ, EN),
        RU: (RU, KY, UZ_CYRL, UZ, EN),
        UZ_CYRL: (UZ_CYRL, UZ, KY, RU, EN),
        UZ: (UZ, UZ_CYRL, KY, RU, EN),
        EN: (EN, KY, RU, UZ_CYRL, UZ),
    }
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a secretary wrote, in the languages it was written in; an empty language is simply absent."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = {code: words for code, words in self.by_language.items() if words.strip()}
        if unknown := set(kept) - set(LANGUAGES):
            raise ValueError(f"unknown languages: {sorted(unknown)}")
        object.__setattr__(self, "by_language", MappingProxyType(kept))

    def __reduce__(self) -> tuple[type[Text], tuple[dict[str, str]]]:
        """As another process may get it: a mapping that cannot be changed cannot be pickled."""
        return Text, (dict(self.by_language),)

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def __hash__(self) -> int:
        return hash(frozenset(self.by_language.items()))

    def nearest(self, language: str) -> tuple[str, str]:
        """The words for a reader of ``language`` and the language they are in; ``("", language)`` when there are none.

        Uzbek prefers Uzbek in the other script, then Kyrgyz, Russian, English; ``_NEAREST`` has every order.
        """
        for code in _NEAREST[language]:
            if words := self.by_language.get(code):
                return words, code
        return "", language

    def __str__(self) -> str:
        return self.nearest(KY)[0]


def from_telegram(code: str | None) -> str:
    """The catalogue language nearest to an IETF tag (Telegram's ``language_code``): a guess that only orders a list."""
    main, _, rest = (code or "").replace("_", "-").partition("-")
    if main.lower() == "uz":
        return UZ_CYRL if rest.lower().startswith("cyrl") else UZ
    return {RU: RU, EN: EN}.get(main.lower(), KY)  # our own constants: thousands of people have them in memory
