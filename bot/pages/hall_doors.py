"""Who may open the pages of a hall: the key of the day, asked for in a header with every request."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from bot.domain.errors import HearingBotError
from bot.domain.hall_errors import HallKeyRefused

if TYPE_CHECKING:
    from bot.domain.hall import HallDoor
    from bot.pages.reader_limits import ReaderLimits
    from bot.services.hall_keys import HallKeys, HallPass

LONGEST_KEY: Final = 200
KEYS_REMEMBERED: Final = 200
WRONG_AT_ONCE: Final = 10.0
WRONG_A_SECOND: Final = 0.1
"""Wrong keys of one address: so many, then one in ten seconds."""


class TooManyWrongKeys(HearingBotError):
    """An address has given too many wrong keys; it may try again after so many ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} s")
        self.seconds = seconds


class HallDoors:
    """Opens the pages of halls. ``wrong`` has the points of addresses, one for each wrong key.

    A key that was right is looked up even where its address gave too many wrong ones: all phones of a hall may have one
    address, and none of them can shut the chair out.
    """

    def __init__(self, keys: HallKeys, wrong: ReaderLimits) -> None:
        self._keys = keys
        self._wrong = wrong
        self._right: OrderedDict[bytes, None] = OrderedDict()

    async def enter(self, door: HallDoor, code: str, key: str, address: str) -> HallPass:
        """What the key opens. Raises HallKeyRefused, TooManyWrongKeys."""
        known = hashlib.sha256(key[:LONGEST_KEY].encode("utf-8", "surrogatepass")).digest()
        if known not in self._right and (seconds := self._wrong.wait(address)):
            raise TooManyWrongKeys(seconds)
        if not key or len(key) > LONGEST_KEY:
            self._wrong.take(address)
            raise HallKeyRefused
        try:
            opened = await self._keys.enter(door, code, key)
        except HallKeyRefused:
            self._right.pop(known, None)
            self._wrong.take(address)
            raise
        self._right[known] = None
        self._right.move_to_end(known)
        if len(self._right) > KEYS_REMEMBERED:
            self._right.popitem(last=False)
        return opened
