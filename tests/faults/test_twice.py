"""The same update twice, a batch twice, two replicas: one vote, one comment, one journal line, one receipt number."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind, HidingRule
from bot.domain.people import Role
from bot.domain.questions import AboutKind
from handlers import presses
from handlers.presses.links import deep_link
from handlers.presses.wire import pack
from tests.faults.stage import said

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.runtime import App
    from bot.simulator.people import Person
    from tests.faults.stage import Json, Stage


async def carry(updates: list[Json], *apps: App) -> None:
    """Bring every update to every app, to all at the same moment, one update after the other."""
    for raw in updates:
        await asyncio.gather(*(app.intake.take(raw) for app in apps))
    for app in apps:
        await app.idle()
    await bring_menus(apps[0])


async def bring_menus(app: App) -> None:
    """Change the menus that people's roles demand, whichever app's tick is at it: else they stay owed for a moment."""
    owed = True
    while owed:
        await app.parts.chat_menus.settle()
        async with app.services.store.reading() as repositories:
            owed = bool(await repositories.people.list_menus(limit=1))


async def comments_of(stage: Stage, person: Person) -> tuple[Comment, ...]:
    async with stage.store.reading() as repositories:
        resident = await repositories.people.find(person.id)
        assert resident is not None
        return await repositories.comments.list_of(resident.id)


async def written(stage: Stage, person: Person, words: str) -> Comment:
    await stage.start(person)
    await stage.press(person, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    await stage.say(person, words)
    return (await comments_of(stage, person))[0]


async def test_a_press_that_reaches_two_replicas_is_one_vote(stage: Stage) -> None:
    hearing = await stage.hearing()
    aigul = await stage.resident()
    await stage.stop()
    async with stage.replica() as first, stage.replica() as second:
        aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1), "en"))
        aigul.forge(pack(presses.ChooseOption(hearing.id, 2, 2), "en"))
        await carry(stage.collect(), first, second)
    rows = await stage.dump()
    assert len(rows["votes"]) == 2
    assert len(rows["participants"]) == 1


async def test_words_that_reach_two_replicas_are_one_comment_with_one_number(stage: Stage) -> None:
    await stage.hearing()
    aigul = await stage.resident()
    await stage.press(aigul, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")
    await stage.stop()
    async with stage.replica() as first, stage.replica() as second:
        aigul.say("Көпүрө керек")
        await carry(stage.collect(), first, second)
        stage.clock.forward(minutes=1)
        aigul.say("Дагы бир сөз")
        await carry(stage.collect(), first, second)
    (comment,) = await comments_of(stage, aigul)
    assert comment.text == "Көпүрө керек"
    assert set(re.findall(r"Your number: № (\d+)", said(aigul))) == {"1"}


async def test_an_amendment_that_comes_again_after_a_crash_is_confirmed_again_and_not_taken_for_something_new(
    stage: Stage,
) -> None:
    await stage.hearing()
    aigul = await stage.resident()
    comment = await written(stage, aigul, "Биринчи сөз")
    await stage.stop()
    async with stage.replica() as before, stage.replica() as after, stage.replica() as beside:
        aigul.forge(pack(presses.AmendComment(comment.id), "en"))
        aigul.say("Экинчи сөз")
        batch = stage.collect()
        await carry(batch, before)
        stage.clock.forward(seconds=5)
        await before.idle()
        told = await stage.dump()
        await carry(batch[1:], after)
        await carry(batch, beside)
    assert await stage.dump() == told
    assert "Do you want to send this to the hearing?" not in said(aigul)
    assert [found.text for found in await comments_of(stage, aigul)] == ["Экинчи сөз"]


async def test_acts_of_staff_that_come_again_are_one_line_in_the_journal(stage: Stage) -> None:
    hearing = await stage.hearing()
    draft = await stage.hearing(publish=False)
    author = await stage.resident()
    first_comment = await written(stage, author, "Биринчи")
    second_comment = await written(stage, author, "Экинчи")
    secretary = await stage.secretary()
    token = await stage.app.services.people.invite(COMMAND_LINE, stage.places["bagysh"], Role.MEMBER)
    member = await stage.resident("Медер")
    await stage.stop()
    async with stage.replica() as before, stage.replica() as beside, stage.replica() as after:
        secretary.forge(pack(presses.PublishComment(first_comment.id), "en"))
        secretary.forge(pack(presses.HideComment(second_comment.id, HidingRule.INSULT), "en"))
        secretary.forge(pack(presses.PublishHearing(draft.id, sure=True), "en"))
        member.follow(deep_link(stage.telegram.username, presses.AcceptInvitation(token)))
        batch = stage.collect()
        await carry(batch, before, beside)
        told = await stage.dump()
        await carry(batch, after)
    assert await stage.dump() == told
    async with stage.store.reading() as repositories:
        for subject, acts in (
            (f"comment:{first_comment.id}", ["comment published"]),
            (f"comment:{second_comment.id}", ["comment hidden"]),
            (f"hearing:{draft.id}", ["published", "loaded"]),
        ):
            assert [entry.act.value for entry in await repositories.journal.list_about(subject)] == acts
        joined = await repositories.journal.list_about(f"municipality:{stage.places['bagysh']}")
    assert [entry.act.value for entry in joined].count("joined") == 2
    assert hearing.id != draft.id


async def test_a_batch_that_comes_again_changes_nothing(stage: Stage) -> None:
    """Killed after the work and before its confirmation: the whole morning comes again."""
    hearing = await stage.hearing()
    aigul = await stage.resident()
    other = await stage.resident("Бакыт")
    comment = await written(stage, other, "Бөтөн сөз")
    await stage.app.services.moderation.publish(COMMAND_LINE, comment.id)
    await stage.stop()
    async with stage.replica() as before, stage.replica() as after:
        for press in (
            presses.ChooseOption(hearing.id, 1, 1),
            presses.ChooseOption(hearing.id, 1, 3),
            presses.MarkOption(hearing.id, 5, 1, on=True),
            presses.MarkOption(hearing.id, 5, 3, on=True),
            presses.RankOption(hearing.id, 6, 2, 1),
            presses.RankOption(hearing.id, 6, 1, 2),
            presses.GiveCoins(hearing.id, 7, 1, 60),
            presses.GiveCoins(hearing.id, 7, 1, 30),
            presses.GiveCoins(hearing.id, 7, 2, 70),
            presses.ChooseOption(hearing.id, 2, 1),
            presses.WithdrawVote(hearing.id, 2),
            presses.SupportComment(comment.id, on=True),
            presses.WriteAbout(hearing.id, CommentKind.QUESTION, AboutKind.HEARING),
        ):
            aigul.forge(pack(press, "en"))
        aigul.say("Качан?")
        aigul.send_photo("Мына")
        batch = stage.collect()
        await carry(batch, before)
        told = await stage.dump()
        await carry(batch, after)
        assert await stage.dump() == told
        stage.clock.forward(seconds=6)  # before that it would be a part of the question
        aigul.say("Бул сөз эч жакка кетпейт")
        await carry(stage.collect(), after)
    # what the new words are for, and that they were heard
    asked = {"notices", "unsent", "parts", "heard_messages", "sqlite_sequence"}
    assert {name: rows for name, rows in (await stage.dump()).items() if rows != told[name]}.keys() <= asked
    assert len(await comments_of(stage, aigul)) == 1
