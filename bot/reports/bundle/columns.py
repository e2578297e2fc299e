"""The tables of a bundle and their columns: a name in English for programs, a heading for people, and what codes mean.

A name never changes its meaning. New columns may come at any time, at the end of a table.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Visibility
from bot.domain.languages import OWN_NAMES
from bot.domain.people import AgeBand, Gender
from bot.domain.values import dataclass
from bot.i18n import later, names

if TYPE_CHECKING:
    from collections.abc import Mapping


class FieldType(StrEnum):
    """What a column holds, in the words of Table Schema."""

    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    DATE = "date"


WITHDRAWN: Final = "withdrawn"
"""The status of a comment of which only the number is left."""
UNSAID: Final = "unsaid"
"""A group of people who have not said to which they belong."""
ALL_PEOPLE: Final = 0
"""The option under which all who answered a question are counted."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its ``heading`` and ``note`` are sentences of the catalogues, ``codes`` are what its values mean."""

    name: str
    heading: str
    type: FieldType = FieldType.STRING
    note: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    named_by_themselves: bool = False
    """True where what a code means is the same in every language."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a bundle: its file is called by its ``name``."""

    name: str
    title: str
    columns: tuple[TableColumn, ...]

    @property
    def path(self) -> str:
        """The file in the bundle."""
        return f"{self.name}.csv"


def age(band: AgeBand) -> str:
    """A band of ages as a code that no spreadsheet takes for a negative number."""
    return "0-17" if band is AgeBand.TO_17 else UNSAID if band is AgeBand.UNSAID else band.value


_CHANNELS: Final = {channel.value: words for channel, words in names.CHANNEL_NAMES.items()}
_JOINED: Final = later("Names joined by + are counted together, as fewer than five people used one of them.")
HIDDEN: Final = later("Empty: fewer than five people, or a number from which theirs could be computed.")
_ALL: Final = later("0 stands for all who answered the question.")
_CODE_OF_DRAFT: Final = later("The version of the draft to which the answers were given.")
_SAID_LITTLE: Final = later("Empty where fewer than five people who took part share it.")
_QUESTION: Final = (
    TableColumn("question", later("Question"), FieldType.INTEGER),
    TableColumn("version", later("Version"), FieldType.INTEGER, _CODE_OF_DRAFT),
)
_OPTION: Final = TableColumn("option", later("Option"), FieldType.INTEGER, _ALL)
ABOUT: Final = (
    TableColumn(
        "about",
        later("About"),
        codes={
            "hearing": later("The hearing as a whole"),
            "strategy": later("Draft strategy"),
            "budget": later("Draft budget"),
            "service": later("Service"),
            "line": later("Budget line"),
            "agenda": later("Agenda item"),
        },
    ),
    TableColumn("about_no", later("Number"), FieldType.INTEGER, later("Of the service, budget line or agenda item.")),
)
_GROUPS: Final = {
    "village": later("Village"),
    "gender": later("Gender"),
    "age": later("Age group"),
    "residence": later("Where they live"),
    "language": later("Language"),
}

