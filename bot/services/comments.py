"""Comments, proposals and questions: received with a receipt, followed, amended, withdrawn, supported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comments import (
    COMMENTS_A_DAY,
    Channel,
    Comment,
    CommentKind,
    Order,
    Submission,
    Visibility,
    checked,
)
from bot.domain.errors import (
    AlreadyConsidered,
    AlreadyWithdrawn,
    DailyLimit,
    NotFound,
    NothingExpected,
    OwnComment,
    TextEmpty,
)
from bot.domain.hearings import Phase
from bot.domain.journal import Act, JournalEntry
from bot.domain.pending_input import TYPING_LASTS, PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure_consented, may
from bot.domain.questions import About

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Media
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.ports import Clock, Repositories, Store

COMMENTS_ON_A_PAGE: Final = 5
"""Comments of others on one screen."""


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """Something a person wrote or recorded. ``source`` names the message, ``sent_at`` is its own date."""

    text: str
    source: str
    sent_at: datetime
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment with the hearing it belongs to, as its author or a reader sees it."""

    comment: Comment
    hearing: Hearing
    own: bool = False
    supported: bool = False
    amended: bool = False
    """True when this very act amended it."""


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A page of others' published comments."""

    hearing: Hearing
    about: About | None
    order: Order
    offset: int
    total: int
    items: tuple[CommentView, ...]


