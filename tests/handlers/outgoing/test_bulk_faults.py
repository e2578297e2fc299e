"""What Telegram refuses of bulk: it pauses exactly what was named, as long as told, and nothing is lost."""

from __future__ import annotations

import asyncio
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.simulator import Limits, PlannedFault, SimulatedRoom
from handlers.outgoing.bulk import NotTried, Precedence
from handlers.outgoing.telegram_errors import UNNAMED_WAIT, Accepted, Judgement, Verdict
from tests.clocks import in_virtual_time, now
from tests.handlers.outgoing.harness import IN_FLIGHT, STEP, RepliesHarness, broadcast, screen, spacing

if TYPE_CHECKING:
    from bot.simulator import Person

SLOT = STEP / 30
WAITS = [2, 35, 10_072, None]


def refuse(harness: RepliesHarness, person: Person, seconds: int | None) -> None:
    """The next message to that person is too much; without a number Telegram only says so."""
    harness.telegram.faults.next(
        chat_id=person.id, status=429, retry_after=seconds, description="" if seconds else "Too Many Requests"
    )


def ensure_resumed_at_the_pace(harness: RepliesHarness) -> None:
    """No burst anywhere: between two messages of bulk there is always a step."""
    assert min(later - sooner for sooner, later in pairwise(harness.times_of("notice"))) > SLOT - 1e-6


@pytest.mark.parametrize("seconds", WAITS)
@in_virtual_time
async def test_one_chat_that_refuses_waits_as_long_as_told_and_the_others_go_on(seconds: int | None) -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(200)]
    refuse(harness, people[50], seconds)
    outcomes = await broadcast(harness, people)
    assert outcomes == {"Accepted": 200, "WAIT": 1}
    calls = [call for call in harness.telegram.calls if call.chat_id == people[50].id]
    refused, taken = calls
    told = seconds or UNNAMED_WAIT
    assert told <= taken.at - refused.at <= told + IN_FLIGHT * SLOT  # and then behind those in line
    others = [call.at for call in harness.telegram.calls if call.chat_id != people[50].id]
    assert others[-1] - others[0] == pytest.approx(200 * SLOT, abs=2 * SLOT)
    assert harness.replies.counts["bulk_paused_for"] == 0
    assert not harness.long_pauses
    ensure_resumed_at_the_pace(harness)


@pytest.mark.parametrize("seconds", WAITS)
@in_virtual_time
async def test_when_the_next_person_refuses_too_all_bulk_waits_and_answers_go_on(seconds: int | None) -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(200)]
    refuse(harness, people[50], seconds)
    refuse(harness, people[51], seconds)
    told = seconds or UNNAMED_WAIT
    sending = asyncio.ensure_future(broadcast(harness, people))  # noqa: TID251
    await asyncio.sleep(51.5 * SLOT + told / 2)
    assert told / 2 - 0.1 < harness.replies.bulk_paused_for <= told / 2
    aigul = harness.person()
    await harness.replies.send(aigul.id, screen("answer"))
    await harness.replies.idle()
    assert harness.times_of("answer") == [now()]
    assert (await sending)["Accepted"] == 200
    times = harness.times_of("notice")
    gap, resumed = max((later - sooner, later) for sooner, later in pairwise(times))
    assert gap == pytest.approx(told + 2 * SLOT, abs=SLOT)
    assert times[-1] - resumed == pytest.approx(149 * SLOT, abs=2 * SLOT)
    assert harness.replies.counts["bulk_paused_for"] == 1
    assert harness.replies.bulk_paused_for == 0.0
    assert harness.long_pauses == ([pytest.approx(seconds)] if told > 3600 else [])
    ensure_resumed_at_the_pace(harness)


@pytest.mark.parametrize("seconds", [2, 35, 10_072])
@in_virtual_time
async def test_a_telegram_that_refuses_everybody_for_a_while_is_asked_once_and_left_alone(seconds: int) -> None:
    harness = RepliesHarness()
    until = 2.0 + seconds / 2

    def refusing(method: str, chat_id: int | str | None) -> PlannedFault | None:
        return PlannedFault(status=429, parameters={"retry_after": seconds}) if 2.0 <= now() < until else None

    harness.telegram.faults.policy = refusing
    people = [harness.person(str(number)) for number in range(300)]
    outcomes = await broadcast(harness, people)
    assert outcomes["Accepted"] == 300
    assert harness.telegram.statuses[429] == outcomes["WAIT"] == 2
    assert [len(person.messages) for person in people] == [1] * 300
    ensure_resumed_at_the_pace(harness)


