"""The numbers of the overview, as formulas that count them anew: they follow what the commission fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Visibility
from bot.domain.values import dataclass
from bot.i18n import names
from bot.reports.comments import REMOVED, WITHDRAWN
from bot.reports.formulas import Formula, same_as
from bot.reports.record_book import comments as comment_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.comments import Channel, CommentKind
    from bot.domain.entries import Presence
    from bot.i18n import Translator
    from bot.reports.formulas import Cells
    from bot.reports.record_book.questions import AskedRows

_PRESENT_COLUMNS: Final = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class CountedSheets:
    """Where the numbers are: of the comments ``rows`` rows on their sheet, of sittings their rows by number."""

    t: Translator
    asked: AskedRows
    comments_sheet: str
    rows: int
    attendance_sheet: str
    sittings: Mapping[int, int]

    def questions(self, value: int) -> Formula:
        """How many questions there are."""
        return self.asked.count(value)

    def answers(self, channel: Channel | None, value: int) -> int | Formula:
        """The answers through a channel; None: through all of them."""
        return self.asked.answered(channel, value)

    def present(self, presence: Presence) -> tuple[int | Formula, int | Formula, int | Formula]:
        """People, women and men who were present at a sitting."""
        row = self.sittings[presence.sitting]
        numbers = zip(_PRESENT_COLUMNS, (presence.people, presence.women, presence.men), strict=True)
        people, women, men = (same_as(row, column, number, self.attendance_sheet) for column, number in numbers)
        return people, women, men

    def comments(self, value: int) -> Formula:
        """The comments that were not taken back: these alone have a kind."""
        return self._column("kind").filled(value)

    def kind(self, kind: CommentKind, value: int) -> Formula:
        """Those of a kind."""
        return self._column("kind").of((self.t(names.COMMENT_KIND_NAMES[kind]),), value)

    def channel(self, channel: Channel, value: int) -> Formula:
        """Those that came through a channel."""
        return self._column("channel").of((self.t(names.CHANNEL_NAMES[channel]),), value)

    def waiting(self, value: int) -> Formula:
        """Those that wait to be published."""
        return self._status((names.VISIBILITY_NAMES[Visibility.WAITING],), value)

    def hidden(self, value: int) -> Formula:
        """Those that are hidden, by whichever rule."""
        return self._status((*names.HIDING_RULE_SENTENCES.values(), names.VISIBILITY_NAMES[Visibility.HIDDEN]), value)

    def undecided(self, value: int) -> Formula:
        """Those without a decision."""
        kinds, decided = self._column("kind"), self._column("decision")
        return Formula(f"=COUNTA({kinds})-COUNTA({decided})", value)

    def withdrawn(self, value: int) -> Formula:
        """Those that were taken back."""
        return self._status((WITHDRAWN, REMOVED), value)

    def _status(self, sentences: Iterable[str], value: int) -> Formula:
        words = sorted({self.t(each) for each in sentences}, key=len)
        shortest = [each for no, each in enumerate(words) if not each.startswith(tuple(words[:no]))]
        return self._column("status").beginning(shortest, value)

    def _column(self, field: str) -> Cells:
        return comment_sheet.cells(self.comments_sheet, field, rows=self.rows)
