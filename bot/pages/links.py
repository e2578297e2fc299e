"""The links into the bot that pages have; whoever composes the pages says what they are."""

from __future__ import annotations

from typing import Protocol


class BotLinks(Protocol):
    """Makes the addresses that open the bot; every method gives an empty one where the bot is not known yet."""

    def hearing(self, hearing_id: int) -> str:
        """Where the hearing's card opens."""
        ...

    def service(self, hearing_id: int, number: int) -> str:
        """Where a service can be read and commented on."""
        ...

    def question(self, hearing_id: int, number: int) -> str:
        """Where a question can be answered."""
        ...

    def comment(self, comment_id: int) -> str:
        """Where a comment can be read and supported."""
        ...

    def write(self, hearing_id: int) -> str:
        """Where a comment can be written."""
        ...
