"""Roles and invitations are taken back, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import InvitationSpent, NotFound
from bot.domain.journal import Act
from bot.domain.people import Caller, Grant, Role
from tests.services.rights import SECRETARIES, allowed
from tests.services.test_people import acts

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.services.people import People
    from bot.services.staff import Staff
    from tests.municipality import Municipality

CALLER = Caller(1, "ky")


@pytest.fixture
def staff(municipality: Municipality) -> Staff:
    return municipality.services.staff


@pytest.fixture
def people(municipality: Municipality) -> People:
    return municipality.services.people


def resident_id(actor: Actor) -> int:
    assert actor.resident is not None
    return actor.resident.id


async def test_only_secretaries_see_and_take_back(municipality: Municipality, people: People, staff: Staff) -> None:
    assert await allowed(municipality, lambda who: staff.listing(who, municipality.id)) == SECRETARIES
    member = Grant(municipality.id, Role.MEMBER)

    async def revoke(actor: Actor) -> None:
        token = await people.invite(COMMAND_LINE, municipality.id, Role.MEMBER)
        joined = await people.join(Caller(77, "ky"), token)
        await staff.revoke(actor, resident_id(joined.actor), member)

    async def withdraw(actor: Actor) -> None:
        await people.invite(COMMAND_LINE, municipality.id, Role.MEMBER)
        (*_, last) = (await staff.listing(COMMAND_LINE, municipality.id)).invitations
        await staff.withdraw(actor, last.name)

    assert await allowed(municipality, revoke) == SECRETARIES
    assert await allowed(municipality, withdraw) == SECRETARIES


async def test_the_link_that_gave_a_role_never_gives_it_back(
    municipality: Municipality, people: People, staff: Staff
) -> None:
    grant = Grant(municipality.id, Role.MEMBER)
    tokens = [await people.invite(COMMAND_LINE, municipality.id, Role.MEMBER) for _ in range(2)]
    for token in tokens:
        joined = await people.join(CALLER, token)
    await staff.revoke(COMMAND_LINE, resident_id(joined.actor), grant)
    assert (await people.identify(CALLER)).grants == ()
    for token in tokens:
        with pytest.raises(InvitationSpent):
            await people.join(CALLER, token)
    assert (await people.identify(CALLER)).grants == ()
    with pytest.raises(NotFound):
        await staff.revoke(COMMAND_LINE, resident_id(joined.actor), grant)
    assert (await acts(municipality))[-1] is Act.ROLE_REVOKED


async def test_a_used_link_gives_nothing_back_even_where_the_role_was_deleted_by_hand(
    municipality: Municipality, people: People
) -> None:
    token = await people.invite(COMMAND_LINE, municipality.id, Role.MEMBER)
    joined = await people.join(CALLER, token)
    async with municipality.services.store.writing() as repositories:
        await repositories.people.revoke(resident_id(joined.actor), joined.grant)
    with pytest.raises(InvitationSpent):
        await people.join(CALLER, token)


async def test_who_is_revoked_has_left_no_open_link_behind(
    municipality: Municipality, people: People, staff: Staff
) -> None:
    thief = await municipality.staff(7)
    token = await people.invite(thief, municipality.id, Role.SECRETARY)
    others = await people.invite(await municipality.staff(8), municipality.id, Role.MEMBER)
    await staff.revoke(COMMAND_LINE, resident_id(thief), Grant(municipality.id, Role.SECRETARY))
    with pytest.raises(InvitationSpent):
        await people.join(CALLER, token)
    assert (await people.join(CALLER, others)).grant.role is Role.MEMBER


async def test_an_invitation_taken_back_opens_nothing_and_takes_its_role_with_it(
    municipality: Municipality, people: People, staff: Staff
) -> None:
    secretary = await municipality.staff(7)
    tokens = [await people.invite(secretary, municipality.id, Role.MEMBER) for _ in range(2)]
    joined = await people.join(CALLER, tokens[0])
    assert joined.told
    found = [each for each in (await staff.listing(secretary, municipality.id)).invitations if each.made_by]
    for invitation in found:
        for _ in range(2):
            await staff.withdraw(secretary, invitation.name)
    assert (await people.identify(CALLER)).grants == ()
    for token in tokens:
        with pytest.raises(InvitationSpent):
            await people.join(CALLER, token)
    written = await acts(municipality)
    assert (written.count(Act.INVITATION_WITHDRAWN), written.count(Act.ROLE_REVOKED)) == (2, 1)


async def test_other_roles_and_places_stay(municipality: Municipality, people: People, staff: Staff) -> None:
    for place, role in (("bagysh", Role.MEMBER), ("bagysh", Role.MODERATOR), ("kok-art", Role.MEMBER)):
        token = await people.invite(COMMAND_LINE, municipality.places[place], role)
        joined = await people.join(CALLER, token)
    await staff.revoke(COMMAND_LINE, resident_id(joined.actor), Grant(municipality.id, Role.MEMBER))
    assert {(each.municipality_id, each.role) for each in (await people.identify(CALLER)).grants} == {
        (municipality.id, Role.MODERATOR),
        (municipality.places["kok-art"], Role.MEMBER),
    }


async def test_an_administrator_who_invites_hears_of_it_too(municipality: Municipality) -> None:
    from dataclasses import replace

    people = municipality.services.people
    boss = replace(await people.identify(Caller(500, "ru")), administrator=True)
    joined = await people.join(CALLER, await people.invite(boss, municipality.id, Role.MEMBER), name="Бек")
    assert joined.told
    row = (await people.identify(Caller(500, "ru"))).resident
    assert row is not None
    assert row.consented_at is None
    async with municipality.services.store.writing() as repositories:
        now = municipality.services.clock.now()
        (owed,) = await repositories.owed_replies.claim(by="us", at=now, limit=9)
    assert (owed.recipient_id, owed.facts["name"]) == (row.id, "Бек")
