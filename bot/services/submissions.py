"""Messages become comments: the bot waits for a text, and files what comes as a comment or an amendment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import AlreadyConsidered, AlreadyWithdrawn, NothingExpected
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.pending_input import TYPING_LASTS, PendingInput, PendingInputKind
from bot.domain.permissions import ensure_consented
from bot.domain.questions import About
from bot.ports.store import WriteScope
from bot.services.comments import CommentView
from bot.services.incoming_message import IncomingMessage, amendable, open_hearing
from bot.services.receiving import Receiving

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import CommentKind
    from bot.domain.digests import Digests
    from bot.domain.hearings import Hearing
    from bot.domain.parts import Part
    from bot.domain.people import Actor, Resident
    from bot.domain.unsent import Unsent
    from bot.ports import Clock, Repositories, Store


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
            return await open_hearing(repositories, hearing_id, self._clock.now())

    async def begin(self, actor: Actor, hearing_id: int, kind: CommentKind, about: About) -> Hearing:
        """Wait for the text of a new comment. Raises ConsentNeeded, NotFound, or that the hearing takes none."""
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
            hearing = await open_hearing(repositories, hearing_id, now)
            hearing.dossier.ensure_about(about)
            pending = PendingInput(author.id, PendingInputKind.COMMENT, now + TYPING_LASTS, hearing_id, kind, about)
            await _await(repositories, pending)
        return hearing

    async def begin_amendment(self, actor: Actor, comment_id: int) -> CommentView:
        """Wait for the new text of one's own comment; raises AlreadyConsidered, AlreadyWithdrawn, HearingClosed."""
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, hearing = await amendable(repositories, author, comment_id, now)
            pending = PendingInput(
                author.id, PendingInputKind.AMENDMENT, now + TYPING_LASTS, hearing.id, comment_id=comment.id
            )
            await _await(repositories, pending)
        return CommentView(comment, hearing, own=True)

    async def receive(self, actor: Actor, incoming: IncomingMessage) -> CommentView | None:
        """Make a comment, or an amendment, of a message; a message that was received before changes nothing.

        What follows within seconds is a part of the same comment; it returns that comment.

        The answer is owed from the same transaction on, and leaves when no part has followed: the receipt, or a
        question, where None is returned. It asks what the message is for, if no text was being waited for, or whether
        the author means to send the same words again; the message is kept until then, with all that follows it.

        A message is judged by its own date: sent before closing, it counts although it is handled after.

        Raises TextEmpty, TextTooLong, DailyLimit, that the hearing takes none, and AlreadyConsidered or
        AlreadyWithdrawn for an amendment: the next message is something else.
        """
        author = ensure_consented(actor)
        now, received = self._clock.now(), replace(incoming, source=self._digests.of_message(incoming.source))
        try:
            async with self._store.writing() as repositories:
                view = await self._receiving(repositories, author, received, now).receive()
                await self._hear(repositories, author, received, commented=view is not None)
        except (AlreadyConsidered, AlreadyWithdrawn):
            async with self._store.writing() as repositories:
                await repositories.pending_inputs.drop(author.id)
            raise
        return view

    async def add_part(self, actor: Actor, incoming: IncomingMessage) -> bool:
        """Add a message to what the actor is sending, if it belongs there; False, and nothing is kept, if not.

        It is a part where it follows within seconds, nothing was pressed between, and no comment is waited for.
        """
        author = ensure_consented(actor)
        received = replace(incoming, source=self._digests.of_message(incoming.source))
        async with self._store.writing() as repositories:
            joined, view = await self._receiving(repositories, author, received, self._clock.now()).add_part()
            if joined:
                await self._hear(repositories, author, received, commented=view is not None)
        return joined

    async def end_bundle(self, actor: Actor) -> None:
        """Let the next message begin something new: the actor has pressed something since the last."""
        if actor.resident is not None:
            async with self._store.writing(WriteScope.of_person(actor.telegram_id)) as repositories:
                await repositories.bundles.drop(actor.resident.id)

    async def send_unsent(self, actor: Actor, hearing_id: int, kind: CommentKind, *, unsent_id: int = 0) -> CommentView:
        """Make a comment on the hearing of what came unasked; a second call returns the same comment.

        Raises NothingExpected when it is gone. 0 stands for the only one there is: older buttons do not say which.
        """
        author = ensure_consented(actor)
        now = self._clock.now()
        async with self._store.writing() as repositories:
            unsent = await _unsent(repositories, author, unsent_id, now)
            await repositories.bundles.drop(author.id)
            if unsent.comment_id is not None:
                comment = await repositories.comments.get(unsent.comment_id)
                return CommentView(comment, await repositories.hearings.get(comment.hearing_id), own=True)
            about = unsent.about if unsent.hearing_id == hearing_id else About()
            chosen = replace(unsent, hearing_id=hearing_id, comment_kind=kind, about=about)
            first, parts = _from_first(unsent.parts)
            await repositories.unsent.clear(unsent.id)  # its messages are parts of the comment now
            incoming = IncomingMessage(first.text, first.source, unsent.kept_at)
            view = await self._receiving(repositories, author, incoming, now).file(chosen, parts)
            await repositories.unsent.became(unsent.id, view.comment.id)
        return view

    async def drop_unsent(self, actor: Actor, unsent_id: int) -> None:
        """Forget what came unasked: its author does not want to send it. Other things that wait stay."""
        if actor.resident is not None:
            async with self._store.writing() as repositories:
                unsent = await repositories.unsent.find(actor.resident.id, unsent_id, self._clock.now())
                if unsent is not None and unsent.comment_id is None:
                    await repositories.unsent.remove(unsent.id)
                    await repositories.bundles.drop(actor.resident.id)

    async def offer_unsent(self, actor: Actor) -> bool:
        """Owe again the question about all that the actor sent before they chose a municipality; True if any."""
        if (author := actor.resident) is None or author.municipality_id is None:
            return False
        now = self._clock.now()
        async with self._store.writing() as repositories:
            waiting = [each for each in await repositories.unsent.list_of(author.id, now) if each.parts]
            for unsent in waiting:
                key = update_key(self._digests.of_message(f"unsent {unsent.id} {author.municipality_id}"))
                reply = OwedReply(author.id, ReplyKind.UNSENT, key, {"unsent": unsent.id, "left_out": 0})
                await repositories.owed_replies.add(reply, at=now)
        return bool(waiting)

    async def _hear(
        self, repositories: Repositories, author: Resident, received: IncomingMessage, *, commented: bool
    ) -> None:
        """Note what the message says, so that an edit of it is known."""
        said = self._digests.of_content(received.content)
        await repositories.heard.note(received.source, author.id, said, commented=commented, at=self._clock.now())

    def _receiving(
        self, repositories: Repositories, author: Resident, incoming: IncomingMessage, now: datetime
    ) -> Receiving:
        return Receiving(repositories, author, self._digests.of_person(author.telegram_id or 0), incoming, now)


async def _await(repositories: Repositories, pending: PendingInput) -> None:
    """Wait for a message; it begins something new."""
    await repositories.pending_inputs.put(pending)
    await repositories.bundles.drop(pending.resident_id)


async def _unsent(repositories: Repositories, author: Resident, unsent_id: int, now: datetime) -> Unsent:
    kept = await repositories.unsent.list_of(author.id, now)
    if not unsent_id:
        waiting = [each for each in kept if each.parts]
        kept = tuple(waiting) if waiting else kept[-1:]
        unsent_id = kept[0].id if len(kept) == 1 else 0
    found = next((each for each in kept if each.id == unsent_id), None)
    if found is None or not (found.parts or found.comment_id):
        raise NothingExpected
    return found


def _from_first(parts: tuple[Part, ...]) -> tuple[Part, tuple[Part, ...]]:
    """The first part, and all of them with positions that begin at 0."""
    moved = tuple(replace(part, position=part.position - parts[0].position) for part in parts)
    return moved[0], moved
