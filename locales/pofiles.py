"""Catalogue files as entries, and back to the very same bytes: no dates, no line numbers, no wrapping."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import normalize, read_po

from bot.domain.languages import EN, LANGUAGES, UZ

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel.messages.catalog import Message

ROOT: Final = Path(__file__).parent
TEMPLATE: Final = ROOT / "messages.pot"
TRANSLATED: Final = tuple(code for code in LANGUAGES if code != EN)
WRITTEN: Final = tuple(code for code in TRANSLATED if code != UZ)
"""The languages people write in; Latin Uzbek is derived."""

PLACEHOLDER: Final = re.compile(r"\{\w+\}")

_TWO_FORMS: Final = "nplurals=2; plural=(n != 1);"
PLURAL_RULES: Final = {
    "ky": _TWO_FORMS,
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "uz_Cyrl": _TWO_FORMS,
    "uz": _TWO_FORMS,
}


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One message: its English (one or two ids), its translation, where it is said and what translators are told."""

    ids: tuple[str, ...]
    context: str | None = None
    strings: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fuzzy: bool = field(default=False)

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes two entries the same message."""
        return self.context, self.ids[0]


def plural_forms(language: str | None) -> int:
    """How many forms a counted message has in ``language``; two in the template."""
    return 2 if language is None else int(PLURAL_RULES[language].removeprefix("nplurals=").partition(";")[0])


def po_path(language: str) -> Path:
    """Where a language's catalogue lies."""
    return ROOT / language / "LC_MESSAGES" / "messages.po"


def read(path: Path) -> tuple[tuple[PoEntry, ...], int]:
    """The entries of a file in their order, and how many obsolete ones it drags along; no file has no entries."""
    if not path.exists():
        return (), 0
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    return tuple(_entry(message) for message in catalog if message.id), len(catalog.obsolete)


def _entry(message: Message) -> PoEntry:
    string = message.string or ""
    return PoEntry(
        ids=(message.id,) if isinstance(message.id, str) else tuple(message.id),
        context=message.context,
        strings=(string,) if isinstance(string, str) else tuple(string),
        places=tuple(place for place, _ in message.locations),
        notes=tuple(message.auto_comments),
        fuzzy=message.fuzzy,
    )


def rendered(entries: Iterable[PoEntry], language: str | None = None) -> str:
    """The text of a file: a catalogue of ``language``, or the template."""
    blocks = [_header(language), *(_block(entry, _forms(entry, language)) for entry in entries)]
    return "\n".join(blocks)


def _header(language: str | None) -> str:
    about = {
        None: "Template of all messages. Written by `python -m locales extract`; do not edit.",
        UZ: "Uzbek in Latin letters. Derived from uz_Cyrl by `python -m locales derive`; do not edit.",
    }.get(language, "Translate here; locales/README.md says how.")
    fields = [
        "Project-Id-Version: hearing-bot",
        *([f"Language: {language}"] if language else []),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        *([f"Plural-Forms: {PLURAL_RULES[language]}"] if language else []),
    ]
    return "\n".join([f"# {about}", 'msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in fields), ""])


def _forms(entry: PoEntry, language: str | None) -> int:
    return 1 if len(entry.ids) == 1 else plural_forms(language)


def _block(entry: PoEntry, forms: int) -> str:
    lines = [f"#. {note}" for note in entry.notes]
    if entry.places:
        lines.append(f"#: {' '.join(entry.places)}")
    flags = ["fuzzy"] * entry.fuzzy + ["python-brace-format"] * any(map(PLACEHOLDER.search, entry.ids))
    if flags:
        lines.append(f"#, {', '.join(flags)}")
    if entry.context is not None:
        lines.append(f"msgctxt {_quoted(entry.context)}")
    lines += [f"{word} {_quoted(words)}" for word, words in zip(("msgid", "msgid_plural"), entry.ids, strict=False)]
    strings = (*entry.strings, *[""] * forms)[:forms]
    words = ("msgstr",) if len(entry.ids) == 1 else tuple(f"msgstr[{form}]" for form in range(forms))
    lines += [f"{word} {_quoted(string)}" for word, string in zip(words, strings, strict=True)]
    return "\n".join([*lines, ""])


def _quoted(words: str) -> str:
    return str(normalize(words, width=0))
