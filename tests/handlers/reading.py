"""What a reader of a language may be shown: no tag, no code, no sentence and no name in somebody else's letters."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from bot.domain.languages import EN, KY, OWN_NAMES, RU, UZ, UZ_CYRL, Text
from bot.i18n.place_names import in_letters_of
from bot.i18n.uzbek import to_cyrillic, to_latin

MARKS: Final = re.compile(r"</?[a-z][^>]*>|&#?\w+;|\{\w*\}|%[sd]\b")
"""What Telegram or a catalogue should have taken."""
WRITTEN_THE_SAME_EVERYWHERE: Final = re.compile(
    r"""https?://\S+ | t\.me/\S+ | @\w+ | (?<![\w/])/[a-z_]+ | \b[\w-]+\.(?:xlsx|csv|docx|pdf|ods|zip|json|html)\b
    | \b(?:Telegram|WhatsApp|Excel|Word|LibreOffice|Polis|Pabulib)
    | \b(?:SHA-256|ID|QR|UTC|A4|PDF|XLSX|CSV|ODS|DOCX|ZIP|JSON|PNG)\b | \.(?:xlsx|xls|ods)\b
    | \b[A-Z]{1,2}\d+\b | \b[IVX]+\b""",
    re.VERBOSE,
)
"""Addresses, commands, names of files and programs, cells of a sheet, Roman numbers."""
LETTERS_OF_A_SIGN: Final = 2
"""Of a label that is a mere sign (◀️), which may stand on a screen twice."""
_CYRILLIC: Final = "А-Яа-яЁёҒғӨөҮүҢңҚқҲҳЎўІіЇї"
_LATIN: Final = "A-Za-zʻʼ"
FOREIGN_LETTERS: Final = {
    KY: f"{_LATIN}ҒғҚқҲҳЎў",
    RU: f"{_LATIN}ӨөҮүҢңҒғҚқҲҳЎў",
    UZ_CYRL: f"{_LATIN}ӨөҮүҢңЫыЩщ",
    UZ: _CYRILLIC,
    EN: f"{_CYRILLIC}ʻʼ",
}
"""Letters that a language is not written with; Uzbek names and Russian words have ы, which is why few are Uzbek's."""


def strange(words: str, language: str, *, known: tuple[str, ...] = ()) -> list[str]:
    """Marks and words that a reader of ``language`` should not meet; not those of ``known``, which people wrote."""
    beginnings = (f"{name[:3]}." for name in OWN_NAMES.values())  # of two languages on one button
    for said in (*known, *OWN_NAMES.values(), *beginnings):
        words = words.replace(said, " ")
    found = MARKS.findall(words)
    plain = WRITTEN_THE_SAME_EVERYWHERE.sub(" ", MARKS.sub(" ", words))
    return found + re.findall(rf"\w*[{FOREIGN_LETTERS[language]}]\w*", plain)


def in_every_language(value: Any) -> Any:
    """The same with each text in every language, in letters of its own: what is foreign then is not the secretary's."""
    if isinstance(value, Text):
        return _spelled(str(value)) if value else value
    if isinstance(value, tuple):
        return tuple(in_every_language(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: in_every_language(getattr(value, each.name)) for each in fields(value) if each.init}
        )
    return value


def _spelled(words: str) -> Text:
    latin = to_latin(words)
    russian = words.translate(str.maketrans("ӨөҮүҢң", "ОоУуНн"))
    by_language = {KY: words, RU: russian, UZ_CYRL: to_cyrillic(latin), UZ: latin, EN: in_letters_of(EN, words)}
    return Text(by_language)
