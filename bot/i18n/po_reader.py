"""What a ``.po`` file says, read for the start of a program: Babel's reader takes twice as long, and knows more.

Obsolete messages, comments, places and lines that are none of a catalogue are passed over. Strings may be broken into
lines, as translators' programs do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STRING: Final = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"(.*)"')
_FIRST: Final = ("msgctxt", "msgid")
"""Keywords with which a message begins."""
_ESCAPED: Final = re.compile(r"\\(.)")
_MEANT: Final = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL: Final = re.compile(r"^Plural-Forms:.*?\bplural\s*=\s*(.+?)\s*;?\s*$", re.MULTILINE)


@dataclass(slots=True)
class PoMessage:
    """A message: its strings by keyword, ``msgid`` among them, and whether its translation is a guess."""

    strings: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def translations(self) -> tuple[str, ...]:
        """Its forms in their order."""
        return tuple(words for keyword, words in self.strings.items() if keyword.startswith("msgstr"))


def read_messages(lines: Iterable[str]) -> Iterator[PoMessage]:
    """The messages of a file in their order; the ``msgid`` of its header is empty."""
    message, keyword, fuzzy = PoMessage(), "", False
    for line in map(str.strip, lines):
        if not line or line.startswith("#"):
            fuzzy = not line.startswith("#~") and (fuzzy or (line.startswith("#,") and "fuzzy" in line))
            continue
        if (found := _STRING.fullmatch(line)) is None or not (found[1] or keyword):
            continue
        if found[1] in _FIRST and ("msgstr" in keyword or found[1] in message.strings):
            yield message
            message = PoMessage()
        if found[1] in _FIRST and fuzzy:
            message.fuzzy, fuzzy = True, False
        keyword = found[1] or keyword
        message.strings[keyword] = message.strings.get(keyword, "") + _unescaped(found[2])
    if message.strings:
        yield message


def plural_of(header: str) -> str:
    """The rule by which a language counts, as the header says it; where it says none, that of English."""
    found = _PLURAL.search(header)
    return found[1] if found else "n != 1"


def _unescaped(written: str) -> str:
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), written) if "\\" in written else written
