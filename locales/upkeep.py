"""What the files should contain: the template from the code, catalogues from the template, Latin from Cyrillic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.languages import UZ, UZ_CYRL
from bot.i18n.uzbek import to_latin
from locales.pofiles import TEMPLATE, PoEntry, po_path, read, rendered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from locales.extraction import ExtractedMessages


def template_text(said: ExtractedMessages) -> str:
    """``messages.pot`` as the code wants it."""
    return rendered(said.entries)


def catalogue_text(language: str, template: Iterable[PoEntry]) -> str:
    """A language's file brought to the template: translations kept, new messages empty, the rest gone."""
    known = {entry.key: entry for entry in read(po_path(language))[0]}
    return rendered((_taken_over(entry, known.get(entry.key)) for entry in template), language)


def _taken_over(wanted: PoEntry, known: PoEntry | None) -> PoEntry:
    if known is None or known.ids != wanted.ids:
        return replace(wanted, strings=())
    return replace(wanted, strings=known.strings, fuzzy=known.fuzzy)


def derived_text() -> str:
    """The Latin Uzbek file that follows from the Cyrillic one."""
    entries, _ = read(po_path(UZ_CYRL))
    latin = (replace(entry, strings=tuple(to_latin(string) for string in entry.strings)) for entry in entries)
    return rendered(latin, UZ)


def template() -> tuple[PoEntry, ...]:
    """The messages of the committed template."""
    return read(TEMPLATE)[0]
