"""Telegram's webhook: an update is answered with 200 when what it changed is committed, or it is in the inbox."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from aiohttp import web

from handlers.incoming.intake import Unfinished
from handlers.incoming.unreadable import fingerprint, read_update

if TYPE_CHECKING:
    from handlers.incoming.dispatcher import Dispatcher
    from handlers.incoming.incoming_update import IncomingUpdate

STORE_PATIENCE: Final = 5.0
"""Seconds that an update may wait for the store before Telegram is asked to bring it again."""
ENDING: Final = 0.5
"""Seconds beyond it in which an update that is being handled comes to its end."""
RETRY_AFTER: Final = "5"
"""Seconds, as the header says them."""
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of it


class WebhookReceiver:
    """Takes the updates that Telegram posts to ``path``; ``secret`` in their header proves that it is Telegram.

    An update that the store does not take within ``patience`` seconds is asked for again.
    """

    def __init__(self, path: str, secret: str, dispatcher: Dispatcher, patience: float = STORE_PATIENCE) -> None:
        self.path = path
        self._secret = secret
        self._dispatcher = dispatcher
        self._patience = patience
        self._open = False

    def start(self, app: web.Application) -> None:
        """Answer posts to ``path``, from ``open`` on by taking them."""
        self._open = False
        app.router.add_post(self.path, self._receive)

    def open(self) -> None:
        """Take updates from now on."""
        self._open = True

    def stop(self) -> None:
        """Take no new update: Telegram is told to bring it again."""
        self._open = False
        self._dispatcher.stop()

    async def _receive(self, request: web.Request) -> web.Response:
        """Answer with 200 only after the commit; after any other answer Telegram brings the update again."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), self._secret.encode()):
            return web.Response(status=403)
        if not self._open:
            return _retry_later()
        body = await request.read()
        try:
            await self._take(body)
        except Unfinished:
            return _retry_later()
        return web.Response()

    async def _take(self, body: bytes) -> None:
        """A body that is no JSON object is a dead letter: after an answer other than 2xx it would come for ever."""
        intake = self._dispatcher.intake
        raw = read_update(body)
        if raw is None:
            await intake.add_dead_letter(fingerprint(body), "no JSON object", patience=self._patience)
        elif type(number := raw.get("update_id")) is not int:
            await intake.take(raw, patience=self._patience)
        else:
            await self._secure(self._dispatcher.begin(raw, number, patience=self._patience))

    async def _secure(self, update: IncomingUpdate) -> None:
        await self._dispatcher.secure([update], within=self._patience + ENDING)
        self._dispatcher.give_up(update)
        if not update.secured.done() or not update.secured.result():
            raise Unfinished


def _retry_later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})
