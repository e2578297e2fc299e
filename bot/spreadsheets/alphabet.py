"""Which language a text in a workbook is in: by its column's heading, and by its letters where that leaves it open."""

from __future__ import annotations

import re
from typing import Final

from bot.domain.languages import EN, KY, RU, UZ, UZ_CYRL
from bot.workbook.sheets import LATIN

_HEADING: Final = re.compile(r"(?P<name>.*?)\s*[\[(]\s*(?P<language>[^\[\]()]+?)\s*[\])]\s*", re.DOTALL)
_LANGUAGES: Final = {
    **dict.fromkeys(("ky", "kg", "кы", "кырг", "кыргызча"), KY),
    **dict.fromkeys(("ru", "рус", "русский", "орусча"), RU),
    **dict.fromkeys(("uz", "uzb", "узб", "ўзб"), UZ),
    **dict.fromkeys(("uz_latn", "uz-latn", "oʻzbekcha", "o'zbekcha"), LATIN),
    **dict.fromkeys(("uz_cyrl", "uz-cyrl", "ўзбекча", "узбекча"), UZ_CYRL),
    **dict.fromkeys(("en", "eng", "english", "англ"), EN),
}
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_LATIN: Final = re.compile(r"[A-Za-z]")


def split_heading(written: str) -> tuple[str, str | None]:
    """The name and the language: "" without one, None for one that is not known; ``amount (som)`` has none."""
    found = _HEADING.fullmatch(written)
    if not found:
        return written, ""
    return found["name"], _LANGUAGES.get(found["language"].lower(), "" if "(" in written else None)


def language_of(written: str, heading: str) -> str:
    """The language of a text below a heading: ``uz`` by its script, unmarked text by letters only one language has."""
    cyrillic, latin = len(_CYRILLIC.findall(written)), len(_LATIN.findall(written))
    if heading == UZ:
        return UZ_CYRL if cyrillic > latin else UZ
    if heading:
        return UZ if heading == LATIN else heading
    if cyrillic >= latin:
        return UZ_CYRL if re.search(r"[ўқғҳЎҚҒҲ]", written) else KY
    return UZ if re.search(r"[oOgG][ʻʼ‘’`']", written) else EN
