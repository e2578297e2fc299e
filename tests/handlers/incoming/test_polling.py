"""Polling: what is confirmed, when it is asked again, how it leaves."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator import Person, PlannedFault, SimulatorRequest
from handlers.incoming.dispatcher import AT_ONCE
from handlers.incoming.polling import Poller, TokenRefused
from handlers.outgoing.transport import ReqwestRequest
from tests.clocks import VirtualLoop, in_virtual_time, now
from tests.handlers.incoming.intake_desk import Desk, press, words
from tests.scale import examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


def a_poller(desk: Desk, **settings: Any) -> Poller:
    return Poller(desk.bot, desk.dispatcher, request=desk.bot.request, monotonic=now, jitter=lambda: 1.0, **settings)


@asynccontextmanager
async def polling(desk: Desk, **settings: Any) -> AsyncIterator[Poller]:
    poller = a_poller(desk, **settings)
    async with desk, asyncio.TaskGroup() as group:
        running = group.create_task(poller.run())
        try:
            yield poller
        finally:
            poller.stop()
            await running


def fetches(desk: Desk) -> list[tuple[float, int, int]]:
    """When, from which offset, with which status; those that were answered."""
    return [
        (call.at, call.fields["offset"], call.status) for call in desk.telegram.calls if call.method == "getUpdates"
    ]


def waiting(desk: Desk) -> list[int]:
    """What Telegram still has: everything that is not confirmed."""
    return [queued.id for queued in desk.telegram.world.updates.waiting()]


def always(fault: PlannedFault) -> Callable[[str, int | str | None], PlannedFault | None]:
    return lambda method, chat_id: fault if method == "getUpdates" else None


@in_virtual_time
async def test_what_was_handled_is_confirmed_by_the_next_fetch() -> None:
    desk = Desk()
    desk.telegram.offer(press(501))
    desk.telegram.offer(words(502))
    async with polling(desk):
        await desk.telegram.settled()
    assert sorted(desk.ids()) == [501, 502]
    assert waiting(desk) == []


@in_virtual_time
async def test_nothing_is_confirmed_before_the_whole_batch_is_committed() -> None:
    desk = Desk(seconds={501: 60.0})
    for update_id, person in ((501, 7), (502, 8), (503, 9)):
        desk.telegram.offer(press(update_id, person))
    async with polling(desk):
        await asyncio.sleep(59)
        assert desk.ids() == [502, 503]
        assert waiting(desk) == [501, 502, 503]
        await asyncio.sleep(2)
        assert waiting(desk) == []
    assert desk.ids() == [502, 503, 501]


@in_virtual_time
async def test_while_the_store_is_away_nothing_is_confirmed_and_then_nothing_is_missing() -> None:
    desk = Desk(store_works=False)
    for update_id in range(501, 801):
        desk.telegram.offer(press(update_id, person=update_id % 50 + 1))
    async with polling(desk) as poller:
        await asyncio.sleep(8)
        assert {(offset, status) for _, offset, status in fetches(desk)} == {(0, 200)}
        desk.store_works = True
        await desk.telegram.settled()
        assert poller.health.updates == 300
    assert sorted(desk.ids()) == list(range(501, 801))
    assert list(dict.fromkeys(offset for _, offset, _ in fetches(desk))) == [0, 601, 701]


@in_virtual_time
async def test_of_a_persons_many_updates_those_that_were_not_begun_at_a_stop_are_all_left_to_telegram() -> None:
    desk = Desk(seconds={501: 0.6})  # its inbox takes nothing
    for update_id in range(501, 511):
        desk.telegram.offer(press(update_id))
    async with polling(desk) as poller:
        await asyncio.sleep(0.3)
        poller.stop()
    assert waiting(desk) == [number for number in range(501, 511) if number not in desk.ids()]
    assert AT_ONCE <= len(desk.ids()) < 10


@in_virtual_time
async def test_whom_the_store_keeps_waiting_keeps_nobody_else_waiting() -> None:
    desk = Desk(seconds={501: 30.0})
    desk.telegram.offer(press(501, person=1))
    async with polling(desk) as poller:
        await asyncio.sleep(3)
        for update_id in range(502, 560):
            desk.telegram.offer(press(update_id, person=update_id))
        await asyncio.sleep(2)
        assert desk.ids() == list(range(502, 560))
        assert waiting(desk) == list(range(501, 560))
        await desk.telegram.settled()
        assert poller.health.updates == 59
    assert desk.ids() == [*range(502, 560), 501]
    assert waiting(desk) == []


@in_virtual_time
async def test_what_is_not_finished_is_asked_for_twice_a_second_at_most() -> None:
    desk = Desk(seconds={501: 60.0})
    desk.telegram.offer(press(501, person=1))
    async with polling(desk):
        await asyncio.sleep(50)
        assert len(fetches(desk)) <= 50
        await desk.telegram.settled()


@in_virtual_time
async def test_leaving_while_it_waits_takes_no_time() -> None:
    desk = Desk()
    async with polling(desk) as poller:
        await asyncio.sleep(7)
        poller.stop()
    assert now() == 7.0


@in_virtual_time
async def test_leaving_finishes_and_confirms_what_is_under_way() -> None:
    desk = Desk(seconds={501: 2.0})
    desk.telegram.offer(press(501))
    async with polling(desk):
        await asyncio.sleep(1)
    assert now() == 2.0
    assert desk.ids() == [501]
    assert waiting(desk) == []


@in_virtual_time
async def test_leaving_waits_three_seconds_and_confirms_only_what_came_before_the_first_unfinished() -> None:
    desk = Desk(seconds={503: 60.0})
    for update_id in range(501, 506):
        desk.telegram.offer(press(update_id, person=update_id))
    async with polling(desk):
        await asyncio.sleep(1)
    assert now() == 4.0
    assert waiting(desk) == [503, 504, 505]


@in_virtual_time
async def test_leaving_while_the_store_is_away_takes_no_time_and_confirms_nothing() -> None:
    desk = Desk(store_works=False)
    for update_id in (501, 502):
        desk.telegram.offer(press(update_id, person=update_id))
    async with polling(desk):
        await asyncio.sleep(10)
    assert now() == 10.0
    assert waiting(desk) == [501, 502]


@in_virtual_time
async def test_a_crash_outside_the_handlers_does_not_block_the_queue() -> None:
    desk = Desk()
    desk.telegram.offer(press(501))
    desk.telegram.offer(press(502))
    desk.application.handlers[1] = None  # type: ignore[assignment] # every update crashes before any handler gets it
    poller = a_poller(desk)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(poller.run())
        await desk.telegram.settled()
        poller.stop()
        await running
    assert poller.health.updates == 2
    assert desk.attempts == 0


@in_virtual_time
async def test_malformed_updates_are_kept_aside_and_the_others_handled() -> None:
    desk = Desk()
    desk.telegram.offer({"update_id": 501, "callback_query": {"id": 1}})
    desk.telegram.offer({"update_id": 502, "message": "?"})
    desk.telegram.offer(press(503))
    desk.telegram.offer({"update_id": 504, "what_next": {}})
    async with polling(desk):
        await desk.telegram.settled()
    assert desk.ids() == [503]
    assert [update_id for update_id, _, _ in desk.aside] == [501, 502]


@in_virtual_time
async def test_an_update_without_a_number_does_not_block_the_queue() -> None:
    desk = Desk()
    desk.telegram.offer(press(501))
    desk.telegram.offer({"update_id": "what?", "message": {}})
    async with polling(desk):
        await desk.telegram.settled()
        await asyncio.sleep(10)
    assert [reason for _, _, reason in desk.aside] == ["update_id is not a number"]
    assert len(fetches(desk)) == 1


@in_virtual_time
async def test_updates_without_a_number_that_differ_only_far_within_are_both_kept() -> None:
    desk = Desk()
    for word in ("one", "two"):
        nested: object = word
        for _ in range(5_000):
            nested = [nested]
        await desk.intake.take({"update_id": None, "message": {"text": word}})
        await desk.intake.take({"update_id": None, "message": nested})
    numbers = [number for number, _, _ in desk.aside]
    assert len(numbers) == 4
    assert all(number < 0 for number in numbers)
    assert len(set(numbers)) >= 3  # of what is nested beyond reading only the shape is told apart


class SpoiltAnswers(SimulatorRequest):
    """Telegram, where each text 'spoilt N' is carried as the raw JSON that stands under it in ``SPOILT``."""

    parse_json_payload = staticmethod(ReqwestRequest.parse_json_payload)

    async def do_request(self, *args: Any, **named: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **named)
        for number, raw in enumerate(SPOILT):
            payload = payload.replace(json.dumps(f"spoilt {number}").encode(), raw)
        return status, payload


SPOILT = (
    b"[" * 985 + b"]" * 985,
    b"[" * 100_000 + b"]" * 100_000,
    b"9" * 5_000,
    b'"a byte \xff of nothing"',
    b'"a control \x01 character"',
    b"NaN",
    b'"half',
)


@pytest.mark.parametrize("spoilt", range(len(SPOILT)))
@in_virtual_time
async def test_an_update_that_cannot_be_read_stands_in_nobodys_way(spoilt: int) -> None:
    desk = Desk()
    desk.bot._request = (SpoiltAnswers(desk.telegram), SpoiltAnswers(desk.telegram))
    for update_id in range(501, 520):
        desk.telegram.offer(press(update_id, person=update_id))
    desk.telegram.offer(words(520, f"spoilt {spoilt}"))
    for update_id in range(521, 540):
        desk.telegram.offer(press(update_id, person=update_id))
    async with polling(desk):
        await desk.telegram.settled()
        await asyncio.sleep(2)
    handled = set(desk.ids()) | {number for number, _, _ in desk.aside}
    assert handled == set(range(501, 540))
    assert set(desk.ids()) >= set(range(501, 540)) - {520}
    assert waiting(desk) == []
    assert len(fetches(desk)) < 60


@in_virtual_time
async def test_a_page_that_is_no_answer_of_telegrams_is_an_error_like_any_other_and_passes_nothing_over() -> None:
    desk = Desk()

    class Proxy(SpoiltAnswers):
        async def do_request(self, *args: Any, **named: Any) -> tuple[int, bytes]:
            answer = await super().do_request(*args, **named)
            away = now() < 10 and "getUpdates" in str((args, named))
            return (200, b"<html>Please log in</html>") if away else answer

    desk.bot._request = (Proxy(desk.telegram), Proxy(desk.telegram))
    desk.telegram.offer(press(501))
    async with polling(desk) as poller:
        await asyncio.sleep(9)
        assert poller.health.errors
        await asyncio.sleep(9)
    assert desk.ids() == [501]
    assert desk.aside == []


@in_virtual_time
async def test_a_second_poller_makes_it_back_off_and_say_so_without_a_loop() -> None:
    desk = Desk()
    desk.telegram.faults.policy = always(PlannedFault(status=409, description="terminated by other"))
    async with polling(desk) as poller:
        await asyncio.sleep(300)
        assert poller.health.conflict
        assert poller.trouble() == "another process is polling with this token"
        times = [at for at, _, _ in fetches(desk)]
        assert [round(later - earlier) for earlier, later in pairwise(times)][:7] == [
            1, 2, 4, 8, 16, 30, 30,
        ]  # fmt: skip
        desk.telegram.faults.clear()
        await asyncio.sleep(60)
        assert not poller.health.conflict
        assert poller.health.errors == 0


@pytest.mark.parametrize(
    "fault",
    [
        PlannedFault(status=500),
        PlannedFault(status=502, raw=b"<html>bad gateway</html>"),
        PlannedFault(broken="reset"),
        PlannedFault(broken="silence"),
        PlannedFault(broken="half"),
        PlannedFault(status=200, raw=b'{"ok":true,"result":{}}'),
    ],
)
@in_virtual_time
async def test_after_a_bad_hour_polling_is_back_within_five_seconds(fault: PlannedFault) -> None:
    desk = Desk()
    desk.telegram.faults.policy = always(fault)
    async with polling(desk) as poller:
        await asyncio.sleep(3600)
        assert 3600 / 5 < len(fetches(desk)) < 3600 / 1.5
        assert poller.health.errors == len(fetches(desk))
        assert poller.trouble() == f"no answer from Telegram, {poller.health.errors} times"
        desk.telegram.faults.clear()
        desk.telegram.offer(press(501))
        await desk.telegram.settled()
        assert now() < 3605
        assert poller.health.errors == 0
        assert poller.health.answered_at is not None
        assert poller.trouble() is None


@in_virtual_time
async def test_told_to_wait_it_waits_as_long_as_told() -> None:
    desk = Desk()
    desk.telegram.faults.next(method="getUpdates", retry_after=35)
    desk.telegram.offer(press(501))
    async with polling(desk):
        await asyncio.sleep(40)
        assert [at for at, _, _ in fetches(desk)][:2] == [0.0, 35.0]


@pytest.mark.parametrize("status", [401, 404])
@in_virtual_time
async def test_a_wrong_token_ends_it_with_a_clear_error(status: int) -> None:
    desk = Desk()
    desk.telegram.faults.next(method="getUpdates", status=status)
    async with desk:
        with pytest.raises(TokenRefused):
            await a_poller(desk).run()


@in_virtual_time
async def test_ids_that_start_anew_after_a_quiet_week_are_found() -> None:
    desk = Desk()
    desk.telegram.offer(press(900_501))
    async with polling(desk):
        await desk.telegram.settled()
        desk.telegram.faults.next(status=400, description="Specified from_id is in the future")
        await asyncio.sleep(60)
        desk.telegram.offer(press(501))
        await desk.telegram.settled()
    assert desk.ids() == [900_501, 501]


@in_virtual_time
async def test_a_server_that_does_not_hold_its_answers_is_not_asked_in_a_loop() -> None:
    desk = Desk()
    desk.telegram.faults.policy = always(PlannedFault(status=200, raw=b'{"ok":true,"result":[]}'))
    async with polling(desk):
        await asyncio.sleep(60)
        assert len(fetches(desk)) <= 61


@in_virtual_time
async def test_only_what_is_handled_is_asked_for() -> None:
    desk = Desk()
    async with polling(desk, long_poll=9):
        await asyncio.sleep(10)
    fields = desk.telegram.calls[-1].fields
    assert fields["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert (fields["limit"], fields["timeout"]) == (100, 9)


@settings(max_examples=examples(20))
@given(st.integers(0, 2**32))
def test_whatever_the_network_and_the_store_do_every_update_is_handled_once(seed: int) -> None:
    chance = random.Random(seed)

    def weather(method: str, chat_id: int | str | None) -> PlannedFault | None:
        if method != "getUpdates":
            return None
        performed = chance.random() < 0.5
        bad = [
            PlannedFault(status=502),
            PlannedFault(broken="reset", performed=performed),
            PlannedFault(broken="half", performed=performed),
        ]
        return chance.choice(bad) if chance.random() < 0.3 else None

    async def everything() -> None:
        desk = Desk(seconds={number: chance.random() * 3 for number in range(1000)})
        desk.telegram.faults.policy = weather
        person = Person(desk.telegram, "Айгүл")
        async with polling(desk):
            for number in range(60):
                desk.telegram.offer(words(501 + number, person=chance.randrange(1, 9)))
                desk.store_works = chance.random() < 0.7
                await asyncio.sleep(chance.random() * 2)
            desk.store_works = True
            await desk.telegram.settled()
        assert sorted(desk.ids()) == list(range(501, 561))
        for who in {who for _, who, _ in desk.handled}:
            own = [update_id for update_id, by, _ in desk.handled if by == who]
            assert own == sorted(own)
        assert person.messages == []

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(everything())
