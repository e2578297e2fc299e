"""Anybody can make a link: it leads somewhere, and moves nobody who has said where they live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.pending_input import PendingInputKind
from bot.domain.people import Role
from bot.domain.questions import AboutKind
from handlers import presses
from handlers.incoming.updates import LINKED_PRESSES
from handlers.presses.wire import pack
from tests.handlers.test_comments import asked_for_words, comments_of
from tests.handlers.test_oneself import profile

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town


async def settled(town: Town, person: Person) -> tuple[int | None, int | None]:
    """Where somebody lives, as it is stored."""
    resident = await profile(town, person)
    return resident.municipality_id, resident.village_id


async def villager(town: Town) -> Person:
    """Somebody who lives in a village of Bagysh."""
    aigul = await town.resident()
    await town.app.services.people.set_village(await town.actor(aigul), town.places["bagysh-1"])
    return aigul


async def links(town: Town, hearing: int, place: str) -> list[presses.Press]:
    """Every kind of link that leads to another place, and to what is there."""
    token = await town.app.services.people.invite(COMMAND_LINE, town.places[place], Role.MEMBER)
    places = [presses.OpenPlace(town.places[code]) for code in ("bagysh-2", "bagysh", "kok-art", "region")]
    posters = [presses.FollowPoster(hearing, place) for place in (0, *town.places.values())]
    return [
        *places,
        *posters,
        presses.OpenHearing(hearing),
        presses.ReadStrategy(hearing),
        presses.ReadService(hearing, 1),
        presses.ReadBudget(hearing),
        presses.OpenQuestion(hearing, 1),
        presses.SeeWall(hearing),
        *(presses.CheckIn(hearing, 1, 12_345_678), presses.OpenHall(hearing, 1)),
        presses.ReadComment(1),
        presses.AcceptInvitation(token),
    ]


@pytest.mark.parametrize("place", ["bagysh", "kok-art"])
async def test_no_link_changes_where_a_person_lives_or_drops_what_they_are_writing(town: Town, place: str) -> None:
    own, there = await town.hearing(), await town.hearing(place=place)
    aigul = await villager(town)
    await asked_for_words(town, aigul)
    before = await profile(town, aigul)
    every = await links(town, there.id, place)
    assert {type(link) for link in every} == set(LINKED_PRESSES)
    for link in every:
        await town.start(aigul, pack(link))
        assert await profile(town, aigul) == before, link
        pending = await town.app.services.pending_inputs.find(await town.actor(aigul))
        assert pending is not None, link
        assert (pending.kind, pending.hearing_id) == (PendingInputKind.COMMENT, own.id), link
    await town.say(aigul, "Көпүрө керек")
    (comment,) = await comments_of(town, aigul)
    assert (comment.hearing_id, comment.about.kind) == (own.id, AboutKind.HEARING)


async def test_a_person_is_asked_and_stays(town: Town) -> None:
    await town.hearing()
    aigul = await villager(town)
    before = await settled(town, aigul)
    await town.start(aigul, pack(presses.OpenPlace(town.places["kok-art"])))
    assert "You live in" in aigul.screen.text
    assert "Move to Kok-Art aiyl aimagy?" in aigul.screen.text
    await town.press(aigul, "🏠 Stay in")
    assert await settled(town, aigul) == before
    assert "2027-жылдын бюджети" in aigul.screen.text


async def test_a_person_is_asked_and_moves(town: Town) -> None:
    aigul = await villager(town)
    await town.start(aigul, pack(presses.OpenPlace(town.places["bagysh-2"])))
    await town.press(aigul, "➡️ Move to")
    assert await settled(town, aigul) == (town.places["bagysh"], town.places["bagysh-2"])
    await town.start(aigul, pack(presses.OpenPlace(town.places["kok-art"])))
    await town.press(aigul, "➡️ Move to Kok-Art")
    assert await settled(town, aigul) == (town.places["kok-art"], None)


async def test_a_person_looks_at_another_municipality_without_moving(town: Town) -> None:
    await town.hearing(place="kok-art")
    aigul = await villager(town)
    before = await settled(town, aigul)
    await town.start(aigul, pack(presses.OpenPlace(town.places["kok-art"])))
    await town.press(aigul, "👀")
    assert "2027-жылдын бюджети" in aigul.screen.text
    assert await settled(town, aigul) == before


async def test_a_link_to_a_region_asks_before_it_asks_for_a_name(town: Town) -> None:
    aigul = await villager(town)
    await town.app.services.pending_inputs.cancel(await town.actor(aigul))
    await town.start(aigul, pack(presses.OpenPlace(town.places["region"])))
    assert "Choose another place" in aigul.screen.text
    assert await town.app.services.pending_inputs.find(await town.actor(aigul)) is None
    await town.press(aigul, "📍")
    assert "Where do you live?" in aigul.screen.text


@pytest.mark.parametrize("code", ["bagysh", "bagysh-1"])
async def test_a_link_to_where_one_lives_leads_home(town: Town, code: str) -> None:
    await town.hearing()
    aigul = await villager(town)
    await town.start(aigul, pack(presses.OpenPlace(town.places[code])))
    assert "2027-жылдын бюджети" in aigul.screen.text


async def test_who_moves_goes_on_writing(town: Town) -> None:
    own = await town.hearing()
    aigul = await villager(town)
    await asked_for_words(town, aigul)
    await town.start(aigul, pack(presses.OpenPlace(town.places["bagysh-2"])))
    await town.press(aigul, "➡️ Move to")
    await town.say(aigul, "Көпүрө керек")
    (comment,) = await comments_of(town, aigul)
    assert (comment.hearing_id, comment.demographics.village_id) == (own.id, town.places["bagysh-2"])


async def test_looking_at_the_list_of_places_is_not_moving(town: Town) -> None:
    """The text after it is a name, and finding it is not moving either: a button on it moves."""
    aigul = await villager(town)
    before = await settled(town, aigul)
    await town.say(aigul, "/municipality")
    await town.say(aigul, "kok art")
    assert await settled(town, aigul) == before
    await town.press(aigul, "✅ Kok-Art")
    assert "Move to Kok-Art aiyl aimagy?" in aigul.screen.text
    assert await settled(town, aigul) == before
    await town.press(aigul, "👀 Just look")
    assert await settled(town, aigul) == before
    await town.say(aigul, "/municipality")
    await town.press(aigul, "Suzak", "Kok-Art", "➡️ Move to Kok-Art")
    assert await settled(town, aigul) == (town.places["kok-art"], None)
    await town.say(aigul, "Сөз")
    assert await comments_of(town, aigul) == ()
