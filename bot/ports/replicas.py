"""The connection by which several processes of the bot know of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import timedelta

    from bot.domain.notices import Claim
    from bot.domain.replicas import Replica


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a process stores of itself, and which others it has found to be gone."""

    parts: int
    says: str
    gone: Sequence[Replica] = ()


@dataclass(frozen=True, slots=True)
class PeopleClaimed:
    """Which people are this process's now, and whose the others are.

    Of those that are its own, ``with_updates`` have updates in the inbox, of a process that is gone.
    """

    own: frozenset[int]
    others: Mapping[int, str]
    with_updates: frozenset[int] = frozenset()


class ReplicaLink(Protocol):
    """A connection of one process, ``name``, by which others see that it lives. Each call raises StoreUnavailable.

    ``on_news(words)`` is called with what any process tells, ``on_cut()`` when the connection is lost.
    """

    name: str
    on_news: Callable[[str], None]
    on_cut: Callable[[], None]

    async def open(self) -> None:
        """Connect, again where it was cut; others see that this process lives from now on."""

    async def close(self) -> None:
        """Leave: what was this process's is nobody's."""

    async def meet(self, renew: Callable[[Sequence[Replica]], Renewal]) -> Sequence[Claim]:
        """Store what ``renew`` makes of all processes that are stored; meanwhile no other does the same.

        Returns the notices that those had claimed until now which ``renew`` has found to be gone, and which are not
        connected: they have died.
        """

    async def claim(self, people: Collection[int]) -> PeopleClaimed:
        """Make people (by Telegram id) this process's who are nobody's."""

    async def release(self, people: Collection[int]) -> None:
        """Let people be nobody's who are this process's."""

    async def may_answer(self, chat: int, topic: int, *, within: timedelta) -> bool:
        """False where any process has answered a group ``within`` that time; else it counts as answered now."""

    async def tell(self, words: str) -> None:
        """Tell all processes, this one too; what is told while one is not connected, it never learns."""
