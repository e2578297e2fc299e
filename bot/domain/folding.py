"""How words are compared that people spell in many ways: letters of the wrong alphabet, other alphabets, lost letters.

The one place for it: headings and sheets of workbooks, names of places and every search compare what is folded here.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import TYPE_CHECKING, Final

from bot.domain.message_text import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator

_RIGHT_LETTERS: Final = str.maketrans(
    "ѳɵєѲƟЄӊӈҥӉӇҤїұЇҰіІ№ʻʼ‘’`´ʹʽ′＇",
    "өөөӨӨӨңңңҢҢҢүүҮҮиИ ''''''''''",
)
"""Letters that are typed or converted in the place of the right ones: those of old fonts, of other alphabets."""
_LATIN_WITH_MARKS: Final = {
    latin: plain.title() if latin.isupper() else plain
    for letters, plain in (("şŞšŠ", "sh"), ("çÇčČ", "ch"), ("žŽ", "zh"), ("ğĞ", "gh"), ("ñÑŋŊ", "ng"), ("ı", "y"))
    for latin in letters
}
_PLAIN_LETTERS: Final = str.maketrans("өүңўӯқӄҡғҕҳһҗҷӣёѐѝјѕ", "оунуукккггххжчиееижс", "ъь'")
"""Kyrgyz, Uzbek and Tajik letters to their plain Russian neighbours; signs and apostrophes are left out."""
_LATIN_LOOKALIKES: Final = "ABCEHIKMOPTXYSJaceikmoptxysjbh"
_CYRILLIC_LOOKALIKES: Final = "АВСЕНИКМОРТХУЅЈасеикмортхуѕјвн"
_TO_CYRILLIC: Final = str.maketrans(_LATIN_LOOKALIKES, _CYRILLIC_LOOKALIKES)
_TO_LATIN: Final = str.maketrans("АВСЕНКМОРТХУЅЈасеорхуѕј", "ABCEHKMOPTXYSJaceopxysj")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-z]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")

# Longest first, so that "shch" is read before "sh" and "sh" before "s".
_LATIN_DIGRAPHS: Final = (
    *(("shch", "щ"), ("yo", "е"), ("yu", "ю"), ("ya", "я"), ("ye", "е"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж")),
    *(("ts", "ц"), ("kh", "х"), ("ng", "н"), ("gh", "г"), ("o'", "у"), ("g'", "г")),
)
_LATIN_Y_AS_A_CONSONANT: Final = re.compile(r"(?<=[aeiouаеёиоуыэюяөү])y|(?<!\w)y(?=[aeiou])")
_LATIN_LETTERS: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абсдефгхижклмнопкрстувшхыз")

_SOUNDS: Final = (("дж", "ж"), ("ю", "у"), ("я", "иа"), ("е", "о"), ("э", "о"), ("ы", "и"), ("й", "и"), ("щ", "ш"))
_REPEATED_LETTER: Final = re.compile(r"([^\W\d_])\1+")
LETTERS_LOST: Final = str.maketrans(dict.fromkeys("оун", "?"))
"""What a conversion that knows no ө, ү and ң makes of them once they are folded."""


def restored(words: str) -> str:
    """Words in small letters as they are meant: every word in one alphabet, only letters, digits, single spaces and '.

    What was taken for ө, ү or ң is that; accents, soft hyphens and other signs that show nothing are gone.
    """
    text = unicodedata.normalize("NFC", BLANK.sub("", words)).translate(_RIGHT_LETTERS)
    text = "".join(map(_without_accent, unicodedata.normalize("NFKC", text)))
    text = unicodedata.normalize("NFKC", _WORD.sub(_in_one_alphabet, text).casefold())
    kept = (letter if letter.isalnum() or letter == "'" else " " for letter in text if not _is_mark(letter))
    return " ".join("".join(kept).split())


def fold(words: str) -> str:
    """Words reduced to what people type in a hurry: one script, plain letters, single spaces, no marks.

    ө=о ү=у ң=н ў=у қ=к ғ=г ҳ=х, no apostrophe, and Latin Kyrgyz and Uzbek find Cyrillic.
    """
    text = restored(words)
    if _LATIN.search(text):
        text = _transliterated(text)
    return " ".join(text.translate(_PLAIN_LETTERS).split())


def sound(folded: str) -> str:
    """Folded words as they sound, whoever wrote them: Russian and Kyrgyz spelling (Джаны = Жаңы, Терт = Төрт) agree."""
    for written, heard in _SOUNDS:
        folded = folded.replace(written, heard)
    return _REPEATED_LETTER.sub(r"\1", folded)


def squeezed(folded: str) -> str:
    """Folded words without spaces, every letter that is repeated once: a slip of the finger."""
    return _REPEATED_LETTER.sub(r"\1", folded.replace(" ", ""))


def readings(words: str) -> tuple[str, ...]:
    """The ways in which typed words may be meant, as they are typed first; no two are the same once restored.

    щ may be ң or ш, a Latin word of letters that look Cyrillic may be Cyrillic.
    """
    ways = [words, words.replace("щ", "ң").replace("Щ", "Ң"), words.replace("щ", "ш").replace("Щ", "Ш")]
    if _LATIN.search(words):
        ways.append(_WORD.sub(_as_it_looks, words))
    return tuple({restored(way): way for way in reversed(ways)}.values())[::-1]


def in_russian(letters: str) -> Iterator[str]:
    """Restored Kyrgyz words as Russian lists spell them, folded: ө is о or е, ж is ж or дж."""
    if _LATIN.search(letters):
        letters = _transliterated(letters)
    for e, j in product(("о", "е"), ("ж", "дж")):
        yield fold(letters.replace("ө", e).replace("дж", "ж").replace("ж", j))


def has_lost_letters(words: str) -> bool:
    """True where a question mark may stand for a letter that a conversion lost."""
    return "?" in words and len(words) > words.count("?")


def lossy(words: str) -> str:
    """Words of which о, у, н and the letters folded to them are lost: a lost letter equals each of them."""
    return fold(words.replace("?", "о")).translate(LETTERS_LOST)


def differ_by_one(one: str, other: str) -> bool:
    """True if one letter is changed, added, left out, or two neighbours are exchanged; for equal words too."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return True
    rest, others = one[at:], other[at:]
    exchanged = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or exchanged


def _without_accent(letter: str) -> str:
    if letter in _LATIN_WITH_MARKS:
        return _LATIN_WITH_MARKS[letter]
    plain = unicodedata.normalize("NFD", letter)[0]
    return plain if plain.isascii() else letter


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Cf")


def _in_one_alphabet(found: re.Match[str]) -> str:
    """The word; if it is in two alphabets, in the one of which all its letters can be."""
    word = found[0]
    latin, cyrillic = set(_LATIN.findall(word)), set(_CYRILLIC.findall(word))
    if not latin or not cyrillic:
        return word
    if not latin <= set(_LATIN_LOOKALIKES) and all(ord(letter) in _TO_LATIN for letter in cyrillic):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC)


def _as_it_looks(found: re.Match[str]) -> str:
    return found[0].translate(_TO_CYRILLIC) if set(found[0]) <= set(_LATIN_LOOKALIKES) else found[0]


def _transliterated(text: str) -> str:
    for latin, cyrillic in _LATIN_DIGRAPHS:
        text = text.replace(latin, cyrillic)
    return _LATIN_Y_AS_A_CONSONANT.sub("й", text).translate(_LATIN_LETTERS)