class Comments:
    """Everything residents do with comments."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def offer(self, actor: Actor, hearing_id: int) -> Hearing:
        """The hearing somebody is about to write to; raises ConsentNeeded, NotFound, or that the hearing takes none."""
        ensure_consented(actor)
        async with self._store.reading() as repositories:
            return await _open_hearing(repositories, hearing_id, self._clock.now())

    async def begin(self, actor: Actor, hearing_id: int, kind: CommentKind, about: About) -> Hearing:
        """Wait for the text of a new comment. Raises ConsentNeeded, NotFound, or that the hearing takes none."""
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            hearing = await _open_hearing(repositories, hearing_id, now)
            hearing.dossier.ensure_about(about)
            draft = PendingInput(author.id, PendingInputKind.COMMENT, now + TYPING_LASTS, hearing_id, kind, about)
            await repositories.pending_inputs.put(draft)
        return hearing

    async def begin_amendment(self, actor: Actor, comment_id: int) -> CommentView:
        """Wait for the new text of one's own comment; raises AlreadyConsidered, AlreadyWithdrawn, HearingClosed."""
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, hearing = await _amendable(repositories, author, comment_id, now)
            draft = PendingInput(
                author.id, PendingInputKind.AMENDMENT, now + TYPING_LASTS, hearing.id, comment_id=comment.id
            )
            await repositories.pending_inputs.put(draft)
        return CommentView(comment, hearing, own=True)

    async def receive(self, actor: Actor, incoming: IncomingMessage) -> CommentView:
        """Make a comment, or an amendment, of what came; a message that was received before gives the same receipt.

        A message is judged by its own date: sent before closing, it counts although it is handled after.

        Raises NothingExpected when no text was being waited for (then it is kept until its author says what it is),
        TextEmpty, TextTooLong, DailyLimit, and that the hearing takes none.
        """
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            draft = await repositories.pending_inputs.find(author.id, min(now, incoming.sent_at))
            kind = draft.kind if draft else None
            if (known := await repositories.comments.find_source(incoming.source)) is not None:
                if kind is PendingInputKind.COMMENT:
                    await repositories.pending_inputs.drop(author.id)  # the press before it has come again too
                return CommentView(known, await repositories.hearings.get(known.hearing_id), own=True)
            if draft is not None and kind is PendingInputKind.COMMENT:
                return await self._file(repositories, author, draft, incoming)
            if draft is not None and kind is PendingInputKind.AMENDMENT:
                return await self._amend(repositories, author, draft, incoming)
            if (amended := await _amended_so(repositories, author, incoming)) is not None:
                return amended
            await repositories.pending_inputs.put(_unsent(author, incoming, now))
        raise NothingExpected

    async def send_unsent(self, actor: Actor, hearing_id: int, kind: CommentKind) -> CommentView:
        """Make a comment on the hearing of the text that came unasked; again, and it is the same one.

        Raises NothingExpected when the text is gone.
        """
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            draft = await repositories.pending_inputs.find(author.id, now)
            if draft is None or draft.kind is not PendingInputKind.UNSENT:
                raise NothingExpected
            if (known := await repositories.comments.find_source(draft.source)) is not None:
                return CommentView(known, await repositories.hearings.get(known.hearing_id), own=True)
            incoming = IncomingMessage(draft.text, draft.source, draft.expires_at - TYPING_LASTS, draft.media)
            to_send = replace(draft, hearing_id=hearing_id, comment_kind=kind, about=About())
            filed = await self._file(repositories, author, to_send, incoming)
            await repositories.pending_inputs.put(
                replace(draft, text="", media=None)
            )  # a second tap finds the same receipt
        return filed

    async def _file(
        self, repositories: Repositories, author: Resident, draft: PendingInput, incoming: IncomingMessage
    ) -> CommentView:
        hearing = await _open_hearing(repositories, draft.hearing_id, incoming.sent_at)
        hearing.dossier.ensure_about(draft.about)
        now = self._clock.now()
        if await repositories.comments.count_since(author.id, hearing.id, now - timedelta(days=1)) >= COMMENTS_A_DAY:
            raise DailyLimit(COMMENTS_A_DAY)
        submission = Submission(
            draft.comment_kind, draft.about, _words(incoming), author.language, incoming.source, incoming.media
        )
        comment = await repositories.comments.add(
            hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=now
        )
        await repositories.votes.note_participants([(hearing.id, author.id, author.demographics, now)])
        await repositories.pending_inputs.drop(author.id)
        return CommentView(comment, hearing, own=True)

    async def _amend(
        self, repositories: Repositories, author: Resident, draft: PendingInput, incoming: IncomingMessage
    ) -> CommentView:
        comment, hearing = await _amendable(repositories, author, draft.comment_id, incoming.sent_at)
        await repositories.pending_inputs.drop(author.id)
        if _says(comment, incoming):
            return CommentView(comment, hearing, own=True, amended=True)
        now = self._clock.now()
        media = incoming.media or comment.media
        amended = replace(
            comment, text=_words(incoming), media=media, amended_at=now, visibility=Visibility.WAITING, hiding_rule=None
        )
        await repositories.comments.save(amended)
        await repositories.journal.add(JournalEntry(now, Act.COMMENT_AMENDED, f"comment:{comment.id}", author.id))
        return CommentView(amended, hearing, own=True, amended=True)

    async def withdraw(self, actor: Actor, comment_id: int) -> CommentView:
        """Take one's comment back, until it is considered; withdrawing twice changes nothing."""
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, hearing = await _own(repositories, author, comment_id)
            if comment.decision is not None:
                raise AlreadyConsidered
            if comment.withdrawn_at is None:
                comment = replace(comment, withdrawn_at=now)
                await repositories.comments.save(comment)
                await repositories.journal.add(
                    JournalEntry(now, Act.COMMENT_WITHDRAWN, f"comment:{comment.id}", author.id)
                )
        return CommentView(comment, hearing, own=True)

    async def get(self, actor: Actor, comment_id: int) -> CommentView:
        """One comment: one's own, a published one, or any of one's hearings for staff; else NotFound."""
        async with self._store.reading() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await repositories.hearings.get(comment.hearing_id)
            reader = actor.resident
            own = reader is not None and comment.author_id == reader.id
            if not (own or _published(comment, hearing) or may(actor, Permission.READ_DESK, hearing.municipality_id)):
                raise NotFound("comment", comment_id)
            supported = bool(reader and await repositories.comments.supported(reader.id, [comment.id]))
        return CommentView(comment, hearing, own=own, supported=supported)

    async def wall(
        self, actor: Actor, hearing_id: int, *, order: Order, offset: int = 0, about: About | None = None
    ) -> CommentPage:
        """Others' published comments, a page at a time. Anybody may read them; nobody learns whose they are."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            if hearing.phase is Phase.DRAFT:
                raise NotFound("hearing", hearing_id)
            total = await repositories.comments.count_published(hearing_id, about)
            start = max(0, min(offset, (total - 1) // COMMENTS_ON_A_PAGE * COMMENTS_ON_A_PAGE))
            found = await repositories.comments.list_published(
                hearing_id, order=order, offset=start, limit=COMMENTS_ON_A_PAGE, about=about
            )
            reader = actor.resident
            supported = (
                await repositories.comments.supported(reader.id, [c.id for c in found]) if reader else frozenset()
            )
        items = tuple(
            CommentView(c, hearing, own=reader is not None and c.author_id == reader.id, supported=c.id in supported)
            for c in found
        )
        return CommentPage(hearing, about, order, start, total, items)

    async def answers(self, hearing_id: int, *, offset: int = 0) -> tuple[CommentView, ...]:
        """Published comments with the commission's decision, a page and one more. Anybody may read them."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            if hearing.phase is Phase.DRAFT:
                raise NotFound("hearing", hearing_id)
            found = await repositories.comments.list_decided(hearing_id, offset=offset, limit=COMMENTS_ON_A_PAGE + 1)
        return tuple(CommentView(comment, hearing) for comment in found)

    async def support(self, actor: Actor, comment_id: int, *, on: bool) -> CommentView:
        """Support another's published comment, or stop; raises OwnComment, NotFound, and that the hearing is over."""
        reader = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await _open_hearing(repositories, comment.hearing_id, now)
            if not _published(comment, hearing):
                raise NotFound("comment", comment_id)
            if comment.author_id == reader.id:
                raise OwnComment
            if await repositories.comments.set_support(comment_id, reader.id, on=on, at=now) and on:
                await repositories.votes.note_participants([(hearing.id, reader.id, reader.demographics, now)])
            comment = await repositories.comments.get(comment_id)
        return CommentView(comment, hearing, supported=on)