@in_virtual_time
async def test_the_first_after_a_pause_goes_alone_and_the_others_wait_for_what_becomes_of_it() -> None:
    harness = RepliesHarness(way=lambda: 0.5)
    people = [harness.person(str(number)) for number in range(100)]
    for person in people[10:12]:
        refuse(harness, person, 20)
    harness.telegram.faults.next(chat_id=people[60].id, retry_after=40)
    outcomes = await broadcast(harness, people)
    assert outcomes["Accepted"] == 100
    calls = [call.at for call in harness.telegram.calls]
    first = next(at for at in calls if at > 20)
    assert first == pytest.approx(20 + 1 + 11 * SLOT + 0.5, abs=SLOT)  # told so a second after it was sent
    second, third = calls[calls.index(first) + 1 :][:2]
    assert second - first == pytest.approx(1.0)
    assert third - second == pytest.approx(SLOT)
    assert harness.replies.counts["bulk_paused_for"] == 1


@in_virtual_time
async def test_who_refuses_right_after_a_pause_prolongs_it() -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(100)]
    for person, seconds in zip(people, (20, 5, 300), strict=False):
        refuse(harness, person, seconds)
    outcomes = await broadcast(harness, people)
    assert outcomes["Accepted"] == 100
    assert [round(call.at) for call in harness.telegram.calls][:4] == [0, 0, 20, 320]
    assert harness.replies.counts["bulk_paused_for"] == 2


@in_virtual_time
async def test_a_group_that_refuses_speaks_for_itself_alone() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    groups = [SimulatedRoom(harness.telegram, name, owner=aigul, kind="group") for name in ("Айыл", "Көчө", "Мектеп")]
    for group in groups:
        group.add_bot(by=aigul)
        harness.telegram.faults.next(chat_id=group.id, retry_after=10_072)
    outcomes = [await harness.replies.send_bulk(group.id, screen("post"), patience=5.0) for group in groups]
    assert outcomes == [Judgement(Verdict.WAIT, seconds=10_072.0)] * 3
    assert harness.replies.bulk_paused_for == 0.0
    assert await broadcast(harness, [harness.person(str(number)) for number in range(60)]) == {"Accepted": 60}
    assert now() < 3.0
    again = await harness.replies.send_bulk(groups[0].id, screen("post"), patience=5.0)
    assert isinstance(again, NotTried)
    assert again.seconds == pytest.approx(10_072.0, abs=3.0)
    assert len(harness.telegram.calls) == 63


@in_virtual_time
async def test_groups_get_bulk_at_the_pace_of_groups() -> None:
    harness = RepliesHarness(limits=Limits())
    aigul = harness.person()
    group = SimulatedRoom(harness.telegram, "Айыл", owner=aigul, kind="group")
    group.add_bot(by=aigul)
    for number in range(40):
        outcome = await harness.replies.send_bulk(group.id, screen(str(number)), patience=60.0)
        assert isinstance(outcome, Accepted)
    assert harness.telegram.statuses[429] == 0
    assert spacing(harness.left(), 60.0) <= 20


@in_virtual_time
async def test_a_halt_of_answers_holds_bulk_too_and_both_resume_in_step() -> None:
    harness = RepliesHarness(limits=Limits(60), settings={"answers": 30})
    people = [harness.person(str(number)) for number in range(60)]
    pressing = [harness.person(f"presser {number}") for number in range(40)]
    for person in pressing[:3]:
        refuse(harness, person, 35)
    for person in pressing[:3]:
        await harness.replies.send(person.id, screen("answer"))
    await asyncio.sleep(0.5)
    assert harness.replies.bulk_paused_for == 34.5
    for person in pressing[3:]:
        await harness.replies.send(person.id, screen("answer"))
    outcomes = await broadcast(harness, people)
    await harness.replies.idle()
    assert outcomes["Accepted"] == 60
    left = [at for at in harness.left() if at > 0]
    assert left[0] == 35.0
    assert spacing(left[:20], 0.5) <= 20
    assert spacing(left) <= 60
    assert spacing(harness.times_of("notice")) <= 30
    assert [len(person.messages) for person in people + pressing] == [1] * 100


