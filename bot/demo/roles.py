"""The secretary of the demo works for three municipalities: an invitation to one, and then to the two others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.people import invitation_link
from bot.demo.sample_data import COMING_MUNICIPALITY, EMPTY_MUNICIPALITY, OPEN_MUNICIPALITY, SECRETARY_ID, SETUP_ACTOR
from bot.domain.people import Caller, Role

if TYPE_CHECKING:
    from bot.demo.phones import DemoPerson
    from bot.demo.sample_data import SampleData
    from bot.runtime import App
    from bot.simulator import Telegram
    from bot.simulator.events import Event


class SecretaryRoles:
    """The invitation that the secretary has, and the roles that follow as soon as it was used.

    They cannot be given before: whoever has a role is known, and is not asked for a language any more.
    """

    def __init__(self, telegram: Telegram, sample: SampleData, secretary: DemoPerson) -> None:
        self._telegram, self._sample, self._secretary = telegram, sample, secretary
        self._app: App | None = None
        self._stop_listening = telegram.listen(self._on_event)

    def attach(self, app: App) -> None:
        """Give the bot whose roles they are."""
        self._app = app

    async def renew(self) -> None:
        """Make a new invitation where it was not used yet: pushing the clock would make the old one too old."""
        if self._app is not None and not await self._has_role(self._app):
            token = await self._invite(self._app, EMPTY_MUNICIPALITY)
            self._secretary.link = invitation_link(self._telegram, token)

    def _on_event(self, event: Event) -> None:
        if event.chat_id == SECRETARY_ID and self._app is not None:
            self._app.tasks.start(self._give(self._app), name="further roles of the secretary")

    async def _give(self, app: App) -> None:
        if not await self._has_role(app):
            return
        self._stop_listening()
        for code in (OPEN_MUNICIPALITY, COMING_MUNICIPALITY):
            await app.services.people.join(Caller(SECRETARY_ID, ""), await self._invite(app, code))

    async def _has_role(self, app: App) -> bool:
        return bool((await app.services.people.identify(Caller(SECRETARY_ID, ""))).grants)

    async def _invite(self, app: App, code: str) -> str:
        return await app.services.people.invite(SETUP_ACTOR, self._sample.get_id(code), Role.SECRETARY)
