"""Letters on their way: to a person in their language, to a room as a post, and what became of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import structlog.testing
from telegram import Bot

from bot.domain.hearings import Hearing, Phase
from bot.domain.notices import NO_TOPIC, Broadcast, BroadcastStatus, Notice, NoticeKind, Planned
from bot.domain.people import Resident
from bot.domain.rooms import GroupPost, Room, RoomKind
from bot.ports.courier import Later, Moved, Refused, Sent, Unreachable
from bot.services.outbox.letters import Letter
from bot.simulator import SimulatedRoom as Place
from handlers.outgoing.courier import MOST_ATTEMPTS, Courier
from handlers.outgoing.replies import Replies
from handlers.outgoing.transport import ReqwestRequest
from handlers.views import letters
from tests import samples
from tests.clocks import in_virtual_time, now
from tests.handlers.outgoing.harness import RepliesHarness, broadcast, screen
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES

if TYPE_CHECKING:
    from bot.simulator import Person

HEARING = Hearing(3, "bagysh-2026-1", 4, Phase.OPEN, 1, samples.dossier())
PATIENCE = 5.0


def courier_of(harness: RepliesHarness, *, chance: float = 1.0) -> Courier:
    return Courier(harness.replies, CATALOGUES, username=lambda: "hearing_demo_bot", jitter=lambda: chance)


def letter(kind: NoticeKind = NoticeKind.ANNOUNCED, *, attempts: int = 0) -> Letter:
    going = Broadcast(1, Planned(3, kind, 1, samples.NOW), BroadcastStatus.GOING, samples.NOW)
    notice = Notice(7, 1, None, None, attempts=attempts)
    return Letter(notice, going, HEARING, largest.place(), largest.ZONE, samples.NOW)


def to(person_id: int, kind: NoticeKind = NoticeKind.ANNOUNCED, *, attempts: int = 0, language: str = "ky") -> Letter:
    return replace(letter(kind, attempts=attempts), recipient=Resident(9, person_id, language))


def to_room(
    room: Place, kind: NoticeKind = NoticeKind.ANNOUNCED, *, topic: int | None = None, post: int | None = None
) -> Letter:
    known = Room(5, room.id, RoomKind.SUPERGROUP, room.title, topic_id=topic, languages=("ky",))
    return replace(letter(kind), room=known, post=GroupPost(5, 3, post) if post else None)


def group(harness: RepliesHarness, owner: Person, *, kind: str = "supergroup") -> Place:
    room = Place(harness.telegram, "Айыл", owner=owner, kind=kind)
    room.add_bot(by=owner)
    return room


@pytest.mark.parametrize("language", ["ky", "ru"])
@in_virtual_time
async def test_a_person_gets_the_letter_in_the_language_they_read(language: str) -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    owed = to(aigul.id, language=language)
    assert await courier_of(harness).deliver(owed, patience=PATIENCE) == Sent(aigul.screen.id)
    shown = letters.render(CATALOGUES[language], owed)
    assert aigul.labels == [button.label for row in shown.rows for button in row]


@in_virtual_time
async def test_a_room_gets_a_post_in_its_topic_which_is_later_brought_up_to_date_in_place() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    room = group(harness, aigul)
    topic = room.topic("Угуулар")
    courier = courier_of(harness)
    sent = await courier.deliver(to_room(room, topic=topic), patience=PATIENCE)
    assert isinstance(sent, Sent)
    (message,) = room.messages
    assert (message.id, message.thread) == (sent.message_id, topic)
    changed = replace(to_room(room, NoticeKind.POST, topic=topic, post=message.id), hearing=cancelled())
    before = message.words
    assert await courier.deliver(changed, patience=PATIENCE) == sent
    assert [each.words == before for each in room.messages] == [False]
    assert await courier.deliver(changed, patience=PATIENCE) == sent  # nothing new in it


def cancelled() -> Hearing:
    return replace(HEARING, phase=Phase.CANCELLED)


@in_virtual_time
async def test_a_post_that_is_gone_or_never_was_is_posted_anew() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    room = group(harness, aigul)
    courier = courier_of(harness)
    for gone in (4711, None):
        outcome = await courier.deliver(to_room(room, NoticeKind.POST, post=gone), patience=9.0)
        assert outcome == Sent(room.messages[-1].id)
    assert len(room.messages) == 2


@in_virtual_time
async def test_a_postponement_is_a_message_of_its_own() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    room = group(harness, aigul)
    courier = courier_of(harness)
    first = await courier.deliver(to_room(room), patience=PATIENCE)
    assert isinstance(first, Sent)
    second = await courier.deliver(to_room(room, NoticeKind.POSTPONED, post=first.message_id), patience=9.0)
    assert second != first
    assert len(room.messages) == 2


@in_virtual_time
async def test_whoever_is_gone_is_unreachable_for_a_reason_of_ours() -> None:
    harness = RepliesHarness()
    aigul, bermet, chinara = (harness.person(name) for name in ("Айгүл", "Бермет", "Чынара"))
    aigul.block()
    bermet.delete_account()
    room = group(harness, chinara)
    room.remove_bot(by=chinara)
    courier = courier_of(harness)
    owed = [to(aigul.id), to(bermet.id), to(424242), to_room(room)]
    outcomes = [await courier.deliver(each, patience=PATIENCE) for each in owed]
    assert outcomes == [Unreachable(why) for why in ("blocked", "deactivated", "chat not found", "thrown out")]
    assert now() < 0.2


@in_virtual_time
async def test_a_room_where_we_may_not_write_keeps_us_and_misses_this_one() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    room = group(harness, aigul)
    room.mute_bot(by=aigul)
    assert await courier_of(harness).deliver(to_room(room), patience=PATIENCE) == Refused("no rights")


@in_virtual_time
async def test_a_group_that_moved_says_where_to() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    room = group(harness, aigul, kind="group")
    owed = to_room(room)
    room.migrate()
    assert await courier_of(harness).deliver(owed, patience=PATIENCE) == Moved(room.id)


@pytest.mark.parametrize("seconds", [2, 35, 10_072])
@in_virtual_time
async def test_too_fast_comes_back_with_the_time_told_and_costs_no_try(seconds: int) -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(chat_id=aigul.id, retry_after=seconds)
    courier = courier_of(harness)
    outcome = await courier.deliver(to(aigul.id), patience=1.0)
    assert outcome == Later(timedelta(seconds=seconds), tried=False)
    assert courier.paused_for == 0.0
    again = await courier.deliver(to(aigul.id), patience=1.0)  # too soon: it does not even leave
    assert again == Later(timedelta(seconds=seconds), tried=False)
    assert len(harness.telegram.calls) == 1


@in_virtual_time
async def test_what_finds_no_turn_comes_back_at_once_and_untried() -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(3)]
    courier = courier_of(harness)
    for person in people[:2]:
        harness.telegram.faults.next(chat_id=person.id, retry_after=35)
        await courier.deliver(to(person.id), patience=PATIENCE)
    assert 34.0 < courier.paused_for <= 35.0
    assert await courier.deliver(to(people[2].id), patience=PATIENCE) == Later(timedelta(0), tried=False)
    assert now() < 1.0


@in_virtual_time
async def test_staff_hear_of_a_long_pause_although_no_bulk_leaves() -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(3)]
    courier = courier_of(harness)
    for person in people[:2]:
        harness.telegram.faults.next(chat_id=person.id, retry_after=7200)
        await courier.deliver(to(person.id), patience=PATIENCE)
    assert isinstance(await courier.deliver(to(people[2].id, NoticeKind.LONG_PAUSE), patience=PATIENCE), Sent)


@pytest.mark.parametrize("fault", [{"status": 500}, {"broken": "reset"}, {"broken": "half"}, {"broken": "silence"}])
@in_virtual_time
async def test_what_telegram_may_have_taken_is_tried_again_later_and_later_and_is_in_doubt(
    fault: dict[str, object],
) -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(MOST_ATTEMPTS)]
    harness.telegram.faults.next(times=MOST_ATTEMPTS, **fault)  # type: ignore[arg-type]
    courier = courier_of(harness)
    outcomes = [
        await courier.deliver(to(person.id, attempts=tried), patience=PATIENCE) for tried, person in enumerate(people)
    ]
    waits = [timedelta(seconds=2.0**tried) for tried in range(MOST_ATTEMPTS - 1)]
    assert outcomes[:-1] == [Later(wait, doubtful=True) for wait in waits]
    assert outcomes[-1] == Refused("telegram failed")


@in_virtual_time
async def test_no_two_failed_letters_come_back_at_the_same_moment() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(times=2, status=502)
    outcomes = [
        await courier_of(harness, chance=chance).deliver(to(aigul.id, attempts=5), patience=PATIENCE)
        for chance in (0.0, 0.5)
    ]
    assert outcomes == [Later(timedelta(seconds=wait), doubtful=True) for wait in (16, 24)]


async def test_what_certainly_never_left_costs_no_try_and_is_in_no_doubt() -> None:
    bot = Bot("100:T", base_url="http://127.0.0.1:1/bot", request=ReqwestRequest())
    await bot.request.initialize()
    replies = Replies(bot)
    courier = Courier(replies, CATALOGUES, username=lambda: "hearing_demo_bot", jitter=lambda: 1.0)
    outcome = await courier.deliver(to(424242, attempts=MOST_ATTEMPTS - 1), patience=PATIENCE)
    assert outcome == Later(timedelta(seconds=30), tried=False)
    await bot.request.shutdown()


@in_virtual_time
async def test_what_telegram_will_never_take_is_refused_and_the_log_keeps_to_telegrams_words() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(
        status=400, description='Bad Request: can\'t parse entities: tag "Асан эже" is unknown', times=2
    )
    with structlog.testing.capture_logs() as logged:
        assert await courier_of(harness).deliver(to(aigul.id), patience=PATIENCE) == Refused("refused")
    assert "Асан" not in str(logged)
    assert [entry["event"] for entry in logged] == ["telegram refused"] * 2
    assert harness.replies.counts["bulk_wrong"] == 2
    assert await broadcast(harness, [harness.person("Бермет")]) == {"Accepted": 1}


@in_virtual_time
async def test_in_the_place_of_a_letter_that_telegram_does_not_take_its_headline_arrives() -> None:
    harness = RepliesHarness()
    aigul = harness.person()
    harness.telegram.faults.next(status=400, description="Bad Request: ENTITY_BOUNDS_INVALID")
    assert isinstance(await courier_of(harness).deliver(to(aigul.id), patience=PATIENCE), Sent)
    (message,) = aigul.messages
    assert (message.words, message.labels) == ("📣 Кулактандыруу", ["📖 Окуу"])


@in_virtual_time
async def test_one_bad_letter_holds_up_nobody_else() -> None:
    harness = RepliesHarness()
    people = [harness.person(str(number)) for number in range(5)]
    courier = courier_of(harness)
    for person, status in zip(people, (400, 403, 500), strict=False):
        harness.telegram.faults.next(chat_id=person.id, status=status, times=1 + (status == 400))
    outcomes = [await courier.deliver(to(person.id), patience=PATIENCE) for person in people]
    assert [type(outcome) for outcome in outcomes] == [Refused, Unreachable, Later, Sent, Sent]
    await harness.replies.send(people[0].id, screen("answer"))
    await harness.replies.idle()
    assert now() < 1.5


@pytest.mark.parametrize("words", ["TOPIC_DELETED", "TOPIC_CLOSED", "message thread not found"])
@in_virtual_time
async def test_a_post_whose_topic_is_gone_stands_beside_it_and_says_so_to_the_desk(words: str) -> None:
    harness = RepliesHarness()
    room = group(harness, harness.person())
    topic = room.topic("Угуулар")
    harness.telegram.faults.next(status=400, description=f"Bad Request: {words}")
    sent = await courier_of(harness).deliver(to_room(room, topic=topic), patience=PATIENCE)
    (message,) = room.messages
    assert (sent, message.thread) == (Sent(message.id, NO_TOPIC), None)
