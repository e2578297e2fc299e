"""A moderator publishes five comments at once, hides one, undoes it and finds a word: in Kyrgyz and in Uzbek."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import Visibility
from bot.domain.languages import OWN_NAMES
from bot.domain.people import Caller, Role
from handlers import presses
from handlers.presses.wire import pack
from tests.handlers.test_comments import comments_of
from tests.handlers.test_desk import comment

if TYPE_CHECKING:
    from tests.living import Town

LABELS = {
    "ky": (
        *("💬 Пикирлер, күткөнү: 6", "✅ Толук көрүнгөнүн жарыялоо: 5", "🚫 Жашыруу", "Кемсинтүү бар"),
        "↩️ Артка кайтаруу: № 6",
    ),
    "uz_Cyrl": (
        *("💬 Фикрлар, кутаётгани: 6", "✅ Тўлиқларини эълон қилиш: 5", "🚫 Яшириш", "Ҳақорат"),
        "↩️ Бекор қилиш: № 6",
    ),
}


@pytest.mark.parametrize("language", LABELS)
async def test_five_are_published_one_is_hidden_and_put_back_and_a_word_is_found(town: Town, language: str) -> None:
    hearing = await town.hearing()
    author = await town.resident()
    for number in range(6):
        await comment(town, author, f"Көчөгө жарык керек {number}")
        town.clock.forward(minutes=1)
    moderator = await town.resident("Гүлнара", tongue=OWN_NAMES[language])
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.MODERATOR)
    await town.app.services.people.join(Caller(moderator.id, language), token)
    moderator.forge(pack(presses.OpenDeskHearing(hearing.id), language))
    await town.quiet()
    waiting, publish, hide, rule, undo = LABELS[language]
    await town.press(moderator, waiting, publish)
    assert "№ 1, № 2, № 3, № 4, № 5" in moderator.toasts[-1].text
    await town.press(moderator, "⏳ № 6", hide, rule)
    standing = [each.visibility for each in await comments_of(town, author)]
    assert standing == [Visibility.HIDDEN] + [Visibility.PUBLISHED] * 5
    await town.press(moderator, undo)
    assert (await comments_of(town, author))[0].visibility is Visibility.WAITING
    moderator.forge(pack(presses.SearchComments(hearing.id), language))
    await town.quiet()
    await town.say(moderator, "ЖАРЫК керек 3")
    assert "керек 3" in moderator.screen.text
    assert "керек 2" not in moderator.screen.text
