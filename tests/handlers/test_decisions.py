"""Decisions in the chat, one comment after another; whoever wrote or supports it reads the answer in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind, HidingRule, Outcome
from bot.domain.hearings import Phase
from bot.domain.languages import KY, OWN_NAMES
from bot.domain.questions import About
from handlers import presses
from tests.handlers.test_desk import send
from tests.municipality import Municipality
from tests.services.writing import filed, message, published, received, stored

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.simulator.people import Person
    from tests.living import Town


async def morning(town: Town) -> None:
    """Let night pass: what is not urgent waits for it."""
    town.clock.forward(hours=24)
    await town.tick()
    await town.quiet()


def answers(person: Person, number: int) -> list[str]:
    """What the person was told of the comment's decision."""
    return [each.text for each in person.messages if each.text.startswith("📨") and f"№ {number} ·" in each.text]


async def outcomes(here: Municipality, *comments: Comment) -> list[Outcome | None]:
    found = [(await stored(here, each)).decision for each in comments]
    return [each.outcome if each else None for each in found]


async def test_each_comment_gets_its_answer_and_its_author_and_supporters_read_it(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    author, supporter = await town.resident(), await town.resident("Бакыт", tongue=OWN_NAMES[KY])
    writes = await town.actor(author)
    bridge = await published(here, writes, hearing, "Көпүрө керек")
    hidden = await filed(here, writes, hearing, "Жолду оңдоңуз")
    await here.services.moderation.hide(COMMAND_LINE, hidden.id, HidingRule.INSULT)
    await here.services.submissions.begin(writes, hearing.id, CommentKind.QUESTION, About())
    asked = (await received(here, writes, message(here, "Качан?"))).comment
    await here.services.comments.support(await town.actor(supporter), bridge.id, on=True)
    secretary = await town.secretary()
    await send(town, secretary, presses.OpenDeskHearing(hearing.id))
    screen = await town.press(secretary, "⚖️ Decisions: 3")
    assert "Көпүрө керек" in screen.text
    assert "Answer it" not in " ".join(screen.labels)
    await town.press(secretary, "❌ Reject")
    screen = await town.say(secretary, "Акча жок")
    assert "Акча жок" in screen.text
    assert await outcomes(here, bridge) == [None]
    screen = await town.press(secretary, "✅ Store it")
    assert "№ 1: Rejected. Its author is told." in screen.text
    assert "Жолду оңдоңуз" in screen.text
    await town.press(secretary, "❌ Reject")
    await town.press(secretary, "↩️ Use text 1")
    screen = await town.press(secretary, "✅ Store it")
    assert "Качан?" in screen.text
    await town.press(secretary, "💬 Answer it")
    await town.say(secretary, "Жазында")
    screen = await town.press(secretary, "✅ Store it")
    assert "Every comment has its decision." in screen.text
    assert await outcomes(here, bridge, hidden, asked) == [Outcome.REJECTED, Outcome.REJECTED, Outcome.ANSWERED]
    await morning(town)
    assert [len(answers(author, number)) for number in (1, 2, 3)] == [1, 1, 1]
    assert all(word in answers(author, 2)[0] for word in ("Жолду оңдоңуз", "Rejected", "Акча жок"))
    assert [len(answers(supporter, number)) for number in (1, 2, 3)] == [1, 0, 0]
    assert "Четке кагылды" in answers(supporter, 1)[0]


async def test_what_was_decided_is_changed_and_told_once_more(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    author = await town.resident()
    comment = await filed(here, await town.actor(author), hearing)
    secretary = await town.secretary()
    await send(town, secretary, presses.OpenDecisions(hearing.id))
    await town.press(secretary, "📝 Note it")
    assert "✏️ Change № 1" in secretary.screen.labels
    await morning(town)
    await send(town, secretary, presses.DecideComment(comment.id))
    await town.press(secretary, "✅ Accept")
    await town.say(secretary, "Курабыз")
    await town.press(secretary, "✅ Store it")
    await morning(town)
    assert await outcomes(here, comment) == [Outcome.ACCEPTED]
    assert [each.split("№ 1 · ")[1].split("\n")[0] for each in answers(author, 1)] == ["Noted", "Accepted"]


async def test_a_closed_hearing_is_answered_by_one_press_after_asking(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    await filed(here, await town.actor(await town.resident()), hearing)
    secretary = await town.secretary()
    await send(town, secretary, presses.OpenDecisions(hearing.id))
    town.clock.forward(seconds=(hearing.closes_at - town.clock.now()).total_seconds() + 60)
    await town.tick()
    await send(town, secretary, presses.CompleteHearing(hearing.id, sure=True))
    assert "Comments without a decision: 1" in secretary.toasts[-1].text
    await send(town, secretary, presses.OpenDecisions(hearing.id))
    await town.press(secretary, "📝 Note it")
    await town.press(secretary, "🏁 The hearing is answered")
    await town.press(secretary, "🏁 Yes, it is answered")
    async with town.store.reading() as repositories:
        assert (await repositories.hearings.get(hearing.id)).phase is Phase.ANSWERED


async def test_who_goes_away_from_a_decision_types_nothing_into_it(town: Town) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    comment = await filed(here, await town.actor(await town.resident()), hearing)
    secretary = await town.secretary()
    await send(town, secretary, presses.OpenDecisions(hearing.id))
    await town.press(secretary, "✅ Accept")
    await town.press(secretary, "⬅️ Back")
    await town.say(secretary, "Саламатсызбы")
    assert await outcomes(here, comment) == [None]


@pytest.mark.parametrize("meanwhile", ["/desk", "an old button", "half an hour"])
async def test_words_are_no_reason_once_another_screen_was_opened_or_half_an_hour_has_passed(
    town: Town, meanwhile: str
) -> None:
    hearing, here = await town.hearing(), Municipality(town.app.services, town.places)
    comment = await filed(here, await town.actor(await town.resident()), hearing)
    secretary = await town.secretary()
    await send(town, secretary, presses.OpenDecisions(hearing.id))
    await town.press(secretary, "✅ Accept")
    if meanwhile.startswith("/"):
        await town.say(secretary, meanwhile)
    elif meanwhile == "an old button":
        await send(town, secretary, presses.StoreDecision(hearing.id, "0badc0de"))
    else:
        town.clock.forward(minutes=31)
    screen = await town.say(secretary, "See you tomorrow")
    assert "Is this right?" not in screen.text
    assert await outcomes(here, comment) == [None]
