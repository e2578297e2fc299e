"""Claimed owed replies are made into letters: each says what is true now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import Forbidden, NotFound, NotTakingAnswers
from bot.domain.files import FileRequest
from bot.domain.notices import Completion, NoticeStatus
from bot.domain.owed_replies import ReplyKind
from bot.domain.people import Actor
from bot.domain.permissions import Permission, ensure
from bot.domain.values import dataclass
from bot.services.comments import CommentView
from bot.services.hearings import HEARINGS_LISTED, list_public

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.files import MadeFile
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Notice
    from bot.domain.people import Resident
    from bot.domain.places import Place, PlaceTree
    from bot.domain.unsent import Unsent
    from bot.ports import Repositories
    from bot.services.files import Files, FileSubject
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
    places: PlaceTree | None = None
    """Where the municipality of a receipt's hearing is."""
    hearings: HearingList | None = None
    """Those of the recipient's municipality, for words that came unasked; None without a municipality."""
    unsent: Unsent | None = None
    """What came unasked, or again."""
    reading: Hearing | None = None
    """Of what came unasked: the hearing that its author was reading about, which takes comments now."""
    municipality: Place | None = None
    """To which somebody was invited; into which another was merged."""
    former: Place | None = None
    """The municipality that was merged."""
    receipts: tuple[int, ...] = ()
    """Numbers of comments whose receipts were merged into it."""
    request: FileRequest | None = None
    """The file that was asked for."""
    subject: FileSubject | None = None
    """What the file is about."""
    file: MadeFile | None = None
    """The file, where it could be made."""

    @property
    def asks_about_author(self) -> bool:
        """Whether the first question about the recipient stands below it: on the first receipt."""
        return bool(self.notice.facts.get("ask"))

    @property
    def answers(self) -> int:
        """How many messages of the recipient's it answers."""
        return int(self.notice.facts.get("answers", 1))

    @property
    def sentences(self) -> tuple[str, ...]:
        """Refusals that were merged into it."""
        return tuple(str(self.notice.facts.get("sentences", "")).splitlines())

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
    files: Files | None = None
    """Says who may have a file, where there are any."""

    async def write(self, notices: Collection[Notice]) -> Mapping[int, ReplyLetter | Completion]:
        """By the id of each notice its letter, or how it is completed unsent."""
        people = await self.repositories.people.get_many(
            {notice.recipient_id for notice in notices if notice.recipient_id is not None}
        )
        return {notice.id: await self._write_whole(notice, people.get(notice.recipient_id or 0)) for notice in notices}

    async def _write_whole(self, notice: Notice, person: Resident | None) -> ReplyLetter | Completion:
        written = await self._write_one(notice, person)
        ids = [int(number) for number in str(notice.facts.get("receipts", "")).split()]
        if isinstance(written, Completion) or not ids:
            return written
        comments = [await self.repositories.comments.get(comment_id) for comment_id in ids]
        return replace(written, receipts=tuple(comment.number for comment in comments))

    async def _write_one(self, notice: Notice, person: Resident | None) -> ReplyLetter | Completion:
        if person is None or person.telegram_id is None or notice.reply is None:
            return _dropped(notice, "forgotten")
        try:
            return await self._written(notice, notice.reply, person)
        except (NotFound, NotTakingAnswers):
            return _dropped(notice, "gone")
        except Forbidden:
            return _dropped(notice, "forbidden")

    async def _written(self, notice: Notice, kind: ReplyKind, person: Resident) -> ReplyLetter | Completion:
        match kind:
            case ReplyKind.RECEIPT | ReplyKind.HIDDEN:
                return await self._about_comment(notice, person)
            case ReplyKind.UNHIDDEN | ReplyKind.HIDING_UPHELD | ReplyKind.APPEALED:
                return await self._about_hiding(notice, kind, person)
            case ReplyKind.REPEATED:
                return await self._repeated(notice, person)
            case ReplyKind.UNSENT:
                return await self._unsent(notice, person)
            case (
                ReplyKind.SENTENCE
                | ReplyKind.INVITATION_USED
                | ReplyKind.ROLE_TAKEN
                | ReplyKind.ROLE_HANDED
                | ReplyKind.PLACE_MERGED
                | ReplyKind.CONSENT_CHANGED
            ):
                return self._with_places(notice, kind, person)
            case ReplyKind.FILE:
                return await self._file(notice, person)

    def _with_places(self, notice: Notice, kind: ReplyKind, person: Resident) -> ReplyLetter:
        """A letter about the municipalities that its facts name, or about none."""
        named = (int(notice.facts[name]) if name in notice.facts else None for name in ("municipality", "former"))
        place, former = (None if place_id is None else self.places.get(place_id) for place_id in named)
        after = self.places.present(place) if place else None
        return ReplyLetter(notice, kind, person, self.now, municipality=after, former=former)

    async def _about_comment(self, notice: Notice, person: Resident) -> ReplyLetter:
        comment = await self.repositories.comments.get(int(notice.facts["comment"]))
        comment.ensure_by(person)
        kind = ReplyKind.HIDDEN if notice.reply is ReplyKind.HIDDEN else ReplyKind.RECEIPT
        if kind is ReplyKind.HIDDEN and comment.hiding_rule != notice.facts["rule"]:
            raise NotFound("hidden comment", comment.id)
        hearing = await self.repositories.hearings.get(comment.hearing_id)
        appeal = await self.repositories.appeals.find(comment)
        view = CommentView(comment, hearing, own=True, amended=bool(notice.facts.get("amended")), appeal=appeal)
        zone = self.places.zone(hearing.municipality_id)
        return ReplyLetter(notice, kind, person, self.now, view=view, zone=zone, places=self.places)

    async def _about_hiding(self, notice: Notice, kind: ReplyKind, person: Resident) -> ReplyLetter:
        """What became of a hiding, to its author; that there is an appeal, to staff: while it is true."""
        comment = await self.repositories.comments.get(int(notice.facts["comment"]))
        hearing = await self.repositories.hearings.get(comment.hearing_id)
        appeal = await self.repositories.appeals.find(comment)
        if kind is ReplyKind.APPEALED:
            await self._ensure_judge(person, hearing)
            stands = appeal is not None and appeal.waits(comment) and appeal.id == notice.facts["appeal"]
        else:
            comment.ensure_by(person)
            stands = (comment.hidden_at is None) is (kind is ReplyKind.UNHIDDEN) and comment.withdrawn_at is None
        if not stands:
            raise NotFound("hiding", comment.id)
        view = CommentView(comment, hearing, own=comment.is_by(person), appeal=appeal)
        return ReplyLetter(notice, kind, person, self.now, view=view, zone=self.places.zone(hearing.municipality_id))

    async def _ensure_judge(self, person: Resident, hearing: Hearing) -> None:
        grants = await self.repositories.people.list_grants(person.id)
        ensure(
            Actor(person.telegram_id or 0, person.language, person, grants), Permission.JUDGE, hearing.municipality_id
        )

    async def _repeated(self, notice: Notice, person: Resident) -> ReplyLetter | Completion:
        """What came again; where more came with it than before, it is asked about as any other words."""
        unsent = await self._kept(notice, person)
        letter = await self._about_comment(notice, person)
        assert letter.view is not None
        comment = letter.view.comment
        if unsent is None or not all(comment.repeats(part.text, part.media) for part in unsent.parts):
            return await self._unsent(notice, person)
        return replace(letter, kind=ReplyKind.REPEATED, unsent=unsent)

    async def _file(self, notice: Notice, person: Resident) -> ReplyLetter:
        """The letter of a file, if the person may have it now."""
        assert self.files is not None
        request = FileRequest.of(notice.facts)
        subject = await self.files.authorise(self.repositories, self.places, person, request)
        return ReplyLetter(notice, ReplyKind.FILE, person, self.now, request=request, subject=subject)

    async def _unsent(self, notice: Notice, person: Resident) -> ReplyLetter | Completion:
        unsent = await self._kept(notice, person)
        if unsent is None:
            return _dropped(notice, "not wanted any more")
        reading = None
        if unsent.hearing_id:
            hearing = await self.repositories.hearings.get(unsent.hearing_id)
            reading = hearing if hearing.takes_answers(self.now) else None
        listed = None
        if person.municipality_id is not None:
            listed = await list_public(
                self.repositories, self.places, person.municipality_id, self.now, most=HEARINGS_LISTED
            )
        return ReplyLetter(notice, ReplyKind.UNSENT, person, self.now, hearings=listed, unsent=unsent, reading=reading)

    async def _kept(self, notice: Notice, person: Resident) -> Unsent | None:
        """What came unasked, if its author has not said yet what it is; older replies do not name it."""
        kept = await self.repositories.unsent.list_of(person.id, self.now)
        waiting = [each for each in kept if each.parts]
        if "unsent" not in notice.facts:
            return waiting[0] if len(waiting) == 1 else None
        return next((each for each in waiting if each.id == notice.facts["unsent"]), None)


def _dropped(notice: Notice, reason: str) -> Completion:
    return Completion(notice.id, NoticeStatus.DROPPED, reason)
