"""Files that are written in a thread, page by page, while the event loop stays free."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Iterator

    from bot.domain.comments import Comment

Result = TypeVar("Result")


class Writer(Protocol):
    """A file on its way: pages of comments, then its end, or none."""

    def add(self, page: Iterable[Comment]) -> None: ...
    def close(self) -> None: ...
    def abandon(self) -> None: ...


async def in_thread(step: Callable[[], Result]) -> Result:
    """Run ``step`` in a thread; a caller cancelled meanwhile waits for its end, so that no file is closed under it."""
    running = asyncio.get_running_loop().run_in_executor(None, step)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait((running,))
        if (failure := running.exception()) is not None:
            raise failure from None
        raise


async def begun(begin: Callable[[], Writer]) -> Writer:
    """The writer that ``begin`` opens, in a thread; abandoned where the caller was cancelled meanwhile."""
    made: list[Writer] = []
    try:
        await in_thread(lambda: made.append(begin()))
    except asyncio.CancelledError:
        for writer in made:
            writer.abandon()
        raise
    return made[0]


@contextmanager
def abandoned_on_failure(writer: Writer) -> Iterator[None]:
    """Whatever fails within, the writer is abandoned."""
    try:
        yield
    except BaseException:
        writer.abandon()
        raise


async def stream(pages: AsyncGenerator[tuple[Comment, ...]], writer: Writer) -> None:
    """Hand every page to the writer; while one is written the next is read."""
    page = await _next(pages)
    while page:
        written, following = await asyncio.gather(
            in_thread(partial(writer.add, page)), _next(pages), return_exceptions=True
        )
        if isinstance(written, BaseException):
            raise written
        if isinstance(following, BaseException):
            raise following
        page = following


async def _next(pages: AsyncGenerator[tuple[Comment, ...]]) -> tuple[Comment, ...]:
    async for page in pages:
        return page
    return ()
