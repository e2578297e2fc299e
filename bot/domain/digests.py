"""Keyed digests: they tell that two things are the same, and to nobody without the key what they are."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final

from bot.domain.values import dataclass

KEY_PURPOSE: Final = b"hearing-bot: digests of people and messages"
DIGEST_LETTERS: Final = 32
"""Letters of a digest, hexadecimal: 128 bits."""


@dataclass(frozen=True, slots=True)
class Digests:
    """Digests under one key, which stands in no database and no copy of one.

    A plain hash of a Telegram id names its person: all ids can be tried within minutes. Without the key nothing can be
    tried.
    """

    key: bytes

    @classmethod
    def of_secret(cls, secret: str) -> Digests:
        """Digests under a key that is derived from ``secret`` and does not give it away."""
        return cls(hmac.new(secret.encode(), KEY_PURPOSE, sha256).digest())

    def of_person(self, telegram_id: int) -> str:
        """The digest of a person."""
        return self._digest(f"person {telegram_id}")

    def of_caller(self, telegram_id: int) -> str:
        """The digest of a person who calls the bot in the name of a group: not ``of_person``, as all read it."""
        return self._digest(f"caller {telegram_id}")

    def of_message(self, source: str) -> str:
        """The digest of a message, by the name of its chat and its number there; empty for an empty ``source``."""
        return self._digest(f"message {source}") if source else ""

    def of_content(self, content: str) -> str:
        """The digest of what a message says; empty where nothing is known of it."""
        return self._digest(f"content {content}") if content else ""

    def _digest(self, words: str) -> str:
        return hmac.new(self.key, words.encode("utf-8", "surrogatepass"), sha256).hexdigest()[:DIGEST_LETTERS]
