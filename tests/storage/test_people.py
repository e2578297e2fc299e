from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import NotFound
from bot.domain.people import AgeBand, Gender, Grant, Invitation, Reminders, Role, StaffMember
from tests.storage.town import NOON, cast, move_in, settle, vote, write

if TYPE_CHECKING:
    from datetime import datetime

    from storage import Store

BIG = 7_999_999_999_999
"""Telegram ids have up to 52 bits."""


async def test_who_comes_again_is_the_same_person(store: Store) -> None:
    async with store.writing() as now:
        first = await now.people.add(BIG, language="ky", at=NOON)
        assert await now.people.add(BIG, language="ru", at=NOON) == first
        assert first.language == "ky"
        assert await now.people.find(BIG) == first
        assert await now.people.find(BIG + 1) is None


async def test_everything_a_resident_says_is_kept(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        resident = await now.people.add(5, language="ky", at=NOON)
        told = replace(
            resident,
            language="uz_Cyrl",
            municipality_id=town.municipality_id,
            village_id=town.village_ids[0],
            gender=Gender.FEMALE,
            age_band=AgeBand.FROM_60,
            reminders=Reminders.DAYS,
            consented_at=NOON,
            asked_about_self=True,
        )
        await now.people.save(told)
    async with store.reading() as now:
        assert await now.people.get(resident.id) == told


async def test_many_people_are_found_at_once(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 40)
    async with store.reading() as now:
        found = await now.people.find_many([1000, 1001, 1039, 77])
        assert await now.people.find_many([]) == {}
        ours = await now.people.get_many([people[0].id, people[39].id, people[39].id + 1])
        assert await now.people.get_many([]) == {}
    assert found == {1000: people[0], 1001: people[1], 1039: people[39]}
    assert ours == {people[0].id: people[0], people[39].id: people[39]}


async def test_a_resident_nobody_knows_is_not_found(store: Store) -> None:
    async with store.writing() as now:
        resident = await now.people.add(5, language="ky", at=NOON)
        with pytest.raises(NotFound):
            await now.people.get(resident.id + 1)
        with pytest.raises(NotFound):
            await now.people.save(replace(resident, id=resident.id + 1, telegram_id=6))


async def test_a_forgotten_person_leaves_votes_and_comes_back_as_a_stranger(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 2)
        for resident in people:
            await cast(now, town, [vote(town, resident, 1, {1: 1})])
            comment = await write(now, town, resident, "Суу керек")
            await now.comments.save(replace(comment, author_id=None))
            await now.people.save(replace(resident, telegram_id=None))
        assert await now.people.find(1000) is None
        assert (await now.people.get(people[0].id)).telegram_id is None
        assert (await now.votes.tallies(town.hearing.id))[1].voters == 2
        assert (await now.comments.get(comment.id)).author_id is None
        again = await now.people.add(1000, language="ky", at=NOON)
        assert again.id not in {resident.id for resident in people}
        assert await now.votes.of_person(town.hearing.id, again.id) == {}


async def test_followers_are_those_who_may_be_written_to(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 6)
        await now.people.mark_blocked(1000, NOON)
        await now.people.save(replace(people[1], telegram_id=None))
        await now.people.save(replace(people[2], reminders=Reminders.NONE))
        await now.people.save(replace(people[3], municipality_id=None))
        assert await now.people.count_followers(town.municipality_id) == 2
        await now.people.mark_blocked(1000, None)
        assert await now.people.count_followers(town.municipality_id) == 3


async def test_a_role_given_twice_is_stored_once(store: Store) -> None:
    town = await settle(store)
    grant = Grant(town.municipality_id, Role.SECRETARY)
    async with store.writing() as now:
        resident = await now.people.add(5, language="ky", at=NOON)
        await now.people.grant(resident.id, grant, NOON)
        await now.people.grant(resident.id, grant, NOON)
        await now.people.grant(resident.id, replace(grant, role=Role.MEMBER), NOON)
        assert await now.people.list_grants(resident.id) == (replace(grant, role=Role.MEMBER), grant)
        known = await now.people.find_with_grants(5)
        assert known == (resident, (replace(grant, role=Role.MEMBER), grant))
        assert await now.people.find_with_grants(BIG + 1) == (None, ())


async def test_an_invitation_opens_one_door_once(store: Store) -> None:
    town = await settle(store)
    until = NOON + timedelta(days=1)
    invitation = Invitation("abc", town.municipality_id, Role.MEMBER, NOON, until)
    async with store.writing() as now:
        await now.people.add_invitation(invitation)
        await now.people.add_invitation(replace(invitation, digest="late"))
        first = await now.people.add(1, language="ky", at=NOON)
        other = await now.people.add(2, language="ky", at=NOON)
        taken = replace(invitation, used_at=NOON, used_by=first.id)

        async def take(digest: str, at: datetime = NOON, *, by: int = first.id) -> Invitation | None:
            return await now.people.take_invitation(digest, at, by=by, bound_to="them")

        assert await take("unknown") is None
        assert await take("late", until) is None
        assert await take("abc") == taken
        assert await take("abc") == taken
        assert await take("abc", by=other.id) is None
        await now.people.withdraw_invitations(["abc"], NOON)
        assert await take("abc") is None


async def test_an_invitation_that_is_bound_or_was_taken_back_opens_for_nobody_else(store: Store) -> None:
    town = await settle(store)
    invitation = Invitation("a" * 64, town.municipality_id, Role.MEMBER, NOON, NOON + timedelta(days=1))
    async with store.writing() as now:
        person = await now.people.add(1, language="ky", at=NOON)
        await now.people.add_invitation(replace(invitation, bound_to="them", made_by=person.id))
        await now.people.add_invitation(replace(invitation, digest="b" * 64))
        await now.people.withdraw_invitations(["b" * 64], NOON)
        assert await now.people.take_invitation("b" * 64, NOON, by=person.id, bound_to="us") is None
        assert await now.people.take_invitation("a" * 64, NOON, by=person.id, bound_to="us") is None
        assert await now.people.take_invitation("a" * 64, NOON, by=person.id, bound_to="them") is not None
        found = await now.people.find_invitation("a" * 12)
        assert found is not None
        assert (found.made_by, found.used_by) == (person.id, person.id)
        assert await now.people.find_invitation("%") is None
        assert [each.digest[0] for each in await now.people.list_invitations(town.municipality_id)] == ["a", "b"]


async def test_a_role_is_given_listed_and_taken(store: Store) -> None:
    town = await settle(store)
    grant = Grant(town.municipality_id, Role.MEMBER)
    async with store.writing() as now:
        person = await now.people.add(1, language="ky", at=NOON)
        await now.people.grant(person.id, grant, NOON)
        assert await now.people.list_staff(town.municipality_id) == (StaffMember(person, grant, NOON),)
        assert not await now.people.revoke(person.id, replace(grant, role=Role.MODERATOR))
        assert await now.people.revoke(person.id, grant)
        assert not await now.people.revoke(person.id, grant)
        assert await now.people.list_staff(town.municipality_id) == ()


async def test_people_who_took_part_in_nothing_for_years_are_found(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        old = await now.people.add(1, language="ky", at=NOON - timedelta(days=2000))
        active = await now.people.add(2, language="ky", at=NOON - timedelta(days=2000))
        staff = await now.people.add(3, language="ky", at=NOON - timedelta(days=2000))
        await now.people.add(4, language="ky", at=NOON)
        await now.people.grant(staff.id, Grant(town.municipality_id, Role.MEMBER), NOON)
        await now.participants.note([active.as_participant(town.hearing.id, NOON)])
        found = await now.people.list_expired(NOON - timedelta(days=1000), limit=10)
    assert found == (old,)