QUESTIONS: Final = Table(
    "questions",
    later("What was asked"),
    (
        *_QUESTION,
        *ABOUT,
        TableColumn("kind", later("Kind"), codes={k.value: words for k, words in names.QUESTION_KIND_NAMES.items()}),
        TableColumn("text", later("Text")),
        TableColumn(
            "limit", later("Limit"), FieldType.INTEGER, later("The most options, or the coins to share; 0: none.")
        ),
        TableColumn("option", later("Option"), FieldType.INTEGER),
        TableColumn("option_text", later("Answer")),
    ),
)
TALLIES: Final = Table(
    "tallies",
    later("How people answered, by channel"),
    (
        *_QUESTION,
        TableColumn("channel", later("Channel"), note=_JOINED, codes=_CHANNELS),
        _OPTION,
        TableColumn("people", later("People"), FieldType.INTEGER, HIDDEN),
        TableColumn("points", later("Points or coins"), FieldType.INTEGER, later("First of n places is n points.")),
        TableColumn("average", later("Average place or coins"), FieldType.NUMBER),
    ),
)
PARTICIPATION: Final = Table(
    "participation",
    later("Who took part through the bot"),
    (
        TableColumn("by", later("By"), codes=_GROUPS),
        TableColumn("group", later("Group"), codes={UNSAID: later("Not said")}),
        TableColumn("name", later("Name")),
        TableColumn("people", later("Participants"), FieldType.INTEGER, HIDDEN),
        TableColumn(
            "at_least",
            later("At least"),
            FieldType.INTEGER,
            later("What is told while answers are taken; of languages always."),
        ),
        TableColumn("population", later("Population"), FieldType.INTEGER),
    ),
)
COMMENTS: Final = Table(
    "comments",
    later("Comments, proposals and questions"),
    (
        TableColumn("number", later("Number"), FieldType.INTEGER),
        TableColumn("day", later("Received"), FieldType.DATE),
        TableColumn("kind", later("Kind"), codes={k.value: words for k, words in names.COMMENT_KIND_NAMES.items()}),
        *ABOUT,
        TableColumn(
            "text", later("Text"), note=later("An apostrophe stands before what Excel would take for a formula.")
        ),
        TableColumn("language", later("Language"), codes=OWN_NAMES, named_by_themselves=True),
        TableColumn("channel", later("Channel"), codes=_CHANNELS),
        TableColumn("village", later("Village"), note=_SAID_LITTLE),
        TableColumn(
            "gender",
            later("Gender"),
            note=_SAID_LITTLE,
            codes={g.value: words for g, words in names.GENDER_NAMES.items() if g is not Gender.UNSAID},
        ),
        TableColumn(
            "age",
            later("Age group"),
            note=_SAID_LITTLE,
            codes={age(band): words for band, words in names.AGE_BAND_NAMES.items() if band is not AgeBand.UNSAID},
        ),
        TableColumn("support", later("Supported by"), FieldType.INTEGER),
        TableColumn(
            "status",
            later("Status"),
            codes={v.value: names.VISIBILITY_NAMES[v] for v in Visibility}
            | {WITHDRAWN: later("Withdrawn by the author")},
        ),
        TableColumn("rule", later("Rule"), codes={r.value: words for r, words in names.HIDING_RULE_SENTENCES.items()}),
        TableColumn("joined_with", later("Joined with"), FieldType.INTEGER, later("The comment that says the same.")),
        TableColumn("decision", later("Decision"), codes={o.value: words for o, words in names.OUTCOME_NAMES.items()}),
        TableColumn("reason", later("Reason")),
        TableColumn("responsible", later("Responsible")),
        TableColumn("deadline", later("Deadline"), FieldType.DATE),
        TableColumn("changes", later("What it changes"), note=later("S: service, L: budget line.")),
        TableColumn("done", later("Done"), FieldType.DATE),
    ),
)
VOTES: Final = Table(
    "votes",
    later("One row for each answer, shuffled"),
    (
        *_QUESTION,
        TableColumn("channel", later("Channel"), codes=_CHANNELS),
        TableColumn("day", later("Day"), FieldType.DATE, later("Empty where too few answered on that day.")),
        TableColumn("options", later("Answers"), note=later("Numbers of options; of a ranking the first place first.")),
        TableColumn("points", later("Points or coins"), note=later("Of coins: as many as each option got.")),
    ),
)
COLUMNS: Final = Table(
    "columns",
    later("What the columns mean"),
    (
        TableColumn("table", later("Table")),
        TableColumn("column", later("Column")),
        TableColumn("heading", later("Heading")),
        TableColumn("type", later("Kind")),
        TableColumn("note", later("Note")),
    ),
)
CODES: Final = Table(
    "codes",
    later("What the codes mean"),
    (
        TableColumn("table", later("Table")),
        TableColumn("column", later("Column")),
        TableColumn("code", later("Code")),
        TableColumn("meaning", later("Meaning")),
    ),
)
