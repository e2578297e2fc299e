"""A comment is hidden, its author appeals, and another member of staff publishes it: in Kyrgyz and in Uzbek."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import HidingRule, Visibility
from bot.domain.languages import OWN_NAMES
from bot.domain.people import Role
from handlers import presses
from handlers.presses.wire import pack
from tests.handlers.test_comments import comments_of
from tests.handlers.test_desk import comment, send

if TYPE_CHECKING:
    from tests.living import Town

WORDS = {
    "ky": {
        "told": "№ 1 пикириңиз башкаларга көрсөтүлбөйт",
        "appeal": "🙋 Каршы пикир",
        "not sent": "№ 1 боюнча бул каршы пикирди жөнөтөсүзбү?",
        "send": "📨 Каршы пикирди жөнөтүү",
        "waits": "Каршы пикириңиз жооп күтүүдө",
        "desk": "🙋 Каршы пикирлер: 1",
        "own": "кесиптешиңиз чечет",
        "show": "✅ Башкаларга көрсөтүү",
        "sure": "✅ Ооба, көрсөтүлсүн",
        "shown": "№ 1 пикириңизди эми башкалар окуй алат",
    },
    "uz_Cyrl": {
        "told": "№ 1 фикрингиз бошқаларга кўрсатилмайди",
        "appeal": "🙋 Эътироз",
        "not sent": "№ 1 бўйича шу эътирозни юборасизми?",
        "send": "📨 Эътирозни юбориш",
        "waits": "Эътирозингиз жавоб кутмоқда",
        "desk": "🙋 Эътирозлар: 1",
        "own": "ҳамкасбингиз ҳал қилади",
        "show": "✅ Бошқаларга кўрсатиш",
        "sure": "✅ Ҳа, кўрсатилсин",
        "shown": "№ 1 фикрингизни энди бошқалар ўқий олади",
    },
}


@pytest.mark.parametrize("language", WORDS)
async def test_an_author_appeals_and_another_member_of_staff_shows_the_comment(town: Town, language: str) -> None:
    words, tongue = WORDS[language], OWN_NAMES[language]
    await town.hearing()
    author = await town.resident(tongue=tongue)
    secretary, member = [await town.secretary(role=role, tongue=tongue) for role in (Role.SECRETARY, Role.MEMBER)]
    await comment(town, author, "Көпүрө качан оңдолот?")
    secretary.forge(pack(presses.HideComment(1, HidingRule.INSULT), language))
    await town.quiet()
    assert words["told"] in author.messages[-1].words

    await town.press(author, words["appeal"])
    await town.say(author, "Мен эч кимди кемсинткен жокмун")
    assert words["not sent"] in author.screen.text
    assert not member.messages[-1].words.startswith("🙋")  # nobody is told before it is sent
    await town.press(author, words["send"])
    author.forge(pack(presses.ReadComment(1), language))
    await town.quiet()
    assert words["waits"] in author.screen.text
    assert words["appeal"] not in author.labels

    assert not secretary.messages[-1].words.startswith("🙋")
    assert member.messages[-1].words.startswith("🙋")
    assert "кемсинткен жокмун" not in member.messages[-1].words
    for person in (secretary, member):
        person.forge(pack(presses.OpenDeskMunicipality(town.places["bagysh"]), language))
        await town.quiet()
        await town.press(person, words["desk"], "🙋 № 1")
        assert "кемсинткен жокмун" in person.screen.text
    assert words["own"] in secretary.screen.text
    assert words["show"] not in secretary.labels
    await town.press(member, words["show"], words["sure"])
    assert (await comments_of(town, author))[0].visibility is Visibility.PUBLISHED
    assert words["shown"] in author.messages[-1].words


async def test_undoing_a_hiding_tells_the_author_and_an_appeal_that_is_refused_says_so(town: Town) -> None:
    await town.hearing()
    author, moderator = await town.resident(), await town.secretary(role=Role.MODERATOR)
    await comment(town, author, "Жол керек")
    await send(town, moderator, presses.HideComment(1, HidingRule.OFF_TOPIC))
    await send(town, moderator, presses.PutBackComment(1))
    assert "Your comment № 1 is not hidden any more" in author.messages[-1].words
    town.clock.forward(minutes=1)
    await send(town, moderator, presses.HideComment(1, HidingRule.OFF_TOPIC))
    await town.press(author, "🙋 Appeal")
    await town.say(author, "Бул угуу жөнүндө")
    await town.press(author, "✏️ Write it anew")
    await town.say(author, "Бул дал ушул угуу жөнүндө")
    await town.press(author, "📨 Send the appeal")
    await town.press(moderator, "🙋 Read the appeal")
    assert "There is no colleague who could decide, so you do." in moderator.screen.text
    await town.press(moderator, "🚫 Keep it hidden", "🚫 Yes, keep it hidden")
    assert "No appeal is waiting." in moderator.screen.text
    assert "Your comment № 1 stays hidden" in author.messages[-1].words
    await send(town, author, presses.AppealHiding(1))
    assert author.toasts[-1].text == "You have appealed already. You are told what comes of it."