@in_virtual_time
async def test_what_is_urgent_leaves_although_bulk_is_held() -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(3)]
    for person in people[:2]:
        refuse(harness, person, 10_072)
        await harness.replies.send_bulk(person.id, screen("notice"), patience=5.0)
    assert harness.long_pauses == [10_072.0]
    assert await harness.replies.send_bulk(people[2].id, screen("notice"), patience=5.0) == NotTried()
    urgent = await harness.replies.send_bulk(people[2].id, screen("staff"), patience=5.0, precedence=Precedence.URGENT)
    assert isinstance(urgent, Accepted)
    assert now() < 1.0
    assert harness.replies.bulk_paused_for > 10_000


@in_virtual_time
async def test_a_long_pause_is_told_once_however_many_learn_of_it() -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(32)]

    def refusing(method: str, chat_id: int | str | None) -> PlannedFault:
        return PlannedFault(status=429, parameters={"retry_after": 7200})

    harness.telegram.faults.policy = refusing
    await asyncio.gather(*(harness.replies.send_bulk(each.id, screen("notice"), patience=25.0) for each in people))
    assert len(harness.long_pauses) == 1
    assert len(harness.telegram.calls) == 2


@pytest.mark.parametrize("fault", [{"status": 502}, {"broken": "reset"}, {"broken": "half"}, {"broken": "silence"}])
@in_virtual_time
async def test_a_failing_network_is_told_and_not_tried_again_here(fault: dict[str, object]) -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(method="sendMessage", **fault)  # type: ignore[arg-type]
    outcome = await harness.replies.send_bulk(aigul.id, screen("notice"), patience=5.0)
    assert outcome == Judgement(Verdict.AGAIN)
    assert len(harness.telegram.calls) == 1
    assert now() == 0.0


@in_virtual_time
async def test_who_is_gone_is_told_with_the_reason_and_holds_nobody_up() -> None:
    harness = RepliesHarness()
    aigul, bermet, chinara = (harness.person(name) for name in ("Айгүл", "Бермет", "Чынара"))
    aigul.block()
    bermet.delete_account()
    group = SimulatedRoom(harness.telegram, "Айыл", owner=chinara)
    group.add_bot(by=chinara)
    group.remove_bot(by=chinara)
    moved = SimulatedRoom(harness.telegram, "Көчө", owner=chinara, kind="group")
    moved.add_bot(by=chinara)
    old = moved.id
    moved.migrate()
    outcomes = [
        await harness.replies.send_bulk(chat, screen("notice"), patience=5.0)
        for chat in (aigul.id, bermet.id, 424242, group.id, old, chinara.id)
    ]
    reasons = ["blocked", "deactivated", "chat not found", "thrown out"]
    assert outcomes[:4] == [Judgement(Verdict.GONE, reason=reason) for reason in reasons]
    assert outcomes[4] == Judgement(Verdict.MOVED, chat_id=moved.id)
    assert isinstance(outcomes[5], Accepted)
    assert harness.blocked == []
    assert now() < 0.2


@pytest.mark.parametrize("seed", range(4))
@in_virtual_time
async def test_whatever_the_weather_everybody_is_told_once_for_each_success_and_no_pause_is_cut_short(
    seed: int,
) -> None:
    chance = random.Random(seed)
    harness = RepliesHarness(limits=Limits(), settings={"jitter": chance.random})
    shut: dict[int | str | None, float] = {}
    early: list[int | str | None] = []

    def weather(method: str, chat_id: int | str | None) -> PlannedFault | None:
        if shut.get(chat_id, 0.0) > now() + 1e-6:
            early.append(chat_id)
        if chance.randrange(100) >= 10:
            return None
        seconds = chance.choice([2, 35, 400])
        kind = chance.choice(["429", "502", "reset"])
        if kind == "429":
            shut[chat_id] = now() + seconds
            return PlannedFault(status=429, parameters={"retry_after": seconds})
        return PlannedFault(status=502) if kind == "502" else PlannedFault(broken="reset")

    people = [harness.person(str(number)) for number in range(300)]
    harness.telegram.faults.policy = weather
    sending = asyncio.ensure_future(broadcast(harness, people))  # noqa: TID251
    for number in range(100):
        await harness.replies.send(people[chance.randrange(300)].id, screen(f"receipt {number}"))
        await asyncio.sleep(chance.uniform(0.0, 2.0))
    assert (await sending)["Accepted"] == 300
    await harness.replies.idle()
    notices = [sum(message.words == "notice" for message in person.messages) for person in people]
    assert notices == [1] * 300
    assert sum(len(person.messages) for person in people) == 400
    assert early == []
    assert spacing(harness.left()) <= 30
