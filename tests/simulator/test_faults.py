from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.simulator import Person, PlannedFault, Telegram

if TYPE_CHECKING:
    from telegram import Bot


@pytest.fixture(autouse=True)
def _periods_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def test_a_planned_429_meets_the_next_call_of_its_method_and_chat(
    bot: Bot, telegram: Telegram, aigul: Person
) -> None:
    bakyt = Person(telegram, "Бакыт")
    bakyt.start()
    telegram.faults.next(method="sendMessage", chat_id=bakyt.id, retry_after=35)
    await bot.send_message(aigul.id, "сага эмес")
    await bot.send_chat_action(bakyt.id, "typing")
    with pytest.raises(RetryAfter, match="0:00:35"):
        await bot.send_message(bakyt.id, "сага")
    await bot.send_message(bakyt.id, "эми")
    assert [message.text for message in bakyt.messages] == ["эми"]


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_leaves_nothing_done(bot: Bot, telegram: Telegram, aigul: Person, status: int) -> None:
    telegram.faults.next(status=status, times=2)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(aigul.id, "x")
    assert aigul.messages == []
    assert telegram.statuses[status] == 2


async def test_silence_is_a_time_out(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    telegram.faults.next(method="sendMessage", broken="silence", seconds=30)
    with pytest.raises(TimedOut):
        await bot.send_message(aigul.id, "x", read_timeout=0.2)
    assert aigul.messages == []


@pytest.mark.parametrize("broken", ["reset", "half"])
async def test_a_broken_connection_is_a_network_error(bot: Bot, telegram: Telegram, aigul: Person, broken: str) -> None:
    telegram.faults.next(method="sendMessage", broken=broken)  # type: ignore[arg-type]
    with pytest.raises(NetworkError):
        await bot.send_message(aigul.id, "x")
    assert aigul.messages == []
    await bot.send_message(aigul.id, "y")


@pytest.mark.parametrize("broken", ["reset", "half", "silence"])
async def test_an_answer_may_be_lost_after_the_message_has_arrived(
    bot: Bot, telegram: Telegram, aigul: Person, broken: str
) -> None:
    telegram.faults.next(method="sendMessage", broken=broken, performed=True, seconds=30)  # type: ignore[arg-type]
    with pytest.raises(NetworkError):
        await bot.send_message(aigul.id, "x", read_timeout=0.2)
    assert [message.text for message in aigul.messages] == ["x"]


async def test_a_proxy_may_answer_with_something_else_entirely(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    telegram.faults.next(status=502, raw=b"<html>Bad Gateway</html>")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(aigul.id, "x")


async def test_any_refusal_can_be_planned(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    telegram.faults.next(status=400, description="PEER_ID_INVALID")
    with pytest.raises(BadRequest, match=r"(?i)peer_id_invalid"):
        await bot.send_message(aigul.id, "x")
    telegram.faults.next(status=400, description="group chat was upgraded", migrate_to=-100_123)
    with pytest.raises(ChatMigrated, match="-100123"):
        await bot.send_message(aigul.id, "x")


async def test_a_policy_makes_faults_at_random_and_can_be_lifted(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    dice = random.Random(7)

    def policy(method: str, chat_id: int | str | None) -> PlannedFault | None:
        unlucky = method == "sendMessage" and str(chat_id) == str(aigul.id) and dice.random() < 0.5
        return PlannedFault(status=500) if unlucky else None

    telegram.faults.policy = policy
    failed = 0
    for number in range(20):
        try:
            await bot.send_message(aigul.id, str(number))
        except TelegramError:
            failed += 1
    assert 0 < failed < 20
    assert len(aigul.messages) == 20 - failed
    telegram.faults.next(status=500)
    telegram.faults.clear()
    assert len(telegram.faults) == 0
    await bot.send_message(aigul.id, "тынч")


async def test_every_call_is_on_record(bot: Bot, telegram: Telegram, aigul: Person) -> None:
    telegram.faults.next(method="sendMessage", status=500)
    with pytest.raises(NetworkError):
        await bot.send_message(aigul.id, "x")
    await bot.send_message(aigul.id, "x")
    calls = [(call.method, call.chat_id, call.status) for call in telegram.calls if call.method != "getMe"]
    assert calls == [("sendMessage", aigul.id, 500), ("sendMessage", aigul.id, 200)]
    assert telegram.calls[-1].at >= telegram.calls[-2].at


async def test_a_long_run_may_go_unrecorded(clock: object) -> None:
    telegram = Telegram(clock=clock, log_calls=False)  # type: ignore[arg-type]
    await telegram.call("getMe")
    assert list(telegram.calls) == []
    assert telegram.statuses == {200: 1}
