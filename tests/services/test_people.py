"""Who somebody is, what they may say of themselves, and how staff get their roles."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import ConsentNeeded, Forbidden, InvitationSpent, NotFound
from bot.domain.journal import Act
from bot.domain.people import Actor, AgeBand, Caller, Gender, Grant, Reminders, Role
from bot.domain.questions import Choose
from bot.services.people import INVITATION_LASTS, People
from storage.addresses import file_of, parse_address
from tests.services.rights import SECRETARIES, allowed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.people import Demographics, Resident
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

VISITOR = Actor(1, "ru")
CALLER = Caller(1, "ru")
SAYINGS: dict[str, Callable[[People, Actor], Awaitable[Actor]]] = {
    "gender": lambda people, actor: people.set_gender(actor, Gender.FEMALE),
    "age": lambda people, actor: people.set_age(actor, AgeBand.TO_28),
    "reminders": lambda people, actor: people.set_reminders(actor, Reminders.DAYS),
    "shown": lambda people, actor: people.mark_asked_about_self(actor),
}


@pytest.fixture
def people(municipality: Municipality) -> People:
    return municipality.services.people


async def known(people: People, telegram_id: int = 1) -> Resident:
    """The resident as the next press finds them."""
    resident = (await people.identify(Caller(telegram_id, "en"))).resident
    assert resident is not None
    return resident


async def acts(municipality: Municipality) -> list[Act]:
    """What the journal says of the municipality, oldest first."""
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"municipality:{municipality.id}")
    return [entry.act for entry in reversed(entries)]


async def test_looking_stores_nothing(people: People) -> None:
    for _ in range(2):
        assert await people.identify(CALLER) == VISITOR


async def test_who_agrees_is_stored_in_the_language_of_the_screen_and_once(people: People, clock: VirtualClock) -> None:
    actor = await people.agree(CALLER)
    clock.forward(days=1)
    again = await people.agree(Caller(1, "en"))
    assert again == actor
    assert again.resident is not None
    assert (again.language, again.resident.consented_at) == ("ru", clock.now() - timedelta(days=1))


async def test_the_own_language_counts_more_than_the_screens(people: People) -> None:
    actor = await people.agree(CALLER)
    assert (await people.set_language(actor, "uz")).language == "uz"
    assert (await people.identify(Caller(1, "en"))).language == "uz"


async def test_of_a_visitor_nothing_is_kept(municipality: Municipality, people: People) -> None:
    assert await people.set_language(VISITOR, "uz") == VISITOR
    assert await people.follow(VISITOR, municipality.id) == VISITOR
    assert await people.set_village(VISITOR, municipality.places["bagysh-1"]) == VISITOR
    assert await people.identify(CALLER) == VISITOR


@pytest.mark.parametrize("code", ["region", "suzak", "bagysh-1", "nowhere"])
async def test_only_a_municipality_can_be_followed(municipality: Municipality, people: People, code: str) -> None:
    actor = await people.agree(CALLER)
    with pytest.raises(NotFound):
        await people.follow(actor, municipality.places.get(code, 999))
    assert (await known(people)).municipality_id is None


async def test_moving_elsewhere_asks_for_the_village_anew(municipality: Municipality, people: People) -> None:
    actor = await people.set_village(await municipality.resident(1), municipality.places["bagysh-2"])
    assert await people.follow(actor, municipality.id) == actor
    assert (await known(people)).village_id == municipality.places["bagysh-2"]
    await people.follow(actor, municipality.places["kok-art"])
    assert (await known(people)).village_id is None


async def test_a_village_brings_its_municipality_and_none_takes_only_the_village(
    municipality: Municipality, people: People
) -> None:
    actor = await people.set_village(await people.agree(CALLER), municipality.places["bagysh-1"])
    assert (await known(people)).municipality_id == municipality.id
    await people.set_village(actor, 0)
    resident = await known(people)
    assert (resident.village_id, resident.municipality_id) == (None, municipality.id)
    with pytest.raises(NotFound):
        await people.set_village(actor, municipality.places["kok-art"])


@pytest.mark.parametrize("saying", SAYINGS)
async def test_what_one_says_of_oneself_needs_consent_and_is_kept(
    municipality: Municipality, people: People, saying: str
) -> None:
    say = SAYINGS[saying]
    for actor in (VISITOR, await municipality.staff(7)):
        with pytest.raises(ConsentNeeded):
            await say(people, actor)
    said = await say(people, await people.agree(CALLER))
    resident = await known(people)
    assert resident == said.resident
    kept = (resident.gender, resident.age_band, resident.reminders, resident.asked_about_self)
    unsaid = (Gender.UNSAID, AgeBand.UNSAID, Reminders.ALL, False)
    assert [new != old for new, old in zip(kept, unsaid, strict=True)] == [name == saying for name in SAYINGS]


async def test_a_button_pressed_after_being_forgotten_stores_nothing(
    municipality: Municipality, people: People
) -> None:
    actor = await municipality.resident(1)
    await municipality.services.privacy.forget(actor, withdraw_comments=True)
    with pytest.raises(Forbidden):
        await people.set_gender(actor, Gender.FEMALE)


async def test_what_one_says_later_counts_among_participants_until_closing(
    municipality: Municipality, people: People, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing()
    actor = await municipality.resident(1)
    await municipality.services.voting.cast(CALLER, hearing.id, 1, Choose(1), order=1)

    async def group() -> Demographics:
        async with municipality.services.store.reading() as repositories:
            (group,) = (await repositories.participants.participation(hearing.id)).groups
        return group

    actor = await people.set_gender(actor, Gender.MALE)
    assert (await group()).gender is Gender.MALE
    clock.forward(days=4)
    await people.set_age(actor, AgeBand.FROM_60)
    assert (await group()).age_band is AgeBand.UNSAID
    async with municipality.services.store.reading() as repositories:
        vote = (await repositories.votes.of_person(hearing.id, (await known(people)).id))[1]
    assert vote.demographics.gender is Gender.UNSAID  # a vote keeps the group it was cast with


async def test_people_who_cannot_be_written_to_are_marked_until_they_come_back(
    municipality: Municipality, people: People, clock: VirtualClock
) -> None:
    for number in (1, 2, 3):
        await municipality.resident(number)
    await people.mark_unreachable([1, 2, 77])
    await people.mark_blocked(3, blocked=True)
    assert [(await known(people, number)).blocked_at for number in (1, 2, 3)] == [clock.now()] * 3
    await people.mark_reachable(await people.identify(CALLER))
    await people.mark_blocked(3, blocked=False)
    assert [(await known(people, number)).blocked_at for number in (1, 2, 3)] == [None, clock.now(), None]


async def test_who_agrees_again_after_blocking_can_be_written_to(people: People) -> None:
    await people.agree(CALLER)
    await people.mark_blocked(1, blocked=True)
    await people.mark_reachable(await people.agree(CALLER))
    assert (await known(people)).blocked_at is None


async def test_only_secretaries_invite_and_only_to_their_own_municipality(
    municipality: Municipality, people: People
) -> None:
    assert await allowed(municipality, lambda who: people.invite(who, municipality.id, Role.MEMBER)) == SECRETARIES


async def test_nobody_is_invited_to_a_village(municipality: Municipality, people: People) -> None:
    from bot.cli import COMMAND_LINE

    with pytest.raises(NotFound):
        await people.invite(COMMAND_LINE, municipality.places["bagysh-1"], Role.MEMBER)


async def test_an_invitation_is_stored_only_as_a_digest(
    municipality: Municipality, people: People, sqlite_url: str
) -> None:
    token = await people.invite(await municipality.staff(7), municipality.id, Role.MEMBER)
    assert len(token) == 25
    with closing(sqlite3.connect(file_of(parse_address(sqlite_url)))) as file:
        assert token not in "\n".join(file.iterdump())


async def test_an_invitation_gives_its_role_to_the_first_and_to_nobody_else(
    municipality: Municipality, people: People
) -> None:
    token = await people.invite(await municipality.staff(7), municipality.id, Role.MODERATOR)
    joined = await people.join(CALLER, token)
    actor, grant = joined.actor, joined.grant
    assert grant == Grant(municipality.id, Role.MODERATOR)
    assert actor.grants == (grant,)
    assert actor.resident is not None
    assert (actor.resident.municipality_id, actor.consented) == (municipality.id, None)
    assert await people.join(CALLER, token) == replace(joined, told=False)
    with pytest.raises(InvitationSpent):
        await people.join(Caller(2, "ky"), token)
    assert await acts(municipality) == [Act.INVITED, Act.JOINED, Act.INVITED, Act.JOINED]


async def test_who_lives_elsewhere_goes_on_following_their_own_municipality(
    municipality: Municipality, people: People
) -> None:
    await municipality.resident(1, place="shaidan")
    await people.join(CALLER, await people.invite(await municipality.staff(7), municipality.id, Role.MEMBER))
    assert (await known(people)).municipality_id == municipality.places["shaidan"]


async def test_an_invitation_is_good_for_a_day(municipality: Municipality, people: People, clock: VirtualClock) -> None:
    secretary = await municipality.staff(7)
    tokens = [await people.invite(secretary, municipality.id, Role.MEMBER) for _ in range(2)]
    clock.time += INVITATION_LASTS - timedelta(seconds=1)
    await people.join(CALLER, tokens[0])
    clock.forward(seconds=1)
    with pytest.raises(InvitationSpent):
        await people.join(Caller(2, "ky"), tokens[1])


async def test_of_who_opens_a_link_to_no_invitation_nothing_is_stored(people: People) -> None:
    with pytest.raises(InvitationSpent):
        await people.join(CALLER, "z" * 25)
    assert await people.identify(CALLER) == VISITOR
