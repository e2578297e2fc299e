"""The projector and the chair's page: opened by the key of the day alone, and the same from two servers."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from bot.bot_links import CheckInLinks
from bot.domain.comments import CommentKind
from bot.domain.languages import LANGUAGES
from bot.domain.people import Caller
from bot.domain.questions import About, Choose
from bot.pages.hall_doors import WRONG_AT_ONCE
from bot.pages.hall_pages import ASSETS, LARGEST_PRESS
from bot.pages.reader_limits import ReaderLimits
from bot.pages.templating import asset
from handlers.known_username import USERNAME_SETTING
from handlers.presses import CheckIn
from handlers.presses.wire import unpack
from tests import samples
from tests.clocks import VirtualClock
from tests.pages.hall_town import hall_pages, hall_town
from tests.pages.served import serving
from tests.pages.sites import CATALOGUES
from tests.services.writing import message, received

if TYPE_CHECKING:
    from tests.municipality import Municipality

NEWER_THAN_2017 = (
    *("?.", "??", "...", "catch {", "for await", ".flat(", ".finally("),
    *("fromEntries", "globalThis", "import ", "replaceAll", "innerHTML"),
)
HOSTILE = "<script>alert(1)</script> Канча турат? +996 555 123 456"


async def test_a_sitting_is_run_from_the_page_and_stands_on_the_wall(municipality: Municipality) -> None:
    async with hall_town(municipality) as town:
        services, hearing = municipality.services, town.hearing
        people = [await municipality.resident(700 + number) for number in range(6)]
        for person in people:
            await services.check_ins.check_in(person, hearing.id, 1, town.keys.code)
        await services.submissions.begin(people[0], hearing.id, CommentKind.QUESTION, About())
        asked = (await received(municipality, people[0], message(municipality, HOSTILE))).comment

        wall = await town.wall()
        assert (wall["phase"], wall["item"]["words"]) == ("not begun", "The sitting begins soon.")
        assert wall["join"]["code"].replace(" ", "") == str(town.keys.code)
        assert wall["join"]["picture"].startswith("<svg")
        assert wall["present"] == "6 people are checked in"

        async with town.stream("hall", town.keys.projector) as events:
            await anext(events)
            begun = await town.press("start")
            assert (begun["said"], begun["desk"]["phase"]) == ("", "running")
            name, wall = await anext(events)  # the wall turns by itself
            assert (name, wall["phase"]) == ("state", "running")
        desk = (await town.press("next_item"))["desk"]
        desk = (await town.press("next_item"))["desk"]
        assert (desk["item"]["head"], desk["item"]["words"], desk["next_item"]) == (
            "Item 2 of 2",
            "<b>Бюджет</b> (Kyrgyz)",
            "",
        )
        assert "no longer here" in (await town.press("next_item"))["said"]
        back = await town.press("undo")
        assert (back["desk"]["item"]["head"], back["desk"]["undo"]) == ("Item 1 of 2", "")
        again = await town.press("undo")
        assert again["said"] == "There is nothing to undo."
        moved = await town.press("next_item", seen=0)  # a press on an old screen
        assert (moved["said"], moved["desk"]["item"]["head"]) == (
            "The hall has moved on meanwhile. Nothing was done.",
            "Item 1 of 2",
        )

        # a question: four answers show nothing, five do; closed, the hands that were counted stand beside them
        desk = (await town.press("ask", question=1))["desk"]
        assert (desk["asked"]["open"], desk["askable"][1]["next"]) == (True, True)
        for number in range(4):
            await services.voting.cast(Caller(700 + number, "ky"), hearing.id, 1, Choose(1), order=number)
        shown = (await town.wall())["asked"]
        assert (shown["answered"], shown["bars"]) == ("4 people have answered", [])
        assert shown["note"] == "How others answered is shown once 5 people have answered."
        await services.voting.cast(Caller(704, "ky"), hearing.id, 1, Choose(2), order=9)
        shown = (await town.wall())["asked"]
        assert [(bar["tone"], bar["share"]) for bar in shown["bars"]] == [
            ("support", 0.8),
            ("against", 0.2),
            ("neutral", 0),
        ]
        await town.press("close")
        await town.press("show_result")
        counted = await town.press("count_hands", numbers=[12, 3, 1])
        assert [each["said"] for each in counted["desk"]["asked"]["hands"]["list"]] == ["12", "3", "1"]
        assert (await town.wall())["asked"]["hands"]["list"][0]["said"] == "12"
        assert "cannot be right" in (await town.press("count_hands", numbers=[10**8, 3, 1]))["said"]
        assert isinstance(services.clock, VirtualClock)
        services.clock.forward(seconds=1)
        desk = (await town.press("next_item"))["desk"]  # the wall goes on with the next item, the chair may go back
        assert ((await town.wall())["asked"], desk["asked"]["counted"]) == (None, [12, 3, 1])

        # questions to the presenters: let through, asked aloud, answered; never a number, never markup of theirs
        (waiting,) = (await town.desk())["to_publish"]
        assert "<script>" in waiting["words"]
        assert "555" not in waiting["words"]
        await town.press("publish", comment=waiting["comment"], edition=waiting["edition"])
        (listed,) = (await town.wall())["questions"]["list"]
        assert listed["support"] == "👍 0"
        await town.press("answered", comment=asked.id, note="Эртең айтабыз")
        assert (await town.wall())["questions"]["list"] == []

        # the floor: who asked, whose hand was seen, and the time
        await services.floor.ask(people[1], hearing.id, 1)
        desk = (await town.press("add_hand"))["desk"]
        assert desk["queue"] == ["№ 1", "№ 2"]
        await town.press("minutes", minutes=2)
        await town.press("next_speaker")
        floor = (await town.wall())["floor"]
        assert (floor["speaker"], floor["limit"], floor["waiting"]) == ("№ 1", 120, "1 person is waiting")
        await town.press("end_speaker")
        shown = await town.wall()
        assert shown.pop("join")["head"]  # the code of the day may hold any three digits
        assert "700" not in json.dumps(shown)
        several = (await town.press("ask", question=5))["desk"]["asked"]
        assert (several["open"], several["options"]) == (True, [])  # no hands are counted for it
        await town.press("end")
        assert (await town.wall())["item"]["words"] == "The sitting is over. Thank you!"


async def test_a_key_opens_its_own_page_of_its_own_hearing_until_it_is_withdrawn(municipality: Municipality) -> None:
    async with hall_town(municipality) as town:
        other = await municipality.hearing(samples.dossier())
        assert await town.status("hall", town.keys.projector) == 200
        for page, key, code in (
            ("hall", town.keys.chair, ""),
            ("chair", town.keys.projector, ""),
            ("chair", town.keys.chair, other.code),
            ("chair", "", ""),
            ("chair", "x" * 5_000, ""),
            ("chair", "%F0%9F\udcff"[:3], ""),
        ):
            assert await town.status(page, key, code=code) == 403, (page, key[:5], code)
        assert (await town.post({"act": "start", "seen": 0}, key=town.keys.projector))[0] == 403
        # a comment of another hearing is not let through by this key
        author = await municipality.resident(710)
        await municipality.services.submissions.begin(author, other.id, CommentKind.QUESTION, About())
        elsewhere = (await received(municipality, author, message(municipality, "Башка угуу"))).comment
        assert (await town.press("publish", comment=elsewhere.id, edition=elsewhere.edition))["said"]
        assert (
            await municipality.services.comments.get(town.chair, elsewhere.id)
        ).comment.visibility.value == "waiting"
        # withdrawn, it shuts the streams that are open, and opens nothing more
        async with town.stream("hall", town.keys.projector) as events:
            await anext(events)
            assert (await town.press("withdraw"))["said"] == ""
            assert await anext(events) == ("refused", {})
        town.clock.forward(minutes=2)
        assert await town.status("hall", town.keys.projector) == 403
        assert (await town.post({"act": "start", "seen": 0}))[0] == 403


async def test_wrong_keys_are_bounded_and_shut_nobody_out_who_has_a_right_one(municipality: Municipality) -> None:
    async with hall_town(municipality) as town:
        assert await town.status("chair", town.keys.chair) == 200
        found = [await town.status("chair", f"guess {number}") for number in range(14)]
        assert found == [403] * int(WRONG_AT_ONCE) + [429] * 4
        assert await town.status("chair", town.keys.chair) == 200  # in the same hall, behind the same address
        assert (await town.press("start"))["said"] == ""
        town.clock.forward(seconds=11)
        assert await town.status("chair", "once more") == 403


async def test_what_no_chairs_page_sends_does_nothing(municipality: Municipality) -> None:
    async with hall_town(municipality) as town:
        for wrong in (
            *(
                "",
                "{",
                "[]",
                "null",
                "[" * 5_000,
                b"\xff\xfe",
                json.dumps({"act": "start"} | {"x": "y" * LARGEST_PRESS}),
            ),
            *({"act": "explode"}, {"act": "start", "seen": -1}, {"act": "start", "seen": True}),
            *({"act": "start", "seen": "0"}, {"act": "ask", "seen": 0, "question": 10**12}, {"act": ["start"]}),
            *({"act": "count_hands", "seen": 0, "numbers": [1] * 101}, {"act": "answered", "seen": 0, "note": 7}),
        ):
            assert (await town.post(wrong))[0] in (400, 413), wrong
        press = {"act": "start", "seen": 0}
        assert (await town.post(press, headers={"Content-Type": "text/plain"}))[0] == 415
        assert (await town.post(press, headers={"Sec-Fetch-Site": "cross-site"}))[0] == 415
        assert (await town.desk())["phase"] == "not begun"
        for method, place in (("POST", f"hall/{town.hearing.code}"), ("POST", ""), ("PUT", "chair/x/act")):
            assert (await town.server.ask(place, method)).status == 405, place
        for place in (f"hall/{town.hearing.code}", "hall/nothing", f"chair/{town.hearing.code}?in=ru"):
            page = await town.server.ask(place)  # they say nothing of any hearing
            policy = page.headers["content-security-policy"]
            assert (page.status, "script-src 'self'" in policy, "unsafe" in policy) == (200, True, False)
            assert town.hearing.code.encode() not in page.body
            assert "set-cookie" not in page.headers
        for language in LANGUAGES:  # in the words of every language, for who chose it
            page = await town.server.ask(f"chair/{town.hearing.code}?in={language}")
            assert f'data-code="{language}"' in page.body.decode()
            assert CATALOGUES[language].p("button", "🗳 Ask the hall").encode() in page.body
        edition = page.body.decode().partition("/live/")[2].partition("/")[0]
        for name in ASSETS:
            found = await town.server.ask(f"live/{edition}/{name}")
            assert (found.status, "immutable" in found.headers["cache-control"]) == (200, True)
        assert (await town.server.ask(f"live/{edition}/secret.js")).status == 404
        assert (await town.server.ask("live/older/chair.js")).headers["cache-control"] == "no-store"


async def test_two_servers_over_one_database_show_the_same_hall(municipality: Municipality) -> None:
    clock = VirtualClock()
    async with (
        hall_town(municipality) as town,
        serving(municipality, more=(hall_pages(municipality, clock).add_routes,)) as other,
        town.stream("hall", town.keys.projector, other) as events,
    ):
        await anext(events)
        await town.press("start")
        assert (await anext(events))[1]["phase"] == "running"
        await town.press("next_item", server=other)
        assert (await anext(events))[1]["item"]["head"] == "Item 1 of 2"
        assert (await town.wall())["item"]["head"] == "Item 1 of 2"
        # more streams than a process has are told to come again
        sessions = [town.stream("hall", town.keys.projector) for _ in range(64)]
        opened = await asyncio.gather(*(each.__aenter__() for each in sessions))
        assert await town.status("hall", town.keys.projector) == 503
        assert len(opened) == 64
        for each in sessions:
            await each.__aexit__(None, None, None)


async def test_the_picture_on_the_wall_checks_in_as_soon_as_the_bot_is_known(municipality: Municipality) -> None:
    async with hall_town(municipality) as town:
        links, store = CheckInLinks(municipality.services.store), municipality.services.store
        state = await municipality.services.halls.state(town.hearing.id, 1)
        assert await links(state) == ""  # no bot has run on this database yet
        async with store.writing() as repositories:
            await repositories.housekeeping.keep_setting(USERNAME_SETTING, "a_bot")
        address, _, payload = (await links(state)).partition("?start=")
        assert address == "https://t.me/a_bot"
        assert unpack(payload) == (CheckIn(town.hearing.id, 1, town.keys.code), None)


def test_the_limits_wait_says_what_take_would() -> None:
    clock = VirtualClock()
    limits = ReaderLimits(at_once=2, a_second=1, monotonic=clock.monotonic)
    assert limits.wait("a") == 0
    assert [limits.take("a"), limits.take("a"), limits.wait("a"), limits.wait("b")] == [0, 0, 1, 0]
    clock.forward(seconds=1)
    assert limits.wait("a") == 0


def test_the_scripts_of_the_hall_are_no_newer_than_its_laptop() -> None:
    for name in ("stream.js", "projector.js", "chair.js"):
        script = asset(name).decode()
        assert [sign for sign in NEWER_THAN_2017 if sign in script] == [], name
