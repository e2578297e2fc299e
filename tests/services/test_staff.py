"""Roles and invitations are taken back, for good."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.errors import Forbidden, InvitationSpent, LastSecretary, NotFound, TextEmpty, TextTooLong
from bot.domain.journal import Act
from bot.domain.owed_replies import ReplyKind
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
        found = await staff.listing(COMMAND_LINE, municipality.id)
        unused = next(each for each in found.invitations if each.is_open(found.now))
        await staff.withdraw(actor, unused.name)

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


async def owed(municipality: Municipality, to: Actor) -> list[ReplyKind]:
    """What a person is owed a word about."""
    services = municipality.services
    async with services.store.writing() as repositories:
        claimed = await repositories.owed_replies.claim(by="us", at=services.clock.now(), limit=99)
    return [each.reply for each in claimed if each.recipient_id == resident_id(to) and each.reply]


async def test_the_last_secretary_is_not_removed_by_accident_but_by_an_administrator(
    municipality: Municipality, staff: Staff
) -> None:
    grant = Grant(municipality.id, Role.SECRETARY)
    first, second = await municipality.staff(7), await municipality.staff(8)
    await staff.revoke(first, resident_id(second), grant)
    assert await owed(municipality, second) == [ReplyKind.ROLE_TAKEN]
    with pytest.raises(LastSecretary):
        await staff.revoke(first, resident_id(first), grant)
    used = next(
        each for each in (await staff.listing(first, municipality.id)).invitations if each.used_by == resident_id(first)
    )
    with pytest.raises(LastSecretary):
        await staff.withdraw(first, used.name)
    await staff.revoke(COMMAND_LINE, resident_id(first), grant)


async def test_a_secretary_hands_over_and_steps_down_at_once(
    municipality: Municipality, people: People, staff: Staff
) -> None:
    secretary, member = await municipality.staff(7), await municipality.staff(8, Role.MEMBER)
    neighbour = await municipality.staff(9, place="kok-art")
    resident = await municipality.resident(10)
    link = await people.invite(secretary, municipality.id, Role.MODERATOR)
    for nobody in (secretary, neighbour, resident):
        with pytest.raises(NotFound):
            await staff.hand_over(secretary, resident_id(nobody), municipality.id)
    for stranger in (member, neighbour, resident, COMMAND_LINE):
        with pytest.raises(Forbidden):
            await staff.hand_over(stranger, resident_id(member), municipality.id)
    await staff.hand_over(secretary, resident_id(member), municipality.id)
    assert (await people.identify(Caller(7, "ky"))).grants == ()
    assert (await people.identify(Caller(8, "ky"))).grants == (Grant(municipality.id, Role.SECRETARY),)
    with pytest.raises(InvitationSpent):
        await people.join(Caller(11, "ky"), link)
    assert (await acts(municipality))[-2:] == [Act.HANDED_OVER, Act.ROLE_REVOKED]
    assert await owed(municipality, member) == [ReplyKind.ROLE_HANDED]
    with pytest.raises(Forbidden):  # the press came twice: the first has done it
        await staff.hand_over(secretary, resident_id(member), municipality.id)


async def test_staff_are_named_as_they_wrote_themselves_until_they_are_forgotten(
    municipality: Municipality, people: People, staff: Staff
) -> None:
    secretary = await municipality.staff(7)
    named = await staff.set_name(secretary, "  Гүлнара \n Асанова ")
    assert named.resident is not None
    assert named.resident.staff_name == "Гүлнара Асанова"
    for words, refusal in (("", TextEmpty), ("123 !", TextEmpty), ("я" * 61, TextTooLong)):
        with pytest.raises(refusal):
            await staff.set_name(secretary, words)
    with pytest.raises(Forbidden):
        await staff.set_name(await municipality.resident(8), "Бек")
    (member,) = (await staff.listing(secretary, municipality.id)).members
    assert member.resident.staff_name == "Гүлнара Асанова"
    async with municipality.services.store.reading() as repositories:
        lines = await repositories.journal.page(municipality.id, offset=0, limit=1)
    assert (lines[0].entry.act, dict(lines[0].entry.data)) == (Act.NAMED, {})
    await municipality.services.privacy.forget(await people.identify(Caller(7, "ky")), withdraw_comments=True)
    async with municipality.services.store.reading() as repositories:
        assert (await repositories.people.get(resident_id(secretary))).staff_name == ""


async def test_a_menu_is_owed_with_every_change_of_role_and_language(municipality: Municipality, staff: Staff) -> None:
    services = municipality.services

    async def due() -> list[tuple[int, str, bool]]:
        async with services.store.writing() as repositories:
            menus = await repositories.people.list_menus(limit=9)
            for menu in menus:
                await repositories.people.settle_menu(replace(menu, language="en"))  # another one by now: stays owed
                await repositories.people.settle_menu(menu)
        return [(menu.telegram_id, menu.language, menu.for_staff) for menu in menus]

    member = await municipality.staff(7, Role.MEMBER)
    assert await due() == [(7, "ky", True)]
    await services.people.set_language(member, "ru")
    await services.people.set_language(await municipality.resident(8), "ru")
    await services.people.agree(Caller(9, "uz_Cyrl", "uz"))  # chosen on the screen; the phone is in another one
    await services.people.agree(Caller(10, "ru", "ru"))
    assert await due() == [(7, "ru", True), (8, "ru", False), (9, "uz_Cyrl", False)]
    await staff.revoke(COMMAND_LINE, resident_id(member), Grant(municipality.id, Role.MEMBER))
    assert await due() == [(7, "ru", False)]
    assert await due() == []
