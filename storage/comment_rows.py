"""Rows of the table ``comments`` as comments, and their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, func, select, type_coerce

from bot.domain.comments import Comment, Decision, Visibility
from bot.domain.folding import fold
from bot.domain.media import Media, MediaKind
from bot.domain.numbers import CommentCounts
from bot.domain.parts import Part
from bot.domain.programme import DraftPoint
from bot.domain.questions import About
from bot.domain.rough_words import is_rough
from storage.demographics import demographics_from
from storage.media import media_of
from storage.parts import PartRows
from storage.tables import comments, supports
from storage.transcripts import TranscriptRepository

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.domain.transcripts import Transcript
    from storage.database import Row, Transaction

EDITION: Final = func.coalesce(type_coerce(comments.c.amended_at, BigInteger), 0)
"""``Comment.edition`` as support knows it: without parts, which come before anybody can support it."""
COMMENT_COLUMNS: Final = tuple(column for column in comments.c if column.name not in ("source", "folded"))
"""All that makes a comment; not the digest of its message, nor its words once more."""
OF_PRESENT_EDITION: Final = (
    select(EDITION).where(comments.c.id == supports.c.comment_id).correlate(supports).scalar_subquery()
    == supports.c.edition
)
"""Of a support: it was given to the words that the comment has now."""


def comment_from(row: Row, later: tuple[Part, ...] = (), transcript: Transcript | None = None) -> Comment:
    """The comment in a row of the table, with the parts that have rows of their own.

    The row has the message that the comment was made of, at position 0.
    """
    own = Part(row.text, media_of(row))
    parts = (own, *later) if own.text or own.media else later
    decision = (
        Decision(
            *(row.outcome, row.reason, row.responsible, row.due, row.decided_at, row.done_at),
            changes=DraftPoint.parse(row.changes or ""),
            done_on=row.done_on,
            done_photo=Media(MediaKind.PHOTO, row.done_file_id, row.done_unique_id) if row.done_file_id else None,
        )
        if row.outcome
        else None
    )
    return Comment(
        id=row.id,
        hearing_id=row.hearing_id,
        number=row.number,
        author_id=row.author_id,
        kind=row.kind,
        about=About(row.about_kind, row.about_no),
        parts=tuple(sorted(parts, key=lambda part: part.position)) if later else parts,
        language=row.language,
        channel=row.channel,
        visibility=row.visibility,
        created_at=row.created_at,
        demographics=demographics_from(row.village_id, row.gender, row.age_band),
        hiding_rule=row.hiding_rule,
        amended_at=row.amended_at,
        withdrawn_at=row.withdrawn_at,
        support=row.support,
        decision=decision,
        author_digest=row.author_digest,
        recording_open=row.recording_open,
        hidden_at=row.hidden_at,
        hidden_by=row.hidden_by,
        merged_into=row.merged_into,
        in_turn=row.in_turn,
        transcript=transcript,
    )


async def comments_from(rows: Sequence[Row], transaction: Transaction) -> tuple[Comment, ...]:
    """The comments in rows of the table, with their parts, and transcripts of those that are spoken."""
    if not rows:
        return ()
    later = await PartRows(transaction, "comment_id").of([row.id for row in rows])
    spoken = [row.id for row in rows if _is_spoken(row) or any(map(_is_spoken_part, later.get(row.id, ())))]
    written = await TranscriptRepository(transaction).of(spoken)
    return tuple(comment_from(row, later.get(row.id, ()), written.get(row.id)) for row in rows)


def _is_spoken(row: Row) -> bool:
    return row.media_kind is not None and bool(row.media_kind.is_recording)


def _is_spoken_part(part: Part) -> bool:
    return part.media is not None and part.media.kind.is_recording


def searched_values(words: str) -> dict[str, Any]:
    """The columns by which a comment of these words is found and sorted."""
    folded = fold(words)
    return {"folded": folded, "in_turn": not is_rough(folded)}


def counts_from(rows: Iterable[Row]) -> CommentCounts:
    """The counts of a hearing from its rows of (kind, channel, visibility, recorded, undecided, withdrawn)."""
    by_kind: dict[Any, int] = {}
    by_channel: dict[Any, int] = {}
    by_visibility: dict[Any, int] = {}
    undecided = withdrawn = 0
    for kind, channel, visibility, recorded, without_decision, taken_back in rows:
        for counts, key in ((by_kind, kind), (by_channel, channel), (by_visibility, visibility)):
            if recorded:
                counts[key] = counts.get(key, 0) + recorded
        undecided += without_decision
        withdrawn += taken_back
    return CommentCounts(
        by_kind=by_kind,
        by_channel=by_channel,
        waiting=by_visibility.get(Visibility.WAITING, 0),
        published=by_visibility.get(Visibility.PUBLISHED, 0),
        hidden=by_visibility.get(Visibility.HIDDEN, 0),
        undecided=undecided,
        withdrawn=withdrawn,
    )
