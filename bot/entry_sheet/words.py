"""The words of the entry sheet: labels for whoever reads it, a vocabulary for its reader.

Some are the hearing's own: its villages, questions, sittings, and what its comments may be about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.counted_votes import BY_HAND
from bot.domain.languages import LANGUAGES
from bot.domain.questions import About, AboutKind
from bot.domain.subjects import subject_kinds, subject_numbers
from bot.entry_sheet.columns import MOST_OPTIONS, option_key, points_key
from bot.i18n import answers, names
from bot.spreadsheets.vocabulary import COLUMN_WORDS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Dossier
    from bot.domain.places import Place
    from bot.i18n import Catalogues, Translator
    from bot.spreadsheets.faults import LabelTables

SHEET_WORDS: Final = "sheet"
LABEL_LETTERS: Final = 150
"""Of a question, a subject or a sitting in a list."""
WHOLE_MUNICIPALITY: Final = "0"


def sheets(t: Translator) -> dict[str, str]:
    """The names of the sheets."""
    return {
        "Papers": t.p("sheet", "Papers"),
        "Votes": t.p("sheet", "Votes"),
        "Attendance": t.p("sheet", "People present"),
    }


def headings(t: Translator, options: int = MOST_OPTIONS) -> dict[str, str]:
    """The headings of the columns, for questions of so many options."""
    numbers = range(1, options + 1)
    return {
        "mark": t.p("column", "Mark of the row"),
        "code": t.p("column", "Your number"),
        "text": t("Text"),
        "kind": t("Kind"),
        "about": t("About"),
        "voices": t.p("column", "How many support it"),
        "channel": t("Channel"),
        "village": t("Village"),
        "sitting": t.p("column", "Sitting"),
        "given": t.p("column", "Given on"),
        "name": t.p("column", "Name, for the minutes alone"),
        "number": t.p("column", "No"),
        "box": t.p("column", "Box"),
        "question": t("Question"),
        "options": t.p("column", "Options"),
        "papers": t.p("column", "Papers in all"),
        **{option_key(no): t("Option {n}", n=no) for no in numbers},
        **{points_key(no): t("Points, option {n}", n=no) for no in numbers},
        "people": t.p("column", "People in all"),
        "women": t("Women"),
        "men": t("Men"),
    }


@cache
def plain_vocabulary(catalogues: Catalogues) -> Vocabulary:
    """The names of sheets and columns of every entry sheet, in all languages."""
    return Vocabulary(
        (table, word, key)
        for table, labels in ((SHEET_WORDS, sheets), (COLUMN_WORDS, headings))
        for language in reversed(LANGUAGES)
        for key, word in labels(catalogues[language]).items()
    )


@dataclass(frozen=True)
class SheetWords:
    """The words of the sheets of one hearing."""

    dossier: Dossier
    municipality: Place
    villages: tuple[Place, ...]
    zone: ZoneInfo

    @property
    def options(self) -> int:
        """How many options the sheet of counts has columns for."""
        most = max((len(question.option_numbers) for question in self.dossier.questions), default=0)
        return max(most, MOST_OPTIONS)

    @property
    def tables(self) -> LabelTables:
        """Every table of labels, by its name."""
        return {
            SHEET_WORDS: sheets,
            COLUMN_WORDS: self.columns,
            "kind": kinds,
            "channel": channels,
            "about": self.subjects,
            "village": self.places,
            "question": self.questions,
            "sitting": self.sittings,
        }

    def columns(self, t: Translator) -> dict[str, str]:
        """The headings of the columns."""
        return headings(t, self.options)

    def subjects(self, t: Translator) -> dict[str, str]:
        """What a comment may be about."""
        found = {}
        for kind in subject_kinds(self.dossier):
            for no in subject_numbers(self.dossier, kind) or (0,):
                label = answers.about(t, self.dossier, About(kind, no))
                if kind is AboutKind.LINE:
                    label = f"{t('Budget line')} {no}: {t.marked(self.dossier.line(no).title)}"
                found[f"{kind.value} {no}"] = _cut(label)
        return found

    def places(self, t: Translator) -> dict[str, str]:
        """The villages, by their ids, and the whole municipality."""
        villages = {str(village.id): t.place(village.name) for village in self.villages}
        return {**villages, WHOLE_MUNICIPALITY: t("the whole municipality")}

    def questions(self, t: Translator) -> dict[str, str]:
        """The questions, by their numbers."""
        asked = ((each, answers.recorded_question(t, self.dossier, each)) for each in self.dossier.questions)
        return {str(each.no): _cut(f"{each.no}. {words}") for each, words in asked}

    def sittings(self, t: Translator) -> dict[str, str]:
        """The sittings, by their numbers; a hearing without any has one."""
        found = {}
        for sitting in self.dossier.sittings:
            local = sitting.starts_at.astimezone(self.zone)
            when = f"{local:%d.%m.%Y} {t.time(local)}"
            found[str(sitting.no)] = _cut(f"{sitting.no}. {when} {t.text(sitting.place).words}")
        return found or {"1": f"1. {t('The hearing as a whole')}"}

    def vocabulary(self, catalogues: Catalogues) -> Vocabulary:
        """All labels in all languages: a sheet in one language may be filled in the words of another."""
        return Vocabulary(self._spellings(catalogues))

    def _spellings(self, catalogues: Catalogues) -> Iterator[tuple[str, str, str]]:
        for table, labels in self.tables.items():
            for language in reversed(LANGUAGES):
                for key, word in labels(catalogues[language]).items():
                    yield table, word, key
        for table in ("question", "sitting"):
            for key in self.tables[table](catalogues[LANGUAGES[0]]):
                yield table, key, key


def kinds(t: Translator) -> dict[str, str]:
    """The kinds of comment."""
    return {kind.value: t(names.COMMENT_KIND_NAMES[kind]) for kind in CommentKind}


def channels(t: Translator) -> dict[str, str]:
    """The channels that are entered by hand."""
    return {channel.value: t(names.CHANNEL_NAMES[channel]) for channel in BY_HAND}


def _cut(label: str) -> str:
    """The label on one line."""
    unbroken = " ".join(label.split())
    return unbroken if len(unbroken) <= LABEL_LETTERS else f"{unbroken[: LABEL_LETTERS - 1].rstrip()}…"
