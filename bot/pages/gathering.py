"""Gathers what everybody may know of a hearing: what the chat shows to a stranger, in one view of the database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Order
from bot.domain.draft_changes import DraftChanges, draft_changes
from bot.domain.hearings import PUBLIC_PHASES, Phase, due_phase
from bot.domain.promises import is_overdue
from bot.domain.values import dataclass
from bot.reports import records
from bot.reports.public_numbers import gather_public
from bot.services.answers import first_public_version
from bot.services.comments import CommentView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.places import Contact, Place, PlaceTree
    from bot.ports import Repositories
    from bot.reports.public_numbers import PublicNumbers
    from bot.reports.record import Record

COMMENTS_READ_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A published comment as others read it; ``overdue`` where what was promised is late."""

    view: CommentView
    overdue: bool


@dataclass(frozen=True, slots=True)
class CommentSpan:
    """The published comments that one page shows: in an order, from ``offset`` on, at most ``limit``."""

    order: Order
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class OneComment:
    """The published comment with that receipt number alone."""

    number: int


@dataclass(frozen=True, slots=True)
class PublicHearing:
    """A hearing as everybody may know it; ``phase`` is the one by the clock.

    ``comments`` are all that are published, the most supported first, or as many of them as were asked for (see
    ``CommentSpan``, ``OneComment``); ``comment_count`` is how many there are.
    """

    record: Record
    told: PublicNumbers
    phase: Phase
    comments: tuple[PublicComment, ...]
    comment_count: int
    changes: DraftChanges
    contact: Contact
    """Whom to ask."""

    @property
    def hearing(self) -> Hearing:
        """The hearing itself."""
        return self.record.hearing

    @property
    def municipality(self) -> Place:
        """The municipality that holds it."""
        return self.record.municipality

    @property
    def taking(self) -> bool:
        """True while votes and comments count."""
        return self.phase is Phase.OPEN

    @property
    def newest(self) -> tuple[PublicComment, ...]:
        """The comments, the newest first."""
        return tuple(sorted(self.comments, key=lambda each: -each.view.comment.number))

    @property
    def digest(self) -> str:
        """Equal as long as everything is that pages of it are made of; each comment without the hearing around it."""
        comments = [(each.view.comment, each.view.joined, each.overdue) for each in self.comments]
        parts = (self.record, self.told, self.phase, comments, self.comment_count, self.changes, self.contact)
        return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()

    @property
    def kept(self) -> Mapping[str, str]:
        """The names of kept files, by what Telegram knows them by."""
        return self.record.digests


async def list_public(repositories: Repositories, municipality_ids: tuple[int, ...]) -> tuple[Hearing, ...]:
    """The public hearings of a municipality and of those merged into it, the newest first."""
    found = [await repositories.hearings.list_of(each, PUBLIC_PHASES) for each in municipality_ids]
    return tuple(sorted((one for some in found for one in some), key=lambda one: (one.closes_at, one.id), reverse=True))


async def gather(
    repositories: Repositories,
    hearing_id: int,
    places: PlaceTree,
    *,
    now: datetime,
    timezone: str,
    span: CommentSpan | OneComment | None = None,
) -> PublicHearing:
    """What everybody may know of it ``now``, with those comments (None: all). Raises NotFound, for a draft too."""
    record = await records.gather(repositories, hearing_id, now=now, timezone=timezone)
    record.hearing.ensure_public()
    before = await repositories.hearings.dossier_of(
        hearing_id, await first_public_version(repositories, record.hearing)
    )
    changing = await repositories.answers.list_changing(hearing_id)
    today = now.astimezone(record.zone).date()
    comments = await _comments(repositories, record, today, span)
    return PublicHearing(
        record,
        await gather_public(repositories, record, now=now),
        due_phase(record.hearing, now),
        comments,
        len(comments) if span is None else await repositories.comments.count_published(hearing_id),
        draft_changes(record.hearing, before, changing),
        places.by_id.get(record.municipality.id, record.municipality).contact,
    )


async def _comments(
    repositories: Repositories, record: Record, today: date, span: CommentSpan | OneComment | None
) -> tuple[PublicComment, ...]:
    if span is not None:
        return tuple(_public(each, record, today) for each in await _page(repositories, record, span))
    found: list[PublicComment] = []
    while True:
        page = await _page(repositories, record, CommentSpan(Order.SUPPORT, len(found), COMMENTS_READ_AT_ONCE))
        found += (_public(each, record, today) for each in page)
        if len(page) < COMMENTS_READ_AT_ONCE:
            return tuple(found)


async def _page(repositories: Repositories, record: Record, span: CommentSpan | OneComment) -> tuple[Comment, ...]:
    if isinstance(span, OneComment):
        found = await repositories.comments.list_numbers(record.hearing.id, (span.number,))
        return tuple(each for each in found if each.is_public(record.hearing))
    return await repositories.comments.list_published(
        record.hearing.id, order=span.order, offset=span.offset, limit=span.limit, about=None
    )


def _public(comment: Comment, record: Record, today: date) -> PublicComment:
    overdue = comment.decision is not None and is_overdue(comment.decision, today)
    return PublicComment(CommentView(comment, record.hearing, joined=record.joined.get(comment.id)), overdue)
