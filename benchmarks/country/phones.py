"""A Telegram for a country: the shipped simulator with its limits, which keeps no phone longer than a day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from bot.simulator.files import FileStore
from bot.simulator.limits import Limits
from bot.simulator.messages import Chat
from bot.simulator.people import BLOCKED_BY_USER, Person, words_content
from bot.simulator.telegram import Telegram

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.country.virtual_time import YearClock
    from bot.simulator.events import Event

FIRST_PERSON: Final = 700_000_000
TOKEN: Final = "42:benchmark-benchmark-benchmark"


class Chats(dict[int, Chat]):
    """Private chats, each made when it is asked for; ``is_gone`` says who has left the bot."""

    def __init__(self, is_gone: Callable[[int], bool]) -> None:
        super().__init__()
        self._is_gone = is_gone

    def __contains__(self, number: object) -> bool:
        return True

    def __missing__(self, number: int) -> Chat:
        about = {"id": number, "type": "private", "first_name": "Айгүл"}
        refusal = BLOCKED_BY_USER if self._is_gone(number) else None
        self[number] = chat = Chat(number, "private", about, refusal=refusal)
        return chat


class Phones:
    """The people of a country, as Telegram sees them."""

    def __init__(self, clock: YearClock, monotonic: Callable[[], float], is_gone: Callable[[int], bool]) -> None:
        self.telegram = Telegram(
            clock=clock, token=TOKEN, monotonic=monotonic, limits=Limits(), log_calls=False, webhook_retry=1.0
        )
        self._is_gone = is_gone
        self._clock = clock
        self._people: dict[int, Person] = {}
        self.hours: Counter[str] = Counter()
        """Messages that arrived, by the hour (UTC)."""
        self.presses = 0
        self.toasts = 0
        self.telegram.world.chats = Chats(is_gone)
        self.telegram.listen(self._hear)

    def person(self, number: int) -> Person:
        """Somebody with a phone."""
        if number not in self._people:
            person = self._people[number] = Person(self.telegram, "Айгүл", id=number)
            person.chat.refusal = None
        return self._people[number]

    def press(self, number: int, data: str) -> None:
        """Somebody presses a button of what was shown last."""
        person = self.person(number)
        if not person.messages:
            world = self.telegram.world
            world.add(person.chat, words_content("…"), sender=world.bot, markup={"inline_keyboard": []})
        person.forge(data, person.messages[-1])
        self.presses += 1

    def say(self, number: int, words: str) -> None:
        """Somebody types something."""
        self.person(number).say(words)

    def taken(self) -> list[dict[str, Any]]:
        """The updates that wait, each once."""
        updates = self.telegram.world.updates
        waiting = updates.waiting()
        for queued in waiting:
            updates.take(queued)
        return [queued.update for queued in waiting]

    def put_away(self) -> None:
        """Forget what phones show: tomorrow nobody presses a button of today."""
        world = self.telegram.world
        world.chats = Chats(self._is_gone)
        world.users.clear()
        world.queries.clear()
        world.files = FileStore()
        self._people.clear()
        if self.telegram._meter is not None:
            self.telegram._meter._chats.clear()

    def _hear(self, event: Event) -> None:
        if event.kind == "new" and event.message is not None and event.message.from_bot:
            self.hours[self._clock.now().strftime("%m-%d %H")] += 1
        self.toasts += event.kind == "toast"
