"""The pace of answers: found out by trying, whatever Telegram's limit is, beside a broadcast, and remembered."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot
from telegram.request import BaseRequest

from bot.simulator.limits import Limits, Meter
from handlers.outgoing.answer_pace import AnswerPace
from handlers.outgoing.bulk import NotTried
from handlers.outgoing.replies import Replies
from handlers.outgoing.telegram_errors import Accepted, Judgement
from tests.clocks import in_virtual_time, now
from tests.handlers.outgoing.harness import screen, spacing
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLED = 20.0
MEASURED = rounds(40, few=5)
"""Seconds after that."""
LIMITS = [(30, 200), (60, 200), (100, 200), (300, 400), (None, 200)][: rounds(5, few=2)]
"""What Telegram takes in all, and the most answers that are asked of it."""
WAY = 0.025
FIRST_BULK_CHAT = 1_000_000


class CountingTelegram(BaseRequest):
    """Telegram that only counts: each message is accepted or refused by the simulator's own meter."""

    def __init__(self, limits: Limits, *, refuse: Callable[[], bool] = bool) -> None:
        self._meter = Meter(limits, now)
        self._refuse = refuse
        self.taken: list[tuple[float, int]] = []
        self.refused: list[tuple[float, int]] = []
        self.by_chance = 0
        self.pressed = 0
        self.people: set[int] = set()

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        chat = request_data.parameters["chat_id"]
        await asyncio.sleep(WAY)
        status, answer = self._counted(chat)
        await asyncio.sleep(WAY)
        return status, json.dumps(answer).encode()

    def _counted(self, chat: int) -> tuple[int, dict[str, Any]]:
        told = 1
        if self._refuse():
            self.by_chance += 1
        else:
            try:
                self._meter.count(chat, grouped=False)
            except Exception as refusal:  # noqa: BLE001 - the simulator's own, looked at below
                told = refusal.parameters["retry_after"]  # type: ignore[attr-defined]
                self.refused.append((now(), chat))
            else:
                self.taken.append((now(), chat))
                return 200, {"ok": True, "result": {"message_id": 1}}
        return 429, {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": told}}

    def rate(self, *, bulk: bool, since: float = SETTLED) -> float:
        """Messages a second that were taken in the seconds that are measured."""
        until = since + MEASURED
        return sum(since <= at < until and (chat >= FIRST_BULK_CHAT) is bulk for at, chat in self.taken) / MEASURED

    def refused_answers(self) -> int:
        """In the seconds that are measured."""
        return sum(at >= SETTLED and chat < FIRST_BULK_CHAT for at, chat in self.refused)


def replies_to(telegram: CountingTelegram, **settings: Any) -> Replies:
    bot = Bot("42:AAA", request=telegram, get_updates_request=telegram)
    return Replies(bot, monotonic=now, jitter=lambda: 1.0, waiting=100_000, **settings)


async def press(
    telegram: CountingTelegram, replies: Replies, chance: random.Random, *, rate: float, until: float
) -> None:
    """People press, ``rate`` in a second, each now and then."""
    for number in itertools.count():
        if now() >= until:
            return
        person = 1 + number % int(rate * 30)
        telegram.pressed += 1
        telegram.people.add(person)
        await replies.show(person, screen("page"))
        await asyncio.sleep(chance.uniform(0.5, 1.5) / rate)


async def announce(replies: Replies, outcomes: Counter[str], *, until: float) -> None:
    """Everybody gets a notice, one try after another, as from the outbox."""
    chats = itertools.count(FIRST_BULK_CHAT)

    async def send() -> None:
        while now() < until:
            chat = next(chats)
            while True:
                if (paused_for := replies.bulk_paused_for) > 0:
                    await asyncio.sleep(paused_for)
                outcome = await replies.send_bulk(chat, screen("notice"), patience=25.0)
                outcomes[type(outcome).__name__] += 1
                if isinstance(outcome, Accepted):
                    break
                assert isinstance(outcome, Judgement | NotTried)
                await asyncio.sleep(outcome.seconds)

    await asyncio.gather(*(send() for _ in range(16)))


@pytest.mark.parametrize(("limit", "most"), LIMITS)
@in_virtual_time
async def test_answers_reach_what_telegram_leaves_them_within_twenty_seconds(limit: int | None, most: int) -> None:
    chance = random.Random(5)
    telegram = CountingTelegram(Limits(overall=limit), refuse=lambda: chance.random() < 0.001)
    replies = replies_to(telegram, answers=most)
    await press(telegram, replies, chance, rate=1.2 * min(most, limit or most), until=SETTLED + MEASURED)
    answers = telegram.rate(bulk=False)
    assert answers >= 0.9 * min(most, limit or most)
    assert telegram.refused_answers() <= 0.01 * answers * MEASURED
    await ensure_nothing_is_lost(telegram, replies)


@pytest.mark.parametrize(("limit", "most"), LIMITS)
@in_virtual_time
async def test_beside_a_broadcast_they_reach_what_it_leaves_and_it_goes_on(limit: int | None, most: int) -> None:
    chance = random.Random(6)
    telegram = CountingTelegram(Limits(overall=limit), refuse=lambda: chance.random() < 0.001)
    replies = replies_to(telegram, answers=most)
    outcomes: Counter[str] = Counter()
    until = SETTLED + MEASURED
    await asyncio.gather(
        press(telegram, replies, chance, rate=1.2 * min(most, limit or most), until=until),
        announce(replies, outcomes, until=until),
    )
    answers, bulk = telegram.rate(bulk=False), telegram.rate(bulk=True)
    assert answers >= 0.9 * min(most, (limit or most + 30) - bulk)
    assert bulk >= (3.5 if limit == 30 else 0.9 * 30)
    assert telegram.refused_answers() <= 0.01 * answers * MEASURED
    assert spacing([at for at, chat in telegram.taken if chat >= FIRST_BULK_CHAT]) <= 30
    assert outcomes["Accepted"] == len({chat for _, chat in telegram.taken if chat >= FIRST_BULK_CHAT})
    await ensure_nothing_is_lost(telegram, replies)


@in_virtual_time
async def test_what_was_learnt_is_where_the_next_process_begins() -> None:
    chance = random.Random(7)
    limits = Limits(overall=60)
    telegram = CountingTelegram(limits)
    before = replies_to(telegram, answers=200)
    await press(telegram, before, chance, rate=80, until=6.0)
    assert telegram.refused
    assert before.pace is not None
    after = replies_to(telegram, answers=200)
    assert after.pace is not None
    for words in ("", "[]", "{}", '{"total": "many", "limit": 3}', "null"):
        after.pace.recall(words, now())
    assert after.pace.total == 30
    after.pace.recall(before.pace.learnt, now())
    assert 57 <= after.pace.total <= 60
    await before.idle()
    await asyncio.sleep(2)
    refused = len(telegram.refused)
    await press(telegram, after, chance, rate=80, until=now() + 5.0)
    await after.idle()
    assert len(telegram.refused) == refused


@in_virtual_time
async def test_after_calm_minutes_a_little_more_is_tried_and_kept_where_telegram_takes_it() -> None:
    pace, at = AnswerPace(200), 0.0
    for _ in range(60):
        at += 1 / 30
        pace.note_waited(at)
    assert 80 <= pace.total <= 90
    pace.halve()
    pace.note_taken(at, 60)
    totals = []
    while at < 200:
        at += 0.1
        pace.note_waited(at)
        totals.append(pace.total)
    assert max(totals[:500]) == 59
    assert totals[-1] == 230


def test_a_known_limit_sinks_by_a_tenth_unless_far_less_was_taken() -> None:
    pace = AnswerPace(200)
    learnt = []
    for taken in (60, 45, 45, 25):
        pace.halve()
        pace.note_taken(0.0, taken)
        learnt.append(json.loads(pace.learnt)["limit"])
    assert learnt == [59, 53, 47, 24]


@in_virtual_time
async def test_many_people_who_are_refused_each_for_their_own_sake_slow_nobody_else() -> None:
    chance = random.Random(8)
    telegram = CountingTelegram(Limits(overall=None), refuse=lambda: chance.random() < 0.02)
    replies = replies_to(telegram, answers=60)
    await press(telegram, replies, chance, rate=50, until=10.0)
    assert telegram.by_chance > 5
    assert replies.counts["paused_for"] == 0
    await ensure_nothing_is_lost(telegram, replies)


async def ensure_nothing_is_lost(telegram: CountingTelegram, replies: Replies) -> None:
    """Everybody who has pressed sees a page, once all have left."""
    await replies.idle()
    sent = replies.counts["sent"] + replies.counts["replaced"]
    assert sent == telegram.pressed
    assert {chat for _, chat in telegram.taken if chat < FIRST_BULK_CHAT} == telegram.people
