"""Acts of many people that share a transaction: those that come while one is committed wait for the next together.

One commit for five hundred who come through a door at once, not five hundred (``docs/decisions/0010-group-commit.md``).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.domain.errors import Refusal, StoreUnavailable
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.ports import Repositories, Store
    from bot.tasks import Tasks

MOST_TOGETHER: Final = 100
"""Acts in one transaction: the first of them is not kept waiting by the last."""

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class _Waiting:
    act: Callable[[Repositories], Awaitable[Any]]
    done: asyncio.Future[Any]


class SharedWrites:
    """Runs acts that write, several in one transaction, in the order in which they came."""

    def __init__(self, store: Store, tasks: Tasks) -> None:
        self._store = store
        self._tasks = tasks
        self._waiting: list[_Waiting] = []
        self._draining = False

    async def run(self, act: Callable[[Repositories], Awaitable[Outcome]]) -> Outcome:
        """What ``act`` returns, once it is committed. An act that raises a Refusal must have written nothing.

        Raises what it raises, or StoreUnavailable: then nothing was stored.
        """
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(act, done))
        if not self._draining:
            self._draining = True
            self._tasks.start(self._drain(), name="shared writes")
        return await done

    async def _drain(self) -> None:
        some: Sequence[_Waiting] = ()
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
                await self._complete(some)
        finally:
            self._draining = False
            for each in (*some, *self._waiting):
                each.done.cancel()
            self._waiting = []

    async def _complete(self, some: Sequence[_Waiting]) -> None:
        """Commit some, then answer each; where one crashes they are run one by one: the crash stays with its cause."""
        committed: list[Any] | BaseException
        (committed,) = await asyncio.gather(self._commit(some), return_exceptions=True)
        if isinstance(committed, BaseException):
            if len(some) > 1 and not isinstance(committed, StoreUnavailable):
                for each in some:
                    await self._complete([each])
                return
            results: list[Any] = [committed] * len(some)
        else:
            results = committed
        for each, result in zip(some, results, strict=True):
            if each.done.done():
                continue
            if isinstance(result, BaseException):
                each.done.set_exception(result)
            else:
                each.done.set_result(result)

    async def _commit(self, some: Sequence[_Waiting]) -> list[Any]:
        async with self._store.writing() as repositories:
            return [await _outcome(each.act, repositories) for each in some]


async def _outcome(act: Callable[[Repositories], Awaitable[Any]], repositories: Repositories) -> Any:
    try:
        return await act(repositories)
    except Refusal as refusal:
        return refusal
