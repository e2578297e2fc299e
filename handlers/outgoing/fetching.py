"""Files fetched from Telegram to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, TelegramError

from bot.domain.kept_files import Trouble
from bot.ports.kept_files import FileNotFetched

if TYPE_CHECKING:
    from handlers.outgoing.papers import Papers


class TelegramFiles:
    """Where kept files come from: one attempt each, and what its failure means."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers

    async def fetch_whole(self, file_id: str) -> bytes:
        """The bytes of a file. Raises FileNotFetched."""
        try:
            return await self._papers.fetch(file_id)
        except BadRequest as refused:
            too_large = "too big" in refused.message.lower()
            raise FileNotFetched(Trouble.TOO_LARGE if too_large else Trouble.LOST) from None
        except (TelegramError, KeyError, TypeError):
            raise FileNotFetched(Trouble.UNREACHABLE) from None
