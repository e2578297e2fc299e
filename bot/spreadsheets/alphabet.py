"""The language of a text in a spreadsheet: by its column's heading, and by its letters where that leaves it open."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.folding import restored
from bot.domain.languages import EN, KY, RU, UZ, UZ_CYRL

UZ_LATN: Final = "uz_Latn"
"""The tag of a heading for Uzbek in Latin letters only; ``uz`` takes either script."""

_TAGGED_HEADING: Final = re.compile(r"(?P<name>.*?)\s*[\[(]\s*(?P<tag>[^\[\]()]+?)\s*[\])]\s*", re.DOTALL)
_TAGS: Final = {
    KY: ("ky", "kg", "кы", "кырг", "кыргызча"),
    RU: ("ru", "рус", "русский", "орусча"),
    UZ: ("uz", "uzb", "узб", "ўзб"),
    UZ_LATN: ("uz_latn", "oʻzbekcha"),
    UZ_CYRL: ("uz_cyrl", "ўзбекча", "узбекча"),
    EN: ("en", "eng", "english", "англ"),
}
_LANGUAGES_BY_TAG: Final = {restored(tag): language for language, tags in _TAGS.items() for tag in tags}
_CYRILLIC_LETTER: Final = re.compile(r"[\u0400-\u04ff]")
_LATIN_LETTER: Final = re.compile(r"[A-Za-z]")
_UZBEK_CYRILLIC_LETTER: Final = re.compile(r"[ўқғҳЎҚҒҲ]")
_UZBEK_LATIN_LETTER: Final = re.compile(r"[oOgG][ʻʼ‘’`']")


def split_heading(heading: str) -> tuple[str, str | None]:
    """The name and the language: "" without one, None for an unknown one; ``amount (som)`` has none."""
    found = _TAGGED_HEADING.fullmatch(heading)
    if not found:
        return heading, ""
    return found["name"], _LANGUAGES_BY_TAG.get(restored(found["tag"]), "" if "(" in heading else None)


def language_of(text: str, heading_language: str) -> str:
    """The language of a text in a column: of ``uz`` by its script, without one by letters only one language has."""
    cyrillic, latin = len(_CYRILLIC_LETTER.findall(text)), len(_LATIN_LETTER.findall(text))
    if heading_language == UZ:
        return UZ_CYRL if cyrillic > latin else UZ
    if heading_language:
        return UZ if heading_language == UZ_LATN else heading_language
    if cyrillic >= latin:
        return UZ_CYRL if _UZBEK_CYRILLIC_LETTER.search(text) else KY
    return UZ if _UZBEK_LATIN_LETTER.search(text) else EN
