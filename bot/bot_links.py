"""The links into the bot that public pages have; the pages themselves know nothing of Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.values import dataclass
from handlers import presses
from handlers.known_username import known_username
from handlers.presses.links import deep_link

if TYPE_CHECKING:
    from bot.pages.links import BotLinks
    from bot.ports import ReadingStore
    from bot.services.hall_views import HallState
    from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class LinksIntoBot:
    """The addresses that open the bot; empty ones where its ``username`` is not known yet."""

    username: str

    def hearing(self, hearing_id: int) -> str:
        """Where the hearing's card opens."""
        return self._link(presses.OpenHearing(hearing_id))

    def service(self, hearing_id: int, number: int) -> str:
        """Where a service can be read and commented on."""
        return self._link(presses.ReadService(hearing_id, number))

    def question(self, hearing_id: int, number: int) -> str:
        """Where a question can be answered."""
        return self._link(presses.OpenQuestion(hearing_id, number))

    def comment(self, comment_id: int) -> str:
        """Where a comment can be read and supported."""
        return self._link(presses.ReadComment(comment_id))

    def write(self, hearing_id: int) -> str:
        """Where a comment can be written."""
        return self._link(presses.WriteComment(hearing_id))

    def _link(self, press: Press) -> str:
        return deep_link(self.username, press) if self.username else ""


async def links_into_bot(store: ReadingStore) -> BotLinks:
    """The links of the bot that last ran on this database. Raises StoreUnavailable."""
    return LinksIntoBot(await known_username(store))


class CheckInLinks:
    """The links by which people in a hall check in with its code of the day."""

    def __init__(self, store: ReadingStore) -> None:
        self._store = store
        self._username = ""

    async def __call__(self, state: HallState) -> str:
        """The link; empty without a code, and where the bot is not known yet. Raises StoreUnavailable."""
        if not self._username:
            self._username = await known_username(self._store)
        if not self._username or not state.code:
            return ""
        hall = state.hall
        return deep_link(self._username, presses.CheckIn(hall.hearing_id, hall.sitting, state.code))
