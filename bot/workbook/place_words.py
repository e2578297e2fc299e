"""The headings of a list of places and the words for kinds of places, in every language.

The English keys are the contract of the list, as those of the workbook are; ``spellings.csv`` has what people write for
them.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.folding import restored
from bot.domain.languages import EN, KY, LANGUAGES, RU, UZ
from bot.i18n import Catalogues
from bot.spreadsheets.alphabet import UZ_LATN, split_heading
from bot.spreadsheets.vocabulary import Vocabulary
from bot.workbook.spellings import former_spellings
from bot.workbook.words import marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.i18n import Translator
    from bot.workbook.words import Labels

PLACE_COLUMN_WORDS: Final = "place column"
PLACE_KIND_WORDS: Final = "place kind"
PLACE_COLUMNS: Final = (
    *("code", "type", "parent", "name_ky", "name_ru", "name_uz", "name_en"),
    *("timezone", "population", "women", "valid_from", "valid_to"),
    *("contact_name", "contact_phone", "contact_hours", "successor"),
)
COLUMN_WIDTHS: Final = {
    "code": 18,
    "parent": 18,
    "timezone": 16,
    "contact_name": 24,
    "contact_phone": 20,
    "contact_hours": 22,
}
"""In characters; names are wider than the rest."""
NAME: Final = "name"
NAME_LANGUAGES: Final = (KY, RU, UZ, EN)
"""The languages of the columns of names; that of Uzbek takes either script."""


def columns(t: Translator) -> Labels:
    """Headings of the list of places; of a name without its language."""
    return {
        "code": t.p("place column", "code"),
        "type": t.p("place column", "type"),
        "parent": t.p("place column", "parent"),
        NAME: t.p("place column", "name"),
        "timezone": t.p("place column", "timezone"),
        "population": t.p("place column", "population"),
        "women": t.p("place column", "women"),
        "valid_from": t.p("place column", "valid from"),
        "valid_to": t.p("place column", "valid to"),
        "contact_name": t.p("place column", "contact name"),
        "contact_phone": t.p("place column", "contact phone"),
        "contact_hours": t.p("place column", "contact hours"),
        "successor": t.p("place column", "successor"),
    }


def kinds(t: Translator) -> Labels:
    """Kinds of places."""
    return {
        "region": t.p("place kind", "region"),
        "district": t.p("place kind", "district"),
        "municipality": t.p("place kind", "municipality"),
        "village": t.p("place kind", "village"),
    }


PLACE_TABLES: Final = MappingProxyType({PLACE_COLUMN_WORDS: columns, PLACE_KIND_WORDS: kinds})


@cache
def place_vocabulary() -> Vocabulary:
    """The vocabulary of a list of places: the tables of ``PLACE_TABLES``."""
    return Vocabulary(_spellings(Catalogues.load()))


def _spellings(catalogues: Catalogues) -> Iterator[tuple[str, str, str]]:
    for table, names in PLACE_TABLES.items():
        for language in reversed(LANGUAGES):
            for key, word in names(catalogues[language]).items():
                yield table, key, key
                yield table, word, key
    yield from former_spellings()


@cache
def example_marks() -> frozenset[str]:
    """The words that mark an example, in small letters."""
    catalogues = Catalogues.load()
    return frozenset(marks(catalogues[language])["example"].casefold() for language in LANGUAGES)


def column_of(heading: str) -> str:
    """The column that a heading names: ``name_ky`` of name_ky, name [ky], Аталышы (кыргызча); as written if unknown."""
    vocabulary = place_vocabulary()
    if key := vocabulary.find(PLACE_COLUMN_WORDS, heading):
        return f"{NAME}_{KY}" if key == NAME else key
    name, language = split_heading(heading)
    if language is None or vocabulary.find(PLACE_COLUMN_WORDS, name) != NAME:
        name, _, language = heading.strip().replace("-", "_").replace(" ", "_").rpartition("_")
        _, language = split_heading(f"x [{language}]")
    if vocabulary.find(PLACE_COLUMN_WORDS, name) != NAME or not language:
        return heading
    return f"{NAME}_{UZ if language.startswith(UZ) or language == UZ_LATN else language}"


def heading(t: Translator, column: str) -> str:
    """The heading of a column in a reader's language."""
    name, _, language = column.partition("_")
    return f"{columns(t)[NAME]} [{language}]" if name == NAME else columns(t)[column]


def language_of_headings(headings: Sequence[str]) -> str:
    """The language in which most headings are written as in its template; English where they are in none."""
    catalogues = Catalogues.load()
    written = {restored(split_heading(each)[0]) for each in headings}
    labels = {language: set(map(restored, columns(catalogues[language]).values())) for language in LANGUAGES}
    found = {language: len(written & labels[language]) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: (found[language], language == EN))
    return best if found[best] else EN
