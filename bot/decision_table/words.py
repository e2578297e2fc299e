"""The words of the table of decisions in every language: labels for whoever reads it, a vocabulary for its reader."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.domain.languages import LANGUAGES
from bot.i18n import names
from bot.spreadsheets.vocabulary import COLUMN_WORDS, Vocabulary

if TYPE_CHECKING:
    from bot.i18n import Catalogues, Translator

SHEET_WORDS: Final = "sheet"
OUTCOME_WORDS: Final = "outcome"


def sheets(t: Translator) -> dict[str, str]:
    """The name of the sheet."""
    return {"Decisions": t("Decisions")}


def columns(t: Translator) -> dict[str, str]:
    """The headings of the columns."""
    return {
        "key": t.p("column", "Mark of the row"),
        "number": t.p("column", "No"),
        "kind": t("Kind"),
        "about": t("About"),
        "text": t("Text"),
        "language": t("Language"),
        "support": t("Supported by"),
        "channel": t("Channel"),
        "decision": t("Decision"),
        "reason": t("Reason"),
        "responsible": t("Responsible"),
        "due": t("Deadline"),
        "changes": t("What it changes"),
    }


def outcomes(t: Translator) -> dict[str, str]:
    """The decisions to choose from."""
    return {outcome.value: t(name) for outcome, name in names.OUTCOME_NAMES.items()}


LABEL_TABLES: Final = MappingProxyType({SHEET_WORDS: sheets, COLUMN_WORDS: columns, OUTCOME_WORDS: outcomes})


@cache
def vocabulary(catalogues: Catalogues) -> Vocabulary:
    """All labels in all languages: a table in one language may be filled in the words of another."""
    return Vocabulary(
        (table, word, key)
        for table, labels in LABEL_TABLES.items()
        for language in reversed(LANGUAGES)
        for key, word in (*labels(catalogues[language]).items(), *((key, key) for key in labels(catalogues[language])))
    )
