"""What happens by the clock: announcing, opening, closing, catching up after a stop, forgetting after three years."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from structlog.testing import capture_logs

from bot.cli import COMMAND_LINE
from bot.domain.hearings import Phase
from bot.domain.notices import NoticeKind, NoticeStatus
from bot.domain.people import Reminders
from bot.services.broadcasts import totals
from bot.services.nightly import Nightly
from bot.simulator.profile import menu_for
from bot.simulator.rooms import SimulatedRoom
from bot.tasks import Tasks
from bot.tick import SECONDS_BETWEEN_TICKS, Ticker
from handlers.outgoing import bot_profile
from handlers.presses import ChooseOption
from handlers.presses.wire import pack
from tests import samples
from tests.clocks import in_virtual_time
from tests.living import Town, living

if TYPE_CHECKING:
    from bot.simulator.people import Person

DAY = 24 * samples.HOUR
LATER = replace(
    samples.dossier(opens=samples.NOW + 20 * samples.HOUR, closes=samples.NOW + 122 * samples.HOUR),
    sittings=(replace(samples.dossier().sittings[0], starts_at=samples.NOW + 120 * samples.HOUR),),
)
"""Opens on the next morning, days before the sitting: neither the announcement nor a reminder says so about then."""


def letters(person: Person, words: str) -> int:
    """How many messages with these words the person has got."""
    return sum(words in message.text for message in person.messages)


async def deliveries(town: Town, hearing: int) -> dict[NoticeStatus, int]:
    """How many notices of a hearing have each status."""
    async with town.store.reading() as repositories:
        return dict(totals((await repositories.notices.progress(hearing)).values()))


async def phase(town: Town, hearing: int) -> Phase:
    """The stored phase."""
    async with town.store.reading() as repositories:
        return (await repositories.hearings.get(hearing)).phase


async def test_an_announcement_reaches_every_follower_once(town: Town) -> None:
    here, elsewhere = await town.resident(), await town.resident("Бек", place="kok-art")
    await town.hearing(LATER)
    await town.tick()
    await town.tick()
    assert letters(here, "A public hearing is announced") == 1
    assert letters(elsewhere, "A public hearing is announced") == 0


async def test_a_hearing_opens_and_closes_by_the_clock_and_followers_are_told(town: Town) -> None:
    aigul = await town.resident()
    hearing = await town.hearing(LATER)
    assert await phase(town, hearing.id) is Phase.ANNOUNCED
    town.clock.forward(hours=20)
    await town.tick()
    assert await phase(town, hearing.id) is Phase.OPEN
    assert letters(aigul, "The hearing is open") == 1
    bek = await town.resident("Бек")
    bek.forge(pack(ChooseOption(hearing.id, 1, 1)))
    await town.quiet()
    town.clock.forward(days=5)
    await town.tick()
    assert await phase(town, hearing.id) is Phase.CLOSED
    assert [letters(person, "Answers are closed. Thank you!") for person in (aigul, bek)] == [0, 1]


async def test_after_a_stop_everything_is_caught_up_and_nothing_stale_is_sent(town: Town) -> None:
    aigul = await town.resident()
    hearing = await town.hearing(LATER)
    open_long = await town.hearing(replace(LATER, closes_at=samples.NOW + 9 * DAY))
    town.clock.forward(days=30)
    await town.tick()
    assert await phase(town, hearing.id) is Phase.CLOSED
    assert [letters(aigul, words) for words in ("The hearing is open", "The hearing is in", "is left")] == [0, 0, 0]
    async with town.store.reading() as repositories:
        listed = [await repositories.broadcasts.list_of(each.id) for each in (open_long, hearing)]
        dropped = {each.kind: each.reason for each in (*listed[0], *listed[1]) if each.reason}
    assert dropped[NoticeKind.OPENED] == "too late"
    assert dropped[NoticeKind.REMINDER] == "too late"
    assert dropped[NoticeKind.CLOSING] == "too late"


async def test_over_the_whole_clock_of_a_hearing_a_resident_gets_six_messages(town: Town) -> None:
    aigul = await town.resident()
    sitting = samples.NOW + 14 * DAY
    dossier = samples.dossier(opens=samples.NOW + 3 * DAY, closes=sitting + 2 * samples.HOUR)
    told, seen = list[str](), len(aigul.messages)
    await town.hearing(replace(dossier, sittings=(replace(dossier.sittings[0], starts_at=sitting),)))
    for hours in (0, 3 * 24, 7 * 24, 10 * 24, 13 * 24, 14 * 24 - 2, 14 * 24, 14 * 24 + 2, 15 * 24, 16 * 24):
        town.clock.time = samples.NOW + hours * samples.HOUR
        await town.tick()
        told += [message.words.partition("\n")[0] for message in aigul.messages[seen:]]
        if hours == 10 * 24:
            await town.press(aigul, "🗳 Have my say")  # under the reminder
            await town.press(aigul, "👍")
        seen = len(aigul.messages)
    assert told == [
        "📣 A public hearing is announced",
        "🔔 The hearing is in 7 days",
        "🔔 The hearing is tomorrow",
        "🔔 The hearing is in 2 hours",
        "🔒 Answers are closed. Thank you!",
        "📊 The results of the hearing",
    ]


async def test_what_opens_on_the_day_it_is_announced_is_told_once(town: Town) -> None:
    aigul = await town.resident()
    await town.hearing(samples.dossier(opens=samples.NOW + 2 * samples.HOUR))
    town.clock.forward(hours=2)
    await town.tick()
    assert [letters(aigul, words) for words in ("is announced", "The hearing is open")] == [1, 0]
    assert "You can answer from" in next(each.text for each in aigul.messages if "is announced" in each.text)


async def test_a_clock_set_back_opens_nothing_twice(town: Town) -> None:
    aigul = await town.resident()
    await town.hearing(LATER)
    town.clock.forward(hours=20)
    await town.tick()
    town.clock.time -= samples.HOUR
    await town.tick()
    town.clock.time += samples.HOUR
    await town.tick()
    assert letters(aigul, "The hearing is open") == 1


async def test_the_letters_button_leads_to_the_questions(town: Town) -> None:
    aigul = await town.resident()
    await town.hearing(LATER)
    town.clock.forward(hours=20)
    await town.tick()
    await town.press(aigul, "🗳")
    assert "Question 1 of 7" in aigul.screen.text


async def test_a_letter_is_in_the_language_the_person_reads_then(town: Town) -> None:
    aigul = await town.resident()
    await town.hearing(LATER)
    await town.app.services.people.set_language(await town.actor(aigul), "ru")
    town.clock.forward(hours=20)
    await town.tick()
    assert letters(aigul, "The hearing is open") == 0
    assert letters(aigul, "Бюджет и стратегия на 2027 год") == 1


async def test_who_wants_silence_gets_silence(town: Town) -> None:
    aigul = await town.resident()
    await town.app.services.people.set_reminders(await town.actor(aigul), Reminders.NONE)
    await town.hearing(LATER)
    await town.tick()
    assert letters(aigul, "A public hearing is announced") == 0


async def test_who_blocked_the_bot_is_marked_and_comes_back_with_start(town: Town) -> None:
    aigul, bek = await town.resident(), await town.resident("Бек")
    bek.block()
    await town.quiet()
    blocked = (await town.actor(bek)).resident
    assert blocked is not None
    assert blocked.blocked_at is not None
    hearing = await town.hearing(LATER)
    assert letters(aigul, "A public hearing is announced") == 1
    assert await deliveries(town, hearing.id) == {NoticeStatus.DELIVERED: 1}
    await town.start(bek)
    back = (await town.actor(bek)).resident
    assert back is not None
    assert back.blocked_at is None


async def test_people_whom_an_answer_does_not_reach_are_marked(town: Town) -> None:
    people = [await town.resident(f"Resident {number}") for number in range(5)]
    for person in people:
        town.telegram.faults.next(method="sendMessage", chat_id=person.id, status=403)
        person.say("/help")
    await town.quiet()
    while any(task.get_name() == "mark unreachable" for task in asyncio.all_tasks()):
        await asyncio.sleep(0)
    for person in people:
        resident = (await town.actor(person)).resident
        assert resident is not None
        assert resident.blocked_at is not None


async def test_a_deleted_account_does_not_stop_the_others(town: Town) -> None:
    people = [await town.resident(f"Resident {number}") for number in range(3)]
    people[1].delete_account()
    hearing = await town.hearing(LATER)
    await town.tick()
    assert [letters(person, "A public hearing is announced") for person in (people[0], people[2])] == [1, 1]
    assert await deliveries(town, hearing.id) == {
        NoticeStatus.DELIVERED: 2,
        NoticeStatus.UNDELIVERABLE: 1,
    }


async def test_a_municipality_that_is_no_more_stops_nobodys_letters(town: Town) -> None:
    aigul, bek = await town.resident(), await town.resident("Бек", place="kok-art")
    load = town.app.services.hearings.load
    merged = await load(COMMAND_LINE, town.places["bagysh"], LATER, publish=True)
    await load(COMMAND_LINE, town.places["kok-art"], LATER, publish=True)
    gone = [
        (replace(place, valid_to=date(2026, 11, 1)), parent)
        for place, parent in samples.places()
        if place.code == "bagysh"
    ]
    await town.app.services.directory.load(gone)
    await town.tick()
    assert [letters(person, "A public hearing is announced") for person in (aigul, bek)] == [1, 1]
    assert await deliveries(town, merged.id) == {NoticeStatus.DELIVERED: 1}


async def test_a_failing_telegram_delays_a_letter_and_loses_none(town: Town) -> None:
    aigul = await town.resident()
    town.telegram.faults.next(method="sendMessage", status=500, times=1)
    await town.hearing(LATER)
    assert letters(aigul, "A public hearing is announced") == 0
    town.clock.forward(seconds=10)
    await town.tick()
    assert letters(aigul, "A public hearing is announced") == 1


async def test_after_three_years_without_a_hearing_a_person_is_forgotten(town: Town) -> None:
    hearing = await town.hearing()
    aigul, bek = await town.resident(), await town.resident("Бек")
    aigul.forge(pack(ChooseOption(hearing.id, 1, 1)))
    await town.quiet()
    town.clock.forward(days=3 * 365 - 2)
    await town.tick()
    await town.app.nightly.tidy()
    assert (await town.actor(aigul)).resident is not None
    town.clock.forward(days=5)
    await town.tick()
    await town.app.nightly.tidy()
    assert (await town.actor(bek)).resident is None
    assert (await town.actor(aigul)).resident is not None  # the hearing itself closed less than three years ago
    town.clock.forward(days=3 * 365)
    await town.tick()
    await town.app.nightly.tidy()
    assert (await town.actor(aigul)).resident is None
    async with town.store.reading() as repositories:
        assert (await repositories.votes.tallies(hearing.id))[1].voters == 1


async def test_the_profile_is_told_in_every_language_and_only_when_it_changed(sqlite_url: str) -> None:
    async with living(sqlite_url, Town) as town:
        aigul = town.person(language="ky")
        assert [command["command"] for command in aigul.menu][:3] == ["start", "mine", "language"]
        assert aigul.menu[0]["description"] == town.app.catalogues["ky"].p("command", "Home: the next hearing")
        chat = SimulatedRoom(town.telegram, "Айылдаштар", owner=aigul).chat
        menus = [menu_for(town.telegram.world, chat, "ru", administrator=runs) for runs in (False, True)]
        assert [[command["command"] for command in menu] for menu in menus] == [["start"], ["start", "desk"]]
        town.telegram.calls.clear()
        default = town.app.settings.default_language
        again = await bot_profile.introduce(town.app.bot, town.store, town.app.catalogues, default=default)
        assert again == 0
        assert not [call for call in town.telegram.calls if call.method.startswith("setMy")]


@in_virtual_time
async def test_a_disk_that_hangs_is_named_within_ten_seconds_and_logged_once() -> None:
    hangs, loop = asyncio.Event(), asyncio.get_running_loop()

    async def health() -> str | None:
        await hangs.wait()
        return "the disk is full"

    nothing_else = cast("Any", None)
    nightly = Nightly(nothing_else, nothing_else, nothing_else, timezone="UTC")
    ticker = Ticker(nothing_else, nightly, nothing_else, Tasks(), health=health, monotonic=loop.time)
    with capture_logs() as lines:
        begun = Tasks().start(ticker._do_what_is_due(), name="tick")
        await asyncio.sleep(1)
        assert ticker.database is None  # another program may hold the lock for a moment
        await asyncio.sleep(9 - SECONDS_BETWEEN_TICKS)
        assert ticker.database == "the database has not answered for 5 s"
        await asyncio.sleep(60)
        assert ticker.database == "the database has not answered for 65 s"
        hangs.set()
        with suppress(AttributeError):  # the timetable, which there is none of here
            await begun
    assert ticker.database == "the disk is full"
    assert [line["event"] for line in lines if "the database" in line["event"]] == [
        "the database does not answer. Does its disk hang?",
        "the database answers again",
    ]
