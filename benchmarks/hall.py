"""A hall live: so many phones check in and vote, under Telegram's thirty messages a second.

The chair acts from another process, as the chair's page does: nothing but the database is between them and the bot.
The first question is open while people come in, the second one turns all screens. The reference of the seconds is what
thirty messages a second allow. After the second question is closed everybody presses once more.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks import runs, town
from benchmarks.hall_wall import Wall
from benchmarks.report import Measure, show
from bot.app import SystemClock, wire
from bot.cli import COMMAND_LINE
from handlers import presses
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.services import Services
    from bot.services.hall_views import ChairState

A_SECOND: Final = 30
"""Messages that Telegram takes over all chats."""
MOST_SECONDS: Final = 20.0
"""From the first phone at the wall to the last receipt of 500."""
BEHIND: Final = 3.0
"""Seconds."""
PATIENCE: Final = 120.0
SETTLING: Final = 240
"""Presses before the clock starts: a bot that has run for a while knows what Telegram takes."""


class Chair:
    """Who runs the sitting, in this process, over the same file."""

    def __init__(self, place: town.Town) -> None:
        self._place = place
        self._seen = 0

    def code(self) -> int:
        """The code of the day."""
        code: int = asyncio.run(self._with(lambda now: now.hall_keys.ensure_code(*self._here)))
        return code

    def act(self, act: Callable[[Services], Awaitable[ChairState]]) -> ChairState:
        """One step."""
        shown: ChairState = asyncio.run(self._with(act))
        self._seen = shown.state.hall.moves
        return shown

    def start(self) -> None:
        """Begin, and open the first question."""
        self.act(lambda now: now.halls.start(*self._here))
        self.ask(1)

    def ask(self, question: int) -> None:
        """Open a question."""
        self.act(lambda now: now.halls.ask(*self._here, question, seen=self._seen))

    def close(self) -> None:
        """Close it."""
        self.act(lambda now: now.halls.close_question(*self._here, seen=self._seen))

    def answered(self, question: int) -> int:
        """How many have answered a question."""

        async def count(now: Services) -> int:
            async with now.store.reading() as repositories:
                tallies = await repositories.votes.tallies(self._place.hearing_id, questions=(question,))
            return tallies[question].voters if question in tallies else 0

        found: int = asyncio.run(self._with(count))
        return found

    @property
    def _here(self) -> tuple[Any, int, int]:
        return COMMAND_LINE, self._place.hearing_id, 1

    async def _with(self, act: Callable[[Services], Awaitable[Any]]) -> Any:
        store = await town.opened(self._place)
        try:
            return await act(wire(town.settings(self._place.url), store, SystemClock()))
        finally:
            await store.close()


def measures(folder: Path, people: int, latency: float) -> list[Measure]:
    """Seconds, what was lost, the toasts, the turn of all screens, late presses."""
    place = town.make(folder / "hall.db", residents=people + 1)
    chair = Chair(place)
    code = chair.code()
    with runs.ours_limited(place.path, people=people, latency=latency, overall=A_SECOND) as line:
        before = pack(presses.ChooseOption(place.hearing_id, 3, 1), "ky")
        line.send(runs.Order(min(SETTLING, people), 0, before, 1.3 * A_SECOND, 20.0))
        with Wall(place) as wall:
            begun = time.monotonic()
            chair.start()
            link = pack(presses.CheckIn(place.hearing_id, 1, code), "ky")
            came = line.hall({"hall": "come", "payload": link, "patience": PATIENCE})
            first = chair.answered(1)
            asked = time.monotonic()
            chair.ask(2)
            turned = line.hall({"hall": "answer", "patience": PATIENCE})
            answered = time.monotonic()
            second = chair.answered(2)
            counted = wall.behind(answered, lambda shown: _asks(shown, 2) and _counts(shown, second))
            closed = time.monotonic()
            chair.close()
            late = line.hall({"hall": "late", "patience": PATIENCE})
            after = chair.answered(2)
            behind = [  # looked up afterwards: the phones begin as soon as the chair has acted
                wall.behind(begun, lambda shown: _asks(shown, 1)),
                wall.behind(asked, lambda shown: _asks(shown, 2)),
                counted,
                wall.behind(closed, lambda shown: _asks(shown, 2, is_open=False)),
            ]
    behind_most = Measure(
        "the projector behind the chair and the phones, at most",
        *(max(behind), None, max(behind), "s"),
        at_most=BEHIND,
        details={"asked, asked, answered, closed": [round(seconds, 2) for seconds in behind]},
    )
    return [*_compared(people, came, turned, late, counted=(first, second, after)), behind_most]


def _asks(shown: dict[str, Any], question: int, *, is_open: bool = True) -> bool:
    """Whether that question stands on the wall; each is about a service with its number."""
    asked = shown["asked"]
    return asked is not None and asked["about"].startswith(f"{question}. ") and asked["open"] is is_open


def _counts(shown: dict[str, Any], people: int) -> bool:
    return str(shown["asked"]["answered"]).startswith(f"{people} ")


def _compared(
    people: int, came: dict[str, Any], turned: dict[str, Any], late: dict[str, Any], *, counted: tuple[int, int, int]
) -> list[Measure]:
    first, second, after = counted
    least = people / A_SECOND
    lost = 2 * people - first - second
    toast = max(came["toast_p95_ms"] or 0.0, turned["toast_p95_ms"] or 0.0)
    counted_late = people - late["refused"] + abs(after - second)
    turns = turned["last_screen"]
    demanded = MOST_SECONDS / (500 / A_SECOND)
    return [
        Measure(
            f"{people} phones check in and vote",
            came["last_toast"],
            least,
            came["last_toast"] / least,
            "s",
            at_most=demanded,
            details=came,
        ),
        Measure("votes lost", lost, None, lost, "votes", at_most=0),
        Measure("95 of 100 toasts within", toast, None, toast, "ms", at_most=1000),
        Measure("all screens turn", turns, least, turns / least, "s", at_most=1.5, details=turned),
        Measure("late presses that counted", counted_late, None, counted_late, "presses", at_most=0, details=late),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--latency", type=float, default=0.05, help="seconds that a call takes on its way")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        show("hall", *measures(Path(folder), given.people, given.latency))


if __name__ == "__main__":
    main()
