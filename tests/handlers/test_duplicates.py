"""Two comments that say the same are joined, decided together and told once; or parted again: in Kyrgyz and Uzbek."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.languages import OWN_NAMES
from bot.domain.people import Role
from handlers import presses
from handlers.presses.wire import pack
from tests.handlers.test_desk import comment

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from handlers.presses import Press
    from tests.living import Town

WORDS = {
    "ky": {
        "similar": "🔗 Окшош пикирлер: 1",
        "join": "🔗 № 1 менен бириктирүү",
        "sure": "🔗 Ооба, бириктирилсин",
        "part": "✂️ № 1: ажыратуу",
        "joined": "🔗 Бириктирилген: № 1",
        "accept": "✅ Кабыл алуу",
        "store": "✅ Сактоо",
        "one left": "Чечим чыга элек: 1",
    },
    "uz_Cyrl": {
        "similar": "🔗 Ўхшаш фикрлар: 1",
        "join": "🔗 № 1 билан бирлаштириш",
        "sure": "🔗 Ҳа, бирлаштирилсин",
        "part": "✂️ № 1: ажратиш",
        "joined": "🔗 Бирлаштирилган: № 1",
        "accept": "✅ Қабул қилиш",
        "store": "✅ Сақлаш",
        "one left": "Ҳали қарор чиқмаган: 1",
    },
}


@pytest.mark.parametrize("language", WORDS)
async def test_two_are_joined_decided_together_and_each_author_is_told_once(town: Town, language: str) -> None:
    words, tongue = WORDS[language], OWN_NAMES[language]

    async def send(person: Person, press: Press) -> None:
        person.forge(pack(press, language))
        await town.quiet()

    hearing = await town.hearing()
    one, two = await town.resident(tongue=tongue), await town.resident("Бек", tongue=tongue)
    await comment(town, one, "Мектептин жолун асфальттап бергиле")
    await comment(town, two, "Mektepтин жолун асфальттап бергилечи")
    secretary = await town.secretary(role=Role.SECRETARY, tongue=tongue)
    await send(secretary, presses.ReviewComment(2))
    await town.press(secretary, words["similar"], words["join"], words["sure"])
    assert words["joined"] in secretary.screen.text
    await town.press(secretary, words["part"])
    assert words["joined"] not in secretary.screen.text
    await town.press(secretary, words["similar"], words["join"], words["sure"])
    await town.say(two, "/mine")
    assert words["joined"] in two.screen.text

    before = [len(person.messages) for person in (one, two)]
    await send(secretary, presses.OpenDecisions(hearing.id))
    assert words["one left"] in secretary.screen.text
    await town.press(secretary, words["accept"])
    await town.say(secretary, "Быйыл курабыз")
    await town.press(secretary, words["store"])
    town.clock.forward(hours=24)
    await town.tick()
    for person, seen, number in zip((one, two), before, (1, 2), strict=True):
        new = [message.words for message in person.messages[seen:]]
        assert len([text for text in new if "Быйыл курабыз" in text]) == 1
        assert f"№ {number}" in new[-1]
    await send(secretary, presses.PublishComment(1))
    await send(secretary, presses.PublishComment(2))
    await send(two, presses.ReadAnswers(hearing.id))
    assert two.screen.text.count("🔗") == 1  # one answer, once, with both numbers
