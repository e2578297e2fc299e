"""The screens of everybody who takes part in a sitting turn by themselves when its chair goes on.

The database says whose screen shows an earlier state. Each is drawn when its turn has come, behind all answers to
presses, so the newest state wins and nobody who presses waits. A process that is begun anew goes on where it was.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import Refusal, StoreUnavailable
from handlers.outgoing.chat_queues import Showing
from handlers.views import hall as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.hall import Hall, HallPerson
    from bot.domain.people import Caller
    from bot.i18n import Catalogues
    from bot.services import Services
    from bot.tasks import Tasks
    from handlers.outgoing.replies import Replies
    from handlers.trails import Trails

log = structlog.get_logger(__name__)

SECONDS_BETWEEN_LOOKS: Final = 1.0
"""While a sitting goes on."""
SECONDS_WHILE_NONE: Final = 5.0
TRIES_AT_A_TURN: Final = 3
"""Times that a screen is drawn for one turn, where Telegram says in none of them that it shows it."""


class HallScreens:
    """Turns screens. ``run`` looks again and again; ``look`` once."""

    def __init__(
        self, services: Services, replies: Replies, catalogues: Catalogues, tasks: Tasks, trails: Trails
    ) -> None:
        self._services = services
        self._trails = trails
        self._replies = replies
        self._catalogues = catalogues
        self._tasks = tasks
        self._woken = asyncio.Event()
        self._stopped = False
        self._tried: dict[tuple[int, int, int], tuple[int, int]] = {}

    def wake(self) -> None:
        """Look now: the chair has gone on in this process."""
        self._woken.set()

    def stop(self) -> None:
        """Look no more."""
        self._stopped = True
        self._woken.set()

    async def run(self) -> None:
        """Turn screens until ``stop``."""
        while not self._stopped:
            self._woken.clear()
            running = True
            try:
                await self.look()
                running = bool(await self._services.check_ins.running())
            except StoreUnavailable as failure:
                log.info("screens of the hall do not turn", reason=failure.reason)
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS_BETWEEN_LOOKS if running else SECONDS_WHILE_NONE):
                    await self._woken.wait()

    async def look(self) -> None:
        """Let every screen turn that shows an earlier state; one of a chat that is being answered waits for the next.

        Raises StoreUnavailable.
        """
        behind = await self._services.check_ins.behind()
        if not behind:
            self._tried.clear()
        for person, turned, caller in behind:
            chat = caller.telegram_id  # of a person, it is that of their private chat
            if not self._replies.busy(chat) and self._may_try(person, turned):
                where = (person.hearing_id, person.sitting)
                await self.show_later(caller, where, person.message_id)

    async def show_later(self, caller: Caller, where: tuple[int, int], message_id: int, *, asked: bool = False) -> None:
        """Show a person the hall of a hearing's sitting in their message (0: a new one), when its turn has come.

        That is after all that people have ``asked`` for, unless they have asked for this.
        """
        draw = partial(self._draw, caller, where, message_id)
        only = asked and not message_id
        await self._replies.show_when_drawn(caller.telegram_id, draw, only_answer=only, unasked=not asked)

    def noting(self, person: HallPerson, hall: Hall) -> Callable[[int], None]:
        """What notes the message that shows a person the hall as it is now."""
        return partial(self._note, replace(person, shown=hall.turned))

    def _note(self, person: HallPerson, message_id: int) -> None:
        shown = replace(person, message_id=message_id)
        noting = self._services.check_ins.note_shown(shown)
        self._tasks.start(noting, name="screen of the hall", expected=(StoreUnavailable,))

    def _may_try(self, person: HallPerson, turned: int) -> bool:
        """Whether the person's screen may be drawn for this turn once more."""
        key = (person.hearing_id, person.sitting, person.resident_id)
        turn, tries = self._tried.get(key, (turned, 0))
        self._tried[key] = (turned, tries + 1 if turn == turned else 1)
        return turn != turned or tries < TRIES_AT_A_TURN

    async def _draw(self, caller: Caller, where: tuple[int, int], message_id: int) -> Showing | None:
        """The hall as it stands for a person now; None where there is nothing to be seen of it any more."""
        actor = await self._services.people.identify(caller)
        try:
            mine = await self._services.check_ins.mine(actor, *where)
        except Refusal:
            return None
        self._trails.turned(caller.telegram_id, message_id)
        told = self.noting(mine.person, mine.hall) if mine.person is not None else None
        screen = views.hall(self._catalogues[actor.language], mine)
        return Showing(screen, message_id or None, told=told)
