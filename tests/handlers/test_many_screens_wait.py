"""Where many screens wait for the pace: the toast comes at once, and each screen is drawn when its turn comes."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from handlers.kept_presses import KeptPress
from handlers.origin import Origin
from handlers.outgoing import replies
from handlers.presses import ChooseOption, OpenHearing, OpenQuestion, OpenReading
from handlers.presses.wire import pack
from tests.living import Town, living

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

CROWD = 22
FIRST = 16
"""More than those that ask for a slot at once and the few that may wait drawn."""


@pytest.fixture
async def crowded(town_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A bot that keeps few drawn screens."""
    monkeypatch.setattr(replies, "DRAWN_AT_MOST", 2)
    async with living(town_url, Town, pace=0.05, threads=False) as town:
        yield town


@contextmanager
def nothing_leaves(town: Town) -> Iterator[None]:
    """No screen leaves within the block, however slow the machine is."""
    pace = town.app.replies.pace
    assert pace is not None
    part, pace.part = pace.part, lambda: 0.0
    yield
    pace.part = part


async def crowd_waits(town: Town) -> None:
    """Return when so many screens wait that the next presses are kept."""
    async with asyncio.timeout(10):
        while not town.app.replies.crowded:
            await asyncio.sleep(0)


async def test_votes_are_counted_and_answered_at_once_and_every_screen_follows(crowded: Town) -> None:
    hearing = await crowded.hearing()
    people = [await crowded.resident(str(number)) for number in range(CROWD)]
    with nothing_leaves(crowded):
        for number, person in enumerate(people):
            if number == FIRST:
                await crowd_waits(crowded)
            person.forge(pack(ChooseOption(hearing.id, 1, number % 3 + 1), "en"))
        await crowded.telegram.settled()
        assert crowded.app.replies.counts["kept"] >= CROWD - FIRST
        for person in people:
            await person.until(lambda person=person: bool(person.toasts))  # type: ignore[misc]
        assert not [person for person in people if "✅" in "".join(person.labels)]  # their screens still wait
        people[-1].forge(pack(OpenQuestion(hearing.id, 2), "en"))  # and another one is wanted in place of the last
        await crowded.telegram.settled()
    await crowded.quiet()
    for number, person in enumerate(people[:-1]):
        words = ("I support", "I am against", "I stay neutral")[number % 3]
        assert person.toasts[-1].text == f"✅ Counted: {words}"
        assert f"✅ {words}" in person.labels
    assert "Question 2" in people[-1].screen.text
    assert crowded.app.replies.waiting == 0


async def test_what_is_only_looked_at_is_drawn_as_it_is_when_its_turn_comes(crowded: Town) -> None:
    hearing = await crowded.hearing()
    people = [await crowded.resident(str(number)) for number in range(CROWD)]
    calm = await crowded.resident("calm")
    calm.forge(pack(OpenReading(hearing.id), "en"))
    await crowded.quiet()
    with nothing_leaves(crowded):
        for number, person in enumerate(people):
            if number == FIRST:
                await crowd_waits(crowded)
            person.forge(pack(OpenReading(hearing.id), "en"))
        await crowded.telegram.settled()
    await crowded.quiet()
    assert crowded.app.replies.counts["kept"] >= CROWD - FIRST
    for person in people:
        assert (person.screen.text, person.labels) == (calm.screen.text, calm.labels)
        assert len(person.toasts) == 1
        assert crowded.app.parts.application.bot_data.attention.has_pressed(person.id)


async def test_what_is_gone_when_its_turn_comes_is_said(crowded: Town) -> None:
    aigul = await crowded.resident()
    application = crowded.app.parts.application
    draw = application.bot_data.routes[OpenHearing]
    origin = Origin(aigul.id, aigul.id, 1, "en", message_id=1)
    assert await KeptPress(application, origin, OpenHearing(999), draw)() is None
    await crowded.quiet()
    assert "This is no longer here. Please choose again." in aigul.messages[-1].text
