"""An update between its arrival and its end: whose it is, and whether it may be confirmed."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from bot.domain.inbox import WaitingUpdate
from handlers.incoming.parsing import UPDATE_KINDS
from handlers.incoming.shapes import LARGEST_INTEGER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    Json = Mapping[str, Any]

MOST_NESTED: Final = 300
"""Objects and lists in an update that is stored: of one within another, more might not be read again."""


def _future() -> asyncio.Future[bool]:
    return asyncio.get_running_loop().create_future()


@dataclass(slots=True, eq=False)
class IncomingUpdate:
    """An update that has arrived and is not done with.

    It may be confirmed when it is ``secured``: handled and committed, or stored in the inbox. False: it was given up.
    """

    number: int
    person: int | None
    raw: Json | str
    """As it came; as text where it waits in the inbox, which takes less memory."""
    is_message: bool = False
    """Something typed or sent, no press."""
    patience: float | None = None
    """Seconds for which the store may refuse it, where it is not stored in the inbox."""
    crowding: bool = False
    """It waits behind others of its person, or is stored: what its person sends next waits behind it."""
    begun: bool = False
    """Its handling has begun."""
    handled: bool = False
    stored: bool = False
    handed: bool = False
    """Another process handles it: what is stored of it is that one's."""
    text: str = field(default="", repr=False)
    """As it is stored, once that was asked for."""
    secured: asyncio.Future[bool] = field(default_factory=_future)
    note_secured: tuple[Callable[[], None], ...] = ()
    """Called when it is; the callbacks of a future come a round of the loop later."""

    @classmethod
    def arrived(cls, number: int, raw: Json, patience: float | None) -> IncomingUpdate:
        """An update as it came from Telegram."""
        return cls(number, sender_of(raw), raw, "message" in raw, patience)

    @classmethod
    def taken_up(cls, waiting: WaitingUpdate) -> IncomingUpdate:
        """One that has waited in the inbox."""
        is_message = "message" in json.loads(waiting.content)
        return cls(waiting.update_id, waiting.telegram_id, waiting.content, is_message)

    def settle(self, *, good: bool) -> None:
        """It may be confirmed, or (not ``good``) never from here."""
        if not self.secured.done():
            self.secured.set_result(good)
            # else each keeps the others of its batch until a collection
            notes, self.note_secured = self.note_secured, ()
            for note in notes:
                note()

    def compress(self) -> bool:
        """Keep it as text, since it has to wait; False where it belongs to nobody or cannot be stored."""
        if self.can_be_stored:
            self.raw = self.text
        return self.can_be_stored

    def as_waiting(self) -> WaitingUpdate | None:
        """What is stored of it; None where it belongs to nobody, or cannot be stored."""
        if self.person is None or not self.can_be_stored:
            return None
        return WaitingUpdate(self.number, self.person, self.text)

    @property
    def can_be_stored(self) -> bool:
        """False where it belongs to nobody, or could not be read again."""
        if not self.text:
            self.text = self.raw if isinstance(self.raw, str) else self._written(self.raw)
        return bool(self.text)

    def _written(self, raw: Json) -> str:
        number = raw.get("update_id")
        if self.person is None or type(number) is not int or abs(number) > LARGEST_INTEGER:
            return ""
        try:
            text = json.dumps(raw)
        except (RecursionError, ValueError):
            return ""
        return text if text.count("{") + text.count("[") <= MOST_NESTED else ""

    def content(self) -> Json:
        """The update as it came."""
        if isinstance(self.raw, str):
            found: Json = json.loads(self.raw)
            return found
        return self.raw


class Unsecured:
    """Those of some updates that are not secured yet, while it is entered."""

    def __init__(self, updates: Collection[IncomingUpdate]) -> None:
        self._left = [each for each in updates if not each.secured.done()]
        self.count = len(self._left)
        self._none_left = asyncio.Event()

    def __enter__(self) -> Self:
        for each in self._left:
            each.note_secured += (self._note_one,)
        return self

    def __exit__(self, *_: object) -> None:
        if self.count:
            for each in self._left:
                each.note_secured = tuple(note for note in each.note_secured if note != self._note_one)

    async def wait(self, seconds: float) -> None:
        """Return when none is left, or after so many seconds."""
        if self.count:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._none_left.wait()

    def _note_one(self) -> None:
        self.count -= 1
        if not self.count:
            self._none_left.set()


def sender_of(raw: Json) -> int | None:
    """Whose an update is: its sender's, else its chat's; None where that cannot be told."""
    body = next((raw[kind] for kind in UPDATE_KINDS if kind in raw), None)
    if not isinstance(body, dict):
        return None
    for key in ("from", "chat"):
        found = body.get(key)
        number = found.get("id") if isinstance(found, dict) else None
        if type(number) is int and abs(number) <= LARGEST_INTEGER:
            return number
    return None
