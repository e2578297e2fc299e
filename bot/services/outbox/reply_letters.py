"""Claimed owed replies are made into letters: each says what is true now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.notices import Completion, NoticeStatus
from bot.domain.owed_replies import ReplyKind
from bot.domain.pending_input import PendingInputKind
from bot.services.comments import CommentView
from bot.services.hearings import list_public

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.notices import Notice
    from bot.domain.people import Resident
    from bot.domain.places import Place, PlaceTree
    from bot.ports import Repositories
    from bot.services.hearings import HearingList


@dataclass(frozen=True, slots=True)
class ReplyLetter:
    """An owed reply with all that is needed to render it."""

    notice: Notice
    kind: ReplyKind
    recipient: Resident
    now: datetime
    view: CommentView | None = None
    """The comment of a receipt, the one whose words were sent again, or the one that was hidden."""
    zone: ZoneInfo | None = None
    """Of the comment's municipality."""
    hearings: HearingList | None = None
    """Those of the recipient's municipality, for words that came unasked; None without a municipality."""
    municipality: Place | None = None
    """To which somebody was invited."""

    @property
    def asks_about_author(self) -> bool:
        """Whether the questions about the recipient follow it: after the first receipt."""
        return bool(self.notice.facts.get("ask"))

    @property
    def thread(self) -> int | None:
        """The topic of the recipient's chat that it goes to; None where it has none."""
        return int(self.notice.facts.get("thread", 0)) or None

    @property
    def room(self) -> None:
        """Nobody but a person is owed a reply."""
        return


@dataclass
class ReplyLetterWriter:
    """Makes letters of owed replies within one transaction."""

    repositories: Repositories
    places: PlaceTree
    now: datetime

    async def write(self, notices: Collection[Notice]) -> Mapping[int, ReplyLetter | Completion]:
        """By the id of each notice its letter, or how it is completed unsent."""
        people = await self.repositories.people.get_many(
            {notice.recipient_id for notice in notices if notice.recipient_id is not None}
        )
        return {notice.id: await self._write_one(notice, people.get(notice.recipient_id or 0)) for notice in notices}

    async def _write_one(self, notice: Notice, person: Resident | None) -> ReplyLetter | Completion:
        if person is None or person.telegram_id is None or notice.reply is None:
            return _dropped(notice, "forgotten")
        try:
            match notice.reply:
                case ReplyKind.RECEIPT | ReplyKind.REPEATED | ReplyKind.HIDDEN:
                    return await self._about_comment(notice, notice.reply, person)
                case ReplyKind.UNSENT:
                    return await self._unsent(notice, person)
                case ReplyKind.SENTENCE:
                    return ReplyLetter(notice, notice.reply, person, self.now)
                case ReplyKind.INVITATION_USED:
                    place = self.places.get(int(notice.facts["municipality"]))
                    return ReplyLetter(notice, notice.reply, person, self.now, municipality=place)
        except NotFound:
            return _dropped(notice, "gone")

    async def _about_comment(self, notice: Notice, kind: ReplyKind, person: Resident) -> ReplyLetter:
        comment = await self.repositories.comments.get(int(notice.facts["comment"]))
        comment.ensure_by(person)
        if kind is ReplyKind.HIDDEN and comment.hiding_rule != notice.facts["rule"]:
            raise NotFound("hidden comment", comment.id)
        hearing = await self.repositories.hearings.get(comment.hearing_id)
        view = CommentView(comment, hearing, own=True, amended=bool(notice.facts.get("amended")))
        return ReplyLetter(notice, kind, person, self.now, view=view, zone=self.places.zone(hearing.municipality_id))

    async def _unsent(self, notice: Notice, person: Resident) -> ReplyLetter | Completion:
        pending = await self.repositories.pending_inputs.find(person.id, self.now)
        if pending is None or pending.kind is not PendingInputKind.UNSENT:
            return _dropped(notice, "not wanted any more")
        listed = None
        if person.municipality_id is not None:
            listed = await list_public(self.repositories, self.places, person.municipality_id, self.now)
        return ReplyLetter(notice, ReplyKind.UNSENT, person, self.now, hearings=listed)


def _dropped(notice: Notice, reason: str) -> Completion:
    return Completion(notice.id, NoticeStatus.DROPPED, reason)
