"""Comments as rows of a table that the commission can read, sort and fill in.

What a withdrawn comment said is not in the record, only that number N was taken back. A hidden one is there in full,
with the rule it was hidden by. No row names its author; ``groups`` says how much of the author's demographics may
stand there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from bot.domain.comments import Visibility
from bot.domain.counted_votes import BY_HAND
from bot.domain.languages import OWN_NAMES
from bot.domain.people import AgeBand, Gender
from bot.i18n import answers, later, names
from bot.i18n.transcripts import heading
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from bot.domain.comments import Comment, Decision
    from bot.domain.hearings import Dossier
    from bot.domain.people import Demographics
    from bot.domain.programme import DraftPoint
    from bot.domain.questions import About
    from bot.i18n import Translator
    from bot.reports.record import Record


class CommentRow(NamedTuple):
    """One comment; ``received`` is local without a zone, as a spreadsheet wants it.

    The last six are for decisions; ``done`` is the day on which it was done.
    """

    number: int
    received: datetime | None
    kind: str
    about: str
    text: str
    language: str
    channel: str
    author: str
    support: int | None
    status: str
    decision: str
    reason: str
    responsible: str
    due: date | None
    changes: str
    done: date | None


_DecisionCells: TypeAlias = "tuple[str, str, str, date | None, str, date | None]"

POINT_LETTERS: Final = 120
_UNDECIDED: Final[_DecisionCells] = ("", "", "", None, "", None)
WITHDRAWN: Final = later("Withdrawn by the author")
REMOVED: Final = later("Removed by staff, entered by mistake")
COLUMNS_TO_FILL: Final = ("decision", "reason", "responsible", "due", "changes")
"""The columns the commission fills in."""


def headings(t: Translator) -> tuple[str, ...]:
    """The names of the columns, in the order of ``CommentRow``."""
    return (
        t.p("column", "No"),
        t("Received"),
        t("Kind"),
        t("About"),
        t("Text"),
        t("Language"),
        t("Channel"),
        t("Author"),
        t("Supported by"),
        t("Status"),
        t("Decision"),
        t("Reason"),
        t("Responsible"),
        t("Deadline"),
        t("What it changes"),
        t("Done"),
    )


class CommentTable:
    """Turns comments into rows in one language."""

    def __init__(self, record: Record, t: Translator) -> None:
        self._zone = record.zone
        self._joined = record.joined
        self._t = t
        self._kind = {kind: t(sentence) for kind, sentence in names.COMMENT_KIND_NAMES.items()}
        self._channel = {channel: t(sentence) for channel, sentence in names.CHANNEL_NAMES.items()}
        self._visibility = {each: t(sentence) for each, sentence in names.VISIBILITY_NAMES.items()}
        self._hidden = {rule: t(sentence) for rule, sentence in names.HIDING_RULE_SENTENCES.items()}
        self._about: Callable[[About], str] = cache(
            lambda about: plain(answers.about(t, record.hearing.dossier, about))
        )
        self._point: Callable[[DraftPoint], str] = cache(lambda point: labelled(t, record.hearing.dossier, point))
        self._author: Callable[[Demographics], str] = cache(_authors(record, t))
        self._withdrawn = CommentRow(0, None, "", "", "", "", "", "", None, t(WITHDRAWN), "", "", "", None, "", None)

    def row(self, comment: Comment) -> CommentRow:
        """One comment as a row, every text of it inert."""
        if comment.withdrawn_at:
            by_staff = comment.channel in BY_HAND
            gone = self._withdrawn._replace(number=comment.number)
            return gone._replace(status=self._t(REMOVED)) if by_staff else gone
        return CommentRow(
            comment.number,
            comment.created_at.astimezone(self._zone).replace(tzinfo=None),
            self._kind[comment.kind],
            self._about(comment.about),
            self._text(comment),
            OWN_NAMES.get(comment.language, ""),
            self._channel[comment.channel],
            self._author(comment.demographics),
            comment.support,
            self._status(comment),
            *(_UNDECIDED if comment.decision is None else self._decision(comment.decision)),
        )

    def _text(self, comment: Comment) -> str:
        spoken, media = comment.transcript, comment.attachments
        if spoken is None and not media:
            return plain(comment.text)
        beside = [f"[{name}]" for name in names.attachments(self._t, media)]
        written = [plain(f"[{heading(self._t, spoken)}: {spoken.words}]")] if spoken and spoken.words else []
        return " ".join([*beside, *([plain(comment.text)] if comment.text else ()), *written])

    def _status(self, comment: Comment) -> str:
        rule = comment.hiding_rule if comment.visibility is Visibility.HIDDEN else None
        said = [self._hidden[rule] if rule else self._visibility[comment.visibility]]
        if comment.amended_at is not None:
            day = self._t.date(comment.amended_at.astimezone(self._zone).date())
            said.append(self._t("changed on {day}", day=day))
        if (joined := self._joined.get(comment.id)) is not None:
            said.append(names.joined(self._t, comment.number, joined))
        return " · ".join(said)

    def _decision(self, decision: Decision) -> _DecisionCells:
        outcome = self._t(names.OUTCOME_NAMES[decision.outcome])
        changes = self._point(decision.changes) if decision.changes else ""
        done = decision.done_on if decision.is_done else None
        return outcome, plain(decision.reason), plain(decision.responsible), decision.due, changes, done


def labelled(t: Translator, dossier: Dossier, point: DraftPoint) -> str:
    """A point of the drafts as a cell has it: its code, by which a table that comes back is read, and its name."""
    return f"{point} {plain(answers.point(t, dossier, point))}".strip()[:POINT_LETTERS]


def _authors(record: Record, t: Translator) -> Callable[[Demographics], str]:
    villages = {village.id: t.place(village.name) for village in record.villages}

    def author(demographics: Demographics) -> str:
        said = record.safe.said(demographics)
        parts = [villages.get(said.village_id, "")]
        parts += [t(names.AUTHOR_GENDER_NAMES[said.gender])] if said.gender is not Gender.UNSAID else []
        parts += [t(names.AGE_BAND_NAMES[said.age_band])] if said.age_band is not AgeBand.UNSAID else []
        return plain(", ".join(part for part in parts if part))

    return author
