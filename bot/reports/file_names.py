"""Names of files that people read: "Багыш 2026-12-07 протокол ky.docx", safe on Windows and in Telegram."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.folding import fold
from bot.domain.place_names import without_kind
from bot.i18n import later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.languages import Text
    from bot.domain.places import Place
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
DECISIONS_FILE: Final = later("decisions")
ENTRIES_FILE: Final = later("entry sheet")
WORKBOOK_FILE: Final = later("hearing workbook")
TEMPLATE_FILE: Final = later("template")
CALENDAR_FILE: Final = later("calendar")
JOURNAL_FILE: Final = later("journal")
MARKED_FILE: Final = later("to correct")
"""Of a file that comes back with its faults marked."""
PRELIMINARY: Final = later("preliminary")
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\s]+')


def file_name(record: Record, form: str, translators: Sequence[Translator], *, extension: str) -> str:
    """The place, the day of the first sitting, what it is and in which languages, in the first language's letters."""
    words = [WORDS.get(form, form)]
    if record.hearing.is_preliminary(record.as_of):
        words.append(PRELIMINARY)
    if record.sitting:
        return _of_sitting(record, words, translators, extension)
    return hearing_file_name(
        record.hearing, record.municipality.name, words, translators, zone=record.zone, extension=extension
    )


def _of_sitting(record: Record, words: Sequence[str], translators: Sequence[Translator], extension: str) -> str:
    """The same of a file of one sitting: its day, and its number."""
    t, dossier = translators[0], record.hearing.dossier
    told = tuple(each for each in dossier.sittings if each.no == record.sitting)
    hearing = replace(record.hearing, dossier=replace(dossier, sittings=told))
    begun = _begun(hearing, record.municipality.name, record.zone, t)
    return _joined((*begun, t("sitting {no}", no=record.sitting)), words, translators, extension)


def hearing_file_name(
    hearing: Hearing,
    municipality: Text,
    words: Sequence[str],
    translators: Sequence[Translator],
    *,
    zone: ZoneInfo,
    extension: str,
) -> str:
    """The same of any file of a hearing; ``words`` say what it is, and are looked up in the catalogue."""
    return _joined(_begun(hearing, municipality, zone, translators[0]), words, translators, extension)


def municipality_file_name(
    place: Place, words: Sequence[str], translators: Sequence[Translator], *, extension: str
) -> str:
    """The same of a file that belongs to no hearing: without a day."""
    return _joined((_place(place.name, translators[0]) or plain_name(place.code),), words, translators, extension)


def marked_copy_name(sent: str, t: Translator) -> str:
    """The name that somebody gave a file, and that it is to be corrected: of the copy with its faults marked."""
    stem = plain_name(sent.rpartition(".")[0])[:LONGEST_PLACE].strip(" .")
    return f"{' '.join(filter(None, (stem, t(MARKED_FILE))))}.xlsx"


def _begun(hearing: Hearing, municipality: Text, zone: ZoneInfo, t: Translator) -> tuple[str, str]:
    """How a name begins: the place and the day."""
    dossier = hearing.dossier
    day = min((sitting.starts_at for sitting in dossier.sittings), default=dossier.closes_at)
    return _place(municipality, t) or plain_name(hearing.code), f"{day.astimezone(zone):%Y-%m-%d}"


def _place(name: Text, t: Translator) -> str:
    return plain_name(_without_kind(t.place(name)))[:LONGEST_PLACE].strip(" .")


def _joined(said: Sequence[str], words: Sequence[str], translators: Sequence[Translator], extension: str) -> str:
    languages = "+".join(dict.fromkeys(each.language for each in translators))
    return f"{' '.join([*said, *(translators[0](word) for word in words), languages])}.{extension}"


def _without_kind(name: str) -> str:
    """The words of a name as they are written, but those for its kind."""
    left, kept = fold(without_kind(name)[0]).split(), []
    for word in name.split():
        parts = fold(word).split()
        if parts and left[: len(parts)] == parts:
            kept.append(word)
            left = left[len(parts) :]
    return " ".join(kept) or name


def plain_name(words: str) -> str:
    """The words with nothing that a file system or a reader of names takes for something else."""
    shown = "".join(letter for letter in words if unicodedata.category(letter)[0] != "C")
    return _FORBIDDEN.sub(" ", shown).strip(" .")
