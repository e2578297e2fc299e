"""Gathers what everybody may know of a hearing: what the chat shows to a stranger, in one view of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Order
from bot.domain.draft_changes import DraftChanges, draft_changes
from bot.domain.hearings import PUBLIC_PHASES, Phase, due_phase
from bot.domain.promises import is_overdue
from bot.reports import records
from bot.reports.public_numbers import gather_public
from bot.services.answers import first_public_version
from bot.services.comments import CommentView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

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
class PublicHearing:
    """A hearing as everybody may know it; ``phase`` is the one by the clock, ``comments`` the most supported first."""

    record: Record
    told: PublicNumbers
    phase: Phase
    comments: tuple[PublicComment, ...]
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
    def kept(self) -> Mapping[str, str]:
        """The names of kept files, by what Telegram knows them by."""
        return self.record.digests


async def list_public(repositories: Repositories, municipality_ids: tuple[int, ...]) -> tuple[Hearing, ...]:
    """The public hearings of a municipality and of those merged into it, the newest first."""
    found = [await repositories.hearings.list_of(each, PUBLIC_PHASES) for each in municipality_ids]
    return tuple(sorted((one for some in found for one in some), key=lambda one: (one.closes_at, one.id), reverse=True))


async def gather(
    repositories: Repositories, hearing_id: int, places: PlaceTree, *, now: datetime, timezone: str
) -> PublicHearing:
    """What everybody may know of it ``now``. Raises NotFound, for a draft too."""
    record = await records.gather(repositories, hearing_id, now=now, timezone=timezone)
    record.hearing.ensure_public()
    before = await repositories.hearings.dossier_of(
        hearing_id, await first_public_version(repositories, record.hearing)
    )
    changing = await repositories.answers.list_changing(hearing_id)
    return PublicHearing(
        record,
        await gather_public(repositories, record, now=now),
        due_phase(record.hearing, now),
        await _comments(repositories, record, now.astimezone(record.zone).date()),
        draft_changes(record.hearing, before, changing),
        places.by_id.get(record.municipality.id, record.municipality).contact,
    )


async def _comments(repositories: Repositories, record: Record, today: date) -> tuple[PublicComment, ...]:
    found: list[PublicComment] = []
    while True:
        page = await repositories.comments.list_published(
            record.hearing.id, order=Order.SUPPORT, offset=len(found), limit=COMMENTS_READ_AT_ONCE, about=None
        )
        for comment in page:
            overdue = comment.decision is not None and is_overdue(comment.decision, today)
            view = CommentView(comment, record.hearing, joined=record.joined.get(comment.id))
            found.append(PublicComment(view, overdue))
        if len(page) < COMMENTS_READ_AT_ONCE:
            return tuple(found)
