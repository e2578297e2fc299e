"""Municipalities are merged: what was heard stays readable, and people follow where their municipality has gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.owed_replies import ReplyKind
from bot.domain.people import Caller, Grant, Role
from bot.i18n import Catalogues
from bot.services.outbox.enqueue import recipients_of
from bot.services.outbox.reply_letters import ReplyLetter, ReplyLetterWriter
from handlers.views import owed_replies
from tests import samples

if TYPE_CHECKING:
    from bot.domain.places import Place
    from storage import Store
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

YESTERDAY = date(2000, 1, 1)


def merged(*, into: str = "kok-art", valid_to: date | None = YESTERDAY) -> list[tuple[Place, str]]:
    """The sample's places after Bagysh was merged into another; its villages lie there, but for one that is gone."""
    changed = []
    for place, parent in samples.places():
        if place.code == "bagysh":
            changed.append((replace(place, valid_to=valid_to, successor=into), parent))
        elif place.code == "bagysh-3":
            changed.append((replace(place, successor="bagysh-2"), into))
        else:
            changed.append((place, into if parent == "bagysh" else parent))
    return changed


async def settle(municipality: Municipality, store: Store, clock: VirtualClock) -> list[ReplyLetter]:
    """The letters that are due after Bagysh was merged; settling again tells nobody."""
    services = municipality.services
    await services.directory.load(merged())
    told = await services.mergers.settle()
    assert await services.mergers.settle() == 0
    async with store.writing() as repositories:
        notices = await repositories.owed_replies.claim(by="us", at=clock.now() + timedelta(hours=12), limit=99)
        writer = ReplyLetterWriter(repositories, await services.directory.tree(), clock.now())
        written = (await writer.write(notices)).values()
    found = [each for each in written if isinstance(each, ReplyLetter) and each.kind is ReplyKind.PLACE_MERGED]
    assert len(found) == told
    return found


async def test_followers_are_told_once_and_follow_the_successor(
    municipality: Municipality, sqlite_store: Store, clock: VirtualClock
) -> None:
    services, places = municipality.services, municipality.places
    aigul = await municipality.resident(1)
    await services.people.set_village(aigul, places["bagysh-3"])
    await municipality.resident(2, place="shaidan")
    (letter,) = await settle(municipality, sqlite_store, clock)
    assert letter.recipient.telegram_id == 1
    shown = owed_replies.render(Catalogues.load()["en"], letter, "bagysh_hearing_bot")
    assert "Bagysh aiyl aimagy is now part of Kok-Art aiyl aimagy." in shown.text
    now = await services.people.identify(Caller(1, "ky"))
    assert now.resident is not None
    assert (now.resident.municipality_id, now.resident.village_id) == (places["kok-art"], places["bagysh-2"])
    elsewhere = await services.people.identify(Caller(2, "ky"))
    assert elsewhere.resident is not None
    assert elsewhere.resident.municipality_id == places["shaidan"]


async def test_staff_keep_their_roles_and_an_open_invitation_leads_to_the_successor(
    municipality: Municipality, sqlite_store: Store, clock: VirtualClock
) -> None:
    services, places = municipality.services, municipality.places
    await municipality.staff(5)
    hearing = await municipality.hearing()
    token = await services.people.invite(COMMAND_LINE, municipality.id, Role.MEMBER)
    await settle(municipality, sqlite_store, clock)
    secretary = await services.people.identify(Caller(5, "ky"))
    assert Grant(places["kok-art"], Role.SECRETARY) in secretary.grants
    assert [place.code for place in await services.desk.municipalities(secretary)] == ["kok-art"]
    desk = await services.desk.home(secretary, places["kok-art"])
    assert [each.id for each in desk.hearings] == [hearing.id]
    assert (await services.desk.overview(secretary, hearing.id)).hearing.id == hearing.id
    joined = await services.people.join(Caller(6, "ky"), token)
    assert joined.grant == Grant(places["kok-art"], Role.MEMBER)


async def test_old_hearings_stay_readable_and_old_links_lead_to_the_successor(
    municipality: Municipality, sqlite_store: Store, clock: VirtualClock
) -> None:
    services, places = municipality.services, municipality.places
    aigul, hearing = await municipality.resident(1), await municipality.hearing()
    await settle(municipality, sqlite_store, clock)
    card = await services.hearings.card(aigul, hearing.id)
    assert card.municipality.code == "bagysh"
    listed = await services.hearings.list_public(municipality.id)
    assert (listed.municipality.code, [each.id for each in listed.current]) == ("kok-art", [hearing.id])
    newcomer = await municipality.resident(3)
    assert newcomer.resident is not None
    assert newcomer.resident.municipality_id == places["kok-art"]
    tree = await services.directory.tree()
    assert [place.code for place in tree.municipalities] == ["kok-art", "shaidan"]
    assert tree.find_code("bagysh") is None
    assert [found.place.code for found in await services.directory.search("Багыш айыл аймагы")] != ["bagysh"]


async def test_who_is_told_of_a_hearing_held_before_are_the_followers_of_the_successor(
    municipality: Municipality, sqlite_store: Store, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing()
    async with sqlite_store.reading() as repositories:
        (announced,) = await repositories.broadcasts.list_of(hearing.id)
    await settle(municipality, sqlite_store, clock)
    tree = await municipality.services.directory.tree()
    assert recipients_of(announced.planned, hearing, tree).municipality_id == municipality.places["kok-art"]


async def test_a_place_merged_into_one_that_was_merged_leads_to_the_last_and_a_circle_ends(
    municipality: Municipality,
) -> None:
    directory = municipality.services.directory
    chain = [(replace(place, successor="shaidan") if place.code == "kok-art" else place, up) for place, up in merged()]
    await directory.load(chain)
    tree = await directory.tree()
    assert tree.present(tree.get(municipality.id)).code == "shaidan"
    circle = [(replace(place, successor="bagysh") if place.code == "kok-art" else place, up) for place, up in merged()]
    await directory.load(circle)
    tree = await directory.tree()
    assert tree.present(tree.get(municipality.id)).code == "kok-art"


async def test_a_place_that_ended_without_a_successor_can_still_be_read_about(municipality: Municipality) -> None:
    hearing = await municipality.hearing()
    await municipality.services.directory.load(merged(into="")[:4])
    card = await municipality.services.hearings.card(COMMAND_LINE, hearing.id)
    assert card.municipality.code == "bagysh"
    assert (await municipality.services.hearings.list_public(municipality.id)).municipality.code == "bagysh"
    assert await municipality.services.mergers.settle() == 0
