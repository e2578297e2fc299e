"""One message that a person wrote or recorded: a new comment, an amendment, a part of what came before, or unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import REPEATED_WITHIN, Channel, CommentKind, Submission, ensure_daily_limit
from bot.domain.errors import DailyLimit, Refusal
from bot.domain.journal import Act, about_comment
from bot.domain.owed_replies import OwedReply, ReplyKind, thread_fact, update_key
from bot.domain.parts import Part, is_full
from bot.domain.pending_input import TYPING_LASTS, PendingInputKind
from bot.domain.questions import About
from bot.domain.unsent import UNSENT_KEPT, Bundle, Unsent
from bot.domain.values import dataclass
from bot.services.comments import CommentView
from bot.services.incoming_message import amendable, open_hearing, received_before
from bot.services.joining import Joining

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.pending_input import PendingInput
    from bot.domain.people import Resident
    from bot.ports import Repositories
    from bot.services.incoming_message import IncomingMessage


@dataclass(frozen=True, slots=True)
class Receiving:
    """One message that is received, in the transaction that stores what becomes of it.

    Its ``source`` is a digest of its name, as ``digest`` is of the author's Telegram id.
    """

    repositories: Repositories
    author: Resident
    digest: str
    incoming: IncomingMessage
    now: datetime

    async def receive(self) -> CommentView | None:
        """File it; None where it asks a question, is a part of what came unasked, or has come again."""
        bundle = await self.repositories.bundles.find(self.author.id)
        open_input = await self.repositories.pending_inputs.find(self.author.id, min(self.now, self.incoming.sent_at))
        pending = open_input.writing if open_input else None
        kind = pending.kind if pending else None
        if (received := await received_before(self.repositories, self.incoming.source)) is not None:
            if kind is PendingInputKind.COMMENT:
                await self._follow_again(received)
            elif bundle is not None and bundle.comment_id == received.comment.id:
                last = max(bundle.last, self.incoming.sent_at)
                await self.repositories.bundles.put(replace(bundle, last=last))
            return await self._owe_receipt_again(received)
        if await self._is_answered():
            return None
        if pending is None:
            joined, view = await self._join(bundle)
            if joined:
                return view
        if pending is not None and kind is PendingInputKind.AMENDMENT:
            return await self._amend(pending)
        return await self._file_or_ask(pending if kind is PendingInputKind.COMMENT else None)

    async def add_part(self) -> tuple[bool, CommentView | None]:
        """Whether it is a part of what its author is sending, and of which comment; one that has come again is one."""
        received = await received_before(self.repositories, self.incoming.source)
        if received is not None or await self._is_answered():
            return True, received
        open_input = await self.repositories.pending_inputs.find(self.author.id, self.now)
        if open_input is not None and open_input.writing is not None:
            return False, None
        return await self._join(await self.repositories.bundles.find(self.author.id))

    async def _join(self, bundle: Bundle | None) -> tuple[bool, CommentView | None]:
        """Whether it has become a part of the bundle, and of which comment; a press since then begins something new."""
        if bundle is None or self.incoming.after_press:
            return False, None
        if not bundle.takes(self.incoming.sent_at, self.incoming.album):
            return False, None
        return await Joining(self.repositories, self.author, self.incoming, self.now).join(bundle)

    async def _is_answered(self) -> bool:
        """True where the message has come again: an amendment keeps no source, but a reply that is owed for it."""
        if await self.repositories.owed_replies.answered(update_key(self.incoming.source)):
            return True
        return await self.repositories.unsent.knows(self.incoming.source)

    async def _file_or_ask(self, expected: PendingInput | None) -> CommentView | None:
        if (repeated := await self._repeated(expected)) is not None:
            await self._keep(expected, ReplyKind.REPEATED, comment=repeated.id)
            return None
        if expected is None:
            await self._keep(None, ReplyKind.UNSENT)
            return None
        view = await self.file(expected, (Part(self.incoming.words, self.incoming.media),))
        return await self._owe_receipt(view)

    async def file(self, pending: PendingInput | Unsent, parts: tuple[Part, ...]) -> CommentView:
        """Make a comment of messages; ``source`` is that of the first."""
        author, incoming = self.author, self.incoming
        hearing = await open_hearing(self.repositories, pending.hearing_id, incoming.sent_at)
        hearing.dossier.ensure_about(pending.about)
        since = self.now - timedelta(days=1)
        sent = await self.repositories.comments.count_since(author.id, self.digest, hearing.id, since)
        ensure_daily_limit(sent)
        first, *more = parts
        submission = Submission(
            *(pending.comment_kind, pending.about, first.text, author.language, incoming.source),
            media=first.media,
            more=tuple(more),
        )
        comment = await self.repositories.comments.add(
            hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=self.now
        )
        await self.repositories.participants.note([author.as_participant(hearing.id, self.now)])
        return CommentView(comment, hearing, own=True)

    async def _amend(self, pending: PendingInput) -> CommentView:
        author, incoming = self.author, self.incoming
        comment, hearing = await amendable(self.repositories, author, pending.comment_id, incoming.sent_at)
        text, media = incoming.words, incoming.media
        left_out = int(media is not None and is_full(comment.parts) and not comment.says(text, media))
        media = None if left_out else media
        if (text or media) and not comment.says(text, media):
            comment = comment.amended(text, media, self.now)
            await self.repositories.comments.save(comment)
            await self.repositories.comments.reset_support(comment.id)
            await self.repositories.duplicates.part(comment.id)
            entry = about_comment(comment.id, Act.COMMENT_AMENDED, at=self.now, by=author.id)
            await self.repositories.journal.add(entry)
        return await self._owe_receipt(CommentView(comment, hearing, own=True, amended=True), left_out=left_out)

    async def _repeated(self, expected: PendingInput | None) -> Comment | None:
        """The author's comment of the last minutes that says the same, to the expected hearing where there is one.

        Where a comment begins, its first words (a greeting) may be those of an earlier one that has more to say.
        """
        text, media = self.incoming.words, self.incoming.media
        hearing_id = expected.hearing_id if expected else None
        written = await self.repositories.comments.list_of(self.author.id, hearing_id=hearing_id)
        return next(
            (
                comment
                for comment in written
                if comment.withdrawn_at is None
                and self.now - comment.created_at <= REPEATED_WITHIN
                and (comment.repeats(text, media) if expected is None else comment.is_whole(text, media))
            ),
            None,
        )

    async def _keep(self, expected: PendingInput | None, kind: ReplyKind, **facts: int) -> None:
        """Keep the message until its author says what it is; what was ``expected`` is remembered with it."""
        if len(await self.repositories.unsent.list_of(self.author.id, self.now)) >= UNSENT_KEPT:
            raise DailyLimit(UNSENT_KEPT)
        part = Part(self.incoming.words, self.incoming.media, 0, self.incoming.source, self.now)
        hearing_id, about = await self._reading()
        unsent = Unsent(
            0, self.author.id, self.now, self.now + TYPING_LASTS, hearing_id, CommentKind.COMMENT, about, (part,)
        )
        if expected is not None:
            unsent = replace(
                unsent, hearing_id=expected.hearing_id, comment_kind=expected.comment_kind, about=expected.about
            )
            await self.repositories.pending_inputs.drop(self.author.id)
        number = await self.repositories.unsent.add(unsent)
        await self._owe(kind, unsent_id=number, unsent=number, **facts)

    async def _reading(self) -> tuple[int, About]:
        """The hearing and the subject that the author reads, where they may write about it now."""
        reading = self.incoming.reading
        if not self.incoming.knows_reading:
            stored = await self.repositories.readings.find(self.author.id, self.now)
            reading = (stored.hearing_id, stored.about) if stored else None
        if reading is None:
            return 0, About()
        try:
            hearing = await open_hearing(self.repositories, reading[0], self.now)
            hearing.dossier.ensure_about(reading[1])
        except Refusal:
            return 0, About()
        return reading

    async def _owe_receipt(self, view: CommentView, *, left_out: int = 0) -> CommentView:
        await self.repositories.pending_inputs.drop(self.author.id)
        author = await self.repositories.people.get(self.author.id)
        asks = not author.asked_about_self
        if asks:
            await self.repositories.people.save(replace(author, asked_about_self=True))
        number = view.comment.id
        facts = {"comment": number, "amended": int(view.amended), "ask": int(asks), "left_out": left_out}
        await self._owe(ReplyKind.RECEIPT, comment_id=number, **facts)
        return view

    async def _follow_again(self, view: CommentView) -> None:
        """Let what follows be a part of the comment: the press before it has come again too, and has ended that."""
        await self.repositories.pending_inputs.drop(self.author.id)
        await self.repositories.bundles.put(
            replace(self._bundle(comment_id=view.comment.id), handled=view.comment.created_at)
        )

    async def _owe_receipt_again(self, view: CommentView) -> CommentView:
        """Owe the receipt of a comment whose first message has come again, unless it is owed or was sent."""
        is_part = any(part.source == self.incoming.source for part in view.comment.parts)
        if not is_part and not await self._is_answered():
            await self._owe(ReplyKind.RECEIPT, comment_id=view.comment.id, comment=view.comment.id)
        return view

    async def _owe(self, kind: ReplyKind, *, comment_id: int = 0, unsent_id: int = 0, **facts: int) -> None:
        """Owe a reply, and let what comes next be a part of what it is for."""
        bundle = self._bundle(comment_id=comment_id, unsent_id=unsent_id, left_out=facts.get("left_out", 0))
        facts |= thread_fact(self.incoming.thread)
        reply = OwedReply(self.author.id, kind, bundle.update_key, facts)
        await self.repositories.owed_replies.add(reply, at=self.now, due_at=bundle.due(self.now))
        await self.repositories.bundles.put(bundle)

    def _bundle(self, *, comment_id: int = 0, unsent_id: int = 0, left_out: int = 0) -> Bundle:
        """What begins with this message."""
        incoming = self.incoming
        return Bundle(
            *(self.author.id, update_key(incoming.source), incoming.sent_at, incoming.sent_at, self.now),
            first=incoming.number,
            album=incoming.album,
            comment_id=comment_id,
            unsent_id=unsent_id,
            left_out=left_out,
        )
