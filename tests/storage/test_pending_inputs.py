from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import CommentKind
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.questions import About, AboutKind
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store

EXPIRY = NOON + timedelta(hours=24)


async def test_a_person_has_one_pending_input(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        one, two = await move_in(now, town, 2)
        typed = PendingInput(
            one.id,
            PendingInputKind.REASON,
            EXPIRY,
            hearing_id=town.hearing.id,
            comment_kind=CommentKind.QUESTION,
            about=About(AboutKind.LINE, 7),
            comment_id=12,
            text="Өңдөө",
        )
        await now.pending_inputs.put(PendingInput(one.id, PendingInputKind.SEARCH, EXPIRY))
        await now.pending_inputs.put(typed)
        assert await now.pending_inputs.find(one.id, NOON) == typed
        assert await now.pending_inputs.find(two.id, NOON) is None
        await now.pending_inputs.put(replace(typed, moment=NOON))
        assert await now.pending_inputs.find(one.id, NOON) == replace(typed, moment=NOON)
        await now.pending_inputs.drop(one.id)
        assert await now.pending_inputs.find(one.id, NOON) is None


async def test_an_expired_pending_input_is_not_found_and_is_removed(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        one, two = await move_in(now, town, 2)
        await now.pending_inputs.put(PendingInput(one.id, PendingInputKind.SEARCH, EXPIRY))
        await now.pending_inputs.put(PendingInput(two.id, PendingInputKind.SEARCH, EXPIRY + timedelta(microseconds=1)))
        assert await now.pending_inputs.find(one.id, EXPIRY) is None
        assert await now.pending_inputs.drop_expired(EXPIRY) == 1
        assert await now.pending_inputs.drop_expired(EXPIRY) == 0
        assert await now.pending_inputs.find(two.id, EXPIRY) is not None


async def test_text_that_no_database_takes_is_kept_as_near_as_can_be(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (resident,) = await move_in(now, town, 1)
        await now.pending_inputs.put(
            PendingInput(resident.id, PendingInputKind.REASON, EXPIRY, text="бир\0эки\ud83dүч")
        )
        found = await now.pending_inputs.find(resident.id, NOON)
    assert found
    assert found.text == "бир\ufffdэки\ufffdүч"
