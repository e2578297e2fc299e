"""Updates posted to the bot's webhook: repeated until 2xx, one at a time per person and kind."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.refusals import bad_request
from bot.simulator.world import WebhookSettings, World
from bot.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping

    from bot.simulator.files import Upload
    from bot.simulator.messages import Json
    from bot.simulator.updates import QueuedUpdate

WEBHOOK_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "::1"}


def describe(world: World, _: Json, __: Mapping[str, Upload]) -> Json:
    """The WebhookInfo that getWebhookInfo answers with."""
    hook = world.webhook
    body: Json = {
        "url": hook.url,
        "has_custom_certificate": hook.certificate,
        "pending_update_count": len(world.updates),
    }
    if hook.url:
        body["max_connections"] = hook.max_connections
    if hook.ip_address:
        body["ip_address"] = hook.ip_address
    if hook.last_error:
        body.update(last_error_date=hook.last_error_at, last_error_message=hook.last_error)
    if world.updates.allowed:
        body["allowed_updates"] = world.updates.allowed
    return body


class Deliverer:
    """Posts queued updates while a webhook is set."""

    def __init__(self, world: World, *, retry: float, answer: Callable[[str, dict[str, Any]], Awaitable[None]]) -> None:
        self._world, self._retry, self._answer = world, retry, answer
        self._tasks = Tasks()
        self._queues: dict[Hashable, deque[QueuedUpdate]] = {}
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Stop posting; updates that are not confirmed stay queued."""
        self._world.updates.arrived = None
        await self._tasks.close()
        if self._session is not None:
            await self._session.close()

    def change(self, fields: Json, files: Mapping[str, Upload]) -> bool:
        """Set the webhook, or delete it where ``fields`` have no ``url``."""
        url = fields.get("url", "")
        _ensure_url(url)
        secret = fields.get("secret_token", "")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        world = self._world
        if url:
            world.updates.interrupt("terminated by setWebhook request")
        if fields.get("drop_pending_updates"):
            world.updates.drop()
        if "allowed_updates" in fields:
            world.updates.allowed = fields["allowed_updates"]
        connections = min(max(fields.get("max_connections", 40), 1), 100)
        address, certificate = fields.get("ip_address", ""), "certificate" in files
        hook = WebhookSettings(url, secret, connections, certificate, address) if url else WebhookSettings()
        if (url, secret) != (world.webhook.url, world.webhook.secret):
            world.webhook = hook
            self._restart()
        return True

    def _restart(self) -> None:
        world = self._world
        self._queues.clear()
        self._slots = asyncio.Semaphore(world.webhook.max_connections)
        world.updates.arrived = self._arrived if world.webhook.url else None
        if world.webhook.url:
            for queued in world.updates.waiting():
                self._arrived(queued)

    def _arrived(self, queued: QueuedUpdate) -> None:
        queue = self._queues.get(queued.order_key)
        if queue is not None:
            queue.append(queued)
            return
        queue = self._queues[queued.order_key] = deque([queued])
        self._tasks.start(self._drain(queued.order_key, queue, self._world.webhook), name="webhook queue")

    async def _drain(self, order_key: Hashable, queue: deque[QueuedUpdate], hook: WebhookSettings) -> None:
        """Post the updates of one queue, each until it is confirmed, then the next."""
        while queue and self._world.webhook is hook:
            queued = queue[0]
            self._world.updates.expire()
            if not queued.done:
                async with self._slots:
                    wait = await self._post(hook, queued.update)
                if wait is not None:
                    await asyncio.sleep(wait)
                    continue
                self._world.updates.take(queued)
            queue.popleft()
        if self._queues.get(order_key) is queue:
            del self._queues[order_key]

    async def _post(self, hook: WebhookSettings, update: Json) -> float | None:
        """Post one update; returns None after 2xx, else the seconds until the next attempt."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        headers = {WEBHOOK_SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with self._session.post(hook.url, json=update, headers=headers) as response:
                if 200 <= response.status < 300:
                    await self._inline_call(await response.read(), response.content_type)
                    return None
                hook.last_error = f"Wrong response from the webhook: {response.status} {response.reason}"
                told = response.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError) as error:
            hook.last_error, told = f"Connection failed: {error!r}", ""
        hook.last_error_at = self._world.now()
        return float(told) if told.isdigit() else self._retry

    async def _inline_call(self, body: bytes, content_type: str) -> None:
        """Make the one call that a webhook may answer with."""
        if content_type != "application/json" or not body:
            return
        fields = _call_in(body)
        if fields is not None:
            await self._answer(fields.pop("method"), fields)


def _call_in(body: bytes) -> Json | None:
    try:
        fields = json.loads(body)
    except ValueError:
        return None
    return fields if isinstance(fields, dict) and isinstance(fields.get("method"), str) else None


def _ensure_url(url: str) -> None:
    if not url or url.startswith("https://"):
        return
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK_HOSTS:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
