"""The secretary of the demo works for three municipalities: an invitation to one, and then to the two others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.sample_data import SECRETARY_ID
from bot.domain.people import Caller

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.runtime import App
    from bot.simulator import Telegram
    from bot.simulator.events import Event


class FurtherRoles:
    """The roles that the secretary gets as soon as the first invitation was used: ``tokens`` are of the others.

    They cannot be given before: whoever has a role is known, and is not asked for a language any more.
    """

    def __init__(self, telegram: Telegram, tokens: Collection[str]) -> None:
        self._tokens = tokens
        self._app: App | None = None
        self._stop_listening = telegram.listen(self._on_event)

    def attach(self, app: App) -> None:
        """Give the bot whose roles they are."""
        self._app = app

    def _on_event(self, event: Event) -> None:
        if event.chat_id == SECRETARY_ID and self._app is not None:
            self._app.tasks.start(self._give(self._app), name="further roles of the secretary")

    async def _give(self, app: App) -> None:
        people = app.services.people
        actor = await people.identify(Caller(SECRETARY_ID, ""))
        if actor.grants:
            self._stop_listening()
            for token in self._tokens:  # whoever has the role may open its link again
                await people.join(Caller(SECRETARY_ID, actor.language), token)
