"""A secretary puts a hearing up without a workbook, copies the last one and changes one thing, by labels alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.hearings import HearingKind, Phase
from bot.domain.people import Caller, Role
from bot.domain.questions import Choose
from handlers import presses
from handlers.presses.links import deep_link

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from tests.living import Town


async def newest(town: Town) -> Hearing:
    """The municipality's hearing that was begun last."""
    async with town.store.reading() as repositories:
        return max(
            await repositories.hearings.list_of(town.places["bagysh"], tuple(Phase)), key=lambda hearing: hearing.id
        )


async def invited(town: Town) -> Person:
    """A secretary who has just opened an invitation, in Kyrgyz."""
    person = await town.resident("Гүлнара", tongue="Кыргызча")
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.SECRETARY)
    person.follow(deep_link(town.telegram.username, presses.AcceptInvitation(token)))
    await town.quiet()
    return person


async def test_six_questions_in_kyrgyz_lead_from_the_invitation_to_a_published_hearing(town: Town) -> None:
    secretary, bek = await invited(town), await town.resident("Бек", tongue="Кыргызча")
    await town.say(secretary, "/desk")
    way = [
        *("➕ Жаңы угуу", "✍️ Алты суроого", "Бюджеттин долбоору", "2027"),
        *("жума 04.12", "15:00", "📍 Маданият үйү"),
    ]
    await town.press(secretary, *way)
    rest = ["▫️ Ички жолдор", "▫️ Таза суу", "✅ Баары ушул", "📣 Жарыялоо", "📣 Азыр жарыялоо"]
    await town.press(secretary, *rest[:3])
    for words in ("Бюджеттин долбоору, 2027-жыл", "4-декабрь", "15:00", "Маданият үйү", "Таза суу менен камсыздоо"):
        assert words in secretary.screen.text
    await town.press(secretary, *rest[3:])
    assert len(way) + len(rest) == 12  # and nothing typed
    hearing = await newest(town)
    assert hearing.phase in (Phase.ANNOUNCED, Phase.OPEN)
    assert (hearing.dossier.kind, hearing.dossier.fiscal_year) == (HearingKind.BUDGET, 2027)
    assert hearing.dossier.title.by_language["ru"] == "Проект бюджета на 2027 год"
    assert [question.about.no for question in hearing.dossier.questions] == [1, 2]
    await town.tick()
    assert any("Маданият үйү" in message.text for message in bek.messages)


async def test_a_draft_outlives_the_process_and_each_question_has_a_way_back_and_a_way_past(town: Town) -> None:
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    await town.press(secretary, "➕ New hearing", "✍️ Answer six questions", "Strategy and budget")
    await town.stop()
    await town.begin()
    await town.press(secretary, "Skip ▶️", "Skip ▶️", "⬅️ Back", "▶️", "◀️", "Skip ▶️", "Skip ▶️", "⬅️ Back", "Skip ▶️")
    await town.press(secretary, "▫️ Street lighting", "✅ Street lighting", "▫️ Sports", "✅ That is all")
    assert "Organising sports services" in secretary.screen.text
    assert "street lighting" not in secretary.screen.text
    await town.press(secretary, "⬅️ Back", "⬅️ Back", "⬅️ Back", "⬅️ Back", "⬅️ Back")
    await town.press(secretary, "✏️ Change", "⬅️ Back")
    draft = await newest(town)
    assert draft.phase is Phase.DRAFT
    assert [service.no for service in draft.dossier.services] == [1]


async def test_pressing_twice_begins_one_draft(town: Town) -> None:
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    kinds = await town.press(secretary, "➕ New hearing", "✍️ Answer six questions")
    data = kinds.button("Public hearing")["callback_data"]
    for _ in range(2):
        secretary.forge(data, kinds)
        await town.quiet()
    assert (await newest(town)).id == 1


async def test_the_last_hearing_is_copied_with_new_dates_and_a_new_year(town: Town) -> None:
    first = await town.hearing()
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    await town.press(secretary, "➕ New hearing", "📄 Copy the last hearing")
    assert "Years in other texts stay as they are" in secretary.screen.text
    await town.press(secretary, "2027", "▶️", "Mon 14.12", "10:00", "Skip ▶️", "✅ That is all")
    copy = await newest(town)
    assert copy.phase is Phase.DRAFT
    assert copy.dossier.sittings[0].place == first.dossier.sittings[0].place
    assert copy.dossier.services == first.dossier.services
    assert copy.dossier.closes_at - copy.dossier.sittings[0].starts_at == (
        first.dossier.closes_at - first.dossier.sittings[0].starts_at
    )


async def test_a_typed_place_of_a_public_hearing_is_read_back_and_told_to_followers(town: Town) -> None:
    bek = await town.resident("Бек")
    hearing = await town.hearing()
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", "✏️ Change", "📍 Place", "🌐 Кыргызча")
    await town.say(secretary, "Мектеп")
    assert "Маданият үйү" in secretary.screen.text
    assert "1 person will get a message" in secretary.screen.text
    assert (await newest(town)).dossier == hearing.dossier
    await town.press(secretary, "✅ Yes, change it")
    assert "Русский" in secretary.screen.text
    await town.tick()
    assert (await newest(town)).dossier.sittings[0].place.by_language["ky"] == "Мектеп"
    assert any("Мектеп" in message.text for message in bek.messages)


async def test_a_text_that_was_voted_on_is_left_or_asked_about_anew(town: Town) -> None:
    hearing = await town.hearing()
    secretary = await town.secretary()
    resident = Caller((await town.resident("Бек")).id, "ky")
    await town.app.services.voting.cast(resident, hearing.id, 1, Choose(1), order=1)
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", "✏️ Change", "📋 Text of a service", "1.", "Name of the service", "🌐 Кыргызча")
    await town.say(secretary, "Мэрге эстелик")
    assert "Question 1: 1 person has answered it." in secretary.screen.text
    await town.press(secretary, "✖️ No, leave it")
    assert (await newest(town)).version == 1
    await town.press(secretary, "📋 Text of a service", "1.", "Name of the service", "🌐 Кыргызча")
    await town.say(secretary, "Мэрге эстелик")
    await town.press(secretary, "✅ Yes, and ask again")
    changed = await newest(town)
    assert (changed.version, changed.dossier.question(1).edition) == (2, 2)
