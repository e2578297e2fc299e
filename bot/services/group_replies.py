"""Replies to a hearing's post in a group: their author is asked in private whether they are to be a comment.

Only of who has agreed anything is kept, and only until they have said; nothing becomes a comment without them. An album
comes in as many messages as it has photos (ten at most): they are one question, and one comment.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import CommentKind
from bot.domain.errors import TextEmpty, TextTooLong
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.parts import Part, placed
from bot.domain.pending_input import TYPING_LASTS
from bot.domain.questions import About
from bot.domain.unsent import PART_FOLLOWS_WITHIN, UNSENT_KEPT, Unsent
from bot.services.incoming_message import received_before

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.digests import Digests
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor, Resident
    from bot.domain.rooms import Room
    from bot.ports import Clock, Repositories, Store
    from bot.services.incoming_message import IncomingMessage


class GroupReplies:
    """What people reply in groups to what the bot has posted there."""

    def __init__(self, store: Store, clock: Clock, digests: Digests) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests

    async def offer(self, actor: Actor, telegram_id: int, message_id: int, incoming: IncomingMessage) -> bool:
        """Ask the actor in private whether ``incoming`` is to be a comment; a message that comes again changes nothing.

        It answers the message ``message_id`` in the room ``telegram_id``. False, and nothing is kept, where that is no
        post of a hearing that took answers then, and where the actor has not agreed or has too much waiting.
        """
        if actor.resident is None or actor.consented is None:
            return False
        try:
            words = incoming.words
        except (TextEmpty, TextTooLong):
            return False
        album = self._digests.of_message(f"{telegram_id}.album.{incoming.album}") if incoming.album else ""
        part = Part(words, incoming.media, 0, self._digests.of_message(incoming.source), self._clock.now())
        async with self._store.writing() as repositories:
            room = await repositories.rooms.find(telegram_id)
            post = await _posted(repositories, room, message_id) if room else None
            if room is None or post is None or not post[0].takes_answers(incoming.sent_at):
                return False
            if await _known(repositories, part.source):
                return True
            if album and await self._joined(repositories, actor.resident, part, album):
                return True
            return await self._keep(repositories, actor.resident, part, post, room.title, album=album)

    async def _joined(self, repositories: Repositories, author: Resident, part: Part, album: str) -> bool:
        """Add one more of an album to the first of it; False where there is none, or its question has left."""
        kept = await repositories.unsent.list_of(author.id, self._clock.now())
        unsent = next((each for each in kept if any(known.source == album for known in each.parts)), None)
        if unsent is None:
            return False
        if any(known.says(part.text, part.media) for known in unsent.parts):
            return True
        if not await repositories.owed_replies.put_off(update_key(album), self._due()):
            return False
        await repositories.unsent.add_part(unsent.id, placed(unsent.parts, part))
        return True

    async def _keep(
        self,
        repositories: Repositories,
        author: Resident,
        part: Part,
        post: tuple[Hearing, About],
        title: str,
        *,
        album: str,
    ) -> bool:
        """Keep the message and owe the question about it; False where its author has too much waiting."""
        now, (hearing, about) = self._clock.now(), post
        if len(await repositories.unsent.list_of(author.id, now)) >= UNSENT_KEPT:
            return False
        key = update_key(album or part.source)
        if album and await repositories.owed_replies.answered(key):  # the question about the others has left
            album, key = "", update_key(part.source)
        first = replace(part, source=album or part.source)
        ends = now + TYPING_LASTS
        unsent = Unsent(0, author.id, now, ends, hearing.id, CommentKind.COMMENT, about, (first,))
        number = await repositories.unsent.add(unsent)
        facts: dict[str, str | int] = {"unsent": number, "left_out": 0, "room": title}
        reply = OwedReply(author.id, ReplyKind.UNSENT, key, facts)
        await repositories.owed_replies.add(reply, at=now, due_at=self._due() if album else None)
        return True

    def _due(self) -> datetime:
        """When the question about an album leaves, if no more of it comes."""
        return self._clock.now() + PART_FOLLOWS_WITHIN


async def _posted(repositories: Repositories, room: Room, message_id: int) -> tuple[Hearing, About] | None:
    """The hearing that a message in a room is about, and what of it; None where it is no post of ours."""
    if (asked := await repositories.posted_questions.find_message(room.id, message_id)) is not None:
        hearing = await repositories.hearings.get(asked.hearing_id)
        question = next((each for each in hearing.dossier.questions if each.no == asked.question_no), None)
        return hearing, question.about if question else About()
    post = await repositories.rooms.find_post_at(room.id, message_id)
    return None if post is None else (await repositories.hearings.get(post.hearing_id), About())


async def _known(repositories: Repositories, source: str) -> bool:
    """True where the message has come before: it waits, was answered, or is a comment."""
    if await repositories.unsent.knows(source) or await repositories.owed_replies.answered(update_key(source)):
        return True
    return await received_before(repositories, source) is not None
