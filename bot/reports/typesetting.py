"""Setting by typst: our own fonts, the letters they can draw, and words that are data, never markup."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final

from bot.domain.errors import HearingBotError

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE_FILES: Final = files("bot.reports")
FONT_FILES: Final = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
DOTS_AN_INCH: Final = (216, 180, 150, 135, 120)
"""How sharp a picture is, tried from the first on."""
LARGEST_PICTURE: Final = 150_000
"""Bytes: it comes quickly where the network is slow."""
REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_MISSING: Final = re.compile(f"{REPLACED}+")
_NO_LETTERS: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
"""Joiners, variation selectors and marks of direction: they have no shape of their own."""
_STACKED_SIGNS: Final = re.compile("[\u0300-\u036f]")
_STACKED: Final = re.compile("([\u0300-\u036f])[\u0300-\u036f]+")
"""Accents above accents: those after the first would grow into the lines above."""
_BREAKS: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_BLANKS: Final = re.compile(r"[\t\x1c-\x1f\u2000-\u200a]+")
_SPACES: Final = re.compile(r"[\t-\r\x1c-\x1f\x85\u2000-\u200a\u2028\u2029]+")


class CannotTypeset(HearingBotError):
    """A template does not go together with its data: a fault of ours, never of what people wrote."""


def typeset(template: str, data: Mapping[str, str], **how: Any) -> bytes:
    """The template ``pictures/<template>`` filled with ``data`` (``sys.inputs``); ``how`` as typst takes it.

    Raises CannotTypeset, and OSError where the template cannot be read.
    """
    import typst  # noqa: PLC0415 libraries for this alone

    with as_file(PACKAGE_FILES) as folder:
        try:
            made = typst.compile(
                str(folder / "pictures" / template),
                font_paths=[str(folder / "fonts")],
                ignore_system_fonts=True,
                sys_inputs=dict(data),
                **how,
            )
        except typst.TypstError as trouble:
            raise CannotTypeset(template) from trouble
    assert isinstance(made, bytes)
    return made


def picture(template: str, data: Mapping[str, str]) -> bytes:
    """The template as a PNG, as sharp as ``LARGEST_PICTURE`` allows: of 360 points, 1,080 pixels or somewhat fewer.

    Raises as ``typeset``.
    """
    for dots in DOTS_AN_INCH:
        made = typeset(template, data, format="png", ppi=dots)
        if len(made) <= LARGEST_PICTURE:
            break
    return made


@cache
def look_of(*templates: str) -> bytes:
    """A digest of everything that makes a picture but its data: templates, fonts, typst."""
    parts = [
        *((PACKAGE_FILES / "pictures" / template).read_bytes() for template in templates),
        *((PACKAGE_FILES / "fonts" / font).read_bytes() for font in FONT_FILES),
    ]
    return hashlib.sha256(b"".join(parts) + version("typst").encode()).digest()


def printable(data: Any) -> Any:
    """The same with every text in characters that the fonts have."""
    if isinstance(data, str):
        return "".join(filter(None, map(_letter, _SPACES.sub(" ", unicodedata.normalize("NFC", data)))))
    if isinstance(data, dict):
        return {key: printable(value) for key, value in data.items()}
    return [printable(value) for value in data] if isinstance(data, list) else data


def leaves_out(data: Any) -> bool:
    """Whether ``printable`` leaves signs out of some text, such as emoji; joiners and the like are no signs."""
    if isinstance(data, str):
        seen = _NO_LETTERS.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", data)))
        return any(not _letter(letter) for letter in seen)
    if isinstance(data, dict):
        return any(map(leaves_out, data.values()))
    return isinstance(data, list | tuple) and any(map(leaves_out, data))


def shown(data: Any) -> Any:
    """The same with every text in characters that the fonts have, ``�`` in the place of each run of others.

    For papers that people keep: nothing is left out without a sign, and lines stay. What turns the direction of writing
    round is left out, since it is no letter.
    """
    if isinstance(data, str):
        return _shown(data)
    if isinstance(data, dict):
        return {key: shown(value) for key, value in data.items()}
    return [shown(value) for value in data] if isinstance(data, list) else data


def _shown(words: str) -> str:
    if _unusual().search(words) is None and unicodedata.is_normalized("NFC", words):
        return words
    clean = _BLANKS.sub(" ", unicodedata.normalize("NFC", _NO_LETTERS.sub("", _BREAKS.sub("\n", words))))
    clean = _STACKED.sub(rf"\1{REPLACED}", clean)
    return _MISSING.sub(REPLACED, "".join(letter if letter == "\n" else _letter_or_sign(letter) for letter in clean))


def _letter_or_sign(letter: str) -> str:
    """The letter, the plain one a fancy one stands for, or the sign for what the fonts do not have."""
    if ord(letter) in drawn():
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    return plain if plain and all(ord(part) in drawn() for part in plain) else REPLACED


def _letter(letter: str) -> str:
    """The letter, the plain one a fancy one stands for, ``?`` for a foreign one, nothing for what is not a letter."""
    if ord(letter) in drawn():
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    if all(ord(part) in drawn() for part in plain):
        return plain
    return "?" if letter.isalnum() else ""


@cache
def _unusual() -> re.Pattern[str]:
    """A character that may not stay as it is: one look through a text, where most have none."""
    special = (_NO_LETTERS, _STACKED_SIGNS, _BREAKS, _BLANKS, _MISSING)
    plain = [chr(code) for code in drawn() if not any(each.match(chr(code)) for each in special)]
    return re.compile(f"[^\n{re.escape(''.join(sorted(plain)))}]")


@cache
def drawn() -> frozenset[int]:
    """Every character of the fonts, as ``fonts/unicodes.txt`` lists them."""
    found: set[int] = set()
    for span in (PACKAGE_FILES / "fonts" / "unicodes.txt").read_text("ascii").split():
        first, _, last = span.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
