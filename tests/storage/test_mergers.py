"""What belongs to a former municipality goes to its successor, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.owed_replies import ReplyKind
from bot.domain.people import Grant, Reminders, Role
from bot.domain.places import PlaceKind
from tests.storage.town import NOON, move_in, place, settle

if TYPE_CHECKING:
    from storage import Store

MORNING = NOON + timedelta(hours=15)


async def test_a_merger_moves_people_roles_and_messages_once(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        await now.places.save([(place("B", PlaceKind.MUNICIPALITY), "")])
        other = next(each.id for each in await now.places.list_all() if each.code == "B")
        aigul, bek, cholpon = await move_in(now, town, 3)
        await now.people.save(replace(bek, reminders=Reminders.NONE))
        await now.people.grant(cholpon.id, Grant(town.municipality_id, Role.MEMBER), NOON)
        given = {"at": NOON, "due_at": MORNING}
        assert await now.mergers.move(town.municipality_id, other, **given) == 2
        assert await now.mergers.move(town.municipality_id, other, **given) == 0
        assert {each.municipality_id for each in (await now.people.get_many([aigul.id, bek.id])).values()} == {other}
        assert await now.people.list_grants(cholpon.id) == (
            Grant(town.municipality_id, Role.MEMBER),
            Grant(other, Role.MEMBER),
        )
        await now.owed_replies.hasten(NOON)
        assert not await now.owed_replies.due(NOON)
        told = await now.owed_replies.claim(by="us", at=MORNING, limit=9)
        assert {(each.recipient_id, each.reply) for each in told} == {
            (aigul.id, ReplyKind.PLACE_MERGED),
            (cholpon.id, ReplyKind.PLACE_MERGED),
        }
        assert told[0].facts == {"former": town.municipality_id, "municipality": other}


async def test_what_a_list_says_of_a_place_is_stored_and_a_change_of_it_is_a_change(store: Store) -> None:
    contact = {"contact_name": "Айгүл", "contact_phone": "+996 555 000 111", "contact_hours": "9–17", "successor": "B"}
    async with store.writing() as now:
        said = place("A", PlaceKind.MUNICIPALITY, **contact)
        assert await now.places.save([(said, "")]) == 1
        assert await now.places.save([(said, "")]) == 0
        (stored,) = (each for each in await now.places.list_all() if each.code == "A")
        assert replace(stored, id=0) == said
        assert await now.places.save([(replace(said, successor=""), "")]) == 1
