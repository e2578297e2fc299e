"""Questions in groups and channels are posted and brought up to date, at the pace of the room."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import StoreUnavailable
from handlers.outgoing.bulk import NotTried
from handlers.outgoing.telegram_errors import Accepted, Verdict
from handlers.views import posted_questions as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.i18n import Catalogues
    from bot.services.posted_questions import PostedQuestions, QuestionInRoom
    from bot.services.rooms import Rooms
    from handlers.outgoing.replies import Replies
    from handlers.outgoing.telegram_errors import Judgement

log = structlog.get_logger(__name__)

PATIENCE: Final = 20.0
"""Seconds that a post waits for its slot: other messages to the room and all replies go first."""
TRIED_AGAIN: Final = 30.0
"""Seconds after which an attempt that failed is made again."""
ENDING: Final = frozenset({Verdict.MISSING, Verdict.WRONG, Verdict.NO_TEXT})
"""The message was deleted, or Telegram will never take it."""


class QuestionPoster:
    """Posts questions that staff have asked, and edits each post when it has something new to tell.

    What a post tells is read when it leaves: the newest state wins. Nothing is queued here: the database says what is
    to be done, so it goes on after a stop, and several processes share it.
    """

    def __init__(
        self,
        posted: PostedQuestions,
        rooms: Rooms,
        replies: Replies,
        catalogues: Catalogues,
        *,
        username: Callable[[], str],
    ) -> None:
        self._posted = posted
        self._rooms = rooms
        self._replies = replies
        self._catalogues = catalogues
        self._username = username

    async def post_questions(self) -> None:
        """Bring up to date what is due, one post a room."""
        try:
            taken = await self._posted.take_stale()
            await asyncio.gather(*map(self._show, taken))
        except StoreUnavailable as failure:
            log.warning("posted questions stay as they are", reason=failure.reason)

    async def _show(self, shown: QuestionInRoom) -> None:
        room, message_id = shown.room, shown.posted.message_id
        screen = views.post(self._catalogues, shown, self._username())
        outcome = await self._replies.send_bulk(
            room.telegram_id,
            screen,
            patience=PATIENCE,
            thread_id=room.topic_id,
            message_id=message_id,
            edit_only=message_id is not None,
        )
        if isinstance(outcome, Accepted):
            await self._posted.note(shown, outcome.message_id or message_id or 0)
        elif isinstance(outcome, NotTried):
            await self._posted.put_off(shown, outcome.seconds)
        else:
            await self._settle(shown, outcome)

    async def _settle(self, shown: QuestionInRoom, refused: Judgement) -> None:
        """What a refusal means for the post: another place, no place, or another time."""
        log.info("a posted question was refused", reason=refused.why)
        match refused.verdict:
            case Verdict.MOVED:
                await self._rooms.move(shown.room.telegram_id, refused.chat_id)
            case Verdict.GONE | Verdict.MUTED:
                await self._rooms.leave(shown.room.telegram_id)
            case verdict if verdict in ENDING:
                await self._posted.forget(shown)
            case _:
                await self._posted.put_off(shown, max(refused.seconds, TRIED_AGAIN))
