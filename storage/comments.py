"""Comments: receipts, the ones other residents see, support, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, case, func, select, text, update

from bot.domain.comments import CommentState, Order, Visibility
from bot.domain.errors import NotFound
from bot.domain.hearings import CURRENT_PHASES
from bot.domain.parts import Part, joined
from bot.domain.people import Demographics
from bot.domain.programme import DraftPoint
from bot.domain.questions import AboutKind
from storage import tables
from storage.comment_rows import COMMENT_COLUMNS, searched_values
from storage.counted_comments import CountedComments
from storage.demographics import demographics_values
from storage.dialects import among
from storage.media import media_values
from storage.prepared import PreparedQuery
from storage.transcripts import TranscriptRepository

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.domain.comments import Channel, Comment, Submission
    from bot.domain.people import Resident
    from bot.domain.questions import About

NO_PART: Final = Part("")
_t = tables.comments
_c = _t.c
_ALL = select(*COMMENT_COLUMNS)
_BY_ID = PreparedQuery(_ALL.where(_c.id == bindparam("id")))
_BY_SOURCE = PreparedQuery(_ALL.where(_c.source == bindparam("source")))
_BY_AUTHOR = _ALL.where(_c.author_id == bindparam("author_id")).order_by(_c.id.desc())
_OF_AUTHOR = PreparedQuery(_BY_AUTHOR)
_OF_AUTHOR_HERE = PreparedQuery(_BY_AUTHOR.where(_c.hearing_id == bindparam("hearing_id")))
_SINCE = (
    select(func.count())
    .select_from(_t)
    .where(
        _c.hearing_id == bindparam("hearing_id"),
        _c.created_at >= bindparam("since", type_=_c.created_at.type),
    )
)
_OF_FORGOTTEN = and_(_c.author_digest == bindparam("digest"), text(tables.FORGOTTEN_AUTHORS))
_SINCE_BY_AUTHOR = PreparedQuery(_SINCE.where(_c.author_id == bindparam("author_id")))
_SINCE_BY_FORGOTTEN = PreparedQuery(_SINCE.where(_OF_FORGOTTEN))
_HERE = _c.hearing_id == bindparam("hearing_id")
_PAGE = _ALL.where(_HERE, _c.id > bindparam("after")).order_by(_c.id).limit(bindparam("limit"))
_WAITING = (
    _ALL.where(_HERE, text(tables.WAITING_COMMENTS))
    .order_by(_c.in_turn, _c.id)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_ABOUT = _c.about_kind == bindparam("about_kind", type_=_c.about_kind.type), _c.about_no == bindparam("about_no")
_PUBLISHED_ROWS = {
    order: _ALL.where(_HERE, text(tables.PUBLISHED_COMMENTS))
    .order_by(*ranked)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
    for order, ranked in {Order.SUPPORT: (_c.support.desc(), _c.id.desc()), Order.NEWEST: (_c.id.desc(),)}.items()
}
_PUBLISHED = {order: PreparedQuery(rows) for order, rows in _PUBLISHED_ROWS.items()}
_PUBLISHED_ABOUT = {order: PreparedQuery(rows.where(*_ABOUT)) for order, rows in _PUBLISHED_ROWS.items()}
_NEXT_RECEIPT = (
    update(tables.hearings)
    .where(tables.hearings.c.id == bindparam("hearing"))
    .values(last_receipt=tables.hearings.c.last_receipt + 1)
    .returning(tables.hearings.c.last_receipt)
)


class CommentRepository(CountedComments):
    """Comments with their receipts, support and decisions."""

    async def add(
        self,
        hearing_id: int,
        submission: Submission,
        *,
        author: Resident | None,
        channel: Channel,
        at: datetime,
        support: int = 0,
    ) -> Comment:
        """A new comment with the hearing's next receipt number; the stored one if its source is known.

        One that staff enter for somebody has no ``author``, and may have ``support`` already.
        Raises NotFound for an unknown hearing.
        """
        if (known := await self.find_source(submission.source)) is not None:
            return known
        number = await self._transaction.value(_NEXT_RECEIPT, {"hearing": hearing_id})
        if number is None:
            raise NotFound("hearing", hearing_id)
        row = {
            "hearing_id": hearing_id,
            "number": number,
            "author_id": author.id if author else None,
            "kind": submission.kind,
            "about_kind": submission.about.kind,
            "about_no": submission.about.no,
            "text": submission.text,
            "language": submission.language,
            "channel": channel,
            "visibility": Visibility.WAITING,
            "created_at": at,
            "source": submission.source or None,
            "support": support,
            **demographics_values(author.demographics if author else Demographics(submission.village_id)),
            **media_values(submission.media),
            **searched_values(joined((Part(submission.text), *submission.more))),
        }
        comment_id = int(await self._transaction.value(_t.insert().returning(_c.id), row))
        await self._parts.add(comment_id, submission.more)
        return await self.get(comment_id)

    async def add_part(self, comment_id: int, part: Part) -> None:
        """Store one message more, at its position."""
        await self._parts.add(comment_id, [part])
        comment = await self.get(comment_id)
        await self._change(comment_id, searched_values(comment.text))
        await TranscriptRepository(self._transaction).keep_for(comment)

    async def find_source(self, source: str) -> Comment | None:
        """The comment that came in that message."""
        if not source:
            return None
        row = await self._transaction.first(_BY_SOURCE, {"source": source})
        if row is not None:
            return (await self._with_parts([row]))[0]
        comment_id = await self._parts.comment_of(source)
        return None if comment_id is None else await self.get(comment_id)

    async def get(self, comment_id: int) -> Comment:
        """The comment. Raises NotFound."""
        row = await self._transaction.first(_BY_ID, {"id": comment_id})
        if row is None:
            raise NotFound("comment", comment_id)
        return (await self._with_parts([row]))[0]

    async def save(self, comment: Comment) -> None:
        """Store all that may change but support and the decision.

        Without an author the comment also loses the digest of the message it came in. Raises NotFound.
        """
        own = next((part for part in comment.parts if part.position == 0), NO_PART)
        values = {
            "text": own.text,
            "language": comment.language,
            "visibility": comment.visibility,
            "hiding_rule": comment.hiding_rule,
            "hidden_at": comment.hidden_at,
            "hidden_by": comment.hidden_by,
            "amended_at": comment.amended_at,
            "withdrawn_at": comment.withdrawn_at,
            "author_id": comment.author_id,
            "author_digest": comment.author_digest,
            "recording_open": comment.recording_open,
            **demographics_values(comment.demographics),
            **media_values(own.media),
            **searched_values(comment.text),
        }
        if comment.author_id is None:
            values["source"] = None
        await self._change(comment.id, values)
        await self._parts.drop(comment.id)
        await self._parts.add(comment.id, (part for part in comment.parts if part.position != 0))
        await TranscriptRepository(self._transaction).keep_for(comment)

    async def states(self, comment_ids: Collection[int]) -> Mapping[int, CommentState]:
        """What may have changed of comments since they were read, by id."""
        parts = select(func.count()).where(tables.parts.c.comment_id == _c.id).scalar_subquery()
        decided_at = case((_c.outcome.is_not(None), _c.decided_at))
        columns = (_c.id, _c.amended_at, parts, _c.withdrawn_at, decided_at, _c.merged_into)
        rows = await self._transaction.rows(select(*columns).where(among(_c.id, "ids")), {"ids": comment_ids})
        return {row[0]: CommentState(*row[1:]) for row in rows}

    async def list_of(self, author_id: int, *, hearing_id: int | None = None) -> tuple[Comment, ...]:
        """The person's comments, withdrawn or not, newest first."""
        if hearing_id is None:
            return await self._list(_OF_AUTHOR, {"author_id": author_id})
        return await self._list(_OF_AUTHOR_HERE, {"author_id": author_id, "hearing_id": hearing_id})

    async def list_numbers(self, hearing_id: int, numbers: Collection[int]) -> tuple[Comment, ...]:
        """The comments of a hearing with these receipt numbers, withdrawn or not, by number."""
        statement = _ALL.where(_HERE, among(_c.number, "numbers")).order_by(_c.number)
        return await self._list(statement, {"hearing_id": hearing_id, "numbers": numbers})

    async def count_since(self, author_id: int, digest: str, hearing_id: int, since: datetime) -> int:
        """Comments of the person to the hearing from ``since`` on, also withdrawn, also from before being forgotten."""
        given = {"hearing_id": hearing_id, "since": since}
        own = await self._transaction.value(_SINCE_BY_AUTHOR, given | {"author_id": author_id})
        forgotten = await self._transaction.value(_SINCE_BY_FORGOTTEN, given | {"digest": digest})
        return int(own) + int(forgotten)

    async def has_forgotten(self, hearing_id: int, digest: str) -> bool:
        """True while a comment of that forgotten author stands in the hearing, not withdrawn."""
        standing = select(_c.id).where(_OF_FORGOTTEN, _HERE, _c.withdrawn_at.is_(None)).limit(1)
        return await self._transaction.value(standing, {"digest": digest, "hearing_id": hearing_id}) is not None

    async def drop_digests(self, before: datetime) -> None:
        """Remove what came before then and is needed no more: digests of messages, and of forgotten authors.

        That of an author stays while their comment may be supported, in a hearing that is announced or open.
        """
        old = _c.created_at < bindparam("before", type_=_c.created_at.type)
        hearings = tables.hearings.c
        current = select(hearings.id).where(hearings.phase.in_(CURRENT_PHASES))
        over = _c.withdrawn_at.is_not(None) | _c.hearing_id.not_in(current)
        given = {"before": before}
        sources = update(_t).where(old, _c.source.is_not(None)).values(source=None)
        authors = update(_t).where(old, over, text(tables.FORGOTTEN_AUTHORS)).values(author_digest=None)
        for statement in (sources, authors):
            await self._transaction.run(statement, given)
        await self._parts.drop_sources(before)

    async def list_published(
        self, hearing_id: int, *, order: Order, offset: int, limit: int, about: About | None = None
    ) -> tuple[Comment, ...]:
        """Comments that are published and not withdrawn; of equally supported ones the newest first."""
        given = {"hearing_id": hearing_id, "offset": offset, "limit": limit}
        if about is None:
            return await self._list(_PUBLISHED[order], given)
        return await self._list(_PUBLISHED_ABOUT[order], given | {"about_kind": about.kind, "about_no": about.no})

    async def list_waiting(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]:
        """Comments that are neither published nor hidden yet: those to be looked at first, then the oldest."""
        return await self._list(_WAITING, {"hearing_id": hearing_id, "offset": offset, "limit": limit})

    async def page(self, hearing_id: int, *, after: int, limit: int) -> tuple[Comment, ...]:
        """All comments by id, from the first above ``after`` on: the last id is the next page's ``after``."""
        return await self._list(_PAGE, {"hearing_id": hearing_id, "after": after, "limit": limit})

    async def renumber(self, hearing_id: int, kind: AboutKind, moved: Mapping[int, int]) -> None:
        """Let comments about one number, and decisions that change it, be of another: the same thing has it now."""
        if moved:
            others = {"about_no": case(moved, value=_c.about_no, else_=_c.about_no)}
            here = (_c.hearing_id == hearing_id) & (_c.about_kind == kind)
            await self._transaction.run(update(_t).where(here).values(others))
        if moved and kind is AboutKind.LINE:
            codes = {str(DraftPoint(old)): str(DraftPoint(new)) for old, new in moved.items()}
            changed = {"changes": case(codes, value=_c.changes, else_=_c.changes)}
            await self._transaction.run(
                update(_t).where(_c.hearing_id == hearing_id, _c.changes.in_(codes)).values(changed)
            )


def _published(about: About | None) -> ColumnElement[bool]:
    published = and_(_HERE, text(tables.PUBLISHED_COMMENTS))
    return published if about is None else and_(published, _c.about_kind == about.kind, _c.about_no == about.no)
