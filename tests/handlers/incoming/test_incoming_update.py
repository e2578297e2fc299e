"""What is left of an update that is done with."""

from __future__ import annotations

import gc

from handlers.incoming.incoming_update import IncomingUpdate, Unsecured

BATCH = range(7_000_000, 7_000_100)


async def handled_together() -> None:
    """A batch that is waited for until each is handled."""
    updates = [IncomingUpdate.arrived(number, {"update_id": number}, None) for number in BATCH]
    with Unsecured(updates) as left:
        for update in updates:
            update.settle(good=True)
        await left.wait(10)
    assert left.count == 0


async def test_a_batch_that_is_handled_is_gone_without_a_collection_of_garbage() -> None:
    gc.disable()
    try:
        await handled_together()
        left = [each for each in gc.get_objects() if isinstance(each, IncomingUpdate) and each.number in BATCH]
        assert not left
    finally:
        gc.enable()
