"""Text of strangers, made harmless for a file and still all there to read.

Comments are stored as they came; here, and only here, they are changed for a spreadsheet, one character for one:

- control characters, which XML and spreadsheets forbid, become the pictures Unicode has for them (NUL is ``␀``);
- what turns the direction of writing round (overrides, embeddings, isolates) becomes ``�``, so that neither a word nor
  the neighbouring cells can be made to read backwards; ordinary right-to-left letters and joiners of emoji stay;
- every kind of line break becomes a plain one; lone surrogates and characters that are none become ``�``.

A comment of at most 30,000 units therefore stays below the 32,767 of a spreadsheet cell and is never cut.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

LETTERS_OF_A_NAME: Final = 60
"""Texts of so few letters are remembered with what becomes of them."""
_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_LINE_BREAK: Final = re.compile("\r\n?|[\u2028\u2029]")
_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[" + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)) + "]"
)
_FORMULA: Final = re.compile(r"(?:[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_FORMULA_BEGINS: Final = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
"""Without any of these no text is changed: one look through it, where most have none."""
_FORMULA_INSIDE: Final = re.compile(r"([,;\t\n|])(?=[=+@\uff1d\uff0b\uff0d\uff20]|-(?!\s))")


def plain(text: str) -> str:
    """``text`` without what could break a file or turn its writing round; see above."""
    if text.isprintable() or text.replace("\n", " ").isprintable() or _HARMFUL.search(text) is None:
        return text  # the first two are quick, and true of nearly all that people write
    return _HARMFUL.sub(_picture, _LINE_BREAK.sub("\n", text))


def looks_like_formula(text: str) -> bool:
    """True where a spreadsheet that guesses would take the text for a formula."""
    return _FORMULA.match(text) is not None


def field(text: str) -> str:
    """``text`` for a separated file, where a spreadsheet guesses what each field is.

    An apostrophe goes before a text that begins like a formula (``=``, ``+``, ``-``, ``@``, their wide forms, a tab or
    a line break, also after blanks), and inside a text where a part would begin like one if the file were split at
    commas, tabs or lines.
    """
    return _known_field(text) if len(text) <= LETTERS_OF_A_NAME else _field(text)


def _field(text: str) -> str:
    safe = plain(text)
    if _FORMULA_BEGINS.search(safe) is None:
        return safe
    safe = _FORMULA_INSIDE.sub(r"\1'", safe)
    return f"'{safe}" if looks_like_formula(safe) else safe


_known_field = lru_cache(maxsize=4096)(_field)
"""Names and words of the catalogues stand in every row; what people wrote in few."""


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else _REPLACED
