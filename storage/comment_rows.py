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
from storage.media import media_from
from storage.parts import PartRows
from storage.tables import comments, supports
from storage.transcripts import TranscriptRepository

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.domain.transcripts import Transcript
    from storage.database import Row, Transaction

EDITION: Final = func.coalesce(type_coerce(comments.c.amended_at, BigInteger), 0)
"""``Comment.edition`` as support knows it: without parts, which come before anybody can support it."""
COMMENT_COLUMNS: Final = tuple(column for column in comments.c if column.name not in ("source", "folded", "letters"))
"""All that makes a comment; not the digest of its message, nor its words once more."""
_NAMES: Final = tuple(column.name for column in COMMENT_COLUMNS)
OF_PRESENT_EDITION: Final = (
    select(EDITION).where(comments.c.id == supports.c.comment_id).correlate(supports).scalar_subquery()
    == supports.c.edition
)
"""Of a support: it was given to the words that the comment has now."""


def comment_from(row: Row, later: tuple[Part, ...] = (), transcript: Transcript | None = None) -> Comment:
    """The comment in a row that begins with ``COMMENT_COLUMNS``, with the parts that have rows of their own.

    The row has the message that the comment was made of, at position 0.
    """
    said = dict(zip(_NAMES, row, strict=False))  # asking a row by name takes several times as long
    own = Part(said["text"], media_from(said))
    parts = (own, *later) if own.text or own.media else later
    return Comment(
        id=said["id"],
        hearing_id=said["hearing_id"],
        number=said["number"],
        author_id=said["author_id"],
        kind=said["kind"],
        about=About(said["about_kind"], said["about_no"]),
        parts=tuple(sorted(parts, key=lambda part: part.position)) if later else parts,
        language=said["language"],
        channel=said["channel"],
        visibility=said["visibility"],
        created_at=said["created_at"],
        demographics=demographics_from(said["village_id"], said["gender"], said["age_band"]),
        hiding_rule=said["hiding_rule"],
        amended_at=said["amended_at"],
        withdrawn_at=said["withdrawn_at"],
        support=said["support"],
        decision=_decision(said) if said["outcome"] else None,
        author_digest=said["author_digest"],
        recording_open=said["recording_open"],
        hidden_at=said["hidden_at"],
        hidden_by=said["hidden_by"],
        merged_into=said["merged_into"],
        in_turn=said["in_turn"],
        transcript=transcript,
    )


def _decision(said: Mapping[str, Any]) -> Decision:
    photo = said["done_file_id"]
    return Decision(
        outcome=said["outcome"],
        reason=said["reason"],
        responsible=said["responsible"],
        due=said["due"],
        decided_at=said["decided_at"],
        done_at=said["done_at"],
        changes=DraftPoint.parse(said["changes"] or ""),
        done_on=said["done_on"],
        done_photo=Media(MediaKind.PHOTO, photo, said["done_unique_id"]) if photo else None,
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
    return {"folded": folded, "letters": len(folded), "in_turn": not is_rough(folded)}


def counts_from(rows: Iterable[Row]) -> CommentCounts:
    """The counts of a hearing from its rows of (kind, channel, visibility, recorded, undecided, withdrawn).

    PostgreSQL has sums of whole numbers as decimals.
    """
    by_kind: dict[Any, int] = {}
    by_channel: dict[Any, int] = {}
    by_visibility: dict[Any, int] = {}
    undecided = withdrawn = 0
    for kind, channel, visibility, *summed in rows:
        recorded, without_decision, taken_back = map(int, summed)
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
