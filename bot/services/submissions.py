"""Messages become comments: the bot waits for a text, and files what comes as a comment or an amendment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import REPEATED_WITHIN, Channel, CommentKind, Submission, ensure_daily_limit
from bot.domain.errors import NothingExpected
from bot.domain.journal import Act, about_comment
from bot.domain.message_text import checked_message
from bot.domain.owed_replies import OwedReply, ReplyKind, thread_fact, update_key
from bot.domain.pending_input import TYPING_LASTS, PendingInput, PendingInputKind
from bot.domain.permissions import ensure_consented
from bot.domain.questions import About
from bot.services.comments import CommentView

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Comment, Media
    from bot.domain.digests import Digests
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.ports import Clock, Repositories, Store


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message a person wrote or recorded. ``source`` names the message, ``sent_at`` is its own date.

    ``thread`` is the topic of their chat in which they are to be answered, 0 for none. ``content`` is all that it says,
    to be told from what it says after an edit.
    """

    text: str
    source: str
    sent_at: datetime
    media: Media | None = None
    thread: int = 0
    content: str = ""


class Submissions:
    """Writing comments and giving them another text."""

    def __init__(self, store: Store, clock: Clock, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests

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

    async def receive(self, actor: Actor, incoming: IncomingMessage) -> CommentView | None:
        """Make a comment, or an amendment, of a message; a message that was received before changes nothing.

        The answer is owed from the same transaction on: the receipt, or a question, where None is returned. It asks
        what the message is for, if no text was being waited for, or whether the author means to send the same words
        again; the message is kept until then.

        A message is judged by its own date: sent before closing, it counts although it is handled after.

        Raises TextEmpty, TextTooLong, DailyLimit, and that the hearing takes none.
        """
        author = ensure_consented(actor)
        source = self._digests.of_message(incoming.source)
        async with self._store.writing() as repositories:
            received, now = replace(incoming, source=source), self._clock.now()
            view = await self._receiving(repositories, author, received, now).receive()
            said = self._digests.of_content(incoming.content)
            await repositories.heard.note(source, author.id, said, commented=view is not None, at=now)
        return view

    async def send_unsent(self, actor: Actor, hearing_id: int, kind: CommentKind) -> CommentView:
        """Make a comment on the hearing of the text that waits; a second call returns the same comment.

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
            about = unsent.about if unsent.hearing_id == hearing_id else About()
            pending = replace(unsent, hearing_id=hearing_id, comment_kind=kind, about=about)
            view = await self._receiving(repositories, author, incoming, now).file(pending)
            emptied = replace(unsent, text="", media=None)  # kept, so that a second tap finds the same receipt
            await repositories.pending_inputs.put(emptied)
        return view

    def _receiving(
        self, repositories: Repositories, author: Resident, incoming: IncomingMessage, now: datetime
    ) -> _Receiving:
        return _Receiving(repositories, author, self._digests.of_person(author.telegram_id or 0), incoming, now)


@dataclass(frozen=True, slots=True)
class _Receiving:
    """One message that is received, in the transaction that stores what becomes of it.

    Its ``source`` is a digest of its name, as ``digest`` is of the author's Telegram id.
    """

    repositories: Repositories
    author: Resident
    digest: str
    incoming: IncomingMessage
    now: datetime

    async def receive(self) -> CommentView | None:
        pending = await self.repositories.pending_inputs.find(self.author.id, min(self.now, self.incoming.sent_at))
        kind = pending.kind if pending else None
        if (received := await _received_before(self.repositories, self.incoming.source)) is not None:
            if kind is PendingInputKind.COMMENT:
                await self.repositories.pending_inputs.drop(self.author.id)  # the press before it has come again too
            return await self._owe_receipt(received)
        if await self.repositories.owed_replies.answered(update_key(self.incoming.source)):
            return None  # an amendment or a question has come again: an amendment keeps no source to be known by
        if pending is not None and kind is PendingInputKind.AMENDMENT:
            return await self._owe_receipt(await self._amend(pending))
        expected = pending if kind is PendingInputKind.COMMENT else None
        if (repeated := await self._repeated(expected)) is not None:
            await self._keep(expected)
            await self._owe(ReplyKind.REPEATED, comment=repeated.id)
            return None
        if expected is None:
            await self._keep(None)
            await self._owe(ReplyKind.UNSENT)
            return None
        return await self._owe_receipt(await self.file(expected))

    async def file(self, pending: PendingInput) -> CommentView:
        """Make a comment of the message."""
        author, incoming = self.author, self.incoming
        hearing = await _open_hearing(self.repositories, pending.hearing_id, incoming.sent_at)
        hearing.dossier.ensure_about(pending.about)
        since = self.now - timedelta(days=1)
        sent = await self.repositories.comments.count_since(author.id, self.digest, hearing.id, since)
        ensure_daily_limit(sent)
        text = checked_message(incoming.text, incoming.media)
        submission = Submission(
            pending.comment_kind, pending.about, text, author.language, incoming.source, incoming.media
        )
        comment = await self.repositories.comments.add(
            hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=self.now
        )
        await self.repositories.participants.note([author.as_participant(hearing.id, self.now)])
        await self.repositories.pending_inputs.drop(author.id)
        return CommentView(comment, hearing, own=True)

    async def _amend(self, pending: PendingInput) -> CommentView:
        author, incoming = self.author, self.incoming
        comment, hearing = await _amendable(self.repositories, author, pending.comment_id, incoming.sent_at)
        await self.repositories.pending_inputs.drop(author.id)
        text = checked_message(incoming.text, incoming.media)
        if not comment.says(text, incoming.media):
            comment = comment.amended(text, incoming.media, self.now)
            await self.repositories.comments.save(comment)
            await self.repositories.comments.reset_support(comment.id)
            entry = about_comment(comment.id, Act.COMMENT_AMENDED, at=self.now, by=author.id)
            await self.repositories.journal.add(entry)
        return CommentView(comment, hearing, own=True, amended=True)

    async def _repeated(self, expected: PendingInput | None) -> Comment | None:
        """The author's comment of the last minutes that says the same; to the expected hearing where there is one."""
        text = checked_message(self.incoming.text, self.incoming.media)
        hearing_id = expected.hearing_id if expected else None
        written = await self.repositories.comments.list_of(self.author.id, hearing_id=hearing_id)
        return next(
            (
                comment
                for comment in written
                if comment.withdrawn_at is None
                and self.now - comment.created_at <= REPEATED_WITHIN
                and comment.says(text, self.incoming.media)
            ),
            None,
        )

    async def _keep(self, expected: PendingInput | None) -> None:
        """Keep the message until its author says what it is; what was ``expected`` is remembered with it."""
        unsent = PendingInput(
            self.author.id,
            PendingInputKind.UNSENT,
            self.now + TYPING_LASTS,
            text=checked_message(self.incoming.text, self.incoming.media),
            media=self.incoming.media,
            source=self.incoming.source,
        )
        if expected is not None:
            unsent = replace(
                unsent, hearing_id=expected.hearing_id, comment_kind=expected.comment_kind, about=expected.about
            )
        await self.repositories.pending_inputs.put(unsent)

    async def _owe_receipt(self, view: CommentView) -> CommentView:
        author = await self.repositories.people.get(self.author.id)
        asks = not author.asked_about_self
        if asks:
            await self.repositories.people.save(replace(author, asked_about_self=True))
        await self._owe(ReplyKind.RECEIPT, comment=view.comment.id, amended=int(view.amended), ask=int(asks))
        return view

    async def _owe(self, kind: ReplyKind, **facts: int) -> None:
        facts |= thread_fact(self.incoming.thread)
        reply = OwedReply(self.author.id, kind, update_key(self.incoming.source), facts)
        await self.repositories.owed_replies.add(reply, at=self.now)


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
