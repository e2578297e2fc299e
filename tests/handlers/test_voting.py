"""Voting: five kinds of question, changing, withdrawing, results, and presses that come too late."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.hearings import Results
from bot.domain.languages import Text
from bot.domain.questions import About, Question, QuestionKind
from handlers.presses import ChooseOption, GiveCoins, MarkOption, OpenQuestion, RankOption, WithdrawVote
from handlers.presses.wire import pack
from tests import samples

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from handlers.presses import Press
    from tests.living import Town

GONE = "This is no longer here. Please choose again."
CHANGED = "The question has changed. Please answer on the fresh screen."
CARD = "📣 2027-жылдын бюджети"


async def send(town: Town, person: Person, *presses: Press) -> None:
    """Press buttons that may no longer be on the screen."""
    for press in presses:
        person.forge(pack(press, "en"))
        await town.quiet()


async def answer(town: Town, person: Person, hearing: int, question: int) -> dict[int, int] | None:
    """The stored answer."""
    resident = (await town.actor(person)).resident
    assert resident is not None
    async with town.store.reading() as repositories:
        vote = (await repositories.votes.of_person(hearing, resident.id)).get(question)
    return dict(vote.answer) if vote else None


async def recounted(town: Town, hearing: int) -> bool:
    """The rollup is what a recount gives."""
    async with town.store.reading() as repositories:
        return bool(await repositories.votes.rollup(hearing) == await repositories.votes.recount(hearing))


async def test_a_stance_is_counted_confirmed_and_shown(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳", "👍")
    assert aigul.toasts[-1].text == "✅ Counted: I support"
    assert "✅ I support" in aigul.labels
    assert await answer(town, aigul, hearing.id, 1) == {1: 1}
    assert "How others answered is shown once 5 people have answered." in aigul.screen.text


async def test_an_answer_can_be_changed_and_withdrawn(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳", "👍", "👎")
    assert await answer(town, aigul, hearing.id, 1) == {2: 1}
    await town.press(aigul, "↩️")
    assert "Withdraw your answer?" in aigul.screen.text
    await town.press(aigul, "⬅️ No, keep it")
    assert await answer(town, aigul, hearing.id, 1) == {2: 1}
    await town.press(aigul, "↩️", "↩️ Yes")
    assert await answer(town, aigul, hearing.id, 1) is None
    assert aigul.toasts[-1].text == "Withdrawn. You can answer again until closing."
    assert await recounted(town, hearing.id)


async def test_the_stance_sits_on_the_services_page(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "📖", "📋", "2.", "👎")
    assert "2. Көчөлөрдү жарыктандыруу" in aigul.screen.text
    assert "✅ I am against" in aigul.labels
    assert await answer(town, aigul, hearing.id, 2) == {2: 1}


async def test_who_goes_home_after_a_first_answer_is_asked_about_themselves_in_the_same_message(
    town: Town,
) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳", "👍")
    before = len(aigul.messages)
    await town.press(aigul, "🏠")
    assert len(aigul.messages) == before
    assert "About you, 1 of 3" in aigul.screen.text
    assert "You have answered 1 of 7." in aigul.screen.text
    assert aigul.labels[:3] == ["👩 Woman", "👨 Man", "Skip"]
    await town.press(aigul, "👩", "Skip", "Skip", "🏠")
    assert "About you" not in aigul.screen.text


async def test_all_seven_questions_can_be_answered_by_taps(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳", "👍", "Next", "👍", "Next", "🤝", "Next", "▫️ Суу", "Next")
    await town.press(aigul, "▫️ Жол", "▫️ Жарык", "Next", "▫️ Жарык", "▫️ Жол", "Next", "1 +")
    assert aigul.toasts[-1].text == "Left: 90\u00a0🪙"
    await town.press(aigul, "Next")
    assert aigul.toasts[-1].text == "Not shared at the question before: 90. They count for nothing."
    assert "You have answered every question" in aigul.screen.text
    assert "You have answered 7 of 7." in aigul.screen.text
    await town.press(aigul, "👤 Questions about")
    assert "About you, 1 of 3" in aigul.screen.text
    await town.press(aigul, "Skip")
    assert await answer(town, aigul, hearing.id, 4) == {2: 1}
    assert await answer(town, aigul, hearing.id, 5) == {1: 1, 3: 1}
    assert await answer(town, aigul, hearing.id, 6) == {3: 1, 1: 2}
    assert await answer(town, aigul, hearing.id, 7) == {1: 10}
    await town.start(aigul)
    assert "You have answered 7 of 7." in aigul.screen.text
    assert await recounted(town, hearing.id)


async def test_a_question_says_what_it_is_about_and_leads_to_the_plan_and_back(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳")
    assert "Жолдун 12 чакырымы талкаланган → Жолду оңдоо" in aigul.screen.text
    assert "💰 1.5\u00a0million som · 📅 by 2027-12-31" in aigul.screen.text
    await town.press(aigul, "📖 Read the plan", "👍")
    assert "❗️ The problem today" in aigul.screen.text
    assert await answer(town, aigul, hearing.id, 1) == {1: 1}
    await town.press(aigul, "⬅️ Back")
    assert "Question 1 of 7" in aigul.screen.text
    await send(town, aigul, OpenQuestion(hearing.id, 3))
    assert "Of every 100 som of revenue, grants are 80." in aigul.screen.text
    await town.press(aigul, "📖 Read the budget", "⬅️ Back")
    assert "Question 3 of 7" in aigul.screen.text


async def test_the_way_on_stays_where_it_was_when_a_question_is_answered(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳")
    for _ in range(7):
        before = [[button["text"] for button in row] for row in aigul.screen.rows]
        (skip,) = (at for at, row in enumerate(before) if "Skip ▶️" in row)
        await town.press(aigul, next(label for row in before[:skip] for label in row if label != "1 −"))
        after = [[button["text"] for button in row] for row in aigul.screen.rows]
        (on,) = (at for at, row in enumerate(after) if "Next ▶️" in row)
        assert len(after) - on == len(before) - skip  # a keyboard stands on its last row
        assert after[0] == ["↩️ Withdraw"]
        await town.press(aigul, "Next")


async def test_the_end_says_how_many_are_left_and_leads_on(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, ChooseOption(hearing.id, 1, 1), OpenQuestion(hearing.id, 7))
    await town.press(aigul, "Skip")
    assert "The questions end here." in aigul.screen.text
    await town.press(aigul, "🗳 Go on: 6 left")
    assert "Question 2 of 7" in aigul.screen.text


async def test_after_closing_one_begins_at_the_first_question(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, ChooseOption(hearing.id, 1, 1))
    town.clock.forward(days=4)
    await send(town, aigul, OpenQuestion(hearing.id))
    assert "Question 1 of 7" in aigul.screen.text


async def test_have_my_say_goes_on_where_one_stopped(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, ChooseOption(hearing.id, 1, 1), ChooseOption(hearing.id, 2, 1), OpenQuestion(hearing.id))
    assert "Question 3 of 7" in aigul.screen.text


async def test_more_options_than_allowed_are_refused_kindly(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, *(MarkOption(hearing.id, 5, option, on=True) for option in (1, 2, 3)))
    assert aigul.toasts[-1].text == "At most 2 can be chosen. Take one out first."
    assert await answer(town, aigul, hearing.id, 5) == {1: 1, 2: 1}


async def test_coins_stop_at_the_cap(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, GiveCoins(hearing.id, 7, 1, 60), GiveCoins(hearing.id, 7, 2, 50))
    assert aigul.toasts[-1].text == "Only 40 is left to share."
    assert await answer(town, aigul, hearing.id, 7) == {1: 60}


async def test_a_nervous_double_tap_changes_nothing(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    presses = (MarkOption(hearing.id, 5, 1, on=True), RankOption(hearing.id, 6, 2, 1), GiveCoins(hearing.id, 7, 3, 20))
    await send(town, aigul, *presses, *presses)
    assert await answer(town, aigul, hearing.id, 5) == {1: 1}
    assert await answer(town, aigul, hearing.id, 6) == {2: 1}
    assert await answer(town, aigul, hearing.id, 7) == {3: 20}


async def test_two_quick_taps_on_one_screen_rank_one_after_the_other(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, RankOption(hearing.id, 6, 2, 1), RankOption(hearing.id, 6, 3, 1))
    assert await answer(town, aigul, hearing.id, 6) == {2: 1, 3: 2}


@pytest.mark.parametrize(
    ("results", "before", "after", "closed"),
    [
        (Results.ALWAYS, True, True, True),
        (Results.AFTER_VOTING, False, True, True),
        (Results.AFTER_CLOSING, False, False, True),
    ],
)
async def test_results_are_shown_as_the_hearing_says(
    town: Town, results: Results, before: bool, after: bool, closed: bool
) -> None:
    hearing = await town.hearing(samples.dossier(results=results))
    for number in range(5):
        await send(town, await town.resident(f"Resident {number}"), ChooseOption(hearing.id, 1, 1))
    bek = await town.resident("Бек")
    await send(town, bek, OpenQuestion(hearing.id, 1))
    assert ("5 people have answered\n" in bek.screen.text) is before
    await send(town, bek, ChooseOption(hearing.id, 1, 2))
    assert ("5 people have answered\n" in bek.screen.text) is after
    town.clock.forward(days=4)
    await send(town, bek, OpenQuestion(hearing.id, 1))
    assert "Preliminary: what is still to be entered is missing." in bek.screen.text
    await town.app.services.entry_desk.close(COMMAND_LINE, hearing.id)
    await send(town, bek, OpenQuestion(hearing.id, 1))
    assert ("6 people have answered\n" in bek.screen.text) is closed


async def test_a_late_press_is_refused_kindly(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳")
    town.clock.forward(days=3)  # closing, to the second; the tick has not come yet
    await town.press(aigul, "👍")
    assert aigul.toasts[-1].text == "Answers were taken until 26 November 2026, 12:00. This one was not counted."
    assert aigul.toasts[-1].alert
    assert "Answers are not taken now." in aigul.screen.text
    assert not any(label.startswith("👍") for label in aigul.labels)
    assert await answer(town, aigul, hearing.id, 1) is None


async def test_an_early_press_is_told_when_to_come(town: Town) -> None:
    hearing = await town.hearing(samples.dossier(opens=samples.NOW + samples.HOUR))
    aigul = await town.resident()
    assert "You can answer from Monday, 23 November, 13:00." in aigul.screen.text
    await send(town, aigul, ChooseOption(hearing.id, 1, 1))
    assert "Answers are taken from 23 November 2026, 13:00." in aigul.toasts[-1].text
    assert await answer(town, aigul, hearing.id, 1) is None


@pytest.mark.parametrize(
    ("press", "told", "shown"),
    [
        (ChooseOption(1, 1, 9), CHANGED, "Question 1 of 7"),
        (ChooseOption(1, 99, 1), GONE, CARD),
        (ChooseOption(999, 1, 1), GONE, CARD),
        (MarkOption(1, 1, 1, on=True), CHANGED, "Question 1 of 7"),
        (GiveCoins(1, 7, 1, 2**40), CHANGED, "Question 7 of 7"),
        (RankOption(1, 6, 1, 77), CHANGED, "Question 6 of 7"),
        (WithdrawVote(1, 55), GONE, CARD),
    ],
)
async def test_a_forged_answer_gets_a_sentence_and_a_fresh_screen_and_changes_nothing(
    town: Town, press: Press, told: str, shown: str
) -> None:
    await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, press)
    assert (aigul.toasts[-1].text, aigul.toasts[-1].alert) == (told, True)
    assert aigul.screen.text.startswith(shown)
    async with town.store.reading() as repositories:
        assert not await repositories.votes.rollup(1)


@pytest.mark.parametrize(
    "data", ["", "x", "1k", "1kzz_1", "1kc_1_1", "1kc_1_1_1_1_1_1", "1kc_-1_1_1", "2kh_1", "1kc_1_ӨҮ_1"]
)
async def test_a_button_nobody_can_read_gets_a_fresh_screen(town: Town, data: str) -> None:
    await town.hearing()
    aigul = await town.resident()
    aigul.forge(data or "-")
    await town.quiet()
    assert aigul.toasts[-1].text == "This button is out of date. Here is a fresh screen."
    assert "2027-жылдын бюджети" in aigul.screen.text


async def test_the_voters_demographics_are_kept_as_they_were_then(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await send(town, aigul, ChooseOption(hearing.id, 1, 1))
    actor = await town.actor(aigul)
    await town.app.services.people.set_village(actor, town.places["bagysh-1"])
    await send(town, aigul, ChooseOption(hearing.id, 2, 1))
    async with town.store.reading() as repositories:
        assert actor.resident is not None
        votes = await repositories.votes.of_person(hearing.id, actor.resident.id)
        groups = (await repositories.participants.participation(hearing.id)).groups
    assert votes[1].demographics.village_id == 0
    assert votes[2].demographics.village_id == town.places["bagysh-1"]
    assert [demographics.village_id for demographics in groups] == [town.places["bagysh-1"]]
    assert await recounted(town, hearing.id)


async def test_many_people_at_once_are_each_counted_once(town: Town) -> None:
    hearing = await town.hearing()
    people = [await town.resident(f"Resident {number}") for number in range(12)]
    for person in people:
        person.forge(pack(ChooseOption(hearing.id, 1, 1 + people.index(person) % 3), "en"))
    await town.quiet()
    async with town.store.reading() as repositories:
        tally = (await repositories.votes.tallies(hearing.id))[1]
    assert tally.voters == 12
    assert [tally.count(option).voters for option in (1, 2, 3)] == [4, 4, 4]
    assert all(person.toasts[-1].text.startswith("✅ Counted") for person in people)


async def test_of_60_options_each_can_be_chosen_on_its_page(town: Town) -> None:
    options = tuple(Text({"ky": f"{n}-көчөнү оңдоо " + "жана жарыктандыруу " * 11}) for n in range(1, 61))
    asked = Question(1, About(), QuestionKind.SEVERAL, Text({"ky": "Кайсынысы?"}), options)
    hearing = await town.hearing(replace(samples.dossier(), questions=(asked, replace(asked, no=2))))
    aigul = await town.resident()
    await town.press(aigul, "🗳", "9–16 ▶️", "▫️ 11.", "17–24 ▶️", "▫️ 20.", "◀️ 9–16")
    assert await answer(town, aigul, hearing.id, 1) == {11: 1, 20: 1}
    assert any(label.startswith("✅ 11.") for label in aigul.labels)
