"""Claims of processes that are known to be gone are nobody's at once; those of others after a lease."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ports.replicas import Renewal
from bot.services.outbox.lease import LEASE, Leases
from storage import open_store
from storage.addresses import parse_address
from storage.replica_link import PostgresqlLink
from tests.clocks import VirtualClock
from tests.storage.outbox import claim, enqueue
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.notices import Claim
    from bot.domain.replicas import Replica
    from storage import Store


async def test_what_a_dead_process_had_claimed_is_released_at_once_and_the_rest_after_a_lease(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 3)
        broadcast = await enqueue(now, town)
        await now.notices.claim(broadcast, by="dead", at=NOON, limit=2)
        await now.notices.claim(broadcast, by="slow", at=NOON, limit=1)
        claims = await now.notices.list_claims()
    clock = VirtualClock()
    leases = Leases(store, "us", monotonic=clock.monotonic)
    leases.abandon([each for each in claims if each.owner == "dead"])
    await leases.release_expired(claims)
    async with store.writing() as now:
        assert [each.owner for each in await now.notices.list_claims()] == ["slow"]
        again = await claim(now, broadcast, by="us")
        assert [notice.doubtful for notice in again] == [True, True]
        await leases.release_expired([each for each in claims if each.owner == "slow"])
        assert leases.taken_over == 2
    clock.forward(seconds=LEASE)
    await leases.release_expired([each for each in claims if each.owner == "slow"])
    assert leases.taken_over == 3


async def test_who_was_taken_for_gone_sends_nothing_that_it_had_claimed(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await move_in(now, town, 2)
        broadcast = await enqueue(now, town)
    leases = Leases(store, "us", monotonic=VirtualClock().monotonic)
    async with store.reading() as now:
        opened = await now.broadcasts.list_open()
    claimed = await leases.claim([each for each in opened if each.id == broadcast], due_by=NOON, limit=2)
    assert all(notice in leases for notice in claimed)
    leases.forget()
    assert not any(notice in leases for notice in claimed)


async def test_processes_learn_what_the_dead_had_claimed_and_not_what_the_silent_have(postgresql_url: str) -> None:
    store = await open_store(postgresql_url)
    town = await settle(store)
    links = [PostgresqlLink(parse_address(postgresql_url), name) for name in ("dead", "silent", "one that lives")]
    for link in links:
        await link.open()
        await link.meet(lambda _: Renewal(parts=0, says="{}"))
    async with store.writing() as now:
        await move_in(now, town, 2)
        broadcast = await enqueue(now, town)
        for link in links[:2]:
            await now.notices.claim(broadcast, by=link.name, at=NOON, limit=1)
    links[0]._connection.terminate()  # type: ignore[union-attr]
    assert [each.owner for each in await _left(links[2])] == ["dead"]
    for link in links[1:]:
        await link.close()
    await store.close()


async def _left(link: PostgresqlLink) -> Sequence[Claim]:
    """What is left of the others, all of whom ``link`` takes for gone when the server knows that one is."""

    def decide(rows: Sequence[Replica]) -> Renewal:
        others = [row for row in rows if row.name != link.name]
        return Renewal(0, "{}", () if all(row.connected for row in others) else others)

    while not (claims := await link.meet(decide)):
        pass
    return claims
