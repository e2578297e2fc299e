"""Messages become comments: the bot waits for a text, and files what comes as a comment or an amendment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import Channel, CommentKind, Submission, checked_message, ensure_daily_limit
from bot.domain.errors import NothingExpected
from bot.domain.journal import Act, about_comment
from bot.domain.pending_input import TYPING_LASTS, PendingInput, PendingInputKind
from bot.domain.permissions import ensure_consented
from bot.domain.questions import About
from bot.services.comments import CommentView

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Comment, Media
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.ports import Clock, Repositories, Store


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message a person wrote or recorded. ``source`` names the message, ``sent_at`` is its own date."""

    text: str
    source: str
    sent_at: datetime
    media: Media | None = None


class Submissions:
    """Writing comments and giving them another text."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def offer(self, actor: Actor, hearing_id: int) -> Hearing:
        """The hearing to which the actor may write; raises ConsentNeeded, NotFound, or that the hearing takes none."""
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
            pending = PendingInput(author.id, PendingInputKind.COMMENT, now + TYPING_LASTS, hearing_id, kind, about)
            await repositories.pending_inputs.put(pending)
        return hearing

    async def begin_amendment(self, actor: Actor, comment_id: int) -> CommentView:
        """Wait for the new text of one's own comment; raises AlreadyConsidered, AlreadyWithdrawn, HearingClosed."""
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, hearing = await _amendable(repositories, author, comment_id, now)
            pending = PendingInput(
                author.id, PendingInputKind.AMENDMENT, now + TYPING_LASTS, hearing.id, comment_id=comment.id
            )
            await repositories.pending_inputs.put(pending)
        return CommentView(comment, hearing, own=True)

    async def receive(self, actor: Actor, incoming: IncomingMessage) -> CommentView:
        """Make a comment, or an amendment, of a message; a message that was received before gives the same receipt.

        A message is judged by its own date: sent before closing, it counts although it is handled after.

        Raises NothingExpected when no text was being waited for (then it is kept until its author says what it is),
        TextEmpty, TextTooLong, DailyLimit, and that the hearing takes none.
        """
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            pending = await repositories.pending_inputs.find(author.id, min(now, incoming.sent_at))
            kind = pending.kind if pending else None
            if (received := await _received_before(repositories, incoming.source)) is not None:
                if kind is PendingInputKind.COMMENT:
                    await repositories.pending_inputs.drop(author.id)  # the press before it has come again too
                return received
            if pending is not None and kind is PendingInputKind.COMMENT:
                return await self._file(repositories, author, pending, incoming)
            if pending is not None and kind is PendingInputKind.AMENDMENT:
                return await self._amend(repositories, author, pending, incoming)
            if (amended := await _amended_before(repositories, author, incoming)) is not None:
                return amended
            await repositories.pending_inputs.put(_unsent(author, incoming, now))
        raise NothingExpected

    async def send_unsent(self, actor: Actor, hearing_id: int, kind: CommentKind) -> CommentView:
        """Make a comment on the hearing of the text that came unasked; a second call returns the same comment.

        Raises NothingExpected when the text is gone.
        """
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            unsent = await repositories.pending_inputs.find(author.id, now)
            if unsent is None or unsent.kind is not PendingInputKind.UNSENT:
                raise NothingExpected
            if (received := await _received_before(repositories, unsent.source)) is not None:
                return received
            incoming = IncomingMessage(unsent.text, unsent.source, unsent.expires_at - TYPING_LASTS, unsent.media)
            pending = replace(unsent, hearing_id=hearing_id, comment_kind=kind, about=About())
            view = await self._file(repositories, author, pending, incoming)
            emptied = replace(unsent, text="", media=None)  # kept, so that a second tap finds the same receipt
            await repositories.pending_inputs.put(emptied)
        return view

    async def _file(
        self, repositories: Repositories, author: Resident, pending: PendingInput, incoming: IncomingMessage
    ) -> CommentView:
        hearing = await _open_hearing(repositories, pending.hearing_id, incoming.sent_at)
        hearing.dossier.ensure_about(pending.about)
        now = self._clock.now()
        ensure_daily_limit(await repositories.comments.count_since(author.id, hearing.id, now - timedelta(days=1)))
        text = checked_message(incoming.text, incoming.media)
        submission = Submission(
            pending.comment_kind, pending.about, text, author.language, incoming.source, incoming.media
        )
        comment = await repositories.comments.add(
            hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=now
        )
        await repositories.votes.note_participants([(hearing.id, author.id, author.demographics, now)])
        await repositories.pending_inputs.drop(author.id)
        return CommentView(comment, hearing, own=True)

    async def _amend(
        self, repositories: Repositories, author: Resident, pending: PendingInput, incoming: IncomingMessage
    ) -> CommentView:
        comment, hearing = await _amendable(repositories, author, pending.comment_id, incoming.sent_at)
        await repositories.pending_inputs.drop(author.id)
        text = checked_message(incoming.text, incoming.media)
        if not comment.says(text, incoming.media):
            now = self._clock.now()
            comment = comment.amended(text, incoming.media, now)
            await repositories.comments.save(comment)
            await repositories.journal.add(about_comment(comment.id, Act.COMMENT_AMENDED, at=now, by=author.id))
        return CommentView(comment, hearing, own=True, amended=True)


async def _open_hearing(repositories: Repositories, hearing_id: int, at: datetime) -> Hearing:
    hearing = await repositories.hearings.get(hearing_id)
    hearing.ensure_open(at)
    return hearing


async def _amendable(
    repositories: Repositories, author: Resident, comment_id: int, at: datetime
) -> tuple[Comment, Hearing]:
    comment = await repositories.comments.get(comment_id)
    comment.ensure_by(author)
    hearing = await repositories.hearings.get(comment.hearing_id)
    comment.ensure_amendable()
    hearing.ensure_open(at)
    return comment, hearing


async def _received_before(repositories: Repositories, source: str) -> CommentView | None:
    """The comment that was made of the same message."""
    if (comment := await repositories.comments.find_source(source)) is None:
        return None
    return CommentView(comment, await repositories.hearings.get(comment.hearing_id), own=True)


async def _amended_before(
    repositories: Repositories, author: Resident, incoming: IncomingMessage
) -> CommentView | None:
    """The author's comment that was amended by the same message: an amendment keeps no source to look it up by."""
    text = checked_message(incoming.text, incoming.media)
    for comment in await repositories.comments.list_of(author.id):
        if comment.amended_at is not None and comment.withdrawn_at is None and comment.says(text, incoming.media):
            return CommentView(comment, await repositories.hearings.get(comment.hearing_id), own=True, amended=True)
    return None


def _unsent(author: Resident, incoming: IncomingMessage, now: datetime) -> PendingInput:
    return PendingInput(
        author.id,
        PendingInputKind.UNSENT,
        now + TYPING_LASTS,
        text=checked_message(incoming.text, incoming.media),
        media=incoming.media,
        source=incoming.source,
    )
