"""Acts of many people in one transaction: each has its own outcome, and nothing of a refused one is stored."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.services.shared_writes import SharedWrites
from bot.tasks import Tasks

if TYPE_CHECKING:
    from bot.ports import Repositories
    from storage import Store


async def test_each_act_has_its_outcome_and_a_crash_stays_with_its_cause(store: Store) -> None:
    writes = SharedWrites(store, Tasks())

    def keeping(name: str, *, fails: Exception | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN202
        async def act(repositories: Repositories) -> str:
            if isinstance(fails, NotFound):
                raise fails
            await repositories.housekeeping.keep_setting(name, "kept")
            if fails is not None:
                raise fails
            return name

        return act

    acts = [keeping("a"), keeping("b", fails=NotFound("place")), keeping("c", fails=ValueError("slip")), keeping("d")]
    first, refused, crashed, last = await asyncio.gather(*map(writes.run, acts), return_exceptions=True)
    assert (first, last) == ("a", "d")
    assert isinstance(refused, NotFound)
    assert isinstance(crashed, ValueError)
    async with store.reading() as repositories:
        kept = [await repositories.housekeeping.find_setting(name) for name in "abcd"]
    assert kept == ["kept", None, None, "kept"]
    with pytest.raises(NotFound):
        await writes.run(keeping("e", fails=NotFound("place")))
