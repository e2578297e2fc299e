"""Posters: made on the desk, hung in a village, and who comes by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Phase
from bot.domain.journal import Act
from bot.domain.languages import LANGUAGES
from bot.domain.people import Role
from bot.reports import poster
from bot.services.arrivals import NO_VILLAGE, PosterOverview
from handlers import presses
from handlers.presses import FollowPoster, LanguagePair
from handlers.presses.links import deep_link
from handlers.presses.wire import LONGEST_CALLBACK_DATA, pack
from handlers.views import posters as views
from tests.handlers.test_desk import send
from tests.handlers.test_oneself import profile
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, presses_of, text_of
from tests.reports import qr
from tests.reports.page import Page, pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.people import Person
    from tests.living import Town


async def arrivals(town: Town, hearing: int = 1) -> Mapping[int, int]:
    """How many came by the posters of each village."""
    async with town.store.reading() as repositories:
        return dict(await repositories.arrivals.by_village(hearing))


async def follow(town: Town, person: Person, hearing: int, village: int = 0) -> None:
    """Point the phone at a poster."""
    person.follow(deep_link(town.telegram.username, FollowPoster(hearing, village)))
    await town.quiet()


async def test_a_poster_leads_a_stranger_through_language_and_consent_to_the_hearing(town: Town) -> None:
    hearing = await town.hearing()
    village = town.places["bagysh-2"]
    aigul = town.person()
    await follow(town, aigul, hearing.id, village)
    assert await arrivals(town) == {}
    await town.press(aigul, "English")
    assert "What is stored if you agree" in aigul.screen.text
    assert await arrivals(town) == {}
    await town.press(aigul, "✅")
    assert "2027-жылдын бюджети жана стратегия" in aigul.screen.text
    assert await arrivals(town) == {village: 1}
    resident = await profile(town, aigul)
    assert (resident.municipality_id, resident.village_id) == (town.places["bagysh"], village)


async def test_who_only_looks_sees_the_hearing_and_leaves_no_trace(town: Town) -> None:
    hearing = await town.hearing()
    visitor = town.person("Улан")
    await follow(town, visitor, hearing.id, town.places["bagysh-2"])
    await town.press(visitor, "English", "👀")
    assert "2027-жылдын бюджети жана стратегия" in visitor.screen.text
    assert await arrivals(town) == {}
    assert (await town.actor(visitor)).resident is None


async def test_a_person_counts_once_for_the_first_poster(town: Town) -> None:
    hearing = await town.hearing()
    first, second = town.places["bagysh-2"], town.places["bagysh-3"]
    aigul = await town.resident()
    for village in (first, second, first):
        await follow(town, aigul, hearing.id, village)
        assert "2027-жылдын бюджети жана стратегия" in aigul.screen.text
    assert await arrivals(town) == {first: 1}
    assert (await profile(town, aigul)).village_id is None  # they live in the municipality, and have not said where


async def test_another_hearings_poster_counts_for_itself(town: Town) -> None:
    one, other = await town.hearing(), await town.hearing()
    aigul = await town.resident()
    for hearing in (one, other):
        await follow(town, aigul, hearing.id, town.places["bagysh-1"])
    assert await arrivals(town, one.id) == await arrivals(town, other.id) == {town.places["bagysh-1"]: 1}


async def test_who_has_named_a_village_keeps_it(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, presses.PickVillage(town.places["bagysh"], town.places["bagysh-1"]))
    await follow(town, aigul, hearing.id, town.places["bagysh-2"])
    assert await arrivals(town) == {town.places["bagysh-2"]: 1}
    assert (await profile(town, aigul)).village_id == town.places["bagysh-1"]


async def test_who_lives_elsewhere_stays_there(town: Town) -> None:
    hearing = await town.hearing()
    guest = await town.resident(place="kok-art")
    await follow(town, guest, hearing.id, town.places["bagysh-2"])
    assert await arrivals(town) == {town.places["bagysh-2"]: 1}
    resident = await profile(town, guest)
    assert (resident.municipality_id, resident.village_id) == (town.places["kok-art"], None)


@pytest.mark.parametrize("forged", ["bagysh-1", "kok-art", "region", None])
async def test_a_forged_village_is_none(town: Town, forged: str | None) -> None:
    hearing = await town.hearing(place="shaidan")
    aigul = await town.resident(place="shaidan")
    await follow(town, aigul, hearing.id, town.places[forged] if forged else 2**40)
    assert "2027-жылдын бюджети жана стратегия" in aigul.screen.text
    assert await arrivals(town) == {NO_VILLAGE: 1}
    assert (await profile(town, aigul)).village_id is None


async def test_a_poster_of_the_whole_municipality_brings_people_to_it(town: Town) -> None:
    hearing = await town.hearing()
    aigul = town.person()
    await follow(town, aigul, hearing.id)
    await town.press(aigul, "English", "✅")
    assert await arrivals(town) == {NO_VILLAGE: 1}
    assert (await profile(town, aigul)).municipality_id == town.places["bagysh"]


@pytest.mark.parametrize("known", [True, False])
async def test_a_poster_of_a_draft_or_of_nothing_leads_nowhere(town: Town, known: bool) -> None:
    hearing = await town.hearing(publish=False)
    aigul = await town.resident()
    await follow(town, aigul, hearing.id if known else 99, town.places["bagysh-1"])
    assert "2027-жылдын бюджети" not in aigul.screen.text
    assert await arrivals(town) == {}


async def test_how_one_came_stands_in_my_data_and_goes_when_one_is_forgotten(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await follow(town, aigul, hearing.id, town.places["bagysh-2"])
    await town.say(aigul, "/mydata")
    page = (aigul.messages[-1].document or b"").decode("utf-8")
    assert "Posters that brought you here" in page
    assert "Safarovka" in page
    await town.say(aigul, "/forget")
    await town.press(aigul, "🗑")
    assert await arrivals(town) == {}


async def poster_on_the_desk(town: Town, secretary: Person) -> None:
    """From the command to the list of villages, by taps alone."""
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", "📣 Messages and dates", "🖨 Posters")


async def test_the_desk_makes_a_poster_that_leads_to_its_village(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    await poster_on_the_desk(town, secretary)
    assert "Nobody has come by a poster yet." in secretary.screen.text
    await town.press(secretary, "▫️ Ўзбекча + Русский", "Safarovka")
    file = secretary.messages[-1]
    assert file.file_name == "Poster Safarovka uz-ru.pdf"
    page = Page(file.document or b"")
    t = CATALOGUES["uz_Cyrl"]
    assert t("Public hearing").upper() in page.words
    *_, dark = page.code()
    printed = qr.read(dark)
    assert printed == deep_link(town.telegram.username, FollowPoster(hearing.id, town.places["bagysh-2"]))
    aigul = await town.resident()
    aigul.follow(printed)
    await town.quiet()
    assert await arrivals(town) == {town.places["bagysh-2"]: 1}
    async with town.store.reading() as repositories:
        entry = (await repositories.journal.list_about(f"hearing:{hearing.id}"))[0]
    assert (entry.act.value, dict(entry.data)) == ("poster made", {"village": town.places["bagysh-2"]})


async def test_a_poster_for_the_whole_municipality(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    await poster_on_the_desk(town, secretary)
    await town.press(secretary, "🏘")
    file = secretary.messages[-1]
    assert file.file_name == "Poster Bagysh aiyl aimagy ky-ru.pdf"
    *_, dark = Page(file.document or b"").code()
    assert qr.read(dark) == deep_link(town.telegram.username, FollowPoster(hearing.id))


async def test_the_posters_of_all_villages_come_in_one_file_a_page_each(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    await poster_on_the_desk(town, secretary)
    await town.press(secretary, "▫️ Ўзбекча + Русский", "🗂 Every village, one file: 3")
    file = secretary.messages[-1]
    assert file.file_name == "Posters Bagysh aiyl aimagy uz-ru.pdf"
    printed = pages(file.document or b"")
    codes = {qr.read(page.code()[-1]) for page in printed}
    villages = [town.places[f"bagysh-{number}"] for number in (1, 2, 3)]
    assert len(printed) == 3
    assert codes == {deep_link(town.telegram.username, FollowPoster(hearing.id, village)) for village in villages}
    async with town.store.reading() as repositories:
        entry = (await repositories.journal.list_about(f"hearing:{hearing.id}"))[0]
    assert entry.act is Act.POSTERS_MADE


async def test_the_desk_counts_who_came_and_hides_small_groups(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    for number in range(8):
        person = await town.resident(f"Resident {number}")
        await follow(town, person, hearing.id, town.places["bagysh-1" if number < 5 else "bagysh-2"])
    await poster_on_the_desk(town, secretary)
    assert "Came by poster: 8" in secretary.screen.text
    assert "Bagysh: 5+, Besh-Bala: <5, Safarovka: <5, the whole municipality: <5" in secretary.screen.text


@pytest.mark.parametrize("press", [presses.ListPosters(1), presses.GetPoster(1), presses.GetAllPosters(1)])
async def test_a_resident_who_forges_the_buttons_gets_a_refusal_and_no_file(town: Town, press: presses.Press) -> None:
    await town.hearing()
    forger = await town.resident("Forger")
    before = len(forger.messages)
    await send(town, forger, press)
    assert forger.toasts[-1].text == "This is only for the commission’s staff."
    assert len(forger.messages) == before


async def test_a_moderator_may_print_a_poster_too(town: Town) -> None:
    await town.hearing()
    moderator = await town.secretary(role=Role.MODERATOR)
    await send(town, moderator, presses.GetPoster(1))
    assert (moderator.messages[-1].file_name or "").endswith(".pdf")


async def test_no_poster_is_made_for_a_village_of_another_municipality(town: Town) -> None:
    hearing = await town.hearing(place="kok-art")
    secretary = await town.secretary("kok-art")
    before = len(secretary.messages)
    await send(town, secretary, presses.GetPoster(hearing.id, town.places["bagysh-1"]))
    assert len(secretary.messages) == before


@pytest.mark.parametrize("phase", [Phase.CANCELLED, Phase.ANSWERED])
async def test_no_poster_is_made_once_nobody_is_to_come(town: Town, phase: Phase) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    async with town.store.writing() as repositories:
        await repositories.hearings.set_phase(hearing.id, phase, at=town.clock.now())
    await send(town, secretary, presses.OpenDates(hearing.id))
    assert not any("🖨" in label for label in secretary.labels)
    before = len(secretary.messages)
    await send(town, secretary, presses.GetPoster(hearing.id))
    assert len(secretary.messages) == before
    assert secretary.toasts[-1].text


async def test_a_poster_that_cannot_be_made_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await town.hearing()
    secretary = await town.secretary()
    monkeypatch.setattr(poster, "_POSTER_TEMPLATE", "no such page.typ")
    await send(town, secretary, presses.GetPoster(1))
    assert "The file could not be made now." in secretary.messages[-1].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_list_of_posters_fits_in_every_language(language: str) -> None:
    villages = largest.villages(100)
    overview = PosterOverview(
        largest.hearing(), largest.place(), villages, {NO_VILLAGE: 10**6, **{place.id: 10**6 for place in villages}}
    )
    t = CATALOGUES[language]
    for page in (0, 3, 99):
        ensure_fits(views.overview(t, overview, presses.ListPosters(largest.LARGEST_ID, LanguagePair.KY_UZ, page)))


def test_one_pages_through_the_villages_in_the_chosen_languages() -> None:
    overview = PosterOverview(largest.hearing(id_=1), largest.place(), largest.villages(30), {})
    last = views.overview(ENGLISH, overview, presses.ListPosters(1, LanguagePair.UZ_RU, 99))
    offered = presses_of(last)
    assert presses.ListPosters(1, LanguagePair.UZ_RU, 1) in offered
    assert presses.ListPosters(1, LanguagePair.KY_RU, 2) in offered
    made = [press for press in offered if isinstance(press, presses.GetPoster)]
    assert [press.village for press in made] == [NO_VILLAGE, *(place.id for place in largest.villages(30)[20:])]
    assert {press.pair for press in made} == {LanguagePair.UZ_RU}
    assert "Nobody has come by a poster yet." in text_of(last)


def test_the_longest_link_of_a_poster_fits() -> None:
    assert len(pack(presses.FollowPoster(2**53, 2**53), "uz_Cyrl")) <= LONGEST_CALLBACK_DATA
