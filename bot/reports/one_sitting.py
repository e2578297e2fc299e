"""What a file of one sitting says: who was there, and what was said and handed in there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.numbers import CommentCounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.record import Record


def heard_alone(record: Record, comments: Iterable[Comment]) -> Record:
    """The record of a sitting, whose numbers of comments are of these alone."""
    standing = [each for each in comments if each.withdrawn_at is None]
    counts = CommentCounts(Counter(each.kind for each in standing), Counter(each.channel for each in standing))
    return replace(record, comments=counts)


def remarks(record: Record, t: Translator) -> tuple[str, ...]:
    """What a reader of a file of one sitting must know; nothing of the whole hearing."""
    if not record.sitting:
        return ()
    return (
        t(
            "These minutes are of sitting {no} alone. Answers to questions are in the minutes of the whole hearing.",
            no=record.sitting,
        ),
    )
