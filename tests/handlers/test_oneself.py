"""Settings, one's own answers, privacy and being forgotten: conversations through the simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.people import AgeBand, Gender, Reminders
from handlers import presses
from handlers.presses.wire import pack
from tests.handlers.test_comments import comments_of, propose, said

if TYPE_CHECKING:
    from bot.domain.people import Resident
    from bot.simulator.people import Person
    from tests.living import Town


async def profile(town: Town, person: Person) -> Resident:
    """What is stored of somebody."""
    async with town.store.reading() as repositories:
        resident = await repositories.people.find(person.id)
    assert resident is not None
    return resident


async def test_reminders_are_chosen_and_stopped_and_turned_on_again(town: Town) -> None:
    aigul = await town.resident()
    await town.say(aigul, "/reminders")
    await town.press(aigul, "📅 Only the hearing days")
    assert (await profile(town, aigul)).reminders is Reminders.DAYS
    assert "✅ 📅 Only the hearing days" in aigul.labels
    await town.say(aigul, "/stop")
    assert (await profile(town, aigul)).reminders is Reminders.NONE
    await town.press(aigul, "🔔 Turn them on again")
    assert (await profile(town, aigul)).reminders is Reminders.ALL


async def test_a_visitor_who_stops_is_not_stored(town: Town) -> None:
    visitor = town.person("Улан")
    await town.say(visitor, "/stop")

    assert "You will get no more announcements" in visitor.screen.text
    assert (await town.actor(visitor)).resident is None


async def test_the_three_questions_can_be_skipped_and_answered_later_and_unsaid(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await propose(town, aigul, "Жол керек")
    await town.press(aigul, "Skip", "Skip", "Skip")
    assert "Thank you!" in aigul.screen.text
    assert (await profile(town, aigul)).gender is Gender.UNSAID

    await town.press(aigul, "⚙️ Settings", "👤 About me", "👩 Woman", "60")
    assert (await profile(town, aigul)).age_band is AgeBand.FROM_60
    await town.say(aigul, "/settings")
    assert "Woman, 60 years and older" in aigul.screen.text
    await town.press(aigul, "👤 About me", "Skip")
    assert (await profile(town, aigul)).gender is Gender.UNSAID


async def test_about_oneself_is_asked_of_nobody_who_has_not_agreed(town: Town) -> None:
    visitor = town.person("Улан")
    await town.start(visitor)
    visitor.forge(pack(presses.SetGender(Gender.FEMALE), "en"))
    await town.quiet()

    assert "✅ I agree" in visitor.labels
    assert (await town.actor(visitor)).resident is None


async def test_mine_shows_how_far_one_is_and_what_one_wrote(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳", "👍")
    await propose(town, aigul, "Жол керек")
    await town.say(aigul, "/mine")

    assert "answered: 1 of 7" in aigul.screen.text
    assert "№ 1 · Proposal · ⏳ Waiting to be published" in aigul.screen.text
    await town.press(aigul, "№ 1 Жол керек")
    assert "✅ Received" in aigul.screen.text
    assert "▫️ Considered" in aigul.screen.text
    await town.press(aigul, "⬅️ Back", "🗳")
    assert "Question 2 of 7" in aigul.screen.text


async def test_my_data_is_a_file_with_everything_in_it(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳", "👍")
    await propose(town, aigul, "Жол <script>керек</script>")
    await town.say(aigul, "/mydata")

    paper = aigul.messages[-1]
    assert paper.file_name == "my-data.html"
    page = (paper.document or b"").decode("utf-8")
    for words in (str(aigul.id), "Bagysh aiyl aimagy", "I support", "№ 1", "Жол &lt;script&gt;керек&lt;/script&gt;"):
        assert words in page


async def test_a_visitor_has_no_data(town: Town) -> None:
    visitor = town.person("Улан")
    for command in ("/mydata", "/forget"):
        await town.say(visitor, command)
        assert "Nothing about you is stored." in visitor.screen.text


async def test_who_is_forgotten_takes_comments_and_open_answers_along(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "🗳", "👍")
    comment = await propose(town, aigul, "Жол керек")
    await town.say(aigul, "/forget")
    await town.press(aigul, "🗑 Delete, take comments back")

    assert "Your data is deleted." in said(aigul)
    assert (await town.actor(aigul)).resident is None
    async with town.store.reading() as repositories:
        left = await repositories.comments.get(comment.id)
        tallies = await repositories.votes.tallies(hearing.id)
    assert left.author_id is None
    assert left.withdrawn_at is not None
    assert sum(tally.voters for tally in tallies.values()) == 0


async def test_who_is_forgotten_may_leave_comments_without_a_name(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    comment = await propose(town, aigul, "Жол керек")
    await town.say(aigul, "/forget")
    await town.press(aigul, "✖️ Cancel")
    assert len(await comments_of(town, aigul)) == 1
    await town.press(aigul, "🗑 Delete my data", "👤 Delete, leave them nameless")

    async with town.store.reading() as repositories:
        left = await repositories.comments.get(comment.id)
    assert left.author_id is None
    assert left.withdrawn_at is None
    await town.start(aigul)
    assert "Choose a language" in aigul.screen.text
