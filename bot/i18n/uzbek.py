"""Uzbek in its two scripts: one deterministic function each way, used for catalogues and for what secretaries write.

Latin is the official alphabet of 1995 with the letters oʻ and gʻ (U+02BB) and the sign ʼ (U+02BC). From Cyrillic the
result is the spelling of the orthography; the way back guesses where Latin keeps less (с and ц, э and е).
Letters outside the source script, digits, ``{placeholders}`` and punctuation come out as they went in.
"""

from __future__ import annotations

import re
from typing import Final

_TURNED_COMMA: Final = "ʻ"
_APOSTROPHE_SIGN: Final = "ʼ"

_LATIN_LETTERS: Final = {
    **dict(zip("абвгджзийклмнопрстуфхқҳэы", "abvgdjziyklmnoprstufxqhei", strict=True)),
    "ў": f"o{_TURNED_COMMA}",
    "ғ": f"g{_TURNED_COMMA}",
    "ё": "yo",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "yu",
    "я": "ya",
    "ъ": _APOSTROPHE_SIGN,
    "ь": "",
    "ң": "ng",
    "ө": f"o{_TURNED_COMMA}",
    "ү": "u",
}
_CYRILLIC_LETTERS: Final = {
    **dict(zip("abvgdjziyklmnoprstufxqhcw", "абвгджзийклмнопрстуфхқҳсв", strict=True)),
    f"o{_APOSTROPHE_SIGN}": "ў",
    f"g{_APOSTROPHE_SIGN}": "ғ",
    "yo": "ё",
    "ch": "ч",
    "sh": "ш",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    "ts": "ц",
    _APOSTROPHE_SIGN: "ъ",
    f"s{_APOSTROPHE_SIGN}h": "сҳ",
}
_CYRILLIC_VOWELS: Final = frozenset("аиэуўоеёюяыөү")
_LATIN_VOWELS: Final = frozenset("aieuo")

_CYRILLIC_WORD: Final = re.compile(r"[Ѐ-ӿ]+")
_LATIN_WORD: Final = re.compile(rf"(?:[A-Za-z]|(?<=[A-Za-z]){_APOSTROPHE_SIGN})+")
_USUAL_APOSTROPHES: Final = re.compile(r"(?<=[A-Za-z])['`´‘’ʻʼ](?=[A-Za-z])|(?<=[OoGg])['`´‘’ʻʼ]")
_STAYS_LATIN: Final = re.compile(
    r"""\{\w+\}                                     # a placeholder
    | </?[a-z][^<>]*>                               # a tag
    | https?://\S+ | www\.\S+ | \S+@\S+ | @\w+      # addresses and names
    | \b[\w-]+(?:\.[\w-]+)*\.(?:com|kg|me|net|org|ru|uz)\b
    | (?<![\w/])/[a-z_]+                            # a command
    | \b[IVXLC]{2,}\b                               # a Roman number
    | \b(?:Telegram|WhatsApp|Excel|Word|PDF|DOCX|XLSX|CSV|QR|UTC)\b
    """,
    re.VERBOSE,
)
"""What stays Latin in a Cyrillic text."""

_STEMS_TO_LATIN: Final = {"бюджет": "budjet", "сентябр": "sentabr", "октябр": "oktabr", "брошюра": "broshura"}
_STEMS_TO_CYRILLIC: Final = {
    "budjet": "бюджет",
    "sentabr": "сентябр",
    "oktabr": "октябр",
    "broshura": "брошюра",
    "juri": "жюри",
    "sement": "цемент",
    "sentner": "центнер",
    "pensiya": "пенсия",
    "konsert": "концерт",
}
"""Loan words in which one script keeps what the other has lost; a stem carries its endings."""


def to_latin(words: str) -> str:
    """Uzbek Cyrillic in Latin letters, e.g. ``Бюджет бўйича эшитув`` as ``Budjet boʻyicha eshituv``."""
    return _CYRILLIC_WORD.sub(_latin_word, words)


def to_cyrillic(words: str) -> str:
    """Uzbek Latin in Cyrillic letters; every usual apostrophe is understood, addresses and commands stay Latin."""
    parts, end = [], 0
    for kept in _STAYS_LATIN.finditer(words):
        parts += [_cyrillic_run(words[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join((*parts, _cyrillic_run(words[end:])))


def _cyrillic_run(words: str) -> str:
    return _LATIN_WORD.sub(_cyrillic_word, _USUAL_APOSTROPHES.sub(_APOSTROPHE_SIGN, words))


def _latin_word(match: re.Match[str]) -> str:
    word = match[0]
    low = word.lower()
    done, start = _stem(word, low, _STEMS_TO_LATIN)
    letters = (_cased(_latin_letter(low, at), word, at, at + 1) for at in range(start, len(word)))
    return done + "".join(letters)


def _latin_letter(low: str, at: int) -> str:
    letter, before, after = low[at], low[at - 1 : at], low[at + 1 : at + 2]
    if letter == "е":
        return "ye" if not before or before in _CYRILLIC_VOWELS or before in "ъь" else "e"
    if letter == "ц":
        return "ts" if before and before in _CYRILLIC_VOWELS else "s"
    if letter == "ъ" and (before == "ў" or (after and after in "еёюя")):
        return ""
    if letter == "с" and after == "ҳ":
        return f"s{_APOSTROPHE_SIGN}"
    if letter == "ю" and before and before in "жш":
        return "u"
    return _LATIN_LETTERS.get(letter, letter)


def _cyrillic_word(match: re.Match[str]) -> str:
    word = match[0]
    low = word.lower()
    done, at = _stem(word, low, _STEMS_TO_CYRILLIC)
    pieces = [done]
    while at < len(word):
        letter, length = _cyrillic_letter(low, at)
        pieces.append(_cased(letter, word, at, at + length))
        at += length
    return "".join(pieces)


def _cyrillic_letter(low: str, at: int) -> tuple[str, int]:
    letter, before = low[at], low[at - 1 : at]
    if low.startswith(f"yo{_APOSTROPHE_SIGN}", at):
        return "й", 1
    if low.startswith("ye", at) and before and before not in _LATIN_VOWELS and before != _APOSTROPHE_SIGN:
        return "ъе", 2
    for length in (3, 2):
        if len(piece := low[at : at + length]) == length and piece in _CYRILLIC_LETTERS:
            return _CYRILLIC_LETTERS[piece], length
    if letter == "e":
        after_vowel = before in _LATIN_VOWELS or low[at - 2 : at] == f"o{_APOSTROPHE_SIGN}"
        return ("э" if not before or after_vowel else "е"), 1
    if letter == "s" and low[at - 1 : at + 4] in {"nsiya", "ksiya", "psiya"}:
        return "ц", 1
    return _CYRILLIC_LETTERS.get(letter, letter), 1


def _stem(word: str, low: str, stems: dict[str, str]) -> tuple[str, int]:
    for stem, other in stems.items():
        if low.startswith(stem):
            head = word[: len(stem)]
            return other.upper() if head.isupper() else other.capitalize() if head[0].isupper() else other, len(stem)
    return "", 0


def _cased(letter: str, word: str, start: int, end: int) -> str:
    """``letter`` in the case of ``word[start:end]``: ``Шаҳар`` gives ``Sh``, ``ШАҲАР`` and ``МЧШ`` give ``SH``."""
    if not word[start].isupper():
        return letter
    following = word[end : end + 1]
    loud = following.isupper() if following else start > 0 and word[start - 1].isupper()
    return letter.upper() if loud else letter.capitalize()
