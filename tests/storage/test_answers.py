"""The commission's answers as both databases list and count them, and the voices behind a comment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import Channel, CommentKind, Decision, Outcome, Submission, Visibility
from bot.domain.entries import HandEntry
from bot.domain.programme import DraftPoint
from bot.domain.promises import AnswerFilter, DoneWork, PromiseCounts
from bot.domain.questions import About
from tests.storage.town import NOON, move_in, settle, write

if TYPE_CHECKING:
    from storage import Store


async def test_answers_are_narrowed_counted_and_ordered(store: Store) -> None:
    town, today = await settle(store), NOON.date()
    yesterday = today - timedelta(days=1)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        outcomes = (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, Outcome.ACCEPTED)
        for number, outcome in enumerate(outcomes, 1):
            comment = await write(now, town, author, f"Сунуш {number}")
            shown = Visibility.HIDDEN if number == 4 else Visibility.PUBLISHED
            await now.comments.save(replace(comment, visibility=shown))
            decision = Decision(outcome, "сөз", due=yesterday, decided_at=NOON, changes=DraftPoint(line=number))
            await now.comments.decide(comment.id, decision)
            if number == 1:
                await now.answers.set_done(comment.id, DoneWork(today, NOON))
        found = {
            which: [
                each.number
                for each in await now.answers.list_public(town.hearing.id, which, today=today, offset=0, limit=9)
            ]
            for which in (AnswerFilter.ALL, AnswerFilter.DONE, AnswerFilter.OVERDUE)
        }
        assert found == {AnswerFilter.ALL: [1, 2, 3], AnswerFilter.DONE: [1], AnswerFilter.OVERDUE: [2]}
        assert await now.answers.counts_public(town.hearing.id) == dict.fromkeys(outcomes[:3], 1)
        assert await now.answers.promises_public(town.hearing.id, today) == PromiseCounts(2, 1, 1)
        assert await now.answers.promises(town.hearing.id, today) == PromiseCounts(3, 1, 2)
        promised = await now.answers.list_promised(town.hearing.id, offset=0, limit=9)
        assert [each.number for each in promised] == [2, 4, 1]
        assert await now.answers.has_changing(town.hearing.id)
        changing = await now.answers.list_changing(town.hearing.id)
        assert changing == tuple((DraftPoint(line=number), number) for number in (1, 2, 4))


async def test_the_voices_behind_a_comment_are_told_apart_by_channel(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        author, *supporters = await move_in(now, town, 3)
        by_bot = await write(now, town, author, "Суу")
        given = Submission(CommentKind.PROPOSAL, About(), "Жол", "ky", source="")
        by_paper = await now.comments.add(
            town.hearing.id, given, author=None, channel=Channel.PAPER, at=NOON, support=7
        )
        await now.entries.put(HandEntry(by_paper.id, town.hearing.id, NOON.date(), voices=7, words="Жол"))
        for comment in (by_bot, by_paper):
            for each in supporters:
                await now.comments.set_support(comment.id, each.id, on=True, at=NOON)
        assert await now.answers.voices([by_bot.id, by_paper.id]) == {
            by_bot.id: {Channel.TELEGRAM: 2},
            by_paper.id: {Channel.TELEGRAM: 2, Channel.PAPER: 7},
        }
