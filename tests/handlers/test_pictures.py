"""Pictures for a chat: residents see how people answered, staff who was heard, members get it when answers close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.people import Role
from bot.domain.questions import Choose
from tests.handlers.test_small_numbers import newcomer, vote
from tests.reports.test_charts import size

if TYPE_CHECKING:
    from tests.living import Town


async def test_answers_and_who_was_heard_are_pictures_with_the_same_numbers_beside_them(town: Town) -> None:
    hearing = await town.hearing()
    resident = await town.resident("Бек")
    member = await town.secretary(role=Role.MEMBER)
    await town.press(resident, "🗳")
    assert not [label for label in resident.labels if "picture" in label]
    for number in range(5):
        await vote(town, await newcomer(town, number), hearing, {1: Choose(1 if number else 2)})
    await town.press(resident, "👍 I support", "🖼 As a picture")
    assert resident.screen.photo is not None
    width, height = size(resident.screen.photo)
    assert height <= width * 5 / 4
    assert "In favour: 80% · 4" in resident.screen.words
    assert "5 people have answered" in resident.screen.words
    assert "these numbers will change" in resident.screen.words
    await town.press(resident, "⬅️ Back")
    assert "Question 1 of" in resident.screen.text

    await town.say(member, "/desk")
    await town.press(member, "🟢", "👥 Not yet heard", "🖼 As a picture")
    assert member.screen.photo is not None
    assert "People who took part: 6" in member.screen.words
    await town.press(member, "⬅️ Back")

    town.clock.forward(seconds=(hearing.closes_at - town.clock.now()).total_seconds() + 1)
    await town.tick()
    await town.quiet()
    town.clock.forward(hours=24)
    await town.quiet()
    told = [each for each in member.messages if "Answers are closed" in each.words]
    assert sorted((bool(each.photo), bool(each.document)) for each in told) == [(False, True), (True, False)]
    (picture,) = [each for each in told if each.photo]
    assert "In favour: 80% · 4" in picture.words
    assert len(picture.words) <= 1024
