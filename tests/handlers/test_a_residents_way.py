"""A resident from the first screen to a counted vote, by taps alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.people import Reminders
from handlers.presses import Agree, ChooseOption, ForgetNow, OpenHearing, OpenPlace, SetReminders
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from handlers.presses import Press
    from tests.living import Town


async def test_the_first_screen_asks_for_the_language_kyrgyz_first(town: Town) -> None:
    anna = town.person("Анна", language="ru")
    await town.start(anna)
    assert anna.labels == ["Кыргызча", "Русский", "Ўзбекча", "Oʻzbekcha", "English"]
    assert anna.screen.text.splitlines()[0] == "Тилди тандаңыз"


async def test_telegrams_guess_only_orders_the_list(town: Town) -> None:
    john = town.person("John", language="en")
    await town.start(john)
    assert john.labels[:2] == ["Кыргызча", "English"]


async def test_a_resident_comes_in_by_taps_and_finds_the_hearing(town: Town) -> None:
    hearing = await town.hearing()
    aigul = town.person()
    await town.start(aigul)
    await town.press(aigul, "English", "✅", "Suzak", "Bagysh", "Safarovka")
    assert "2027-жылдын бюджети" in aigul.screen.text
    assert "25 November, 12:00 (Bishkek time)" in aigul.screen.text
    assert "You can answer until Thursday, 26 November, 12:00." in aigul.screen.text
    assert hearing.code == "bagysh-2026-1"


async def test_levels_with_one_choice_are_skipped(town: Town) -> None:
    aigul = town.person()
    await town.start(aigul)
    await town.press(aigul, "English", "✅")
    assert "Where do you live?" in aigul.screen.text
    assert aigul.labels[:2] == ["Nooken raionu", "Suzak raionu"]  # the only region was skipped
    await town.press(aigul, "Nooken")
    assert aigul.labels[0] == "Shaidan aiyl aimagy"


async def test_a_name_in_any_script_finds_a_municipality_and_is_asked_about(town: Town) -> None:
    await town.hearing()
    aigul = town.person()
    await town.start(aigul)
    await town.press(aigul, "English", "✅")
    await town.say(aigul, "bogish")
    assert aigul.screen.text.splitlines()[0] == "Is this yours?"
    assert "Bagysh aiyl aimagy, Suzak raionu, Jalal-Abad oblusu" in aigul.screen.text
    assert await _home(town, aigul) == (None, None)
    await town.press(aigul, "✅ Bagysh")
    assert "Which village" in aigul.screen.text
    assert await _home(town, aigul) == (town.places["bagysh"], None)


async def test_who_lives_somewhere_moves_only_by_a_press(town: Town) -> None:
    aigul = town.person()
    await town.start(aigul)
    await town.press(aigul, "English", "✅", "Nooken", "Shaidan", "⚙", "📍")
    await town.say(aigul, "Сафаровка айылы")
    assert "Safarovka village, Bagysh aiyl aimagy" in aigul.screen.text
    assert await _home(town, aigul) == (town.places["shaidan"], None)
    await town.press(aigul, "✅ Safarovka")
    assert "Move to Safarovka?" in aigul.screen.text
    await town.press(aigul, "➡️ Move to Safarovka")
    assert await _home(town, aigul) == (town.places["bagysh"], town.places["bagysh-2"])


async def test_a_district_that_is_typed_shows_its_municipalities(town: Town) -> None:
    aigul = town.person()
    await town.start(aigul)
    await town.press(aigul, "English", "✅")
    await town.say(aigul, "Ноокен району")
    assert aigul.labels[0] == "Shaidan aiyl aimagy"


async def _home(town: Town, person: Person) -> tuple[int | None, int | None]:
    resident = (await town.actor(person)).resident
    assert resident is not None
    return resident.municipality_id, resident.village_id


async def test_nothing_is_stored_of_somebody_who_only_looks(town: Town) -> None:
    await town.hearing()
    visitor = town.person()
    await town.start(visitor)
    await town.press(visitor, "English", "👀", "Suzak", "Bagysh", "📖", "📋")
    await town.press(visitor, "1.")
    assert "12 км" in visitor.screen.text or "12 чакырым" in visitor.screen.text
    assert (await town.actor(visitor)).resident is None


async def test_looking_goes_on_in_the_chosen_language_after_a_restart(town: Town) -> None:
    await town.hearing()
    visitor = town.person(language="ru")
    await town.start(visitor)
    await town.press(visitor, "English", "👀", "Suzak")
    before = town.app
    await town.stop()
    visitor.press("Bagysh")
    await town.begin()
    await town.quiet()
    assert town.app is not before
    assert "You can answer until" in visitor.screen.text
    await town.press(visitor, "📖", "📋")
    assert "Open a service to read it and say what you think." in visitor.screen.text
    assert (await town.actor(visitor)).resident is None


async def test_who_only_looks_and_asks_for_their_own_things_is_asked_for_consent_first(town: Town) -> None:
    await town.hearing()
    visitor = town.person()
    await town.start(visitor)
    await town.press(visitor, "English", "👀", "Suzak", "Bagysh")
    await town.say(visitor, "/mine")
    assert "What is stored if you agree" in visitor.screen.text
    await town.press(visitor, "✅")
    assert "My answers and comments" in visitor.screen.text


async def test_a_vote_before_consent_is_cast_after_it(town: Town) -> None:
    await town.hearing()
    visitor = town.person()
    await town.start(visitor)
    await town.press(visitor, "English", "👀", "Suzak", "Bagysh", "🗳", "👍")
    assert "Please agree first" in visitor.toasts[-1].text
    assert "What is stored if you agree" in visitor.screen.text
    await town.press(visitor, "✅")
    assert "Your answer" in visitor.screen.text
    actor = await town.actor(visitor)
    assert actor.consented is not None


async def test_a_link_to_a_hearing_survives_language_and_consent(town: Town) -> None:
    hearing = await town.hearing()
    aigul = town.person()
    await town.start(aigul, f"{pack(OpenHearing(hearing.id))}_3")
    await town.press(aigul, "English", "✅")
    assert "2027-жылдын бюджети" in aigul.screen.text
    resident = (await town.actor(aigul)).resident
    assert resident is not None
    assert resident.municipality_id == town.places["bagysh"]


async def test_a_link_to_a_village_knows_where_one_lives(town: Town) -> None:
    await town.hearing()
    aigul = town.person()
    await town.start(aigul, pack(OpenPlace(town.places["bagysh-2"])))
    await town.press(aigul, "English", "✅")
    resident = (await town.actor(aigul)).resident
    assert resident is not None
    assert resident.village_id == town.places["bagysh-2"]
    assert "2027-жылдын бюджети" in aigul.screen.text


async def test_an_unreadable_link_leads_home(town: Town) -> None:
    aigul = town.person()
    await town.start(aigul, "whatever-this-was")
    await town.press(aigul, "English", "✅")
    assert "Where do you live?" in aigul.screen.text


@pytest.mark.parametrize(
    "press", [ChooseOption(1, 1, 2), ForgetNow(withdraw=True), Agree(), SetReminders(Reminders.NONE)]
)
async def test_a_link_never_acts_for_whoever_opens_it(town: Town, press: Press) -> None:
    await town.hearing()
    aigul = await town.resident()
    before = (await town.actor(aigul)).resident
    await town.start(aigul, pack(press))
    assert (await town.actor(aigul)).resident == before
    assert "2027-жылдын бюджети" in aigul.screen.text
    async with town.store.reading() as repositories:
        assert not await repositories.votes.rollup(1)


async def test_the_language_can_be_changed_and_is_kept(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.say(aigul, "/language")
    await town.press(aigul, "Русский")
    actor = await town.actor(aigul)
    assert actor.language == "ru"
    await town.start(aigul)
    assert "2027" in aigul.screen.text


async def test_the_budget_comes_with_a_chart_that_is_drawn_once(town: Town) -> None:
    await town.hearing()
    first = await town.resident()
    await town.press(first, "📖", "💰")
    assert first.screen.content.kind == "photo"
    assert "Of every 100 som of revenue, grants are 80." in first.screen.caption
    assert "the lines add up to 10\u00a0000" in first.screen.caption
    second = await town.resident("Бек")
    await town.press(second, "📖", "💰")
    assert second.screen.content.file is not None
    assert first.screen.content.file is not None
    assert second.screen.content.file.file_id == first.screen.content.file.file_id


async def test_a_line_of_the_budget_opens_into_its_detail_and_back(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "📖", "💰", "Revenue", "2")
    assert "In 2026: 1\u00a0800\u00a0thousand som" in aigul.screen.text
    assert "More than in 2026 by 11%." in aigul.screen.text
    await town.press(aigul, "⬅️ Back", "⬅️ Back")
    assert aigul.screen.content.kind == "photo"
    await town.press(aigul, "🏠")
    assert aigul.screen.content.kind == "text"


async def test_the_map_and_the_calendar_come_as_messages_of_their_own(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "📍", "🗺")
    assert aigul.messages[-1].content.kind == "venue"
    await town.start(aigul)
    await town.press(aigul, "📍", "📅")
    document = aigul.messages[-1]
    assert document.content.file is not None
    calendar = document.content.file.content.decode()
    assert "DTSTART;TZID=Asia/Bishkek:20261125T120000" in calendar
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))


async def test_a_municipality_without_a_hearing_says_so(town: Town) -> None:
    aigul = await town.resident(place="shaidan")
    assert "No hearing has been announced here yet" in aigul.screen.text


async def test_screens_are_edited_in_place(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    count = len(aigul.messages)
    await town.press(aigul, "📖", "📋", "1.", "⬅️ Back", "⬅️ Back", "⬅️ Back")
    assert len(aigul.messages) == count


async def test_who_only_looks_and_types_is_answered_in_the_language_they_chose(town: Town) -> None:
    visitor = town.person(language="en")
    await town.start(visitor)
    await town.press(visitor, "Русский", "👀")
    await town.say(visitor, "Сузак")
    assert "Где вы живёте?" in visitor.screen.text


async def test_who_only_looks_is_promised_nothing_and_may_agree(town: Town) -> None:
    visitor = town.person()
    await town.start(visitor)
    await town.press(visitor, "English", "👀", "Nooken", "Shaidan")
    assert "Agree, and we will tell you when one is." in visitor.screen.text
    await town.press(visitor, "✅ Read and agree", "✅ I agree")
    assert "When one is, you will get a message." in visitor.screen.text


async def test_help_says_each_command_in_words_and_warns_of_impostors(town: Town) -> None:
    aigul = await town.resident()
    await town.say(aigul, "/help")
    assert "/mine – My answers and comments" in aigul.screen.text
    assert "only this bot: @hearing_demo_bot" in aigul.screen.text
