"""The courier of letters: renders each, sends it as bulk, and says what came of that one attempt."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.backoff import Backoff
from bot.domain.notices import NO_TOPIC, NoticeKind
from bot.ports.courier import Later, Moved, Refused, Sent, Unreachable
from bot.services.outbox.reply_letters import ReplyLetter
from handlers.outgoing.bulk import NotTried, Precedence
from handlers.outgoing.connection import PROBE_AFTER
from handlers.outgoing.telegram_errors import UNTAKEN, Accepted, Judgement, Verdict
from handlers.views import letters, owed_replies, posts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.files import FileRequest
    from bot.i18n import Catalogues, Translator
    from bot.ports.courier import DeliveryOutcome
    from bot.services.outbox.letters import Letter
    from handlers.outgoing.replies import Replies

MOST_ATTEMPTS: Final = 10
"""Failed attempts, within about a quarter of an hour, after which a letter is given up."""
LONGEST_LETTER_RETRY: Final = 600.0
"""Seconds between two attempts at most."""
LARGEST_FILE: Final = 50_000_000
"""Bytes that Telegram takes from a bot at most."""
MAKE_ANEW: Final = timedelta(seconds=1)
"""Until a file that Telegram has no more is made anew."""
RECONNECT: Final = 30.0
"""Seconds until the next attempt where there was no connection; that counts as no attempt at the letter."""


async def _nobody_waits(_chat_id: int, _request: FileRequest) -> None:
    pass


class Courier:
    """Delivers letters through the same rate limiter as replies, behind them.

    ``on_file`` is awaited with the chat of a person who has got a file, or the sentence in its place, and what it is.
    """

    def __init__(
        self,
        replies: Replies,
        catalogues: Catalogues,
        *,
        username: Callable[[], str],
        on_file: Callable[[int, FileRequest], Awaitable[None]] = _nobody_waits,
        monotonic: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._replies = replies
        self._catalogues = catalogues
        self._username = username
        self._on_file = on_file
        self._monotonic = monotonic
        self._retry = Backoff(1.0, longest=LONGEST_LETTER_RETRY, jitter=jitter)
        self._reconnect = Backoff(RECONNECT, longest=RECONNECT, jitter=jitter)

    @property
    def paused_for(self) -> float:
        """Seconds until Telegram accepts bulk again; 0 if it does now."""
        return self._replies.bulk_paused_for

    def give_up(self, *, replies: bool = False) -> None:
        """Let every letter that waits for its slot come back as Later, untried, at once; ``replies`` too."""
        self._replies.give_up_bulk(owed=replies)

    async def deliver(self, letter: Letter | ReplyLetter, *, patience: float) -> DeliveryOutcome:
        """Make one attempt; a letter that could not leave within ``patience`` seconds comes back as Later, untried."""
        if isinstance(letter, ReplyLetter):
            return await self._deliver_reply(letter, patience)
        outcome, remark = await self._send(letter, patience), ""
        if isinstance(outcome, Judgement) and outcome.verdict is Verdict.NO_TOPIC and letter.room is not None:
            remark = NO_TOPIC
            beside = replace(letter, room=replace(letter.room, topic_id=None))
            outcome = await self._send(beside, patience)
        if isinstance(outcome, Accepted):
            return Sent(outcome.message_id, remark)
        if isinstance(outcome, NotTried):
            return Later(timedelta(seconds=outcome.seconds), tried=False)
        return self._outcome(outcome, failures=letter.notice.attempts + 1)

    async def _send(self, letter: Letter, patience: float) -> Accepted | Judgement | NotTried:
        if (room := letter.room) is not None:
            return await self._replies.send_bulk(
                room.telegram_id,
                posts.render(self._catalogues, letter, self._username()),
                patience=patience,
                thread_id=room.topic_id,
                in_topic_only=True,
                message_id=_message_to_edit(letter),
            )
        assert letter.recipient is not None
        assert letter.recipient.telegram_id is not None, "a person who asked to be forgotten gets no letter"
        t, chat_id = self._catalogues[letter.recipient.language], letter.recipient.telegram_id
        # the notice that says that no bulk leaves
        precedence = Precedence.URGENT if letter.broadcast.kind is NoticeKind.LONG_PAUSE else Precedence.BULK
        outcome: Accepted | Judgement | NotTried = NotTried()
        for screen in (letters.render(t, letter), letters.plain(t, letter)):
            outcome = await self._replies.send_bulk(chat_id, screen, patience=patience, precedence=precedence)
            if not isinstance(outcome, Judgement) or outcome.verdict not in UNTAKEN:
                break
        return outcome

    async def _deliver_reply(self, letter: ReplyLetter, patience: float) -> DeliveryOutcome:
        """Make one attempt at an owed reply; it is not given up while Telegram answers nobody."""
        chat_id, began = letter.recipient.telegram_id, self._monotonic()
        assert chat_id is not None, "a person who asked to be forgotten is owed nothing"
        t = self._catalogues[letter.recipient.language]
        outcome = await self._attempt_reply(chat_id, t, letter, patience)
        if isinstance(outcome, Accepted):
            if letter.request is not None:
                await self._on_file(chat_id, letter.request)
            return Sent(outcome.message_id)
        if isinstance(outcome, NotTried):
            return Later(timedelta(seconds=outcome.seconds), tried=False)
        if _is_forgotten(letter, outcome):
            return Later(MAKE_ANEW)
        if outcome.verdict is Verdict.AGAIN and not self._replies.connection.answered_since(began):
            wait = min(PROBE_AFTER, self._retry.seconds(letter.notice.attempts + 1))
            return Later(timedelta(seconds=wait), tried=False, doubtful=not outcome.unsent)
        return self._outcome(outcome, failures=letter.notice.attempts + 1)

    async def _attempt_reply(
        self, chat_id: int, t: Translator, letter: ReplyLetter, patience: float
    ) -> Accepted | Judgement | NotTried:
        """Send what is owed; where Telegram does not take that, a sentence in its place."""
        outcome: Accepted | Judgement | NotTried = Judgement(Verdict.WRONG)
        if letter.file is not None and len(letter.file.content) <= LARGEST_FILE:
            paper = owed_replies.paper(t, letter)
            outcome = await self._replies.send_owed_file(chat_id, paper, patience=patience)
            if _is_forgotten(letter, outcome):
                return outcome
        screens = (owed_replies.render(t, letter, self._username()), owed_replies.plain(t, letter))
        for screen in screens if letter.file is None else screens[1:]:
            if not isinstance(outcome, Judgement) or outcome.verdict not in UNTAKEN:
                break
            outcome = await self._replies.send_bulk(
                chat_id, screen, patience=patience, thread_id=letter.thread, precedence=Precedence.OWED
            )
        return outcome

    def _outcome(self, judgement: Judgement, *, failures: int) -> DeliveryOutcome:
        """What Telegram's refusal means for the letter; ``failures`` are its failed attempts, this one included."""
        match judgement.verdict:
            case Verdict.GONE:
                return Unreachable(judgement.reason)
            case Verdict.MOVED:
                return Moved(judgement.chat_id)
            case Verdict.WAIT:
                return Later(timedelta(seconds=judgement.seconds), tried=False)
            case Verdict.AGAIN if judgement.unsent:
                return Later(timedelta(seconds=self._reconnect.seconds(failures)), tried=False)
            case Verdict.AGAIN:
                return self._outcome_of_failure(failures)
            case _:
                return Refused(judgement.reason or "refused")

    def _outcome_of_failure(self, failures: int) -> DeliveryOutcome:
        """Telegram or the network failed after the request had left."""
        if failures >= MOST_ATTEMPTS:
            return Refused("telegram failed")
        return Later(timedelta(seconds=self._retry.seconds(failures)), doubtful=True)


def _is_forgotten(letter: ReplyLetter, outcome: object) -> bool:
    """True where Telegram does not know the file any more that it was sent before: it is made anew."""
    sent_before = letter.file is not None and bool(letter.file.file_id)
    return sent_before and isinstance(outcome, Judgement) and outcome.verdict is Verdict.BAD_FILE


def _message_to_edit(letter: Letter) -> int | None:
    """The message in the room that this letter brings up to date; None for a letter that is a new message."""
    return letter.post.message_id if letter.post and letter.broadcast.kind is NoticeKind.POST else None
