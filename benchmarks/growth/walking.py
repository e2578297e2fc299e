"""One walk through everything: every kind of press by a resident and by a secretary, every command, typed words."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from benchmarks.growth.presses import Found, every_kind, made_up, written
from benchmarks.growth.towns import RESIDENT, SECRETARY
from handlers.incoming.updates import PRESSES_BY_COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.growth.living import LivingBot
    from benchmarks.growth.towns import Grown
    from handlers.presses import Press

TYPED: Final[Mapping[str, str]] = {
    "text out of the blue": "Айылыбыздын көчөлөрү кечинде караңгы, жарык керек",
    "words that are no place": "Өзгөн Мырза-Аке",
    **{f"/{command}": f"/{command}" for command in ("start", *PRESSES_BY_COMMAND)},
}
"""What is typed, under the name of its line."""
CLOCK: Final = "the clock is looked at"
"""The line of it."""
WHO: Final = {"resident": RESIDENT, "secretary": SECRETARY}
INSTANCES: Final = 3
"""Presses of one kind that are measured, where so many different ones are found under buttons."""
TIMES: Final = 3
"""How often a press is made that changes nothing: the quickest counts, as it has least of other programs in it."""
STEPS_BEFORE: Final = 3
"""Presses by which one came to a button: they are made anew where it is refused, as what it was about is over."""
CRAWLED: Final = 3
"""How often what was found under buttons is pressed to find more."""


def line_of(kind: type[Press], who: str) -> str:
    """The name of the line of a kind of press."""
    return f"{kind.__name__}, {who}"


class Walk:
    """A bot that is pressed; what that costs, in milliseconds of the processor."""

    def __init__(self, grown: Grown, bot: LivingBot) -> None:
        self._names = grown.names
        self._bot = bot
        self._found = {who: Found() for who in WHO}
        self._watching = sqlite3.connect(f"file:{grown.town.path}?mode=ro", uri=True)
        self.costs: defaultdict[str, list[float]] = defaultdict(list)
        """By the name of the line: what each round took."""
        self.refused: dict[str, str] = {}
        """Lines that measure a refusal, with its words."""

    def close(self) -> None:
        """Watch the file no longer; the bot goes on."""
        self._watching.close()

    async def look_around(self, spared: tuple[type[Press], ...]) -> None:
        """Press everything once but what ends something: caches fill, buttons are found."""
        kinds = [kind for kind in every_kind() if kind not in spared]
        for who in WHO:
            for kind in kinds:
                await self._press(who, written(made_up(kind, self._names)))
            for _ in range(CRAWLED):
                for kind in kinds:
                    for data in self._found[who].of(kind, 1):
                        await self._press(who, data)

    async def say(self, name: str, who: str) -> None:
        """Measure what is typed under that name."""
        self.costs[f"{name}, {who}"].append(min([await self._bot.say(WHO[who], TYPED[name]) for _ in range(TIMES)]))

    async def tick(self) -> None:
        """Measure a look at the clock."""
        self.costs[CLOCK].append(min([await self._bot.tick() for _ in range(TIMES)]))

    async def press(self, kind: type[Press], who: str) -> None:
        """Measure a kind of press: the least of several; of one that changes something its first time."""
        line, each = line_of(kind, who), []
        for data in self._found[who].of(kind, INSTANCES) or (written(made_up(kind, self._names)),):
            before = self._version()
            took, refusal = await self._pressed_with_way(who, data)
            if self._version() == before:
                took = min([took, *[await self._press(who, data) for _ in range(TIMES - 1)]])
            each.append((refusal, took))
        taken = [took for refusal, took in each if not refusal]
        if taken:
            self.refused.pop(line, None)
        else:
            self.refused[line] = each[0][0]
        self.costs[line].append(min(taken or [took for _, took in each]))

    async def _pressed_with_way(self, who: str, data: str) -> tuple[float, str]:
        took = await self._press(who, data)
        if not (refusal := self._refusal()):
            return took, ""
        way = self._found[who].way_to(data, STEPS_BEFORE)
        for step in way:
            await self._press(who, step)
        if way:
            took = await self._press(who, data)
            refusal = self._refusal()
        return took, refusal

    def _refusal(self) -> str:
        return next((words for words, alert in self._bot.telegram.toasts if alert), "")

    def _version(self) -> int:
        """Another number when the bot has written something."""
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])

    async def _press(self, who: str, data: str) -> float:
        self._bot.telegram.forget()
        took = await self._bot.press(WHO[who], data)
        self._found[who].add(self._bot.telegram.buttons, under=data)
        return took