async def _open_hearing(repositories: Repositories, hearing_id: int, at: datetime) -> Hearing:
    hearing = await repositories.hearings.get(hearing_id)
    hearing.ensure_open(at)
    return hearing


async def _own(repositories: Repositories, author: Resident, comment_id: int) -> tuple[Comment, Hearing]:
    comment = await repositories.comments.get(comment_id)
    if comment.author_id != author.id:
        raise NotFound("comment", comment_id)
    return comment, await repositories.hearings.get(comment.hearing_id)


async def _amendable(
    repositories: Repositories, author: Resident, comment_id: int, at: datetime
) -> tuple[Comment, Hearing]:
    comment, hearing = await _own(repositories, author, comment_id)
    if comment.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if comment.decision is not None:
        raise AlreadyConsidered
    hearing.ensure_open(at)
    return comment, hearing


async def _amended_so(repositories: Repositories, author: Resident, incoming: IncomingMessage) -> CommentView | None:
    """The author's comment that was amended to say just this: the message has come again."""
    for comment in await repositories.comments.list_of(author.id):
        if comment.amended_at is not None and comment.withdrawn_at is None and _says(comment, incoming):
            return CommentView(comment, await repositories.hearings.get(comment.hearing_id), own=True, amended=True)
    return None


def _says(comment: Comment, incoming: IncomingMessage) -> bool:
    """True if these words, with this voice or photo if any, would change nothing in the comment."""
    return comment.text == _words(incoming) and (incoming.media is None or incoming.media == comment.media)


def _published(comment: Comment, hearing: Hearing) -> bool:
    visible = comment.visibility is Visibility.PUBLISHED and comment.withdrawn_at is None
    return visible and hearing.phase is not Phase.DRAFT


def _words(incoming: IncomingMessage) -> str:
    """The text to keep; a voice or a photo may come without any."""
    try:
        return checked(incoming.text)
    except TextEmpty:
        if incoming.media is None:
            raise
        return ""


def _unsent(author: Resident, incoming: IncomingMessage, now: datetime) -> PendingInput:
    return PendingInput(
        author.id,
        PendingInputKind.UNSENT,
        now + TYPING_LASTS,
        text=_words(incoming),
        media=incoming.media,
        source=incoming.source,
    )
