"""Names of files that people read: "Багыш 2026-12-07 протокол ky.docx", safe on Windows and in Telegram."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.domain.folding import fold
from bot.domain.place_names import without_kind
from bot.i18n import later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.i18n import Translator
    from bot.reports.record import Record

LONGEST_PLACE: Final = 60
"""Letters of a place in a file name: with the rest it stays below what systems take, 255 bytes."""
WORDS: Final[Mapping[str, str]] = {
    "docx": later("minutes"),
    "pdf": later("board page"),
    "pdf-full": later("full report"),
    "xlsx": later("record"),
    "csv": later("comments"),
    "json": later("data"),
    "csv-bundle": later("all tables"),
    "open-data": later("open data"),
    "pb": later("Pabulib"),
    "polis": later("Polis"),
}
"""What a file is, by its form, as its name says it; of forms that are not here the form itself."""
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\s]+')


def file_name(record: Record, form: str, translators: Sequence[Translator], *, extension: str) -> str:
    """The place, the day of the first sitting, what it is and in which languages, in the first language's letters."""
    t = translators[0]
    place = plain_name(_without_kind(t.place(record.municipality.name)))[:LONGEST_PLACE].strip(" .")
    dossier = record.hearing.dossier
    day = min((sitting.starts_at for sitting in dossier.sittings), default=dossier.closes_at)
    said = [place or plain_name(record.hearing.code), f"{day.astimezone(record.zone):%Y-%m-%d}"]
    said.append(t(WORDS[form]) if form in WORDS else form)
    if record.hearing.is_preliminary(record.as_of):
        said.append(t("preliminary"))
    languages = "+".join(dict.fromkeys(each.language for each in translators))
    return f"{' '.join([*said, languages])}.{extension}"


def _without_kind(name: str) -> str:
    """The words of a name as they are written, but those for its kind."""
    core = {fold(word) for word in without_kind(name)[0].split()}
    return " ".join(word for word in name.split() if fold(word) in core) or name


def plain_name(words: str) -> str:
    """The words with nothing that a file system or a reader of names takes for something else."""
    shown = "".join(letter for letter in words if unicodedata.category(letter)[0] != "C")
    return _FORBIDDEN.sub(" ", shown).strip(" .")
